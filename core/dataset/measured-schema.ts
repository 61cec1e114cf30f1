import { z } from 'zod';

const text = z.string().max(20_000);
const name = z.string().min(1).max(2000);
const count = z.int().nonnegative();
const row = z.int().positive();

const exampleRow = z.strictObject({ row, cells: z.array(z.tuple([text, text.nullable()])).max(20) });

/** Something is at fault exactly when there is a first row. */
const tally = z
  .strictObject({
    count,
    firstRow: row.nullable(),
    examples: z.array(text).max(3),
    rows: z.array(exampleRow).max(20),
  })
  .refine(({ count: found, firstRow }) => (found === 0) === (firstRow === null));

const tallies = z.strictObject({
  nulls: tally,
  type: tally,
  range: tally,
  length: tally,
  allowed: tally,
  pattern: tally,
});

const keys = z.strictObject({
  level: count.max(64),
  values: z.array(z.union([z.null(), z.int(), text])).max(200_000),
  labels: z.array(text).max(100),
});

const isUnique = (texts: readonly unknown[]): boolean => new Set(texts).size === texts.length;

/** Every cell stands at a value and a label that are there. */
const association = z
  .strictObject({
    feature: name,
    values: count,
    labels: count,
    cells: z.array(z.tuple([count, count, count])).max(1_000_000),
    ordered: z.boolean(),
    keys: keys.nullable(),
  })
  .refine(({ values, labels, cells }) => cells.every(([at, label]) => at < values && label < labels))
  .refine(
    ({ values, labels, keys: own }) =>
      own === null ||
      (own.values.length === values &&
        own.labels.length === labels &&
        isUnique(own.values) &&
        isUnique(own.labels)),
  );

const rule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('tally'), name, tally }),
  z.strictObject({ kind: z.literal('association'), name, features: z.array(association).max(20_000) }),
  z.strictObject({ kind: z.literal('unmeasured'), name, because: text }),
]);

/** The shape of what an engine measured, closed; its profile is checked by its own reader. */
export const measuredSchema = z.strictObject({
  files: z.array(z.strictObject({ path: name, columns: z.array(text).max(20_000), rows: count.nullable() })),
  problems: z.array(z.strictObject({ path: name, line: row.nullable(), because: text })),
  rows: count.nullable(),
  columns: z
    .array(z.strictObject({ column: name, tallies, smallest: text.nullable(), largest: text.nullable() }))
    .max(20_000),
  rules: z.array(rule).max(20_000),
  profile: z.unknown(),
});

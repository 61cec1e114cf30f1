import { z } from 'zod';
import { maxLevel } from './bucket.ts';

/** Most columns of a profile, as of a table. */
const maxColumns = 20_000;
/** 2^(2 * 1074): the square of the smallest double needs no more. */
const maxScale = 2148;
/** Digits of the largest possible sum of squares: twice the exponent range of a double and 53 bits of count. */
const maxDigits = 1400;

const count = z.int().nonnegative();
const occurrences = z.int().positive();
const key = z.int();
const text = z.string().refine((value) => value.isWellFormed(), { error: 'well-formed text' });

const moments = z.strictObject({
  count: occurrences,
  scale: z.int().min(0).max(maxScale),
  sum: z
    .string()
    .max(maxDigits)
    .regex(/^(?:0|-?[1-9][0-9]*)$/),
  squares: z
    .string()
    .max(maxDigits)
    .regex(/^(?:0|[1-9][0-9]*)$/),
});

const distribution = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('values'), values: z.array(z.tuple([text, occurrences])).min(1) }),
  z.strictObject({
    kind: z.literal('buckets'),
    level: z.int().min(0).max(maxLevel),
    buckets: z.array(z.tuple([key, occurrences])).min(1),
  }),
  z.strictObject({
    kind: z.literal('days'),
    unit: z.enum(['day', 'month']),
    days: z.array(z.tuple([key, occurrences])).min(1),
  }),
  z.strictObject({ kind: z.literal('hidden') }),
  z.strictObject({ kind: z.literal('many') }),
  z.strictObject({ kind: z.literal('none') }),
]);

const column = z.strictObject({
  name: text.min(1),
  type: z.enum(['integer', 'number', 'text', 'timestamp', 'boolean']),
  nulls: count,
  unreadable: count,
  distinct: count.nullable(),
  min: text.nullable(),
  max: text.nullable(),
  moments: moments.nullable(),
  lengths: z.strictObject({ min: count, max: count }).nullable(),
  distribution,
});

/** The shape of a stored profile, closed: a key that is not named here is refused. Every number is finite. */
export const profileSchema = z.strictObject({
  v: z.literal(1),
  rows: count,
  columns: z.array(column).max(maxColumns),
});

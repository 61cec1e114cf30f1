import { z } from 'zod';
import { expressionLimits } from './expression-parser.ts';
import { columnName, count, filePath, finite, name, prose } from './field.ts';
import { isMoment, momentRule, readMoment } from './moment.ts';
import { isPattern } from './pattern.ts';

const limitForm = `a finite number, or ${momentRule}`;
/** A limit of a column: a number, or a date for a timestamp. */
export const limitSchema = z.union([finite, z.string().refine(isMoment, { error: limitForm })], {
  error: limitForm,
});

const shareForm = 'a share from 0 to 1, not a percentage: 0.05 and not 5';
const share = z.number().refine((value) => value >= 0 && value <= 1, { error: shareForm });
const belowOne =
  'a share from 0 to below 1, not a percentage: 0.05 and not 5; with 1 the rule could never fail';
const shareBelowOne = z.number().refine((value) => value >= 0 && value < 1, { error: belowOne });

export const toleranceSchema = z
  .union(
    [
      z.strictObject({ share: shareBelowOne.describe('Share of all rows.') }),
      z.strictObject({ count: count(0, 1e12).describe('Number of rows.') }),
    ],
    {
      error: `{ share: 0.001 } or { count: 5 }; a share is ${belowOne}`,
    },
  )
  .describe('Rows that may break the rule: a share of all rows, or a number of them.');

export const patternSchema = z
  .string()
  .min(1)
  .max(500)
  .refine(isPattern, { error: 'a regular expression of RE2 (no look-around, no back-reference)' });

export const valuesSchema = z
  .array(z.union([z.string().max(200), finite], { error: 'a text or a number' }))
  .min(1, 'at least one value')
  .max(5000);

const severity = z.enum(['fail', 'warn']).default('fail').describe('What a broken rule does.');
const reason = prose.optional().describe('Why the rule exists: shown when it is broken.');
const column = columnName.describe('Name of the column.');
const columns = z
  .array(columnName)
  .min(1, 'at least one column')
  .max(5000)
  .refine((names) => new Set(names).size === names.length, { error: 'every column once' });

/** A rule with limits needs one, and the lower one below the upper one. */
const oneLimit = { error: 'at least one of "min" and "max"' };
const inOrder = { error: '"min" not above "max": nothing could pass', path: ['min'] };
interface Written {
  readonly min?: number | string | undefined;
  readonly max?: number | string | undefined;
}
export const hasLimit = ({ min, max }: Written): boolean => min !== undefined || max !== undefined;
export const isInOrder = ({ min, max }: Written): boolean => {
  if (typeof min === 'number' && typeof max === 'number') return min <= max;
  if (typeof min !== 'string' || typeof max !== 'string') return true;
  return readMoment(min) <= readMoment(max);
};

const limits = (of: z.ZodType<number>, least: string, most: string) => ({
  min: of.optional().describe(least),
  max: of.optional().describe(most),
});
const characters = count(0, 1_000_000);
const lengthFields = limits(characters, 'Fewest characters.', 'Most characters.');
const neverFails = { error: 'a limit that something could break: at least 0 always holds', path: ['min'] };
const canFail = ({ min, max }: { min?: number | undefined; max?: number | undefined }) =>
  max !== undefined || min === undefined || min > 0;

/** `length` of a column. */
export const lengthSchema = z
  .strictObject(lengthFields)
  .refine(hasLimit, oneLimit)
  .refine(isInOrder, inOrder)
  .refine(canFail, neverFails);

/** What every rule has, around what its kind needs. */
function rule<K extends string, F extends z.core.$ZodShape>(kind: K, about: string, fields: F) {
  return z.strictObject({
    name: name.describe('Name of the rule, once in the contract.'),
    rule: z.literal(kind).describe(about),
    ...fields,
    severity,
    reason,
  });
}

const tolerance = toleranceSchema.optional();
const label = columnName.describe('Column that the model predicts.');
const features = columns.optional().describe('Columns that the model sees; all others when absent.');
const numbers = limits(finite, 'Lowest allowed value.', 'Highest allowed value.');
const shares = limits(share, 'Smallest share.', 'Largest share.');
const amounts = limits(count(0, 1e12), 'Fewest different values.', 'Most different values.');
const deviations = limits(
  z.number().refine((value) => Number.isFinite(value) && value >= 0, { error: 'a finite number, 0 or more' }),
  'Smallest standard deviation.',
  'Largest standard deviation.',
);

const cellRules = [
  rule('range', 'Values within limits.', {
    column,
    min: limitSchema.optional().describe('Lowest allowed value (number; date or time for a timestamp).'),
    max: limitSchema.optional().describe('Highest allowed value.'),
    tolerance,
  })
    .refine(hasLimit, oneLimit)
    .refine(isInOrder, inOrder),
  rule('length', 'Characters of a text.', { column, ...lengthFields, tolerance })
    .refine(hasLimit, oneLimit)
    .refine(isInOrder, inOrder)
    .refine(canFail, neverFails),
  rule('allowed', 'The only values that may occur.', {
    column,
    values: valuesSchema.describe('The allowed values.'),
    tolerance,
  }),
  rule('pattern', 'Regular expression (RE2) that the whole text must match.', {
    column,
    pattern: patternSchema.describe('The expression.'),
    tolerance,
  }),
] as const;

const statisticRules = [
  rule('missing', 'Share of empty cells.', {
    column,
    max: shareBelowOne.describe('Largest share of empty cells.'),
  }),
  rule('mean', 'Mean of a column of numbers.', { column, ...numbers })
    .refine(hasLimit, oneLimit)
    .refine(isInOrder, inOrder),
  rule('standard-deviation', 'Standard deviation (n - 1) of a column of numbers.', { column, ...deviations })
    .refine(hasLimit, oneLimit)
    .refine(isInOrder, inOrder)
    .refine(canFail, neverFails),
  rule('distinct', 'Number of different values.', { column, ...amounts })
    .refine(hasLimit, oneLimit)
    .refine(isInOrder, inOrder)
    .refine(canFail, neverFails),
  rule('quantile', 'Quantile of a column of numbers (type 7).', {
    column,
    at: share.describe('Which quantile: 0.5 is the median.'),
    ...numbers,
  })
    .refine(hasLimit, oneLimit)
    .refine(isInOrder, inOrder),
  rule('class-ratio', 'Share of a value among the cells that are not empty.', {
    column,
    value: z
      .union([z.string().max(200), finite, z.boolean()], { error: 'a text, a number, true or false' })
      .describe('The value whose share is limited.'),
    ...shares,
  })
    .refine(hasLimit, oneLimit)
    .refine(isInOrder, inOrder)
    .refine(({ min = 0, max = 1 }) => min > 0 || max < 1, {
      ...neverFails,
      error: 'limits that a share could break: 0 to 1 always holds',
    }),
  rule('freshness', 'Age of the newest value of a timestamp column.', {
    column,
    'max-age-hours': z
      .number()
      .refine((value) => value > 0 && value <= 876_000, { error: 'hours, above 0, at most 876,000' })
      .describe('Oldest allowed age of the newest value, in hours.'),
  }),
] as const;

const rowRules = [
  rule('unique', 'Rows whose key stood in an earlier row; a key with an empty cell is not compared.', {
    columns: columns.describe('Columns that make up the key.'),
    tolerance,
  }),
  rule('duplicates', 'Share of rows that repeat an earlier row; empty cells are equal.', {
    columns: columns.optional().describe('Columns that are compared; all when absent.'),
    max: shareBelowOne.describe('Largest share of repeated rows.'),
  }),
  rule('expression', 'A condition that every row must keep; unknown (an empty cell) counts as kept.', {
    keep: z
      .string()
      .min(1)
      .max(expressionLimits.characters, `at most ${expressionLimits.characters} characters`)
      .describe('The condition, for example: arrival >= departure and delay < 1440'),
    tolerance,
  }),
  rule('leakage', 'How much one feature alone tells of the label: 0 nothing, 1 everything.', {
    label,
    features,
    max: shareBelowOne.describe('Most that a feature may tell.'),
  }),
  rule('label-conflicts', 'Rows whose features stand elsewhere with another label.', {
    label,
    features,
    tolerance,
  }),
  rule('overlap', 'Rows that are also in another table, for example the held-out one.', {
    with: filePath.describe('Table of the repository or its .dvc pointer.'),
    columns: columns.describe('Columns by which rows are compared.'),
    tolerance,
  }),
] as const;

/** One item of `rules`. */
export const ruleSchema = z
  .discriminatedUnion('rule', [...cellRules, ...statisticRules, ...rowRules])
  .describe('A named rule besides those of the columns.');

export type WrittenRule = z.infer<typeof ruleSchema>;

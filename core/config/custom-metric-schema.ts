import { z } from 'zod';
import { columnName, finite } from './field.ts';

const nameRule = 'a name in lower case: letters, digits and single "-", at most 60 characters';

const customMetricSchema = z.strictObject({
  name: z
    .string()
    .max(60, nameRule)
    .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, nameRule)
    .describe('Name under which gates and slices find it.'),
  expression: z
    .string()
    .min(1, 'an expression')
    .max(2000, 'an expression of at most 2,000 characters')
    .describe(
      'Arithmetic over rows, tp, fp, tn, fn and other metrics; names with "-" or "@" stand in `backticks`.',
    ),
  'higher-is-better': z.boolean().describe('Whether more of it is better: it is never guessed.'),
});

/** `metrics` of `models/<model>/model.yml`. */
export const customMetricsSchema = z
  .array(customMetricSchema)
  .max(20)
  .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, { error: 'every name once' })
  .describe('Metrics of your own. They see sums over all rows, never a row.');

const scorerSchema = z.strictObject({
  name: columnName.describe('Column of the predictions; its mean is the metric score:NAME.'),
  'higher-is-better': z.boolean().describe('Whether a higher score is better.'),
  range: z
    .strictObject({ min: finite.describe('Lowest score.'), max: finite.describe('Highest score.') })
    .refine(({ min, max }) => min < max, { error: '"min" below "max"' })
    .default({ min: 0, max: 1 })
    .describe('Scores that can occur; any other is refused.'),
});

/** `scorers` of `models/<model>/model.yml`. */
export const scorersSchema = z
  .array(scorerSchema)
  .min(1, 'at least one scorer')
  .max(50)
  .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, { error: 'every name once' })
  .describe('Columns in which your own scorers give each example a number.');

export type WrittenCustomMetric = z.infer<typeof customMetricSchema>;
export type WrittenScorer = z.infer<typeof scorerSchema>;

import { z } from 'zod';
import { columnName, finite, login, prose, team } from './field.ts';

const labelRule = 'a class on one line, at most 200 characters';
const rangeRule = 'at least one of "min" and "max", "min" below "max"';

/** `min` and `max` of numbers, `min` below `max`. */
export const rangeSchema = z
  .strictObject({
    min: finite.optional().describe('Lowest value.'),
    max: finite.optional().describe('Highest value.'),
  })
  .refine(({ min, max }) => (min ?? max) !== undefined && (min ?? -Infinity) < (max ?? Infinity), {
    error: rangeRule,
  });

const consumerSchema = z
  .strictObject({
    name: prose.max(200, 'a name of at most 200 characters').describe('System or team that reads them.'),
    users: z.array(login).max(200).optional().describe('Who acknowledges a breaking change.'),
    teams: z.array(team).max(50).optional().describe('Teams of which anybody acknowledges it.'),
  })
  .refine(({ users, teams }) => (users?.length ?? 0) + (teams?.length ?? 0) > 0, {
    error: 'at least one user or team: nobody could acknowledge a breaking change',
  });

const quantileSchema = z.strictObject({
  quantile: finite
    .gt(0, 'a number between 0 and 1')
    .lt(1, 'a number between 0 and 1')
    .describe('Which quantile, for example 0.9.'),
  column: columnName.describe('Column that holds it.'),
});

/** `prediction` of `models/<model>/model.yml`. */
export const predictionSchema = z
  .strictObject({
    classes: z
      .array(z.string().min(1, labelRule).max(200, labelRule))
      .min(2, 'at least two classes')
      .max(50)
      .refine((classes) => new Set(classes).size === classes.length, { error: 'every class once' })
      .optional()
      .describe('Classes in the order of their columns; more than two classes only.'),
    range: rangeSchema.optional().describe('Every number predicted lies within, ends included.'),
    'sum-to-one': finite
      .min(0, 'a tolerance from 0 to 0.1')
      .max(0.1, 'a tolerance from 0 to 0.1')
      .optional()
      .describe('Probabilities of a row sum to one within this tolerance.'),
    interval: z
      .strictObject({
        low: columnName.describe('Column with the lower end.'),
        high: columnName.describe('Column with the upper end.'),
      })
      .refine(({ low, high }) => low !== high, { error: 'two different columns', path: ['high'] })
      .optional()
      .describe('Columns that bound the value.'),
    quantiles: z
      .array(quantileSchema)
      .min(1, 'at least one quantile')
      .max(99)
      .refine(
        (all) =>
          all.every(({ quantile }, at) => at === 0 || quantile > (all[at - 1]?.quantile ?? 1)) &&
          new Set(all.map(({ column }) => column)).size === all.length,
        { error: 'quantiles ascending, each in a column of its own' },
      )
      .optional()
      .describe('Column of each quantile.'),
    consumers: z
      .array(consumerSchema)
      .max(100)
      .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, {
        error: 'every name once: a consumer is named twice',
      })
      .default([])
      .describe('Who reads the predictions. A change that breaks them needs their word.'),
  })
  .describe('What those who read the predictions may count on. A number is never missing.');

export type WrittenPrediction = z.infer<typeof predictionSchema>;

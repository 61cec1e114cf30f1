import { z } from 'zod';
import { count, finite, prose } from './field.ts';
import { searchMethods } from './search.ts';
import { type SearchRuleBreak, searchRuleBreaks } from './search-check.ts';

const nameRule = 'a name of letters, digits, "_", "-" and ".", at most 100 characters, first a letter';
const parameterName = z.string().regex(/^[A-Za-z][\w.-]{0,99}$/, nameRule);
const valueRule = 'a text of at most 200 characters, a finite number, true or false';
const searchValue = z.union(
  [
    z
      .string()
      .min(1)
      .max(200)
      .refine((text) => text.isWellFormed()),
    finite,
    z.boolean(),
  ],
  { error: valueRule },
);

const listSchema = z
  .array(searchValue)
  .min(1, 'at least one value')
  .max(200)
  .refine((values) => new Set(values).size === values.length, { error: 'every value once' })
  .describe('The values that are tried.');

const rangeSchema = z
  .strictObject({
    from: finite.describe('Lowest value.'),
    to: finite.describe('Highest value.'),
    scale: z
      .enum(['linear', 'log'])
      .default('linear')
      .describe('log: as many trials from 0.001 to 0.01 as from 0.01 to 0.1.'),
    step: finite.optional().describe('Only from, from + step, from + 2 steps ...'),
    whole: z.boolean().default(false).describe('Whole numbers alone.'),
  })
  .describe('Every number between two.');

const dimensionSchema = z.union([listSchema, rangeSchema], {
  error:
    'a list of values, each once, or { from, to, scale: linear or log, step, whole } with numbers from and to',
});

const positive = (most: number, what: string) =>
  z
    .number(`a number above 0, at most ${most}`)
    .refine((value) => value > 0 && value <= most, { error: `a number above 0, at most ${most}` })
    .describe(what);

const resourceSchema = z
  .strictObject({
    name: parameterName.describe('What it is, for the report: epochs, rows, minutes.'),
    least: positive(1e12, 'What a trial of the first rung gets.'),
    most: positive(1e12, 'What a trial of the last rung gets.'),
    reduction: count(2, 10)
      .default(3)
      .describe('One of so many goes on to the next rung, with so many times the resource.'),
  })
  .describe('halving and hyperband: what trials get little of first. Handed over as GATEHOUSE_RESOURCE.');

/** `train.search` of model.yml, as people write it. */
export const searchSchema = z
  .strictObject({
    method: z.enum(searchMethods).describe('How the next trials are chosen.'),
    space: z
      .record(parameterName, dimensionSchema)
      .refine((space) => Object.keys(space).length >= 1 && Object.keys(space).length <= 50, {
        error: '1 to 50 parameters',
      })
      .describe(
        'What is tried, by the name of the parameter. Reaches the command as the file GATEHOUSE_PARAMETERS.',
      ),
    trials: count(1, 1000).describe('Points of the space that are tried at most.'),
    parallel: count(1, 256).default(4).describe('Trainings that run at once.'),
    seed: count(0, 4_294_967_295).default(1).describe('Another seed tries other points.'),
    metric: prose
      .max(200, 'a name of at most 200 characters')
      .describe(
        "Name in the command's own metrics file, of validation data: never what the judge holds out.",
      ),
    goal: z.enum(['maximize', 'minimize']).describe('Whether more or less of the metric is better.'),
    resource: resourceSchema.optional(),
    budget: z
      .strictObject({
        hours: positive(1e6, 'Hours of all trials together.').optional(),
        cost: positive(
          1e9,
          "Cost of all trials together, in the currency of the policy's prices.",
        ).optional(),
      })
      .refine(({ hours, cost }) => hours !== undefined || cost !== undefined, {
        error: 'at least one of "hours" and "cost"',
      })
      .optional()
      .describe('Ends the search when it is spent.'),
  })
  .superRefine((search, context) => {
    for (const { path, allowed } of searchRuleBreaks(search) satisfies readonly SearchRuleBreak[])
      context.addIssue({ code: 'custom', path: [...path], message: allowed, input: search });
  })
  .describe('Tries many parameters and finds the best on validation data.');

export type WrittenSearch = z.infer<typeof searchSchema>;

import { z } from 'zod';
import { driftTests } from './drift-rules.ts';
import { columnName, count, filePath, name } from './field.ts';

const within = (least: number, most: number, allowed: string) =>
  z.number(allowed).refine((value) => value >= least && value <= most, { error: allowed });

const referenceRule = '"champion", { profile: path } or { file: path }';

const referenceSchema = z
  .union(
    [
      z.literal('champion'),
      z.strictObject({ profile: filePath.describe('Profile that lies in the repository.') }),
      z.strictObject({ file: filePath.describe('Table of the repository.') }),
    ],
    {
      error: referenceRule,
    },
  )
  .describe(
    'With what the data is compared: the data of the champion, a stored profile, or a table of the repository.',
  );

const severity = z.enum(['fail', 'warn']);

/** How one column is compared: the same in a contract and in a model. */
export const columnDriftSchema = z
  .strictObject({
    test: z.enum(driftTests).optional().describe('Test; chosen by the type of the column when absent.'),
    limit: within(0, 1_000_000, 'a number from 0 to 1,000,000')
      .optional()
      .describe('Drift is told above it, in the unit of the test.'),
    bins: count(2, 100).optional().describe('Quantile bins of the reference, for numbers.'),
    severity: severity.optional().describe('What drift of this column does.'),
  })
  .describe('How one column is compared.');

/** The block `drift` of `datasets/<dataset>.yml` as people write it. */
export const driftSchema = z
  .strictObject({
    reference: referenceSchema.default('champion'),
    severity: severity.default('warn').describe('What drift does.'),
    schema: z
      .enum(['fail', 'warn', 'note'])
      .default('warn')
      .describe('What a changed schema does: columns, types, empty cells, categories.'),
    'min-rows': count(2, 1_000_000_000)
      .default(200)
      .describe('With fewer rows on either side the result is "not enough rows".'),
    alpha: z
      .number()
      .refine((value) => value > 0 && value <= 0.5, { error: 'a number above 0, at most 0.5' })
      .default(0.05)
      .describe('False discovery rate over the columns (Benjamini-Hochberg).'),
    ignore: z
      .array(columnName)
      .max(5000)
      .default([])
      .describe('Columns that are not compared: row numbers, keys.'),
    columns: z
      .record(columnName, columnDriftSchema)
      .default({})
      .describe('Test and limit by column; what is not set is chosen by type and size.'),
  })
  .describe('How new data is compared with the data of the champion.');

export type WrittenDrift = z.infer<typeof driftSchema>;

/** `drift-limits` of `models/<model>/model.yml`: dataset, column, limit. */
export const driftLimitsSchema = z
  .record(name, z.record(columnName, columnDriftSchema))
  .describe('Limits of this model by dataset and column. They add to those of the contract: both must hold.');

export type WrittenDriftLimits = z.infer<typeof driftLimitsSchema>;
export type WrittenColumnDrift = z.infer<typeof columnDriftSchema>;

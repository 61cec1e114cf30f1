import { z } from 'zod';
import { columnName, count, filePath, name } from './field.ts';
import { dateFormats, numberFormats, textFormats } from './production-like.ts';

const shareRule = 'a number above 0, at most 1';
const columns = z
  .array(columnName)
  .min(1, 'at least one column')
  .max(1000)
  .refine((names) => new Set(names).size === names.length, { error: 'every column once' });

const frame = {
  name: name.describe('Name of the corruption in the report; with the seed it decides which rows are hit.'),
  columns: columns.describe('Columns whose cells change.'),
  share: z
    .number(shareRule)
    .refine((value) => value > 0 && value <= 1, { error: shareRule })
    .describe('Share of rows that are hit.'),
};

const factorRule = 'a finite number, not 0 and not 1';

const corruptionSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ ...frame, kind: z.literal('missing').describe('Cells become empty.') }),
    z.strictObject({
      ...frame,
      kind: z.literal('format').describe('The same value in another spelling.'),
      as: z
        .enum([...dateFormats, ...numberFormats, ...textFormats])
        .describe('Which spelling; it must fit the type of the columns.'),
    }),
    z.strictObject({
      ...frame,
      kind: z.literal('units').describe('Numbers in another unit.'),
      factor: z
        .number(factorRule)
        .refine((value) => Number.isFinite(value) && value !== 0 && value !== 1, { error: factorRule })
        .describe('What the numbers are multiplied by.'),
    }),
    z.strictObject({
      ...frame,
      kind: z.literal('truncate').describe('Texts are cut off.'),
      characters: count(0, 10_000).describe('How many characters stay.'),
    }),
    z.strictObject({
      ...frame,
      kind: z.literal('categories').describe('Values become one that nobody knows.'),
      value: z.string().max(200).default('unknown').describe('The unknown value.'),
    }),
    z.strictObject({
      ...frame,
      kind: z.literal('swap').describe('Two columns change places.'),
      columns: columns
        .refine((names) => names.length === 2, { error: 'exactly two columns' })
        .describe('The two columns.'),
    }),
    z.strictObject({
      ...frame,
      kind: z.literal('recorded').describe('Cells of rows that were recorded in production.'),
      file: filePath.describe('Table of the repository with the same columns.'),
    }),
  ])
  .describe('One way in which rows arrive otherwise in production.');

/** `production-like` of `models/<model>/model.yml`. */
export const productionLikeSchema = z
  .strictObject({
    seed: count(0, 4_294_967_295).default(1).describe('Another seed hits other rows.'),
    corruptions: z
      .array(corruptionSchema)
      .min(1, 'at least one corruption')
      .max(50)
      .refine((all) => new Set(all.map((one) => one.name)).size === all.length, {
        error: 'every name once: a corruption is named twice',
      })
      .describe('Applied in this order.'),
  })
  .describe('How held-out rows are spoiled, so that the judge can measure what that costs.');

export type WrittenProductionLike = z.infer<typeof productionLikeSchema>;

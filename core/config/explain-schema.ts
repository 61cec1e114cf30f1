import { z } from 'zod';
import { columnName, count, filePath } from './field.ts';

const permutationSchema = z
  .strictObject({
    columns: z
      .array(columnName)
      .min(1, 'at least one column')
      .max(50)
      .refine((names) => new Set(names).size === names.length, { error: 'every column once' })
      .optional()
      .describe('Feature columns that are shuffled. Absent: all, at most 50.'),
    repeats: count(1, 20).default(1).describe('Shuffles of each column.'),
    rows: count(100, 1_000_000).default(10_000).describe('Held-out rows that are scored for it.'),
    seed: count(0, 4_294_967_295).default(1).describe('Another seed shuffles otherwise.'),
  })
  .describe('Each column is shuffled and scored again through the predict command: measured.');

/** `explain` of `models/<model>/model.yml`. */
export const explainSchema = z
  .strictObject({
    permutation: permutationSchema.optional(),
    attributions: filePath
      .optional()
      .describe('CSV with columns feature and importance, written by the training: claimed.'),
  })
  .refine(({ permutation, attributions }) => (permutation === undefined) !== (attributions === undefined), {
    error: 'one of "permutation" and "attributions"',
  })
  .describe('What the version looks at, compared with the champion.');

export type WrittenExplain = z.infer<typeof explainSchema>;

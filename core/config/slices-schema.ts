import { z } from 'zod';
import { columnName, count, finite } from './field.ts';

const valueRule = 'a value of the column: text of at most 200 characters, or a number';
const nameRule = 'a name without "=", "&" and backticks, at most 100 characters';

const declaredSchema = z
  .strictObject({
    column: columnName.optional().describe('Feature column that is cut by.'),
    values: z
      .array(z.union([z.string().max(200), finite, z.boolean()], { error: valueRule }))
      .min(1, 'at least one value')
      .max(50)
      .refine((values) => new Set(values.map(String)).size === values.length, { error: 'every value once' })
      .optional()
      .describe('One slice a value. Absent: each of the 50 commonest.'),
    edges: z
      .array(finite)
      .min(1, 'at least one edge')
      .max(50)
      .superRefine((edges, context) => {
        const at = edges.findIndex((edge, place) => place > 0 && !(edge > (edges[place - 1] ?? edge)));
        if (at < 0) return;
        const says = `must rise: ${edges[at - 1]} stands before ${edges[at]}`;
        context.addIssue({ code: 'custom', message: 'numbers ascending', params: { says }, input: edges });
      })
      .optional()
      .describe('One slice between neighbours, and one beyond each end.'),
    name: z
      .string()
      .regex(/^[\p{L}\p{N} _.:/()+-]{1,100}$/u, nameRule)
      .refine((text) => text.trim() === text, { error: nameRule })
      .optional()
      .describe('Name of a slice with "where".'),
    where: z
      .string()
      .min(1, 'a condition')
      .max(2000, 'a condition of at most 2,000 characters')
      .optional()
      .describe('Condition on feature columns: hour < 6 and distance > 1000.'),
  })
  .superRefine((slice, context) => {
    const has = (key: keyof typeof slice) => slice[key] !== undefined;
    const fault = formFault(has);
    if (fault !== null) context.addIssue({ code: 'custom', path: [], message: fault, input: slice });
  });

function formFault(has: (key: 'column' | 'values' | 'edges' | 'name' | 'where') => boolean): string | null {
  if (has('column') === has('where')) return 'either "column", or "name" and "where"';
  if (has('where') !== has('name')) return '"name" exactly where "where" is';
  if (has('where') && (has('values') || has('edges'))) return '"values" and "edges" only beside "column"';
  return has('values') && has('edges') ? 'one of "values" and "edges"' : null;
}

const leastRows = count(30, 1_000_000_000);

/** `slices` of `models/<model>/model.yml`. */
export const slicesSchema = z
  .strictObject({
    declared: z.array(declaredSchema).max(50).default([]).describe('Parts of the rows that matter to you.'),
    pairs: z.boolean().default(false).describe('Pairs of them as well: carrier=AA & distance>=1000.'),
    search: z
      .strictObject({
        columns: z
          .union([z.literal('all'), z.array(columnName).min(1).max(200)], {
            error: 'all, or a list of feature columns',
          })
          .default('all')
          .describe('Feature columns to look through.'),
        'minimum-rows': leastRows.default(200).describe('Smallest segment that is told.'),
      })
      .optional()
      .describe('Looks for the segment in which the version is weakest, corrected for looking often.'),
    'minimum-rows': leastRows.default(100).describe('A slice with fewer rows is not evaluated.'),
    metrics: z
      .array(columnName)
      .min(1, 'at least one metric')
      .max(20)
      .optional()
      .describe('Metrics of slices. Absent: those of the gates.'),
  })
  .refine(({ declared, search }) => declared.length > 0 || search !== undefined, {
    error: 'at least one declared slice, or a search',
  })
  .refine(({ declared, pairs }) => !pairs || declared.length > 1, {
    error: 'two declared slices or more for pairs',
    path: ['pairs'],
  })
  .describe('Parts of the held-out rows that are judged by themselves, cut by features.');

export type WrittenSlices = z.infer<typeof slicesSchema>;

import { RE2JS } from 're2js';
import { z } from 'zod';
import { columnName, count, finite, glob, prose } from './field.ts';
import { isModelName } from './model-name.ts';
import { roleSchema } from './policy-schema.ts';

/** No offset but Z: data engines disagree on others. */
const moment = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?Z?)?$/;
/** One spelling, so that two of them compare as text and no local time zone comes in. */
const toInstant = (text: string) => text.replace(' ', 'T').replace(/(T.*[0-9])$/, '$1Z');
const isMoment = (text: string) => moment.test(text) && !Number.isNaN(Date.parse(toInstant(text)));
const momentRule = 'a date 2026-12-31 or a time 2026-12-31T23:59:00Z';

const limitForm = `a finite number, or ${momentRule}`;
const limit = z.union([finite, z.string().refine(isMoment, { error: limitForm })], { error: limitForm });

const isPattern = (text: string): boolean => {
  try {
    RE2JS.compile(text);
    return true;
  } catch {
    // What is wrong with it is in the reader's eye: the finding names the line and the dialect.
    return false;
  }
};

/** One model, or all of them. */
const grantee = z.string().refine((text) => text === '*' || isModelName(text), {
  error: 'the name of a model, or "*" in quotes for all',
});

const columnFields = {
  name: columnName.describe('Name of the column, as in the header.'),
  type: z.enum(['integer', 'number', 'text', 'timestamp', 'boolean']).describe('Type of every value.'),
  nullable: z.boolean().default(false).describe('Whether values may be missing.'),
  min: limit.optional().describe('Lowest allowed value (number; date or time for a timestamp).'),
  max: limit.optional().describe('Highest allowed value.'),
  allowed: z
    .array(z.union([z.string().max(200), finite], { error: 'a text or a number' }))
    .min(1, 'at least one value')
    .max(5000)
    .optional()
    .describe('The only values that may occur.'),
  pattern: z
    .string()
    .min(1)
    .max(500)
    .refine(isPattern, { error: 'a regular expression of RE2 (no look-around, no back-reference)' })
    .optional()
    .describe('Regular expression (RE2) that the whole text must match.'),
  severity: z.enum(['fail', 'warn']).default('fail').describe('What a broken rule does.'),
  reason: prose.optional().describe('Why the rule exists: shown when it is broken.'),
  privacy: z
    .enum(['none', 'personal', 'secret'])
    .default('none')
    .describe('Example values of a personal or secret column are never shown.'),
};

type ColumnFields = z.infer<z.ZodObject<typeof columnFields>>;

const isLimitOf = (type: ColumnFields['type'], value: string | number | undefined): boolean => {
  if (value === undefined) return true;
  if (type === 'integer' || type === 'number') return typeof value === 'number';
  return type === 'timestamp' && typeof value === 'string';
};

const inOrder = ({ min, max }: ColumnFields): boolean => {
  if (typeof min === 'number' && typeof max === 'number') return min <= max;
  if (typeof min !== 'string' || typeof max !== 'string') return true;
  return Date.parse(toInstant(min)) <= Date.parse(toInstant(max));
};

const limitRule =
  'a number for integer and number, a date for timestamp; text takes pattern or allowed, boolean takes neither';

export const columnSchema = z
  .strictObject(columnFields)
  .refine(({ type, min }) => isLimitOf(type, min), { error: limitRule, path: ['min'] })
  .refine(({ type, max }) => isLimitOf(type, max), { error: limitRule, path: ['max'] })
  .refine(inOrder, { error: '"min" not above "max": no value could pass', path: ['min'] })
  .refine(({ type, pattern }) => pattern === undefined || type === 'text', {
    error: '"pattern" only for columns of type text',
    path: ['pattern'],
  })
  .describe('What one column must satisfy.');

/** `datasets/<dataset>.yml` as people write it. */
export const contractSchema = z
  .strictObject({
    version: z.literal(1).describe('Version of this file format.'),
    description: prose.describe('What the rows are.'),
    owner: roleSchema.describe('Who answers for the data: the role "owner" when this file changes.'),
    files: z
      .array(glob)
      .min(1, 'at least one file')
      .max(1000)
      .describe('.dvc pointers or plain CSV or Parquet files, read in this order as one table.'),
    columns: z
      .array(columnSchema)
      .min(1, 'at least one column')
      .max(5000)
      .refine((columns) => new Set(columns.map((column) => column.name)).size === columns.length, {
        error: 'every column once: a column is named twice',
      })
      .describe('Every column of the table.'),
    rows: z
      .strictObject({
        min: count(0, 1e12).describe('Fewest rows.'),
        max: count(0, 1e12).optional().describe('Most rows.'),
      })
      .refine(({ min, max }) => max === undefined || min <= max, {
        error: '"min" not above "max": no table could pass',
        path: ['min'],
      })
      .describe('How many rows the table must have.'),
    access: z
      .array(grantee)
      .max(1000)
      .describe('Models that may train on it; "*" is all, an empty list is none.'),
    expires: z
      .string()
      .refine((text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && isMoment(text), { error: 'a date: 2026-12-31' })
      .describe('After this day nothing may train on it.'),
    source: prose.describe('Where the data comes from.'),
    'legal-basis': prose.describe('What allows its use.'),
    'approved-by': prose.describe('Who approved its use.'),
  })
  .describe('Contract of one dataset: datasets/<dataset>.yml');

export type WrittenContract = z.infer<typeof contractSchema>;
export type WrittenColumn = z.infer<typeof columnSchema>;

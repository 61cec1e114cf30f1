import { z } from 'zod';
import { driftSchema } from './drift-schema.ts';
import { columnName, command, count, filePath, glob, name, prose } from './field.ts';
import { hasWildcard } from './glob.ts';
import { isModelName } from './model-name.ts';
import { isMoment } from './moment.ts';
import { roleSchema } from './policy-schema.ts';
import {
  isInOrder,
  lengthSchema,
  limitSchema,
  patternSchema,
  ruleSchema,
  toleranceSchema,
  valuesSchema,
} from './rule-schema.ts';

/** Each is held against every path of the tree, by the job and by the app: more of them are no contract but a load. */
const mostPatterns = 100;

/** One model, or all of them. */
const grantee = z.string().refine((text) => text === '*' || isModelName(text), {
  error: 'the name of a model, or "*" in quotes for all',
});

const columnFields = {
  name: columnName.describe('Name of the column, as in the header.'),
  type: z.enum(['integer', 'number', 'text', 'timestamp', 'boolean']).describe('Type of every value.'),
  required: z.boolean().default(true).describe('False: the column may be missing from the files.'),
  nullable: z.boolean().default(false).describe('Whether values may be missing.'),
  unique: z.boolean().default(false).describe('Whether no value may occur twice.'),
  min: limitSchema.optional().describe('Lowest allowed value (number; date or time for a timestamp).'),
  max: limitSchema.optional().describe('Highest allowed value.'),
  length: lengthSchema.optional().describe('Characters of a text.'),
  allowed: valuesSchema.optional().describe('The only values that may occur.'),
  pattern: patternSchema.optional().describe('Regular expression (RE2) that the whole text must match.'),
  tolerance: toleranceSchema.optional(),
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

const limitRule =
  'a number for integer and number, a date for timestamp; text takes pattern or allowed, boolean takes neither';

export const columnSchema = z
  .strictObject(columnFields)
  .refine(({ type, min }) => isLimitOf(type, min), { error: limitRule, path: ['min'] })
  .refine(({ type, max }) => isLimitOf(type, max), { error: limitRule, path: ['max'] })
  .refine(isInOrder, { error: '"min" not above "max": no value could pass', path: ['min'] })
  .refine(({ type, length }) => length === undefined || type === 'text', {
    error: '"length" only for columns of type text',
    path: ['length'],
  })
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
      .refine((globs) => globs.filter(hasWildcard).length <= mostPatterns, {
        error: `at most ${mostPatterns} of them with wildcards`,
      })
      .describe(
        'Tables (.csv, .jsonl, .ndjson, .parquet) or .dvc pointers to them, read in this order as one table.',
      ),
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
    rules: z
      .array(ruleSchema)
      .max(1000)
      .default([])
      .describe('Rules on rows, statistics and the table as a whole, each with a name.'),
    examples: count(0, 20).default(3).describe('How many example rows a finding shows.'),
    drift: driftSchema.optional(),
    'derived-from': z
      .array(name)
      .max(100)
      .default([])
      .describe('Datasets that this one was made from: their access, expiry and privacy hold here too.'),
    ingest: z
      .strictObject({
        command: command.describe('Command that fetches or makes a new batch.'),
        to: filePath.describe('Folder or file of the repository that the command writes.'),
        'timeout-minutes': count(1, 360)
          .default(60)
          .describe('The command is stopped after so many minutes.'),
      })
      .optional()
      .describe('How a new batch comes in.'),
    access: z
      .array(grantee)
      .max(1000)
      .describe('Models that may train on it; "*" is all, an empty list is none.'),
    expires: z
      .string()
      .refine((text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && isMoment(text), { error: 'a date: 2026-12-31' })
      .describe('After this day nothing may train on it.'),
    revoked: z
      .array(z.string().regex(/^sha256:[0-9a-f]{64}$/, 'a digest of data: sha256: and 64 characters 0-9 a-f'))
      .min(1, 'at least one digest')
      .max(1000)
      .optional()
      .describe('Digests of data that may not be used any more: no version that was trained on it moves up.'),
    source: prose.describe('Where the data comes from.'),
    'legal-basis': prose.describe('What allows its use.'),
    'approved-by': prose.describe('Who approved its use.'),
  })
  .describe('Contract of one dataset: datasets/<dataset>.yml');

export type WrittenContract = z.infer<typeof contractSchema>;
export type WrittenColumn = z.infer<typeof columnSchema>;

import { z } from 'zod';
import { behaviourKinds, mostCases } from './behaviour.ts';
import { columnName, count, finite } from './field.ts';
import { isPattern } from './pattern.ts';

const oneLine = columnName;
const caseText = z.string().min(1, 'some text').max(2000, 'at most 2,000 characters');
const cellRule = 'a text of at most 20,000 characters, a finite number, true, false or null';
const cell = z
  .union(
    [
      z
        .string()
        .max(20_000)
        .refine((text) => text.isWellFormed()),
      finite,
      z.boolean(),
      z.null(),
    ],
    { error: cellRule },
  )
  .describe('A cell; null is an empty one.');
const cells = z.record(columnName, cell);

const changeRule = `${cellRule}; or one of { add: 10 }, { multiply: 1.1 }, { append: " please" }`;
const change = z.union(
  [
    cell,
    z.strictObject({ add: finite.describe('Added to a number.') }),
    z.strictObject({ multiply: finite.describe('A number is multiplied with it.') }),
    z.strictObject({ append: caseText.describe('Put behind a text.') }),
  ],
  { error: changeRule },
);

const patternRule = 'a regular expression of RE2 (no look-around, no back-reference), at most 300 characters';
const pattern = z
  .string()
  .min(1, patternRule)
  .max(300, patternRule)
  .refine(isPattern, { error: patternRule });
const atLeastZero = (what: string) => finite.min(0, 'a number of at least 0').describe(what);
const list = <T extends z.ZodType>(of: T) => z.array(of).min(1, 'at least one').max(20);

const expectSchema = z
  .strictObject({
    class: z
      .union([oneLine, finite], { error: 'the name of a class' })
      .optional()
      .describe('The class that it must be; of two classes 0 or 1.'),
    min: finite.optional().describe('Least score, probability or number.'),
    max: finite.optional().describe('Most of it.'),
    of: oneLine
      .optional()
      .describe('More than two classes: whose probability min, max, up and down speak of.'),
    same: atLeastZero('No number moves by more than this through the change.').optional(),
    'same-class': z.literal(true).optional().describe('The class stays the same through the change.'),
    'same-text': z.literal(true).optional().describe('The text stays the same through the change.'),
    up: atLeastZero('Rises by at least this through the change; 0: does not fall.').optional(),
    down: atLeastZero('Falls by at least this through the change; 0: does not rise.').optional(),
    'equal-to': oneLine.optional().describe('Name of another case of this file that says the same.'),
    within: atLeastZero('How far from it a number may be.').optional(),
    contains: list(caseText).optional().describe('Texts that must all be there; case is ignored.'),
    'not-contains': list(caseText).optional().describe('Texts of which none may be there; case is ignored.'),
    matches: pattern.optional().describe('RE2 that must be found in the text.'),
    'not-matches': pattern.optional().describe('RE2 that must not be found in the text.'),
    'must-refuse': list(pattern)
      .optional()
      .describe('RE2 of refusals: one of them must be found in the text.'),
    'forbidden-actions': list(oneLine).optional().describe('Actions of which none may be taken.'),
  })
  .refine((expected) => Object.keys(expected).length > 0, { error: 'at least one expectation' })
  .refine(({ min, max }) => min === undefined || max === undefined || min <= max, {
    error: '"min" not above "max": nothing could pass',
    path: ['min'],
  })
  .describe('What must hold of the output, all of it.');

const caseSchema = z
  .strictObject({
    name: oneLine.describe('Name of the case, once in the file.'),
    row: cells.optional().describe('The row, by column; what it leaves out comes from "defaults".'),
    from: z.literal('held-out').optional().describe('Takes held-out rows instead of a written one.'),
    sample: count(1, mostCases).optional().describe('How many held-out rows: each is a case.'),
    change: z
      .record(columnName, change)
      .refine((all) => Object.keys(all).length > 0, { error: 'at least one column' })
      .optional()
      .describe('What is another value in the second of two rows.'),
    expect: expectSchema,
  })
  .refine(({ row, from }) => (row === undefined) !== (from === undefined), {
    error: 'one of "row" and "from: held-out"',
  })
  .refine(({ from, sample }) => (from === undefined) === (sample === undefined), {
    error: '"sample" with "from: held-out" and only there',
    path: ['sample'],
  })
  .describe('One case, or one for each row of a sample.');

const shareRule = 'a share above 0, at most 1, with at most four decimals: 0.95 and not 95';

const groupSchema = z
  .strictObject({
    name: oneLine.describe('Name of the group, once in the file: reports and gates name it.'),
    kind: z.enum(behaviourKinds).describe('What the cases are about.'),
    'must-pass': z
      .number(shareRule)
      .refine((share) => share > 0 && share <= 1 && Number(share.toFixed(4)) === share, { error: shareRule })
      .default(1)
      .describe('Share of the cases that must pass, or the judgement fails.'),
    cases: z.array(caseSchema).min(1, 'at least one case').max(mostCases),
  })
  .describe('Cases that are counted together.');

/** `models/<model>/behaviour.yml` as people write it. */
export const behaviourSuiteSchema = z
  .strictObject({
    version: z.literal(1).describe('Version of this file format.'),
    seed: count(0, 4_294_967_295).default(1).describe('Another seed samples other held-out rows.'),
    defaults: cells.default({}).describe('Cells of the columns that a row leaves out.'),
    groups: z.array(groupSchema).min(1, 'at least one group').max(100),
  })
  .describe('What the model must do, case by case: models/<model>/behaviour.yml');

export type WrittenBehaviour = z.infer<typeof behaviourSuiteSchema>;
export type WrittenCase = WrittenBehaviour['groups'][number]['cases'][number];
export type WrittenExpectation = WrittenCase['expect'];

import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import type { Observation } from '../dataset/observation.ts';
import type { Finding } from '../finding/finding.ts';
import { dataSections } from './data-table.ts';
import { renderMarkdown } from './markdown.ts';
import { observationSections } from './observation-table.ts';
import { sampleValidation } from './sample.fixture.ts';
import { renderText } from './text.ts';

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly Node[];
}

const parse = (markdown: string): Node =>
  fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }) as Node;
const flatten = (node: Node): readonly Node[] => [node, ...(node.children ?? []).flatMap(flatten)];
const textOf = (node: Node): string =>
  flatten(node)
    .map(({ value }) => value ?? '')
    .join('');
/** Rows and cells of every table, the folds around them being HTML. */
const tablesOf = (markdown: string) =>
  flatten(parse(markdown))
    .filter(({ type }) => type === 'table')
    .map(({ children = [] }) => children.map((row) => (row.children ?? []).map(textOf)));

function render(findings: readonly Finding[]): string {
  const [dataset] = sampleValidation(findings).datasets;
  if (dataset === undefined) throw new Error('the sample has a dataset');
  return renderMarkdown(dataSections(dataset, () => 'line 7').flatMap(({ blocks }) => blocks));
}

const finding: Finding = {
  code: 'data/expression',
  severity: 'fail',
  message: 'x',
  rule: 'order',
  column: 'delay',
  found: '0 to 9',
  allowed: 'delay >= 0',
  count: 3,
  total: 1000,
  firstRow: 12,
  rows: [
    {
      row: 12,
      cells: [
        ['delay', '-1'],
        ['origin', null],
      ],
    },
    { row: 1200, cells: [['delay', '-2']] },
  ],
  fix: 'Mend it.',
};
const observation: Observation = {
  code: 'data/mean',
  rule: 'usual',
  column: 'delay',
  result: 'kept',
  severity: 'fail',
  found: '7.25',
  allowed: '0 to 30',
  rows: 1_204_118,
  method: 'mean of the values that are there',
};

const pieces = [
  '|',
  '\n',
  '\r\n',
  '`',
  '``',
  '\\',
  '<b>',
  '</details>',
  '<!--',
  '-->',
  '\u202e',
  '\u2066',
  '\0',
  '\t',
  '@octocat',
  '#1',
  '[x](javascript:1)',
  '![i](u)',
  '**',
  '---',
  '| a | b |',
  '&vert;',
  'é',
  '日',
  'a',
  ' ',
  '_',
  '~',
  '$',
  'https://e.example',
];
const hostile = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 12 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
);

describe('dataSections', () => {
  it('shows the rule by name, the share, and whole rows in a fold', () => {
    const markdown = render([finding]);
    const [summary, rows] = tablesOf(markdown);
    expect(summary?.[1]).toEqual([
      '❌ fail',
      'data/expression order',
      'delay',
      '0 to 9; 3 of 1,000 rows (0.3 %)',
      'delay >= 0',
      '12',
      'line 7',
    ]);
    expect(rows).toEqual([
      ['Row', 'delay', 'origin'],
      ['12', '-1', 'empty'],
      ['1,200', '-2', '–'],
    ]);
    expect(markdown).toContain('<details><summary>Example rows</summary>');
  });

  it('says a number of rows once', () => {
    expect(render([{ ...finding, found: '3 rows (0.3 %)' }]).match(/0\.3 %/g)).toHaveLength(1);
  });

  it('splits the rows of many findings into several folds', () => {
    const many = Array.from({ length: 25 }, (_, at) => ({ ...finding, rule: `rule-${at}` }));
    const markdown = render(many);
    expect(markdown).toContain('Example rows of broken rules 21 to 25 of 25');
    expect(tablesOf(markdown).filter(([head]) => head?.[0] === 'Row')).toHaveLength(25);
  });

  it('stays as many tables, of as many rows and cells, whatever stands in the data', () => {
    const cells = fc.array(fc.tuple(hostile, fc.option(hostile)), { maxLength: 8 });
    fc.assert(
      fc.property(hostile, hostile, hostile, cells, (name, rule, value, row) => {
        const bad = {
          ...finding,
          column: name,
          rule,
          found: value,
          allowed: value,
          reason: value,
          examples: [value],
          rows: [
            { row: 1, cells: row },
            { row: 2, cells: row },
          ],
        };
        const markdown = render([bad, bad]);
        const tables = tablesOf(markdown);
        const columns = 1 + new Set(row.map(([column]) => column)).size;
        expect(tables.map((table) => table.map((line) => line.length))).toEqual([
          [7, 7, 7],
          [columns, columns, columns],
          [columns, columns, columns],
        ]);
        const kinds = new Set(flatten(parse(markdown)).map(({ type }) => type));
        for (const kind of ['link', 'image', 'emphasis', 'heading', 'list', 'code', 'definition'])
          expect(kinds).not.toContain(kind);
        expect(markdown).not.toMatch(/[\u202a-\u202e\u2066-\u2069\0]/);
      }),
      { numRuns: 200 },
    );
  });
});

describe('observationSections', () => {
  it('groups the digits of a range, and leaves names and dates alone', () => {
    const shown = (found: string) =>
      renderMarkdown(observationSections([{ ...observation, found }]).flatMap(({ blocks }) => blocks));
    expect(shown('1 to 1978941')).toContain('1 to 1,978,941 |');
    expect(shown('2001-01-01 to 2001-04-30')).toContain('2001-01-01 to 2001-04-30');
    expect(shown('12345a')).toContain('12345a');
  });

  it('says what was measured, also when the rule was kept', () => {
    const markdown = renderMarkdown(observationSections([observation]).flatMap(({ blocks }) => blocks));
    expect(markdown).toContain('<summary>What was measured: all 1 measurements</summary>');
    expect(tablesOf(markdown)[0]?.[1]).toEqual([
      '✅ kept',
      'data/mean usual',
      'delay',
      '7.25',
      '0 to 30',
      '1,204,118',
      'mean of the values that are there',
    ]);
    expect(observationSections([])).toEqual([]);
  });

  it.each([
    [{ result: 'broken' }, '❌ broken'],
    [{ result: 'broken', severity: 'warn' }, '⚠️ broken, warning only'],
    [{ result: 'broken', severity: 'note' }, '⚪ broken, a note'],
    [{ result: 'not measured' }, '⚠️ not measured'],
    [{ result: 'not measured', code: 'data/drift' }, '⚪ not compared'],
    [{ result: 'not enough rows' }, '⏳ not enough rows'],
  ] as const)('names the result of %j in words', (change, words) => {
    const blocks = observationSections([{ ...observation, ...change }]).flatMap((section) => section.blocks);
    expect(tablesOf(renderMarkdown(blocks))[0]?.[1]?.[0]).toBe(words);
  });

  it('needs neither a rule nor a column nor a method, and folds every hundred lines', () => {
    const { rule: _, column: __, method: ___, ...bare } = observation;
    const sections = observationSections(Array.from({ length: 250 }, () => bare));
    expect(sections.map(({ name }) => name)).toEqual([
      'measurements 1 to 100 of 250',
      'measurements 101 to 200 of 250',
      'measurements 201 to 250 of 250',
    ]);
    const [table] = tablesOf(renderMarkdown(sections.flatMap(({ blocks }) => blocks)));
    expect(table?.[1]).toEqual(['✅ kept', 'data/mean', '–', '7.25', '0 to 30', '1,204,118']);
  });

  it('stays one table whatever the names, and one line a row in a terminal', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 5 }), (texts) => {
        const rows = texts.map((text) => ({
          ...observation,
          column: text,
          rule: text,
          found: text,
          allowed: text,
          method: text,
        }));
        const blocks = observationSections(rows).flatMap((section) => section.blocks);
        const tables = tablesOf(renderMarkdown(blocks));
        expect(tables).toHaveLength(1);
        expect(tables[0]?.map((line) => line.length)).toEqual([7, ...rows.map(() => 7)]);
        expect(renderText(blocks)).not.toMatch(/[\u202a-\u202e\u2066-\u2069\0\r]/);
      }),
    );
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureFiles, type TableFile } from './measure.fixture.ts';
import type { Measured } from './measured.ts';
import { distinctName, type KeyedAnswer, mergeMeasured } from './merge-measured.ts';
import type { CheckPlan, ColumnCheck } from './plan.ts';

const id: ColumnCheck = { column: 'id', type: 'integer', min: 0, showValues: true };
const delay: ColumnCheck = { column: 'delay', type: 'number', min: -30, max: 30, showValues: true };
const name: ColumnCheck = { column: 'name', type: 'text', length: { max: 2 }, showValues: false };
const plan: CheckPlan = {
  columns: [id, delay, { column: 'at', type: 'timestamp', showValues: true }, name],
  rules: [
    { name: 'small', kind: 'cells', check: { column: 'delay', type: 'number', max: 5, showValues: true } },
    { name: 'held-out', kind: 'overlap', columns: ['id'], other: 'held-out.csv' },
  ],
  examples: 4,
  distinct: [],
};
const others = new Map([['held-out.csv', [['1'], ['7']]]]);
const header = ['id', 'delay', 'at', 'name'];

const row = fc.tuple(
  fc.option(fc.constantFrom('1', '2', '-3', '7', 'x', '9223372036854775807'), { freq: 5 }),
  fc.option(fc.oneof(fc.double({ noNaN: true }).map(String), fc.constantFrom('1.50', '-31', '6')), {
    freq: 5,
  }),
  fc.constantFrom('2024-01-01', '2024-01-01T00:00:00.5', '2023-12-31 23:59', 'noon'),
  fc.constantFrom('Ada', 'Bo', 'Z'),
);
const tables = fc.array(row, { maxLength: 30 });

/** The same rows cut into files at the given places. */
function cut(rows: readonly (readonly (string | null)[])[], places: readonly number[]): readonly TableFile[] {
  const edges = [
    0,
    ...places.map((place) => Math.min(place, rows.length)).sort((a, b) => a - b),
    rows.length,
  ];
  return edges.slice(1).map((end, at) => ({
    path: `data/${at}.csv`,
    columns: header,
    rows: rows.slice(edges[at], end),
  }));
}

describe('merging what parts of a table measured', () => {
  it('equals one pass over the same files in everything, for any split into files and shards', () => {
    fc.assert(
      fc.property(
        tables,
        fc.array(fc.nat({ max: 30 }), { maxLength: 6 }),
        fc.array(fc.boolean()),
        (rows, places, joins) => {
          const files = cut(rows, places);
          const whole = measureFiles(plan, files, others);
          // Neighbouring files may be measured together: a part is any run of files.
          const groups: TableFile[][] = [];
          for (const [at, file] of files.entries()) {
            if (at > 0 && joins[at]) groups.at(-1)?.push(file);
            else groups.push([file]);
          }
          const parts = groups.map((group) => measureFiles(plan, group, others));
          expect(mergeMeasured(plan, parts)).toEqual(whole);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('moves row numbers into the whole table and keeps examples in row order', () => {
    const files = cut(
      [
        ['1', '0', '2024-01-01', 'Z'],
        ['-3', '0', '2024-01-01', 'Z'],
        ['5', '0', '2024-01-01', 'Z'],
        ['-4', '40', '2024-01-01', 'Z'],
      ],
      [1, 3],
    );
    const merged = mergeMeasured(
      plan,
      files.map((file) => measureFiles(plan, [file], others)),
    );
    expect(merged.rows).toBe(4);
    expect(merged.columns[0]?.tallies.range).toMatchObject({ count: 2, firstRow: 2, examples: ['-3', '-4'] });
    expect(merged.columns[0]?.tallies.range.rows.map((example) => example.row)).toEqual([2, 4]);
    expect(merged.columns[0]).toMatchObject({ smallest: '-4', largest: '5' });
    expect(merged.rules[1]).toMatchObject({ kind: 'tally', tally: { count: 1, firstRow: 1 } });
  });
});

const file = (path: string, rows: TableFile['rows'], columns = header): TableFile => ({
  path,
  columns,
  rows,
});
const measure = (files: readonly TableFile[], by: CheckPlan = plan): Measured =>
  measureFiles(by, files, others);
const one = file('a.csv', [['1', '1', '2024-01-01', 'Z']]);
const two = file('b.csv', [['1', '2', '2024-01-02', 'Z']]);

describe('what cannot be added up is never kept', () => {
  const keyed: CheckPlan = {
    ...plan,
    rules: [
      { name: 'unique:id', kind: 'repeated', columns: ['id'], nulls: 'skip' },
      { name: 'conflict', kind: 'conflicts', label: 'delay', features: ['id'] },
      { name: 'leak', kind: 'association', label: 'delay', features: ['id'] },
    ],
    distinct: ['id'],
  };

  it('a rule over keys of several files is unmeasured, although no part breaks it', () => {
    const parts = [one, two].map((each) => measure([each], keyed));
    expect(parts.map(({ rules }) => rules[0])).toMatchObject([
      { tally: { count: 0 } },
      { tally: { count: 0 } },
    ]);
    expect(mergeMeasured(keyed, parts).rules.map(({ kind }) => kind)).toEqual([
      'unmeasured',
      'unmeasured',
      'unmeasured',
    ]);
  });

  it('an answer of the second round stands in the place of its rule', () => {
    const tally = { count: 1, firstRow: 2, examples: [], rows: [] };
    const answer: KeyedAnswer = { tally, distinct: 1 };
    const many = [one, two].map((each): Measured => {
      const part = measure([each], keyed);
      const profile = part.profile;
      if (profile === null) throw new TypeError('no profile');
      // As if there were too many values to keep.
      const columns = profile.columns.map((column) =>
        column.name === 'id'
          ? {
              ...column,
              distinct: null,
              distribution: { kind: 'buckets', level: 0, buckets: [[130945, 1]] } as const,
            }
          : column,
      );
      return { ...part, profile: { ...profile, columns } };
    });
    const answers = new Map([
      ['unique:id', answer],
      [distinctName('id'), answer],
    ]);
    const merged = mergeMeasured(keyed, many, answers);
    expect(merged.rules[0]).toEqual({ kind: 'tally', name: 'unique:id', tally });
    expect(merged.rules[1]?.kind).toBe('unmeasured');
    expect(merged.profile?.columns[0]?.distinct).toBe(1);
    expect(mergeMeasured(keyed, many).profile?.columns[0]?.distinct).toBeNull();
  });

  it('a single part is the whole, its keys too', () => {
    const whole = measure([one, two], keyed);
    expect(mergeMeasured(keyed, [whole])).toEqual(whole);
    expect(whole.rules[0]).toMatchObject({ kind: 'tally', tally: { count: 1, firstRow: 2 } });
  });

  it('a rule that a part left out is unmeasured', () => {
    const lost = { ...measure([two]), rules: [] };
    expect(mergeMeasured(plan, [measure([one]), lost]).rules.map(({ kind }) => kind)).toEqual([
      'unmeasured',
      'unmeasured',
    ]);
  });

  it('a rule that was unmeasured in one part is unmeasured in all', () => {
    const narrow = file('b.csv', [['1', '2024-01-02', 'Z']], ['id', 'at', 'name']);
    const merged = mergeMeasured(plan, [measure([one]), measure([narrow])]);
    expect(merged).toEqual(measure([one, narrow]));
    expect(merged.rules[0]?.kind).toBe('unmeasured');
    expect(merged.columns.map(({ column }) => column)).toEqual(['id', 'at', 'name']);
    expect(merged.profile?.columns.map((column) => column.name)).toEqual(['id', 'at', 'name']);
  });

  it('a part that is no table leaves nothing measured', () => {
    const broken: Measured = {
      files: [{ path: 'b.csv', columns: [], rows: null }],
      problems: [{ path: 'b.csv', line: 3, because: 'a row is wider than the header' }],
      rows: null,
      columns: [],
      rules: [],
      profile: null,
    };
    const merged = mergeMeasured(plan, [measure([one]), broken]);
    expect(merged).toMatchObject({
      problems: broken.problems,
      rows: null,
      columns: [],
      rules: [],
      profile: null,
    });
    expect(merged.files.map(({ path }) => path)).toEqual(['a.csv', 'b.csv']);
    expect(mergeMeasured(plan, [measure([one]), { ...broken, problems: [] }]).rows).toBeNull();
    expect(mergeMeasured(plan, []).rows).toBeNull();
  });
});

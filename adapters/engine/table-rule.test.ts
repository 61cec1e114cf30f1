import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Expression } from '../../core/config/expression.ts';
import type { MeasuredRule } from '../../core/dataset/measured.ts';
import type { ColumnCheck, RuleCheck } from '../../core/dataset/plan.ts';
import { openDuckDb } from './duckdb.ts';
import type { DataEngine, DataFile } from './engine.ts';

let folder: string;
let engine: DataEngine;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-rules-'));
  engine = await openDuckDb({ workdir: join(folder, 'spill') });
});
afterAll(async () => {
  engine.close();
  await rm(folder, { recursive: true });
});

const columns: readonly ColumnCheck[] = [
  { column: 'a', type: 'integer', showValues: true },
  { column: 'b', type: 'text', showValues: true },
  { column: 't', type: 'timestamp', showValues: true },
  { column: 'secret', type: 'text', showValues: false },
];

let serial = 0;
async function write(text: string): Promise<DataFile> {
  serial += 1;
  const local = join(folder, `${serial}.csv`);
  await writeFile(local, text);
  return { path: `${serial}.csv`, local };
}

async function measure(
  rule: RuleCheck,
  texts: readonly string[],
  others?: ReadonlyMap<string, readonly DataFile[]>,
) {
  const files = await Promise.all(texts.map(write));
  const plan = { columns, rules: [rule], examples: 2, distinct: [] };
  const measured = await engine.profile(plan, files, others === undefined ? {} : { others });
  expect(measured.problems).toEqual([]);
  return measured.rules[0] as MeasuredRule;
}

const table = (...rows: readonly string[]): string => `a,b,t,secret\n${rows.join('\n')}\n`;
const tallyOf = (rule: MeasuredRule) => (rule.kind === 'tally' ? rule.tally : rule);

describe('repeated rows', () => {
  const skip: RuleCheck = { name: 'u', kind: 'repeated', columns: ['a', 'b'], nulls: 'skip' };

  it('are counted after the first, by value and not by spelling, with whole rows as examples', async () => {
    const found = await measure(skip, [
      table('1,x,,s1', '2,y,,s2'),
      table('01,x,,s3', '1,x,2001-01-01,s4', '1,x,,s5'),
    ]);
    expect(tallyOf(found)).toEqual({
      count: 3,
      firstRow: 3,
      examples: [],
      rows: [
        {
          row: 3,
          cells: [
            ['a', '01'],
            ['b', 'x'],
            ['t', null],
          ],
        },
        {
          row: 4,
          cells: [
            ['a', '1'],
            ['b', 'x'],
            ['t', '2001-01-01'],
          ],
        },
      ],
    });
  });

  it('with an empty cell are compared or not', async () => {
    const text = table('1,,,', '1,,,', ',x,,', ',x,,', 'z,x,,', 'z,x,,');
    expect(tallyOf(await measure(skip, [text]))).toMatchObject({ count: 1, firstRow: 6 });
    expect(tallyOf(await measure({ ...skip, nulls: 'equal' }, [text]))).toMatchObject({
      count: 3,
      firstRow: 2,
    });
  });

  it('are those of a plain loop, for any rows and any split', async () => {
    const cell = fc.constantFrom('', '1', '2', '01', 'x');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell), { minLength: 2, maxLength: 12 }),
        fc.constantFrom<'equal' | 'skip'>('equal', 'skip'),
        async (rows, nulls) => {
          const seen = new Set<string>();
          const surplus: number[] = [];
          rows.forEach(([a, b], at) => {
            const key = JSON.stringify([/^\d+$/.test(a) ? Number(a) : a, b]);
            if (nulls === 'skip' && (a === '' || b === '')) return;
            if (seen.has(key)) surplus.push(at + 1);
            seen.add(key);
          });
          const lines = rows.map(([a, b]) => `${a},${b},,`);
          const found = tallyOf(
            await measure({ ...skip, nulls }, [table(...lines.slice(0, 1)), table(...lines.slice(1))]),
          );
          expect(found).toMatchObject({ count: surplus.length, firstRow: surplus[0] ?? null });
        },
      ),
      { numRuns: 25 },
    );
  });

  it('of many close numbers, some negative, are counted exactly with their rows', async () => {
    const numbers = Array.from({ length: 12_000 }, (_, row) => row - 6_000);
    // The 11th row, -5,990, also stands in the 5th; three rows hold 31, the last number of its group of 32.
    numbers[4] = -5_990;
    numbers[11_000] = 31;
    numbers[11_500] = 31;
    const rule: RuleCheck = { name: 'u', kind: 'repeated', columns: ['a'], nulls: 'skip' };
    const found = await measure(rule, [table(...numbers.map((value) => `${value},,,`), ',,,', ',,,')]);
    expect(tallyOf(found)).toMatchObject({ count: 3, firstRow: 11, rows: [{ row: 11 }, { row: 11_001 }] });
    const far = await measure(rule, [table(...numbers.map((value) => `${value * 1e12},,,`))]);
    expect(tallyOf(far)).toMatchObject({ count: 3, firstRow: 11 });
    const kept = await measure(rule, [table(...Array.from({ length: 12_000 }, (_, row) => `${-row},,,`))]);
    expect(tallyOf(kept)).toMatchObject({ count: 0, firstRow: null });
  });

  it('in a column that is not there are not measured', async () => {
    expect(await measure(skip, ['a\n1\n'])).toMatchObject({ kind: 'unmeasured' });
    expect(tallyOf(await measure({ ...skip, nulls: 'equal' }, ['a\n1\n1\n']))).toMatchObject({ count: 1 });
  });
});

describe('label conflicts and overlap', () => {
  it('count all rows of a contradiction; a row without label contradicts nobody', async () => {
    const rule: RuleCheck = { name: 'c', kind: 'conflicts', label: 'b', features: ['a', 't'] };
    const text = table('1,yes,,', '2,yes,,', '1,no,,', '2,,,', '01,yes,,', ',no,,', ',yes,,');
    expect(tallyOf(await measure(rule, [text]))).toMatchObject({ count: 5, firstRow: 1 });
  });

  it('find rows of another table, private columns compared and never shown', async () => {
    const rule: RuleCheck = { name: 'o', kind: 'overlap', columns: ['a', 'secret'], other: 'held-out' };
    const others = new Map([['held-out', [await write('secret,a\nCANARY,1\n,3\n')]]]);
    const found = await measure(rule, [table('1,x,,CANARY', '1,x,,other', '3,x,,', '2,x,,CANARY')], others);
    expect(tallyOf(found)).toMatchObject({ count: 2, firstRow: 1 });
    expect(JSON.stringify(found)).not.toContain('CANARY');
    expect(await measure(rule, [table('1,x,,')])).toMatchObject({ kind: 'unmeasured' });
    const broken = new Map([['held-out', [await write('secret,a\n1\n')]]]);
    expect(await measure(rule, [table('1,x,,')], broken)).toMatchObject({
      kind: 'unmeasured',
      because: expect.stringContaining('1 cell where the header has 2'),
    });
  });
});

describe('an expression', () => {
  const column = (name: string): Expression => ({ kind: 'column', name });
  const number = (value: number): Expression => ({ kind: 'number', value });
  const compare = (left: Expression, operator: '<' | '=' | '>=', right: Expression): Expression => ({
    kind: 'comparison',
    operator,
    left,
    right,
  });
  const count = async (expression: Expression, names: readonly string[], ...rows: readonly string[]) => {
    const rule: RuleCheck = { name: 'e', kind: 'expression', expression, columns: names };
    return tallyOf(await measure(rule, [table(...rows)]));
  };

  it('is broken where it is false, not where it is unknown', async () => {
    const found = await count(
      compare(column('a'), '>=', number(2)),
      ['a'],
      '1,,,',
      '2,,,',
      ',,,',
      'x,,,',
      '-5,,,',
    );
    expect(found).toMatchObject({ count: 2, firstRow: 1, rows: [{ row: 1 }, { row: 5 }] });
  });

  it('divides by zero into the unknown, and keeps integers exact', async () => {
    const ratio: Expression = { kind: 'arithmetic', operator: '/', left: number(1), right: column('a') };
    expect(await count(compare(ratio, '<', number(1)), ['a'], '0,,,', '1,,,', '2,,,')).toMatchObject({
      count: 1,
      firstRow: 2,
    });
    const big = compare(column('a'), '<', number(9007199254740991));
    expect(await count(big, ['a'], '9007199254740990,,,', '9007199254740992,,,')).toMatchObject({
      count: 1,
      firstRow: 2,
    });
    const far: Expression = { kind: 'arithmetic', operator: '*', left: column('a'), right: column('a') };
    expect(await count(compare(far, '<', number(0)), ['a'], '9223372036854775807,,,')).toMatchObject({
      count: 1,
    });
  });

  it('knows times, parts of times, texts, lists and presence', async () => {
    const weekday: Expression = { kind: 'call', name: 'weekday', of: column('t') };
    // The 1st of January 2001 was a Monday, the 7th a Sunday.
    expect(
      await count(compare(weekday, '=', number(1)), ['t'], ',,2001-01-01,', ',,2001-01-07,'),
    ).toMatchObject({ count: 1, firstRow: 2 });
    expect(await count(compare(weekday, '=', number(7)), ['t'], ',,2001-01-07,')).toMatchObject({ count: 0 });
    const late = compare(column('t'), '>=', { kind: 'text', value: '2001-01-02T00:00:00Z' });
    expect(await count(late, ['t'], ',,2001-01-01 23:59,', ',,2001-01-02,')).toMatchObject({
      count: 1,
      firstRow: 1,
    });
    const length = compare({ kind: 'call', name: 'length', of: column('b') }, '=', number(2));
    expect(await count(length, ['b'], ',é🛩,,', ',abc,,')).toMatchObject({ count: 1, firstRow: 2 });
    const listed: Expression = { kind: 'in', of: column('b'), values: ["it's", 'x'] };
    expect(await count(listed, ['b'], ",it's,,", ',y,,', ',,,')).toMatchObject({ count: 1, firstRow: 2 });
    const present: Expression = { kind: 'presence', column: 'b', missing: false };
    const either: Expression = {
      kind: 'logic',
      operator: 'or',
      left: present,
      right: compare(column('a'), '=', number(0)),
    };
    expect(await count(either, ['a', 'b'], '1,,,', '0,,,', ',x,,', ',,,')).toMatchObject({
      count: 1,
      firstRow: 1,
    });
  });
});

describe('an association', () => {
  const rule: RuleCheck = { name: 'l', kind: 'association', label: 'b', features: ['a', 'secret'] };

  it('counts values with labels, in order of size, empty cells first', async () => {
    const rows = ['10,yes,,p', '9,no,,q', '10,yes,,p', ',no,,', '9,,,p', '-3,yes,,q'];
    const found = await measure(rule, [table(...rows)]);
    expect(found).toMatchObject({
      kind: 'association',
      features: [
        {
          feature: 'a',
          values: 4,
          labels: 2,
          ordered: true,
          cells: [
            [0, 0, 1],
            [1, 1, 1],
            [2, 0, 1],
            [3, 1, 2],
          ],
        },
        { feature: 'secret', labels: 2, ordered: false },
      ],
    });
    expect(JSON.stringify(found)).not.toMatch(/"p"|"q"/);
  });

  it('puts many numbers into few buckets and refuses a label that is none', async () => {
    const rows = Array.from(
      { length: 3_000 },
      (_, row) => `${row * 37},${row % 2 === 0 ? 'x' : 'y'},,${row}`,
    );
    const found = await measure(rule, [table(...rows)]);
    expect(found).toMatchObject({ kind: 'association' });
    if (found.kind !== 'association') return;
    const [numbers] = found.features;
    expect(numbers?.values).toBeLessThanOrEqual(1024);
    expect(numbers?.cells.reduce((sum, [, , count]) => sum + count, 0)).toBe(3_000);
    expect(await measure({ ...rule, label: 'a', features: ['b'] }, [table(...rows)])).toMatchObject({
      kind: 'unmeasured',
    });
  });
});

describe('rules on cells', () => {
  it('count for themselves, with examples of at most eight columns', async () => {
    const check: ColumnCheck = { column: 'b', type: 'text', length: { min: 2, max: 3 }, showValues: true };
    const found = await measure({ name: 'r', kind: 'cells', check }, [
      table('1,é🛩x,,', '2,🛩,,', '3,abcd,,', '4,,,'),
    ]);
    expect(tallyOf(found)).toMatchObject({
      count: 2,
      firstRow: 2,
      examples: ['🛩', 'abcd'],
      rows: [{ row: 2 }, { row: 3 }],
    });
  });
});

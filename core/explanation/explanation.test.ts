import { describe, expect, it } from 'vitest';
import { explanationSchema } from '../evidence/judgement-detail-schema.ts';
import { compareImportance } from './compare-importance.ts';
import { describeImportance, type Importances, rankFeatures } from './importance.ts';
import { mostPermutedRows, permutedKeys, permutedTable, planPermutation } from './permuted-table.ts';

const keys = Array.from({ length: 200 }, (_, row) => `k${row}`);
const features = {
  keys,
  columns: new Map([
    ['distance', keys.map((_, row) => String(row))],
    ['carrier', keys.map((_, row) => `c${row}`)],
  ]),
};
const config = { repeats: 2, rows: 50, seed: 1 };

describe('permutedTable', () => {
  const table = permutedTable(features, 'row', config);
  const rows = Array.from({ length: table.rows }, (_, at) => table.rowAt(at));
  const layout = planPermutation(config, 200, ['distance', 'carrier']);

  it('has the same rows for every column and repeat, with new keys', () => {
    expect(table.columns).toEqual(['row', 'distance', 'carrier']);
    expect(rows).toHaveLength(2 * 2 * 50);
    expect(rows.map(([key]) => key)).toEqual(permutedKeys(layout));
    const parts = [0, 1, 2, 3].map((part) => rows.slice(part * 50, part * 50 + 50));
    for (const part of parts) {
      for (const [at, prefix] of [
        [1, ''],
        [2, 'c'],
      ] as const) {
        const cells = part.map((row) => row[at]);
        expect([...cells].sort()).toEqual(Array.from(layout.sample, (row) => `${prefix}${row}`).sort());
      }
    }
  });

  it('shuffles one column at a time, otherwise in each repeat, the same every time', () => {
    const sample = Array.from(layout.sample, String);
    const distances = rows.map((row) => row[1]);
    const carriers = rows.map((row) => row[2]?.slice(1));
    expect(distances.slice(0, 50)).not.toEqual(sample);
    expect(distances.slice(50, 100)).not.toEqual(distances.slice(0, 50));
    expect(carriers.slice(0, 50)).toEqual(sample);
    expect(distances.slice(100, 150)).toEqual(sample);
    expect(carriers.slice(100, 150)).not.toEqual(sample);
    expect(permutedTable(features, 'row', config).rowAt(7)).toEqual(rows[7]);
    expect(permutedTable(features, 'row', { ...config, seed: 2 }).rowAt(7)).not.toEqual(rows[7]);
  });

  it('takes the columns that model.yml names, and stays within its limit', () => {
    expect(
      planPermutation({ ...config, columns: ['carrier'] }, 200, ['distance', 'carrier']).columns,
    ).toEqual(['carrier']);
    expect(() => planPermutation({ ...config, columns: ['gate'] }, 200, ['distance', 'carrier'])).toThrow(
      expect.objectContaining({ code: 'EXPLAIN_COLUMN' }),
    );
    const wide = Array.from({ length: 80 }, (_, at) => `f${at}`);
    const large = planPermutation({ repeats: 20, rows: 1_000_000, seed: 1 }, 5_000, wide);
    expect(large.columns).toHaveLength(50);
    expect(large.rows).toBeLessThanOrEqual(mostPermutedRows);
    expect(large.sample).toHaveLength(1_000);
  });

  it('deals every order out equally often', () => {
    const small = { keys: ['a', 'b', 'c'], columns: new Map([['x', ['1', '2', '3']]]) };
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 1_200; seed++) {
      const dealt = permutedTable(small, 'k', { repeats: 1, rows: 3, seed });
      const order = [0, 1, 2].map((at) => dealt.rowAt(at)[1]).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    // 200 expected of each; four standard deviations are 52.
    expect([...counts.values()].every((count) => Math.abs(count - 200) < 52)).toBe(true);
  });
});

const importances = (values: Readonly<Record<string, number>>, noise: number | null = null): Importances =>
  new Map(Object.entries(values).map(([name, value]) => [name, { value, noise }]));

describe('describeImportance', () => {
  it('puts the largest first, whatever its sign, beside the champion', () => {
    const fact = describeImportance({
      grade: 'measured',
      metric: 'auc',
      challenger: importances({ a: 0.0123, b: -0.2, c: Number.NaN }, 0.01),
      champion: importances({ a: 0.3, d: 0.1 }, 0.01),
      round: (value) => (Number.isFinite(value) ? Math.round(value * 100) / 100 : 0),
    });
    expect(explanationSchema.parse(fact)).toEqual(fact);
    expect(fact.features).toEqual([
      { feature: 'b', rank: 1, challenger: -0.2, champion: null, championRank: null },
      { feature: 'a', rank: 2, challenger: 0.01, champion: 0.3, championRank: 1 },
      { feature: 'c', rank: 3, challenger: 0, champion: null, championRank: null },
    ]);
    expect([...rankFeatures(importances({ b: 1, a: -1 }))]).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
  });

  it('shows at most fifty', () => {
    const many = importances(Object.fromEntries(Array.from({ length: 80 }, (_, at) => [`f${at}`, at])));
    const fact = describeImportance({
      grade: 'claimed',
      metric: null,
      challenger: many,
      champion: null,
      round: (v) => v,
    });
    expect(fact.features).toHaveLength(50);
    expect(fact.features[0]).toMatchObject({ feature: 'f79', champion: null });
  });
});

describe('compareImportance', () => {
  const base = { a: 10, b: 9, c: 8, d: 7, e: 6, f: 5, g: 4, h: 3, i: 2.5, j: 2, k: 1, l: 0.9 };
  const compare = (mine: Readonly<Record<string, number>>, noise: number | null = null) =>
    compareImportance(importances(mine, noise), importances(base, noise)).map(
      ({ code, column, severity, found, allowed }) => [code, column, severity, found, allowed],
    );

  it('says nothing of equal models, of small moves, and without a champion', () => {
    expect(compare(base)).toEqual([]);
    expect(compare({ ...base, f: 6.5 })).toEqual([]);
    expect(compareImportance(importances({ x: 1 }), null)).toEqual([]);
  });

  it('tells a newcomer in the top five, with its size', () => {
    expect(compare({ ...base, leak: 20 })).toEqual([
      ['explanation/newcomer', 'leak', 'warn', '20, rank 1', 'champion: not there'],
    ]);
    expect(compare({ ...base, l: 20 })).toEqual([
      ['explanation/newcomer', 'l', 'warn', '20, rank 1', 'champion: 0.9, rank 12'],
    ]);
  });

  it('tells a turned sign, and not one that is chance or dust', () => {
    expect(compare({ ...base, b: -9 })).toEqual([
      ['explanation/sign-flip', 'b', 'warn', '-9, rank 2', 'champion: 9, rank 2'],
    ]);
    expect(compare({ ...base, b: -9 }, 4)).toHaveLength(1);
    expect(compare({ ...base, b: -9 }, 5)).toEqual([]);
    expect(compareImportance(importances({ a: 10, b: -0.01 }), importances({ a: 10, b: 0.01 }))).toEqual([]);
  });

  it('tells moves of three places and features that are gone', () => {
    const { a: _, ...rest } = base;
    expect(compare({ ...base, a: 3.5 })).toEqual([
      ['explanation/rank-change', 'a', 'warn', '3.5, rank 7', 'champion: 10, rank 1'],
    ]);
    expect(compare(rest)).toEqual([
      ['explanation/rank-change', 'a', 'warn', 'not there', 'champion: 10, rank 1'],
    ]);
  });
});

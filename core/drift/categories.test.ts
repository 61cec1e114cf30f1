import { describe, expect, it } from 'vitest';
import type { ColumnDrift, DriftRules } from '../config/drift-rules.ts';
import type { Profile } from '../profile/profile.ts';
import { compareProfiles } from './compare.ts';
import { Draws, defaultRules, profileOf } from './drift.fixture.ts';

const withRule = (rule: ColumnDrift, more: Partial<DriftRules> = {}): DriftRules => ({
  ...defaultRules,
  columns: { x: rule },
  ...more,
});
const compare = (current: Profile, reference: Profile, rules = defaultRules, limits = {}) =>
  compareProfiles(current, reference, rules, { reference: 'v7', limits });
const only = (current: Profile, reference: Profile, rules = defaultRules) =>
  compare(current, reference, rules).columns[0] ?? expect.fail('no column');
const texts = (values: readonly (string | null)[]) => profileOf({ x: ['text', values] });

describe('categories', () => {
  const draws = new Draws(9);
  const shares = [
    ['a', 0.6],
    ['b', 0.3],
    ['c', 0.1],
  ] as const;
  const changed = [
    ['a', 0.3],
    ['b', 0.3],
    ['c', 0.4],
  ] as const;
  const before = texts(draws.choices(3000, shares));

  it.each(['psi', 'jensen-shannon', 'kl', 'chi-square'] as const)(
    '%s finds other shares and no others',
    (test) => {
      expect(only(texts(draws.choices(2000, changed)), before, withRule({ test })).result).toBe('drift');
      expect(only(texts(draws.choices(2000, shares)), before, withRule({ test })).result).toBe('no drift');
    },
  );

  it('chooses by size', () => {
    expect(only(texts(draws.choices(2000, shares)), before).test).toBe('jensen-shannon');
    expect(only(texts(draws.choices(400, shares)), before).test).toBe('chi-square');
    expect(only(texts(draws.choices(400, shares)), before, withRule({ limit: 0.2 }))).toMatchObject({
      ...{ test: 'jensen-shannon', limit: 0.2 },
    });
  });

  it('means the same by V whatever the size of the reference', () => {
    const now = texts(draws.choices(1000, changed));
    const effects = [1000, 20_000].map(
      (rows) => only(now, texts(draws.choices(rows, shares)), withRule({ test: 'chi-square' })).effect ?? 0,
    );
    expect(Math.abs((effects[0] ?? 0) - (effects[1] ?? 0))).toBeLessThan(0.05);
  });

  it('sees a new value of many rows beside a reference of millions, and no drift in many rare ones', () => {
    const values = (count: number, from: number) =>
      Array.from({ length: count }, (_, at) => `id ${from + at}`);
    const result = only(
      texts([...values(240, 0), ...Array(60).fill('new')]),
      texts(values(3000, 0)),
      withRule({ test: 'jensen-shannon' }),
    );
    expect(result.result).toBe('drift');
    const rare = only(texts(values(300, 3000)), texts(values(3000, 0)), withRule({ test: 'psi' }));
    expect(rare).toMatchObject({ result: 'no drift', pValue: 1 });
    expect(rare.method).toContain('rare ones as one');
  });

  it.each(['jensen-shannon', 'kl', 'psi', 'chi-square'] as const)(
    '%s is not filled by the number of categories',
    (test) => {
      const shares = (tilt: number) =>
        Array.from(
          { length: 400 },
          (_, at) => [`c${at}`, (at % 2 === 0 ? 1 + tilt : 1 - tilt) / 400] as const,
        );
      const [one, two] = [texts(draws.choices(8000, shares(0))), texts(draws.choices(8000, shares(0.05)))];
      const result = only(two, one, withRule({ test }));
      expect(result.result).toBe('no drift');
      expect(result.effect).toBeLessThan(0.08);
    },
  );

  it('compares booleans and counts empty cells as a category', () => {
    const bools = (share: number, nulls: number) =>
      profileOf({
        x: [
          'boolean',
          [
            ...draws.choices(1500, [
              ['true', share],
              ['false', 1 - share],
            ]),
            ...Array(nulls).fill(null),
          ],
        ],
      });
    expect(only(bools(0.5, 0), bools(0.5, 0)).result).toBe('no drift');
    expect(only(bools(0.7, 0), bools(0.5, 0)).result).toBe('drift');
    expect(only(bools(0.5, 400), bools(0.5, 0)).result).toBe('drift');
  });
});

describe('times', () => {
  const day = (at: number) => new Date(Date.UTC(2026, 0, 1) + at * 86_400_000).toISOString().slice(0, 10);
  const times = (from: number, limits?: Parameters<typeof profileOf>[1]) =>
    profileOf({ x: ['timestamp', Array.from({ length: 300 }, (_, at) => day(from + at))] }, limits);

  it.each(['ks', 'wasserstein', 'psi', 'jensen-shannon'] as const)(
    'are compared by day when %s is named',
    (test) => {
      const result = only(times(200), times(0), withRule({ test }));
      expect(result.result).toBe('drift');
      expect(only(times(0), times(0), withRule({ test })).result).toBe('no drift');
      if (test === 'ks') expect(result.method).toContain('on days');
    },
  );

  it('falls back to months where one side has only those', () => {
    const coarse = times(0, { values: 100, buckets: 10, characters: 100 });
    expect(coarse.columns[0]?.distribution).toMatchObject({ kind: 'days', unit: 'month' });
    expect(only(times(0), coarse, withRule({ test: 'ks' }))).toMatchObject({ result: 'no drift', effect: 0 });
    expect(only(times(0), coarse, withRule({ test: 'ks' })).method).toContain('on months');
  });
});

describe('many columns', () => {
  it('corrects p over the columns of the table', () => {
    const draws = new Draws(17);
    const table = (rows: number) =>
      profileOf(
        Object.fromEntries(
          Array.from({ length: 60 }, (_, at) => [`c${at}`, ['number', draws.normals(rows)] as const]),
        ),
      );
    const rules = {
      ...defaultRules,
      columns: Object.fromEntries(
        Array.from({ length: 60 }, (_, at) => [`c${at}`, { test: 'ks', limit: 0.01 } as const]),
      ),
    };
    const { columns } = compare(table(250), table(250), rules);
    expect(columns.filter(({ pValue }) => (pValue ?? 1) < 0.05).length).toBeGreaterThan(0);
    expect(columns.filter(({ result }) => result === 'drift')).toEqual([]);
    expect(columns.every(({ pValue, adjustedP }) => (adjustedP ?? 0) >= (pValue ?? 0))).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import type { ColumnDrift, DriftRules, DriftTest } from '../config/drift-rules.ts';
import { hideColumn } from '../profile/merge.ts';
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
const numbers = (values: readonly (number | null)[]) => profileOf({ x: ['number', values] });
const texts = (values: readonly (string | null)[]) => profileOf({ x: ['text', values] });

const numeric: readonly DriftTest[] = [
  'psi',
  'ks',
  'jensen-shannon',
  'kl',
  'chi-square',
  'wasserstein',
  'mean-shift',
];

describe('a column that did not move', () => {
  it.each(numeric.flatMap((test) => [30, 100, 200].map((rows) => [test, rows] as const)))(
    '%s at %i rows alarms no more often than alpha',
    (test, rows) => {
      const draws = new Draws(11);
      const rules = withRule({ test }, { minRows: 2 });
      let alarms = 0;
      for (let run = 0; run < 60; run += 1) {
        const [before, now] = [numbers(draws.normals(200)), numbers(draws.normals(rows))];
        if (only(now, before, rules).result === 'drift') alarms += 1;
      }
      // Alpha is 0.05: of 60 runs 3 are expected, and more than 6 have a chance of 2 %.
      expect(alarms).toBeLessThanOrEqual(6);
    },
  );

  it('is "no drift" at millions of rows although p is next to nothing', () => {
    // A shift of 0.05 standard deviations: D 0.02, and KS gives p = 0.
    const cell = (at: number): readonly [string, number] => [
      String(at),
      Math.round(30_000 * Math.exp(-(at ** 2) / 5000)),
    ];
    const moved = (at: number): readonly [string, number] => [
      String(at),
      Math.round(30_000 * Math.exp(-((at - 2.5) ** 2) / 5000)),
    ];
    const column = (count: typeof cell): Profile => {
      const profile = numbers([1]);
      const values = Array.from({ length: 301 }, (_, at) => count(at - 150));
      const rows = values.reduce((sum, [, n]) => sum + n, 0);
      const [first] = profile.columns;
      if (first === undefined) throw new Error('one column');
      return { ...profile, rows, columns: [{ ...first, distribution: { kind: 'values', values } }] };
    };
    const result = only(column(moved), column(cell), withRule({ test: 'ks' }));
    expect(result.rows).toBeGreaterThan(3_000_000);
    expect(result.pValue).toBe(0);
    expect(result.effect).toBeCloseTo(0.02, 3);
    expect(result.result).toBe('no drift');
  });
});

describe('a column that moved', () => {
  const draws = new Draws(3);
  const before = numbers(draws.normals(4000));
  const after = numbers(draws.normals(1500, 0.8));

  it.each(numeric)('is found by %s', (test) => {
    const result = only(after, before, withRule({ test }));
    expect(result).toMatchObject({
      test,
      result: 'drift',
      severity: 'warn',
      rows: 1500,
      referenceRows: 4000,
    });
    expect(result.effect).toBeGreaterThan(result.limit);
    expect(result.adjustedP).toBeLessThan(1e-6);
    expect(result.method).not.toBe('');
  });

  it.each([0.3, -0.3])('is found at a shift of %d by the tests chosen for small tables', (shift) => {
    const [small, other] = [numbers(draws.normals(900)), numbers(draws.normals(900, shift * 2))];
    expect(only(other, small)).toMatchObject({ test: 'ks', result: 'drift' });
  });

  it('is found when a constant moves, in either direction', () => {
    const zeros = numbers(Array(300).fill(0));
    for (const value of [-5, 5]) {
      const moved = numbers(Array(300).fill(value));
      for (const test of numeric) {
        const result = only(moved, zeros, withRule({ test }));
        expect([test, result.result]).toEqual([test, 'drift']);
        expect(Number.isFinite(result.effect)).toBe(true);
      }
      expect(only(zeros, zeros, withRule({ test: 'mean-shift' })).effect).toBe(0);
    }
  });

  it('is found when its cells are empty', () => {
    const empty = numbers(Array(300).fill(null));
    const full = numbers(draws.normals(300));
    expect(only(empty, full, withRule({ test: 'psi' }))).toMatchObject({ result: 'drift' });
    // Nothing is left to compare: that is not "no drift".
    expect(only(empty, full, withRule({ test: 'ks' }))).toMatchObject({ result: 'not enough rows', rows: 0 });
    expect(only(empty, full, withRule({ test: 'mean-shift' }))).toMatchObject({ result: 'not enough rows' });
  });

  it('is found in buckets, with the error of D stated', () => {
    const limits = { values: 50, buckets: 4096, characters: 1000 };
    const big = (values: readonly number[]) => profileOf({ x: ['number', values] }, limits);
    const [one, two] = [draws.normals(3000, 10), draws.normals(3000, 10.5)];
    const exact = only(numbers(two), numbers(one), withRule({ test: 'ks' }));
    const coarse = only(big(two), big(one), withRule({ test: 'ks' }));
    const bound = Number(/D at most ([\d.]+) too small/.exec(coarse.method)?.[1]);
    expect(coarse.method).toContain('buckets of 1/128');
    expect((exact.effect ?? 0) - (coarse.effect ?? 0)).toBeLessThanOrEqual(bound * 1.05);
    expect(coarse.effect).toBeLessThanOrEqual(exact.effect ?? 0);
    const coarsest = profileOf({ x: ['number', two] }, { ...limits, buckets: 1 });
    expect(only(coarsest, big(one), withRule({ test: 'psi' })).method).toContain('powers of two');
    // One side in buckets, the other not.
    const mixed = only(big(two), numbers(one.slice(0, 40)), withRule({ test: 'psi' }, { minRows: 30 }));
    expect(mixed.method).toContain('buckets');
    expect(only(big(two), big(one), withRule({ test: 'wasserstein' })).effect).toBeCloseTo(
      only(numbers(two), numbers(one), withRule({ test: 'wasserstein' })).effect ?? 0,
      2,
    );
  });
});

describe('what is not compared', () => {
  const draws = new Draws(21);
  const full = numbers(draws.normals(300));

  it('says how many rows are missing', () => {
    const few = only(numbers(draws.normals(120)), full);
    expect(few).toMatchObject({ result: 'not enough rows', adjustedP: null });
    expect(few.because).toBe('120 rows, 80 more are needed (drift.min-rows is 200)');
    expect(few.effect).not.toBeNull();
    expect(only(full, numbers(draws.normals(150))).because).toContain('150 rows in the reference, 50 more');
    expect(only(numbers([]), full)).toMatchObject({ result: 'not enough rows', rows: 0, effect: 0 });
  });

  it.each<readonly [string, Profile, Profile]>([
    ['private', { ...full, columns: full.columns.map((column) => hideColumn(column)) }, full],
    ['text, and number in the reference', texts(Array(300).fill('a')), full],
    ['the reference has no value', full, numbers(Array(300).fill(null))],
    [
      'too many different values',
      profileOf({ x: ['text', ['a', 'b', 'c']] }, { values: 2, buckets: 2, characters: 99 }),
      texts(Array(300).fill('a')),
    ],
    [
      'time moves on',
      profileOf({ x: ['timestamp', ['2026-01-01']] }),
      profileOf({ x: ['timestamp', ['2025-01-01']] }),
    ],
  ])('%s', (because, current, reference) => {
    const result = only(current, reference);
    expect(result).toMatchObject({ result: 'not compared', effect: null, pValue: null, adjustedP: null });
    expect(result.because).toContain(because);
  });

  it('leaves out what the contract ignores, but not what the model asks for', () => {
    const moved = numbers(draws.normals(300, 3));
    const rules = { ...defaultRules, ignore: ['x'] };
    expect(compare(moved, full, rules).columns).toMatchObject([{ result: 'not compared' }]);
    const both = compare(moved, full, rules, { x: { test: 'ks', limit: 0.3, severity: 'fail' } });
    expect(both.columns).toMatchObject([
      { result: 'not compared' },
      { result: 'drift', by: 'model', limit: 0.3, severity: 'fail' },
    ]);
  });

  it('does not compare row numbers unless a test is named, and does compare other whole numbers', () => {
    const count = (from: number, step = 1) =>
      profileOf({ x: ['integer', Array.from({ length: 300 }, (_, at) => from + step * at)] });
    expect(only(count(300), count(0))).toMatchObject({
      result: 'not compared',
      because: expect.stringContaining('numbers the rows'),
    });
    expect(only(count(300), count(0), withRule({ test: 'ks' })).result).toBe('drift');
    expect(only(count(30_000, 10), count(0, 10)).result).toBe('drift');
    const twice = profileOf({
      x: ['integer', Array.from({ length: 300 }, (_, at) => 900 + Math.floor(at / 2))],
    });
    expect(only(twice, count(0)).result).toBe('drift');
  });

  it('holds both limits: the model may be stricter and cannot be laxer', () => {
    const moved = numbers(draws.normals(300, 0.8));
    const strict = compare(moved, full, withRule({ test: 'ks', limit: 0.9 }), {
      x: { test: 'ks', limit: 0.1 },
    });
    expect(strict.columns.map(({ result }) => result)).toEqual(['no drift', 'drift']);
    const lax = compare(moved, full, withRule({ test: 'ks', limit: 0.1 }), { x: { test: 'ks', limit: 0.9 } });
    expect(lax.columns.map(({ result }) => result)).toEqual(['drift', 'no drift']);
  });

  it('is not misled by columns named like members of objects', () => {
    const name = (key: string) => profileOf({ [key]: ['number', draws.normals(300)] });
    for (const key of ['constructor', 'toString', '__proto__']) {
      const [result] = compare(name(key), name(key), defaultRules, {}).columns;
      expect(result).toMatchObject({ column: key, test: 'ks', result: 'no drift' });
    }
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { associate } from './association.ts';
import type { Association } from './measured.ts';

/** Counts a feature against a label, as an engine would. */
function count(rows: readonly (readonly [number, number])[], ordered = false): Association {
  const indices = [...new Set(rows.map(([value]) => value))].sort((a, b) => a - b);
  const at = new Map(indices.map((value, index) => [value, index]));
  const counts = new Map<string, number>();
  for (const [value, label] of rows) {
    const key = `${at.get(value)} ${label}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const cells = [...counts].map(([key, number]): [number, number, number] => {
    const [value = 0, label = 0] = key.split(' ').map(Number);
    return [value, label, number];
  });
  return { feature: 'f', values: indices.length, labels: 2, ordered, cells, keys: null };
}

/** Deterministic numbers in [0, 1): Mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const rowsOf = (size: number, make: (at: number) => readonly [number, number]) =>
  Array.from({ length: size }, (_, at) => make(at));

describe('associate', () => {
  it.each([4, 20, 1000])('is 1 for the label under another name, in %i rows', (size) => {
    for (const ordered of [false, true]) {
      expect(
        associate(
          count(
            rowsOf(size, (at) => [1 - (at % 2), at % 2]),
            ordered,
          ),
        ),
      ).toBeCloseTo(1, 12);
    }
    expect(associate(count(rowsOf(size * 2, (at) => [(at % 4) + 7, at % 4])))).toBeCloseTo(1, 12);
  });

  it('is 0 for an id that never repeats, and near 0 for one that hardly does', () => {
    const random = randomFrom(1);
    const label = () => (random() < 0.3 ? 1 : 0);
    expect(associate(count(rowsOf(500, (at) => [at, label()])))).toBeCloseTo(0, 9);
    expect(associate(count(rowsOf(500, (at) => [at % 495, label()])))).toBeLessThan(0.02);
    expect(
      associate(
        count(
          rowsOf(500, (at) => [at, label()]),
          true,
        ),
      ),
    ).toBeLessThan(0.2);
  });

  it('is 1 for a measurement of which no value occurs twice, if it is in order', () => {
    const rows = rowsOf(300, (at) => [at, at < 200 ? 0 : 1]);
    expect(associate(count(rows, true))).toBeCloseTo(1, 12);
    expect(associate(count(rows))).toBe(0);
  });

  it('is 1 where every group of rows has one label, however small the groups', () => {
    const random = randomFrom(2);
    const labels = rowsOf(200, (at) => [at, random() < 0.5 ? 1 : 0]).map(([, label]) => label);
    expect(associate(count(rowsOf(400, (at) => [at % 200, labels[at % 200] ?? 0])))).toBeCloseTo(1, 12);
  });

  it('is the squared correlation of two balanced pairs of values, but for one row', () => {
    // phi = (80 * 80 - 20 * 20) / 100^2 = 0.6
    const table = [
      ...rowsOf(80, () => [0, 0]),
      ...rowsOf(20, () => [0, 1]),
      ...rowsOf(20, () => [1, 0]),
      ...rowsOf(80, () => [1, 1]),
    ];
    expect(associate(count(table))).toBeCloseTo(0.36, 2);
  });

  it.each([
    [10, 2, 0.35],
    [30, 5, 0.2],
    [30, 29, 0.2],
    [1000, 20, 0.03],
    [1000, 900, 0.03],
  ])('averages near 0 for noise: %i rows, %i values', (size, values, most) => {
    const random = randomFrom(size * values);
    const scores = rowsOf(200, () => [0, 0]).map(() =>
      associate(
        count(
          rowsOf(size, () => [Math.floor(random() * values), random() < 0.5 ? 1 : 0]),
          true,
        ),
      ),
    );
    expect(scores.reduce((sum, score) => sum + score, 0) / scores.length).toBeLessThan(most);
    expect(scores.filter((score) => score > 0.9).length / scores.length).toBeLessThan(
      size < 20 ? 0.03 : 0.0001,
    );
  });

  it('tells nothing where there is one label, one row or none', () => {
    expect(associate(count([]))).toBe(0);
    expect(associate(count([[1, 1]], true))).toBe(0);
    expect(
      associate(
        count(
          rowsOf(50, (at) => [at % 3, 1]),
          true,
        ),
      ),
    ).toBe(0);
    expect(
      associate(
        count(
          [
            [1, 0],
            [2, 1],
          ],
          true,
        ),
      ),
    ).toBeLessThanOrEqual(1);
  });

  it('is no number when the counts are none, so that it cannot pass', () => {
    for (const wrong of [Number.NaN, -1, 0.5, Number.POSITIVE_INFINITY]) {
      expect(
        associate({
          ...count([
            [0, 0],
            [1, 1],
          ]),
          cells: [[0, 0, wrong]],
        }),
      ).toBeNaN();
    }
  });

  it('stays between 0 and 1 and does not depend on names or order of values', () => {
    const cell = fc.tuple(fc.nat(8), fc.nat(2), fc.nat(50));
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 30 }), fc.boolean(), (cells, ordered) => {
        const score = associate({ ordered, cells });
        expect(score >= 0 && score <= 1).toBe(true);
        const mirrored = cells.map(([value, label, rows]): [number, number, number] => [
          8 - value,
          2 - label,
          rows,
        ]);
        const again = associate({ ordered, cells: mirrored.reverse() });
        expect(again).toBeCloseTo(score, 9);
      }),
    );
  });
});

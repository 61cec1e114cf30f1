import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seedGenerator } from './mulberry32.ts';
import { computeQuantile } from './quantile.ts';
import { computeMoments, computeQuantiles, countValues, sortFinite, toValueCounts } from './value-counts.ts';

const odd = fc.constantFrom(
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  -0,
  0,
  5e-324,
  -5e-324,
  1e308,
  -1e308,
);
const samples = fc
  .oneof(
    fc.array(fc.oneof(fc.double(), odd), { maxLength: 60 }),
    fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 60 }),
  )
  .map((values) => Float64Array.from(values));
const filled = fc
  .array(
    fc.integer({ min: -40, max: 40 }).map((value) => value / 4),
    { minLength: 1, maxLength: 40 },
  )
  .map((values) => Float64Array.from(values));
const empty = new Float64Array(0);
const refusal = (code: string) => expect.objectContaining({ code });

describe('value counts', () => {
  it('are the finite values sorted and counted', () => {
    fc.assert(
      fc.property(samples, (sample) => {
        const plain = [...sample]
          .filter(Number.isFinite)
          .map((value) => value + 0)
          .sort((a, b) => a - b);
        const { values, counts: times, total } = countValues(sample);
        expect([...values].flatMap((value, at) => Array<number>(times[at] ?? 0).fill(value))).toEqual(plain);
        expect(total).toBe(plain.length);
        expect([...sortFinite(sample)]).toEqual(plain);
      }),
    );
  });

  it('are sorted by radix as by comparison, and the sample stays as it is', () => {
    const next = seedGenerator(4);
    const edges = [
      0,
      -0,
      5e-324,
      -5e-324,
      1e308,
      -1e308,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      2 ** 31,
      -(2 ** 31),
    ];
    const sample = Float64Array.from({ length: 20_000 }, (_, at) =>
      at < edges.length ? (edges[at] ?? 0) : (next() - 0.5) * 2 ** Math.floor(next() * 200 - 100),
    );
    const before = sample.slice();
    const sorted = sortFinite(sample);
    expect(sample).toEqual(before);
    expect(sorted).toEqual(
      sample
        .filter(Number.isFinite)
        .map((value) => value + 0)
        .sort(),
    );
  });

  it('count whole numbers over small and large ranges alike', () => {
    const small = Float64Array.of(3, -2, 3, Number.NaN, 0);
    expect(countValues(small)).toEqual(
      toValueCounts([
        [-2, 1],
        [0, 1],
        [3, 2],
      ]),
    );
    const large = Float64Array.of(3, -2, 3, 2 ** 30);
    expect(countValues(large)).toEqual(
      toValueCounts([
        [-2, 1],
        [3, 2],
        [2 ** 30, 1],
      ]),
    );
    expect(countValues(empty)).toEqual(toValueCounts([]));
  });

  it('have the quantiles and moments of the values one by one', () => {
    const levels = [0, 0.1, 0.25, 0.3, 0.5, 0.75, 0.9, 1];
    fc.assert(
      fc.property(filled, (sample) => {
        const counted = countValues(sample);
        const sorted = sample.slice().sort();
        computeQuantiles(counted, levels).forEach((value, at) => {
          expect(value).toBeCloseTo(computeQuantile(sorted, levels[at] ?? 0), 10);
        });
        const mean = sample.reduce((sum, value) => sum + value, 0) / sample.length;
        const { mean: own, population } = computeMoments(counted);
        expect(own).toBeCloseTo(mean, 10);
        expect(population).toBeCloseTo(
          sample.reduce((sum, value) => sum + (value - mean) ** 2, 0) / sample.length,
          8,
        );
      }),
    );
    expect(() => computeQuantiles(countValues(empty), [0.5])).toThrow(refusal('STATISTICS_EMPTY'));
    expect(() => computeMoments(countValues(empty))).toThrow(refusal('STATISTICS_EMPTY'));
  });
});

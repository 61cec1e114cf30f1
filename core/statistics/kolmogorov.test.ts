import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chiSquareSf } from './chi-square.ts';
import { gammaUpper } from './gamma.ts';
import { testHomogeneity } from './homogeneity.ts';
import { kolmogorovSampleSf, kolmogorovSf } from './kolmogorov.ts';
import { asymptoticKsSf, computeKsDistance, exactKsSf, testKolmogorovSmirnov } from './kolmogorov-smirnov.ts';
import { logGamma } from './log-gamma.ts';
import { seedGenerator } from './mulberry32.ts';
import { normalQuantile, normalSf } from './normal.ts';
import { countValues } from './value-counts.ts';

const filled = fc
  .array(
    fc.integer({ min: -40, max: 40 }).map((value) => value / 4),
    { minLength: 1, maxLength: 40 },
  )
  .map((values) => Float64Array.from(values));
const counts = fc
  .array(fc.nat({ max: 500 }), { minLength: 2, maxLength: 8 })
  .map((all) => Float64Array.from(all));
const draw = (next: () => number, size: number) =>
  Float64Array.from({ length: size }, () => normalQuantile(next() || 0.5));
const empty = new Float64Array(0);
const refusal = (code: string) => expect.objectContaining({ code });

describe('Kolmogorov-Smirnov', () => {
  it('is the largest gap of the distribution functions, and symmetric', () => {
    fc.assert(
      fc.property(filled, filled, (x, y) => {
        const share = (sample: Float64Array, at: number) =>
          sample.filter((value) => value <= at).length / sample.length;
        const gaps = [...x, ...y].map((at) => share(x, at) - share(y, at));
        const [a, b] = [countValues(x), countValues(y)];
        expect(computeKsDistance(a, b)).toBeCloseTo(Math.max(...gaps.map(Math.abs)), 12);
        expect(computeKsDistance(a, b, 'greater')).toBeCloseTo(Math.max(0, ...gaps), 12);
        expect(computeKsDistance(a, b, 'less')).toBe(computeKsDistance(b, a, 'greater'));
        const { p } = testKolmogorovSmirnov(a, b);
        expect(p).toBeGreaterThan(0);
        expect(p).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('counts its exact distribution as a shuffle would', () => {
    const next = seedGenerator(8);
    const [n, m] = [5, 7];
    let reached = 0;
    for (let run = 0; run < 20_000; run += 1) {
      const [x, y] = [Float64Array.from({ length: n }, next), Float64Array.from({ length: m }, next)];
      if (computeKsDistance(countValues(x), countValues(y)) >= 0.6 - 1e-9) reached += 1;
    }
    expect(exactKsSf(0.6, n, m)).toBeCloseTo(reached / 20_000, 2);
    expect(exactKsSf(0.6, n, m, 'less')).toBeCloseTo(exactKsSf(0.6, n, m, 'greater'), 12);
  });

  it('is exact up to 10,000 pairs and close to it beyond', () => {
    const next = seedGenerator(2);
    const [x, y] = [countValues(draw(next, 100)), countValues(draw(next, 100))];
    expect(testKolmogorovSmirnov(x, y).method).toBe('exact');
    const { statistic, p, method } = testKolmogorovSmirnov(x, countValues(draw(next, 101)));
    expect(method).toBe('asymptotic');
    expect(Math.abs(p - exactKsSf(statistic, 100, 101))).toBeLessThan(0.02);
    expect(asymptoticKsSf(0.2, 3, 9, 'less')).toBeLessThanOrEqual(1);
    expect(() => computeKsDistance(x, countValues(empty))).toThrow(refusal('STATISTICS_EMPTY'));
  });

  // scipy 1.17.1: kstwo.sf(d, n)
  it.each([
    [1, 0.9, 0.2],
    [2, 0.3, 0.98],
    [10, 0.05, 1],
    [50, 0.02, 0.9999999999999998],
    [500, 0.0015, 1],
    [10, 0.95, 2 * 0.05 ** 10],
  ])('the distribution at n = %d, d = %d', (n, d, want) => {
    expect(kolmogorovSampleSf(n, d)).toBeCloseTo(want, 9);
  });

  it('falls in d, without a step where the method changes', () => {
    for (const n of [1, 2, 5, 30, 140, 141, 1000, 20_000, 100_001]) {
      let before = 1;
      // A value takes one step a row: fewer of them for many rows.
      for (let z = 0.05; z < 4; z += n < 20_000 ? 0.05 : 0.35) {
        const now = kolmogorovSampleSf(n, z / Math.sqrt(n));
        expect(now).toBeLessThanOrEqual(before + 1e-9);
        if (n > 500 && z > 0.4) expect(Math.abs(now - kolmogorovSf(z))).toBeLessThan(0.02);
        before = now;
      }
    }
    expect([0, 1, 1.2].map((d) => kolmogorovSampleSf(10, d))).toEqual([1, 0, 0]);
    expect(kolmogorovSampleSf(1_500_000, 0.022)).toBe(0);
    expect(kolmogorovSampleSf(2_000_000, 0.0015)).toBeCloseTo(2 * Math.exp(-9), 5);
    expect([
      kolmogorovSampleSf(0, 0.5),
      kolmogorovSampleSf(10, Number.NaN),
      kolmogorovSf(Number.NaN),
    ]).toEqual(Array(3).fill(Number.NaN));
    expect(kolmogorovSf(-1)).toBe(1);
  });
});

describe('chi-square', () => {
  it('has the tails of the normal and the exponential distribution', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 30, noNaN: true }), (z) => {
        expect(chiSquareSf(z * z, 1) / (2 * normalSf(z))).toBeCloseTo(1, 10);
        expect(chiSquareSf(z, 2) / Math.exp(-z / 2)).toBeCloseTo(1, 10);
      }),
    );
    expect([gammaUpper(1, 0), gammaUpper(1, Number.POSITIVE_INFINITY)]).toEqual([1, 0]);
    expect([gammaUpper(0, 1), gammaUpper(1, Number.NaN), gammaUpper(1, -1)]).toEqual(
      Array(3).fill(Number.NaN),
    );
    expect(Math.exp(logGamma(5))).toBeCloseTo(24, 10);
  });

  it('keeps its value when rows or columns change places, and refuses what it cannot divide by', () => {
    fc.assert(
      fc.property(counts, counts, (first, second) => {
        const size = Math.min(first.length, second.length);
        const [a, b] = [first.slice(0, size).map((n) => n + 1), second.slice(0, size).map((n) => n + 1)];
        const there = testHomogeneity([a, b]);
        const back = testHomogeneity([b.slice().reverse(), a.slice().reverse()]);
        expect(back.statistic).toBeCloseTo(there.statistic, 8);
        expect(there.cramersVCorrected).toBeLessThanOrEqual(there.cramersV + 1e-12);
        expect(testHomogeneity([a, a]).p).toBe(1);
      }),
    );
    expect(() => testHomogeneity([])).toThrow(refusal('STATISTICS_EMPTY'));
    expect(() => testHomogeneity([empty, empty])).toThrow(refusal('STATISTICS_EMPTY'));
    expect(() => testHomogeneity([Float64Array.of(1, 0), Float64Array.of(2, 0)])).toThrow(
      refusal('STATISTICS_ZERO_COLUMN'),
    );
    expect(() => testHomogeneity([Float64Array.of(1, 2), Float64Array.of(0, 0)])).toThrow(
      refusal('STATISTICS_ZERO_COLUMN'),
    );
    expect(testHomogeneity([Float64Array.of(3), Float64Array.of(4)])).toMatchObject({
      df: 0,
      p: 1,
      cramersV: 0,
      cramersVCorrected: 0,
    });
  });
});

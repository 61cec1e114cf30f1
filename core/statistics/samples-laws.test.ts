import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testAnova } from './anova.ts';
import { computeKendall, computePearson, computeSpearman } from './correlation.ts';
import { computeAutocorrelation, describeValues } from './description.ts';
import { computeKsDistance, exactKsSf } from './kolmogorov-smirnov.ts';
import { testMannWhitney } from './mann-whitney.ts';
import { testPairedPermutation, testPermutation } from './permutation.ts';
import { computeQuantile, type QuantileType } from './quantile.ts';
import { rankValues } from './ranks.ts';
import { computeMeanInterval, testPaired, testWelch } from './t-test.ts';
import { countValues } from './value-counts.ts';

const values = (least: number, most: number) =>
  fc
    .array(fc.integer({ min: -12, max: 12 }), { minLength: least, maxLength: most })
    .map((all) => Float64Array.from(all, (value) => value / 4));
const empty = new Float64Array(0);
const refusal = (code: string) => expect.objectContaining({ code });
const runs = { numRuns: 60 };

/** Both are no number, or they are close. */
function expectNear(got: number, want: number): void {
  if (Number.isNaN(want)) expect(got).toBeNaN();
  else expect(got).toBeCloseTo(want, 9);
}

/** Every subset of `size` of the positions below `all`, as a mask. */
function subsets(all: number, size: number): number[] {
  const bits = (mask: number) => Array.from({ length: all }, (_, at) => (mask >> at) & 1);
  return Array.from({ length: 2 ** all }, (_, mask) => mask).filter(
    (mask) => bits(mask).reduce((sum, bit) => sum + bit, 0) === size,
  );
}

describe('descriptions', () => {
  it('shift with the values and keep their shape', () => {
    fc.assert(
      fc.property(values(1, 30), fc.integer({ min: -4, max: 4 }), (sample, shift) => {
        const [one, other] = [describeValues(sample), describeValues(sample.map((value) => value + shift))];
        expect(other.mean).toBeCloseTo(one.mean + shift, 12);
        expectNear(other.sampleDeviation, one.sampleDeviation);
        expectNear(other.populationSkewness, one.populationSkewness);
        expectNear(other.sampleKurtosis, one.sampleKurtosis);
        expect(other.medianDeviation).toBe(one.medianDeviation);
      }),
      runs,
    );
    expect(computeAutocorrelation(Float64Array.of(2, 2))).toBeNaN();
    expect(() => computeAutocorrelation(empty)).toThrow(refusal('STATISTICS_EMPTY'));
  });

  it('has quantiles of nine kinds, all rising and inside the sample', () => {
    fc.assert(
      fc.property(values(1, 12), fc.integer({ min: 1, max: 9 }), (sample, type) => {
        const sorted = sample.slice().sort();
        const found = [0, 0.1, 0.25, 0.5, 0.7, 1].map((p) =>
          computeQuantile(sorted, p, type as QuantileType),
        );
        expect(found).toEqual([...found].sort((left, right) => left - right));
        expect(found[0]).toBe(sorted[0]);
        expect(found[5]).toBe(sorted[sorted.length - 1]);
        if (type === 1 || type === 3) for (const value of found) expect(sorted).toContain(value);
      }),
      runs,
    );
    const sorted = Float64Array.of(1, 2, 3, 4);
    expect([0.375, 0.625, 0.5].map((p) => computeQuantile(sorted, p, 3))).toEqual([2, 2, 2]);
  });

  it('has ranks that add up, and correlations that turn round', () => {
    fc.assert(
      fc.property(values(2, 20), values(20, 20), (first, longer) => {
        const second = longer.slice(0, first.length);
        const { ranks, ties } = rankValues(first);
        const n = first.length;
        expect(ranks.reduce((sum, rank) => sum + rank, 0)).toBe((n * (n + 1)) / 2);
        expect(ties.every((size) => size > 1)).toBe(true);
        for (const correlate of [computePearson, computeSpearman, computeKendall]) {
          const found = correlate(first, second);
          if (Number.isNaN(found)) continue;
          expect(Math.abs(found)).toBeLessThanOrEqual(1 + 1e-12);
          expect(correlate(second, first)).toBeCloseTo(found, 12);
          expect(
            correlate(
              first.map((value) => -value),
              second,
            ),
          ).toBeCloseTo(-found, 12);
        }
      }),
      runs,
    );
    expect(() => computePearson(empty, empty)).toThrow(refusal('STATISTICS_EMPTY'));
    expect(() => computeKendall(empty, empty)).toThrow(refusal('STATISTICS_EMPTY'));
  });
});

describe('two samples', () => {
  it('are as far apart from either side', () => {
    fc.assert(
      fc.property(values(1, 15), values(1, 15), (first, second) => {
        const [a, b] = [countValues(first), countValues(second)];
        const distance = computeKsDistance(a, b);
        expect(computeKsDistance(b, a)).toBe(distance);
        expect(exactKsSf(distance, b.total, a.total)).toBeCloseTo(exactKsSf(distance, a.total, b.total), 12);
        expect(testMannWhitney(first, second).p).toBeCloseTo(testMannWhitney(second, first).p, 12);
        expect(testMannWhitney(first, second).u + testMannWhitney(second, first).u).toBeCloseTo(
          a.total * b.total,
          9,
        );
        expectNear(testWelch(first, second).p, testWelch(second, first).p);
      }),
      runs,
    );
    const rising = (rows: number) => Float64Array.from({ length: rows }, (_, at) => at * Math.SQRT2);
    const shifted = rising(9).map((value) => value + 0.5);
    expect(testMannWhitney(rising(9), shifted).method).toBe('asymptotic');
    expect(testMannWhitney(rising(8), shifted).method).toBe('exact');
    expect(testMannWhitney(rising(8), rising(8)).method).toBe('asymptotic');
    expect(testMannWhitney(shifted.slice(0, 7), rising(3_000)).method).toBe('asymptotic');
    expect(() => testMannWhitney(empty, empty)).toThrow(refusal('STATISTICS_EMPTY'));
    expect(() => testWelch(empty, Float64Array.of(1))).toThrow(refusal('STATISTICS_EMPTY'));
    expect(() => testPaired(empty, empty)).toThrow(refusal('STATISTICS_EMPTY'));
  });

  it('rank exactly as counting every way to deal them says', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 5 }), fc.nat(), (n, m, pick) => {
        const ways = subsets(n + m, n);
        const own = ways[pick % ways.length] as number;
        const side = (mask: number, of: number) =>
          Float64Array.from(
            Array.from({ length: n + m }, (_, at) => at).filter((at) => ((mask >> at) & 1) === of),
          );
        const sum = (mask: number) => side(mask, 1).reduce((total, value) => total + value, 0);
        const reached = ways.filter((mask) => sum(mask) >= sum(own)).length / ways.length;
        const { p } = testMannWhitney(side(own, 1), side(own, 0), {
          alternative: 'greater',
          method: 'exact',
        });
        expect(p).toBeCloseTo(reached, 12);
      }),
      runs,
    );
  });

  it('are dealt anew in every way, as brute force counts', () => {
    fc.assert(
      fc.property(values(1, 4), values(1, 4), (first, second) => {
        const all = [...first, ...second];
        const differ = (mask: number) => {
          const mean = (of: number) => {
            const part = all.filter((_, at) => ((mask >> at) & 1) === of);
            return part.reduce((sum, value) => sum + value, 0) / part.length;
          };
          return mean(1) - mean(0);
        };
        const found = subsets(all.length, first.length).map(differ);
        const own = differ(2 ** first.length - 1);
        const share = (holds: (value: number) => boolean) => found.filter(holds).length / found.length;
        const p =
          2 *
          Math.min(
            share((value) => value <= own + 1e-9),
            share((value) => value >= own - 1e-9),
          );
        const result = testPermutation(first, second);
        expect(result.permutations).toBe(found.length);
        expect(result.p).toBeCloseTo(Math.min(1, p), 12);
      }),
      runs,
    );
    expect(() => testPermutation(empty, empty)).toThrow(refusal('STATISTICS_EMPTY'));
    expect(() => testPairedPermutation(empty, empty)).toThrow(refusal('STATISTICS_EMPTY'));
    expect(() => testPairedPermutation(new Float64Array(25), new Float64Array(25))).toThrow(
      refusal('STATISTICS_TOO_MANY_PERMUTATIONS'),
    );
  });

  it('paired, are swapped in every way', () => {
    fc.assert(
      fc.property(values(1, 6), values(6, 6), (first, longer) => {
        const differences = [...first].map((value, at) => value - (longer[at] as number));
        const found = Array.from({ length: 2 ** first.length }, (_, mask) =>
          differences.reduce((sum, value, at) => sum + ((mask >> at) & 1 ? -value : value), 0),
        );
        const own = found[0] as number;
        const reached = found.filter((value) => value >= Math.abs(own)).length / found.length;
        expect(testPairedPermutation(first, longer.slice(0, first.length)).p).toBeCloseTo(
          Math.min(1, 2 * reached),
          12,
        );
      }),
      runs,
    );
  });

  it('as groups, have the F that is the square of a pooled t', () => {
    expect(testAnova([Float64Array.of(1, 2, 3), Float64Array.of(3, 4, 5)]).f).toBeCloseTo(6, 12);
    expect(testAnova([Float64Array.of(1, 1), Float64Array.of(2, 2)])).toMatchObject({ p: 0 });
    expect(() => testAnova([Float64Array.of(1)])).toThrow(refusal('STATISTICS_EMPTY'));
    expect(() => testAnova([Float64Array.of(1), empty])).toThrow(refusal('STATISTICS_EMPTY'));
  });

  it('have a mean whose interval widens with its confidence', () => {
    const sample = Float64Array.of(3, 4, 4, 7);
    const [low, high] = computeMeanInterval(sample);
    const [lower, higher] = computeMeanInterval(sample, 0.99);
    expect(lower).toBeLessThan(low);
    expect(higher).toBeGreaterThan(high);
    expect(computeMeanInterval(Float64Array.of(2, 2))).toEqual([Number.NaN, Number.NaN]);
  });
});

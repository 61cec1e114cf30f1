import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeJensenShannon, computeKl } from './divergence.ts';
import { adjustPValues } from './false-discovery.ts';
import { testMeanShift } from './mean-shift.ts';
import { computeWilsonInterval, testShares } from './proportion.ts';
import { computePsi } from './psi.ts';
import { countValues } from './value-counts.ts';
import { computeWasserstein } from './wasserstein.ts';

const filled = fc
  .array(
    fc.integer({ min: -40, max: 40 }).map((value) => value / 4),
    { minLength: 1, maxLength: 40 },
  )
  .map((values) => Float64Array.from(values));
const counts = fc
  .array(fc.nat({ max: 500 }), { minLength: 2, maxLength: 8 })
  .map((all) => Float64Array.from(all));
const withRows = counts.filter((all) => all.some((count) => count > 0));
const empty = new Float64Array(0);
const refusal = (code: string) => expect.objectContaining({ code });

describe('distances of distributions', () => {
  it('are 0 for the same shares, within their bounds, and symmetric where they say so', () => {
    fc.assert(
      fc.property(withRows, withRows, (first, second) => {
        const size = Math.min(first.length, second.length);
        const [p, q] = [first.slice(0, size).map((n) => n + 1), second.slice(0, size).map((n) => n + 1)];
        const { distance, divergence } = computeJensenShannon(p, q);
        expect(distance).toBeLessThanOrEqual(1);
        expect(divergence).toBeCloseTo(computeJensenShannon(q, p).divergence, 12);
        expect(computeKl(p, q)).toBeGreaterThanOrEqual(0);
        expect(
          computeKl(
            p,
            p.map((n) => n * 3),
          ),
        ).toBeCloseTo(0, 12);
        expect(computePsi({ reference: p, current: q })).toBeCloseTo(
          computePsi({ reference: q, current: p }),
          10,
        );
      }),
    );
    expect(computeKl(Float64Array.of(1, 1), Float64Array.of(1, 0))).toBe(Number.POSITIVE_INFINITY);
    expect(() => computeKl(Float64Array.of(0), Float64Array.of(1))).toThrow(refusal('STATISTICS_EMPTY'));
    expect(() => computePsi({ reference: Float64Array.of(0), current: Float64Array.of(1) })).toThrow(
      refusal('STATISTICS_EMPTY'),
    );
  });

  it('Wasserstein moves with a shift, whatever the shape', () => {
    fc.assert(
      fc.property(filled, fc.integer({ min: -9, max: 9 }), (sample, shift) => {
        const [a, b] = [countValues(sample), countValues(sample.map((value) => value + shift))];
        expect(computeWasserstein(a, b).distance).toBeCloseTo(Math.abs(shift), 9);
      }),
    );
    const constant = countValues(Float64Array.of(2, 2));
    expect(computeWasserstein(constant, constant, 0).normed).toBe(0);
    expect(computeWasserstein(constant, countValues(Float64Array.of(3)), 0).normed).toBe(
      Number.POSITIVE_INFINITY,
    );
    expect(computeWasserstein(constant, countValues(Float64Array.of(3))).normed).toBe(1000);
    expect(() => computeWasserstein(constant, countValues(empty))).toThrow(refusal('STATISTICS_EMPTY'));
  });
});

describe('means and shares', () => {
  it('compares means by their standard error and in standard deviations', () => {
    const one = { mean: 10, variance: 4, count: 100 };
    expect(testMeanShift(one, { ...one, mean: 11 })).toMatchObject({ cohensD: 0.5, z: 1 / Math.sqrt(0.08) });
    expect(testMeanShift({ ...one, variance: 0 }, { ...one, variance: 0 }).z).toBeNaN();
    expect(() => testMeanShift({ ...one, count: 0 }, one)).toThrow(refusal('STATISTICS_EMPTY'));
  });

  it('keeps an interval of a share between 0 and 1 around the share', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.integer({ min: 1, max: 50 }), (hits, more) => {
        const total = hits + more;
        const [low, high] = computeWilsonInterval(hits, total);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(hits / total);
        expect(high).toBeGreaterThanOrEqual(hits / total);
      }),
    );
    expect(() => computeWilsonInterval(0, 0)).toThrow(refusal('STATISTICS_EMPTY'));
    expect(testShares(0, 10, 0, 20)).toEqual({ z: 0, p: 1 });
    expect(() => testShares(0, 0, 1, 2)).toThrow(refusal('STATISTICS_EMPTY'));
  });

  it('adjusts p-values upwards, in order, and leaves out what has none', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 }), (ps) => {
        const adjusted = adjustPValues(ps);
        ps.forEach((p, at) => {
          expect(adjusted[at]).toBeGreaterThanOrEqual(p);
          expect(adjusted[at]).toBeLessThanOrEqual(1);
        });
        expect(adjustPValues([...ps, Number.NaN])).toEqual([...adjusted, Number.NaN]);
      }),
    );
  });
});

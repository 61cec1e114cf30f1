import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betaCdf, betaQuantile, betaSf, splitBeta } from './beta.ts';
import { binomialCdf, binomialPmf, binomialQuantile, binomialSf } from './binomial.ts';
import { findRoot } from './bus-dekker.ts';
import { chiSquareCdf, chiSquareQuantile, chiSquareSf } from './chi-square.ts';
import { fCdf, fQuantile, fSf } from './fisher-f.ts';
import { gammaLower, gammaQuantile, gammaUpper } from './gamma.ts';
import { normalCdf, normalQuantile } from './normal.ts';
import { solveIncreasing } from './root.ts';
import { studentCdf, studentQuantile, studentSf } from './student-t.ts';

const { NaN: nan, POSITIVE_INFINITY: infinity, NEGATIVE_INFINITY: below } = Number;
const shape = fc.double({ min: 0.1, max: 500, noNaN: true });
const share = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });
const positive = fc.double({ min: 1e-6, max: 1e4, noNaN: true });
const runs = { numRuns: 60 };

const near = (got: number, want: number, relative: number): void => {
  expect(Math.abs(got - want)).toBeLessThanOrEqual(relative * Math.abs(want) + 1e-300);
};

describe('both tails', () => {
  it('make one', () => {
    fc.assert(
      fc.property(positive, share, shape, shape, (x, p, a, b) => {
        near(gammaLower(a, x) + gammaUpper(a, x), 1, 1e-14);
        near(chiSquareCdf(x, a) + chiSquareSf(x, a), 1, 1e-14);
        near(betaCdf(p, a, b) + betaSf(p, a, b), 1, 1e-14);
        near(fCdf(x, a, b) + fSf(x, a, b), 1, 1e-14);
        near(studentCdf(x, a) + studentSf(x, a), 1, 1e-14);
        expect(studentCdf(-x, a)).toBe(studentSf(x, a));
      }),
      runs,
    );
  });

  it('keep their digits where one minus the other would be nothing', () => {
    near(chiSquareSf(1000, 10), 1.870290720915977e-208, 1e-12);
    near(studentSf(1e10, 3), 1.1026577908435842e-30, 1e-12);
    near(fSf(25, 5, 100), 2.877620874793022e-16, 1e-12);
    near(studentSf(1e150, 1), 1 / Math.PI / 1e150, 1e-12);
    expect(studentSf(1e200, 1)).toBe(0);
    near(binomialSf(99, 100, 0.01), 1e-200, 1e-12);
  });
});

describe('a quantile', () => {
  it('is where the tail is that share', () => {
    fc.assert(
      fc.property(share, shape, shape, (p, a, b) => {
        const tail = (cdf: number, sf: number) => near(p < 0.5 ? cdf : sf, p < 0.5 ? p : 1 - p, 1e-9);
        const ofGamma = gammaQuantile(p, a);
        if (ofGamma > 1e-300) tail(gammaLower(a, ofGamma), gammaUpper(a, ofGamma));
        const { share: x, rest } = splitBeta(p, 1 - p, a, b);
        if (x > 1e-300 && rest > 1e-300) tail(betaCdf(x, a, b, rest), betaSf(x, a, b, rest));
        const ofF = fQuantile(p, a + 1, b + 1);
        tail(fCdf(ofF, a + 1, b + 1), fSf(ofF, a + 1, b + 1));
      }),
      runs,
    );
  });

  it('of Student is right to 5e-9 of its size, and turns round', () => {
    fc.assert(
      fc.property(share, shape, (p, df) => {
        const t = studentQuantile(p, df);
        const reach = 1e-8 * Math.abs(t);
        expect(studentCdf(t - reach, df)).toBeLessThanOrEqual(p * (1 + 1e-12));
        expect(studentSf(t + reach, df)).toBeLessThanOrEqual((1 - p) * (1 + 1e-12));
        expect(Math.abs(studentQuantile(1 - p, df) + t)).toBeLessThanOrEqual(2 * reach + 1e-9);
      }),
      runs,
    );
    expect(studentQuantile(0.975, infinity)).toBe(normalQuantile(0.975));
    expect(studentCdf(-1.5, infinity)).toBe(normalCdf(-1.5));
  });

  it('of a binomial variable is the fewest hits that reach the level', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), share, share, (n, p, level) => {
        const k = binomialQuantile(level, n, p);
        expect(binomialCdf(k, n, p)).toBeGreaterThanOrEqual(level * (1 - 1e-14));
        if (k > 0) expect(binomialCdf(k - 1, n, p)).toBeLessThan(level);
      }),
      runs,
    );
  });
});

describe('binomial', () => {
  it('adds up to its tails', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), share, fc.nat(40), (n, p, k) => {
        let sum = 0;
        for (let hits = 0; hits <= k; hits++) sum += binomialPmf(hits, n, p);
        near(sum, binomialCdf(k, n, p), 1e-12);
        near(binomialCdf(k, n, p) + binomialSf(k, n, p), 1, 1e-12);
      }),
      runs,
    );
  });
});

describe('edges', () => {
  it.each([
    [gammaLower(1, 0), 0],
    [gammaLower(1, infinity), 1],
    [gammaUpper(1, infinity), 0],
    [gammaLower(0, 1), nan],
    [gammaQuantile(0, 2), 0],
    [gammaQuantile(1, 2), infinity],
    [gammaQuantile(2, 2), nan],
    [gammaQuantile(1e-9, 0.001), 0],
    [chiSquareCdf(-1, 2), 0],
    [chiSquareSf(-1, 2), 1],
    [chiSquareQuantile(0, 2), 0],
    [betaCdf(0, 1, 2), 0],
    [betaCdf(1, 1, 2), 1],
    [betaCdf(nan, 1, 2), nan],
    [betaQuantile(0, 1, 2), 0],
    [betaQuantile(1, 1, 200), 1],
    [betaQuantile(nan, 1, 2), nan],
    [betaQuantile(1e-9, 0.001, 1), 0],
    [betaQuantile(1 - 1e-9, 1, 0.001), 1],
    [fCdf(0, 1, 2), 0],
    [fSf(0, 1, 2), 1],
    [fSf(infinity, 1, 2), 0],
    [fCdf(infinity, 1, 2), 1],
    [fSf(nan, 1, 2), nan],
    [studentSf(nan, 2), nan],
    [studentSf(1, 0), nan],
    [studentSf(infinity, 2), 0],
    [studentSf(below, 2), 1],
    [studentQuantile(0, 2), below],
    [studentQuantile(1, 2), infinity],
    [studentQuantile(0.5, 2), 0],
    [studentQuantile(2, 2), nan],
    [studentQuantile(0.9, -1), nan],
    [binomialPmf(1, 3, 2), nan],
    [binomialPmf(-1, 3, 0.5), 0],
    [binomialPmf(1.5, 3, 0.5), 0],
    [binomialPmf(0, 3, 0), 1],
    [binomialPmf(2, 3, 1), 0],
    [binomialCdf(-1, 3, 0.5), 0],
    [binomialCdf(3, 3, 0.5), 1],
    [binomialCdf(nan, 3, 0.5), nan],
    [binomialSf(-1, 3, 0.5), 1],
    [binomialSf(3, 3, 0.5), 0],
    [binomialSf(1, 3, -1), nan],
    [binomialQuantile(nan, 3, 0.5), nan],
  ])('%#: %d', (got, want) => expect(got).toBe(want));
});

describe('a search for a root', () => {
  it('finds one from afar, on either side, rising or falling, steep or flat', () => {
    const shapes = fc.constantFrom(Math.cbrt, Math.atan, Math.expm1, (x: number) => x ** 5, Math.sign);
    const roots = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(roots, fc.boolean(), shapes, (root, rises, shape) => {
        const compute = (x: number) => (rises ? 1 : -1) * shape(x - root);
        const found = findRoot(compute, rises, 3, 1e-8);
        expect(Math.abs(found - root)).toBeLessThanOrEqual(1e-8 * Math.abs(root) + 1e-12);
      }),
      runs,
    );
  });

  it('ends where nothing changes its sign', () => {
    expect(findRoot(() => -1, true, 0, 1e-8)).toBe(infinity);
    expect(solveIncreasing(() => ({ value: -1, slope: 0 }), 0, 1)).toBeCloseTo(1, 12);
    expect(solveIncreasing((x) => ({ value: x - 0.5, slope: 1 }), 0, 1)).toBe(0.5);
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeJensenShannon, computeKl } from './divergence.ts';
import { adjustPValues } from './false-discovery.ts';
import { chiSquareSf, gammaUpper, logGamma } from './gamma.ts';
import { testHomogeneity } from './homogeneity.ts';
import { kolmogorovSampleSf, kolmogorovSf } from './kolmogorov.ts';
import { asymptoticKsSf, computeKsDistance, exactKsSf, testKolmogorovSmirnov } from './kolmogorov-smirnov.ts';
import { testMeanShift } from './mean-shift.ts';
import { seedGenerator } from './mulberry32.ts';
import { normalQuantile, normalSf } from './normal.ts';
import { computeWilsonInterval, testShares } from './proportion.ts';
import { binByReference, computePsi } from './psi.ts';
import { computeCorrectedPsi, expectPsi } from './psi-bias.ts';
import { computeQuantile } from './quantile.ts';
import { computeMoments, computeQuantiles, countValues, sortFinite, toValueCounts } from './value-counts.ts';
import { computeWasserstein } from './wasserstein.ts';

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
const counts = fc
  .array(fc.nat({ max: 500 }), { minLength: 2, maxLength: 8 })
  .map((all) => Float64Array.from(all));
const withRows = counts.filter((all) => all.some((count) => count > 0));
const draw = (next: () => number, size: number) =>
  Float64Array.from({ length: size }, () => normalQuantile(next() || 0.5));
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
      for (let z = 0.05; z < 4; z += 0.05) {
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

describe('PSI', () => {
  const sample = (values: readonly number[], missing = 0) => ({
    counts: countValues(Float64Array.from(values)),
    missing,
  });

  it('sees a constant that moves in either direction, and a value that is new', () => {
    for (const value of [-1, 1]) {
      const bins = binByReference(sample([0, 0, 0]), sample([value, value]), 10);
      expect([...bins.reference]).toEqual([3, 0]);
      expect([...bins.current]).toEqual([0, 2]);
      expect(computePsi(bins)).toBeGreaterThan(10);
    }
  });

  it('counts every row in one bin and puts a value equal to an edge left of it', () => {
    fc.assert(
      fc.property(filled, filled, fc.integer({ min: 2, max: 12 }), fc.nat(3), (x, y, wanted, missing) => {
        const bins = binByReference(sample([...x], missing), sample([...y]), wanted);
        const sum = (all: Float64Array) => all.reduce((total, count) => total + count, 0);
        expect(sum(bins.reference)).toBe(x.length + missing);
        expect(sum(bins.current)).toBe(y.length);
        expect(bins.reference.length).toBe(bins.current.length);
        if (bins.edges.length > 0) {
          expect(bins.reference[0]).toBe(x.filter((value) => value <= (bins.edges[0] ?? 0)).length);
        }
      }),
    );
    expect(() => binByReference(sample([]), sample([1]), 10)).toThrow(refusal('STATISTICS_EMPTY'));
    expect(() => binByReference(sample([1]), sample([]), 10)).toThrow(refusal('STATISTICS_EMPTY'));
    expect(() => binByReference(sample([], 5), sample([1]), 10)).toThrow(refusal('STATISTICS_EMPTY'));
    expect(
      computePsi(binByReference(sample([1]), sample([], 5), 10), { kind: 'laplace', alpha: 0.5 }),
    ).toBeGreaterThan(1);
  });

  it('expects (B - 1)(1/n + 1/m) of chance once every bin has rows', () => {
    for (const rows of [1_000, 100_000, 30_000_000]) {
      const even = new Float64Array(10).fill(rows);
      const first = 9 * (2 / (10 * rows));
      expect(expectPsi(even, even) / first).toBeCloseTo(1, rows === 1_000 ? 1 : 3);
    }
    expect(expectPsi(Float64Array.of(5, 0), Float64Array.of(7, 0))).toBe(0);
  });

  it.each([
    [30, 0.9, 0.05],
    [100, 0.3, 0.05],
    [200, 0.02, 0.05],
  ])(
    'at %i rows without drift, plain PSI above 0.1 in more than %d of runs, decided drift in at most %d',
    (rows, plainShare, allowed) => {
      const next = seedGenerator(31);
      const runs = 400;
      let [plain, alarms, expected, found] = [0, 0, 0, 0];
      for (let run = 0; run < runs; run += 1) {
        const bins = binByReference(sample([...draw(next, 1000)]), sample([...draw(next, rows)]), 10);
        const psi = computeCorrectedPsi(bins);
        expected += psi.bias / runs;
        found += psi.plain / runs;
        if (psi.plain > 0.1) plain += 1;
        if (psi.corrected > 0.1 && testHomogeneity([bins.reference, bins.current]).p < 0.05) alarms += 1;
      }
      expect(plain / runs).toBeGreaterThan(plainShare);
      expect(alarms / runs).toBeLessThanOrEqual(allowed);
      // What is subtracted is what chance gives.
      expect(Math.abs(expected / found - 1)).toBeLessThan(0.12);
    },
  );

  it('still finds real drift: half a standard deviation', () => {
    const next = seedGenerator(32);
    let found = 0;
    for (let run = 0; run < 100; run += 1) {
      const moved = draw(next, 500).map((value) => value + 0.5);
      const bins = binByReference(sample([...draw(next, 2000)]), sample([...moved]), 10);
      const { corrected } = computeCorrectedPsi(bins);
      if (corrected > 0.1 && testHomogeneity([bins.reference, bins.current]).p < 0.05) found += 1;
    }
    expect(found).toBeGreaterThanOrEqual(99);
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

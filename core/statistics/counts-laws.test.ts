import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testBinomial } from './binomial-test.ts';
import { testEquivalence } from './equivalence.ts';
import { testFisherExact } from './fisher-exact.ts';
import { testGoodness } from './goodness.ts';
import { testHomogeneity, testLikelihoodRatio } from './homogeneity.ts';
import { testMcNemarChiSquare } from './mcnemar-chi-square.ts';
import { type Correction, correctTests } from './multiple-tests.ts';
import {
  computeAgrestiCoullInterval,
  computeClopperPearsonInterval,
  computeNewcombeInterval,
} from './proportion.ts';

const empty = new Float64Array(0);
const refusal = (code: string) => expect.objectContaining({ code });
const runs = { numRuns: 60 };

describe('counts', () => {
  it('of two by two have exact tails that share the table itself', () => {
    const cell = fc.nat(8);
    fc.assert(
      fc.property(cell, cell, cell, cell, (a, b, c, d) => {
        fc.pre((a + b) * (c + d) * (a + c) * (b + d) > 0);
        const one = testFisherExact([
          [a, b],
          [c, d],
        ]);
        const turned = testFisherExact([
          [c, d],
          [a, b],
        ]);
        expect(turned.p).toBeCloseTo(one.p, 12);
        expect(turned.pLess).toBeCloseTo(one.pGreater, 12);
        expect(one.pLess + one.pGreater).toBeGreaterThanOrEqual(1 - 1e-12);
        expect(one.p).toBeLessThanOrEqual(1);
        const table = [Float64Array.of(a, b), Float64Array.of(c, d)];
        expect(testHomogeneity(table, { yates: true }).statistic).toBeLessThanOrEqual(
          testHomogeneity(table).statistic + 1e-12,
        );
      }),
      runs,
    );
    expect(
      testFisherExact([
        [3, 0],
        [2, 0],
      ]),
    ).toMatchObject({ p: 1, oddsRatio: Number.NaN });
    expect(() =>
      testFisherExact([
        [0, 0],
        [0, 0],
      ]),
    ).toThrow(refusal('STATISTICS_EMPTY'));
  });

  it('of one category or sample have nothing to differ in', () => {
    expect(testGoodness(Float64Array.of(7))).toEqual({ statistic: 0, df: 0, p: 1 });
    expect(testGoodness(Float64Array.of(7, 0), Float64Array.of(7, 0)).statistic).toBe(0);
    expect(testGoodness(Float64Array.of(6, 1), Float64Array.of(7, 0))).toMatchObject({
      statistic: Number.POSITIVE_INFINITY,
      p: 0,
    });
    expect(testLikelihoodRatio([Float64Array.of(3, 0), Float64Array.of(1, 2)]).statistic).toBeCloseTo(
      3.819085,
      6,
    );
    expect(testLikelihoodRatio([Float64Array.of(3, 4)])).toEqual({ statistic: 0, df: 0, p: 1 });
    expect(() => testGoodness(empty)).toThrow(refusal('STATISTICS_EMPTY'));
    expect(() => testLikelihoodRatio([])).toThrow(refusal('STATISTICS_EMPTY'));
    expect(testMcNemarChiSquare(0, 0, true)).toEqual({ statistic: Number.NaN, p: 1 });
  });

  it('of hits have p-values and intervals that agree from either side', () => {
    fc.assert(
      fc.property(
        fc.nat(30),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 19 }),
        (hits, more, of) => {
          const [total, share] = [hits + more, of / 20];
          expect(testBinomial(hits, total, share)).toBeCloseTo(testBinomial(more, total, 1 - share), 9);
          for (const interval of [computeClopperPearsonInterval, computeAgrestiCoullInterval]) {
            const [low, high] = interval(hits, total);
            expect(low).toBeGreaterThanOrEqual(0);
            expect(high).toBeLessThanOrEqual(1);
            expect(low).toBeLessThanOrEqual(hits / total);
            expect(high).toBeGreaterThanOrEqual(hits / total - 1e-12);
          }
          const [low, high] = computeNewcombeInterval(hits, total, more, total);
          const [lower, higher] = computeNewcombeInterval(more, total, hits, total);
          expect(low).toBeCloseTo(-higher, 12);
          expect(high).toBeCloseTo(-lower, 12);
        },
      ),
      runs,
    );
    expect(testBinomial(3, 3, 1)).toBe(1);
    expect(testBinomial(2, 4)).toBe(1);
    expect(() => testBinomial(0, 0)).toThrow(refusal('STATISTICS_EMPTY'));
    expect(() => computeClopperPearsonInterval(0, 0)).toThrow(refusal('STATISTICS_EMPTY'));
    expect(() => computeAgrestiCoullInterval(0, 0)).toThrow(refusal('STATISTICS_EMPTY'));
  });
});

describe('many tests', () => {
  const corrections: readonly Correction[] = [
    'bonferroni',
    'sidak',
    'holm',
    'holm-sidak',
    'hochberg',
    'false-discovery',
    'false-discovery-dependent',
  ];

  it('are never adjusted below the raw p, and keep their order', () => {
    const p = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(p, { minLength: 1, maxLength: 12 }), fc.constantFrom(...corrections), (ps, by) => {
        const { adjusted, rejected } = correctTests(ps, by);
        const order = [...ps.keys()].sort((left, right) => (ps[left] as number) - (ps[right] as number));
        order.forEach((at, index) => {
          const own = adjusted[at] as number;
          expect(own).toBeGreaterThanOrEqual(ps[at] as number);
          expect(own).toBeLessThanOrEqual(1);
          if (index > 0) expect(own).toBeGreaterThanOrEqual(adjusted[order[index - 1] as number] as number);
          if ((ps[at] as number) > 0.0501) expect(rejected[at]).toBe(false);
        });
      }),
      runs,
    );
  });

  it.each(corrections)('by %s leave what is missing out of the rejected', (by) => {
    const { adjusted, rejected } = correctTests([0.001, Number.NaN, 0.9], by);
    expect(rejected).toEqual([true, false, false]);
    expect(adjusted[1]).toBeNaN();
  });

  it('reject more the less they promise', () => {
    const ps = [0.01, 0.02, 0.022, 0.024, 0.06];
    const count = (by: Correction) => correctTests(ps, by).rejected.filter(Boolean).length;
    expect([count('bonferroni'), count('holm'), count('hochberg'), count('false-discovery')]).toEqual([
      1, 1, 4, 4,
    ]);
    expect(correctTests([0.05], 'holm').rejected).toEqual([true]);
  });
});

describe('equivalence', () => {
  it('is the interval of twice alpha inside the margin', () => {
    const number = fc.double({ min: -1, max: 1, noNaN: true });
    const size = fc.double({ min: 0.01, max: 1, noNaN: true });
    fc.assert(
      fc.property(number, size, size, (difference, error, margin) => {
        const { interval, equivalent, p } = testEquivalence(difference, error, margin, 0.05);
        fc.pre(Math.abs(p - 0.05) > 1e-9);
        expect(equivalent).toBe(interval[0] > -margin && interval[1] < margin);
      }),
      runs,
    );
  });

  it.each([
    [0, 0, 0.1, true],
    [0.2, 0, 0.1, false],
    [0, 0.01, Number.NaN, false],
    [Number.NaN, 0.01, 0.1, false],
    [0, 0.01, Number.POSITIVE_INFINITY, false],
    [0, Number.NaN, 0.1, false],
    [0, -0.01, 0.1, false],
    [0, 0, 0, false],
  ])('of %d with error %d inside %d: %j', (difference, error, margin, want) => {
    expect(testEquivalence(difference, error, margin, 0.05).equivalent).toBe(want);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extendWindow } from './adaptive-window.ts';
import { computeAuc } from './auc.ts';
import { bootstrap } from './bootstrap.ts';
import { binByScore, binOf, computeCalibrationError } from './calibration.ts';
import { averageClassScores, computeSpecificity, scoreCounts } from './class-scores.ts';
import {
  computeAccuracy,
  computeBalancedAccuracy,
  computeKappa,
  computeMcc,
  countConfusion,
} from './confusion.ts';
import { computeEntropy, computeShareDistances } from './divergence.ts';
import { errorDriftStart, followErrors } from './error-drift.ts';
import { computeEvidentlyPsi } from './evidently-psi.ts';
import { compareGroups } from './fairness.ts';
import { computeMean } from './mean.ts';
import { computeOneVsOneAuc, computeOneVsRestAuc } from './multiclass-probability.ts';
import { computePrecisionRecall } from './precision-recall.ts';
import { computePinballLoss, computeRegressionErrors } from './regression-error.ts';

const refusal = (code: string) => expect.objectContaining({ code });
const runs = { numRuns: 60 };
const classes = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: 1, maxLength: 40 });
const column = (pairs: readonly (readonly [number, number])[], at: 0 | 1) =>
  Uint16Array.from(pairs, (pair) => pair[at]);

describe('a confusion matrix', () => {
  it('has figures in their ranges, and 1 where all is right', () => {
    fc.assert(
      fc.property(classes, (pairs) => {
        const confusion = countConfusion(column(pairs, 0), column(pairs, 1), 4);
        expect(averageClassScores(confusion, 'micro').f).toBeCloseTo(computeAccuracy(confusion), 12);
        expect(averageClassScores(confusion, 'weighted').recall).toBeCloseTo(computeAccuracy(confusion), 12);
        expect(Math.abs(computeMcc(confusion))).toBeLessThanOrEqual(1 + 1e-12);
        expect(computeBalancedAccuracy(confusion)).toBeLessThanOrEqual(1);
        const right = countConfusion(column(pairs, 0), column(pairs, 0), 4);
        expect(computeBalancedAccuracy(right)).toBe(1);
        if (new Set(column(pairs, 0)).size > 1) {
          expect(computeMcc(right)).toBeCloseTo(1, 12);
          expect(computeKappa(right)).toBe(1);
        }
      }),
      runs,
    );
    expect(() => countConfusion(new Uint16Array(0), new Uint16Array(0), 2)).toThrow(
      refusal('STATISTICS_EMPTY'),
    );
  });

  it('takes for 0 / 0 what it is told', () => {
    expect(scoreCounts(0, 0, 0)).toEqual({ precision: 0, recall: 0, f: 0 });
    expect(scoreCounts(0, 0, 0, { zeroDivision: 1 })).toEqual({ precision: 1, recall: 1, f: 1 });
    const all = countConfusion(Uint16Array.of(1, 1), Uint16Array.of(1, 0), 2);
    expect([computeSpecificity(all, 1), computeSpecificity(all, 1, 1)]).toEqual([0, 1]);
  });
});

describe('precision over recall', () => {
  it('does not look at the order of the rows, and is 1 where positives lead', () => {
    const rows = fc
      .array(fc.tuple(fc.nat(1), fc.nat(5)), { minLength: 2, maxLength: 30 })
      .filter((all) => new Set(all.map(([label]) => label)).size === 2);
    fc.assert(
      fc.property(rows, (all) => {
        const measure = (list: readonly (readonly [number, number])[]) =>
          computePrecisionRecall(
            Uint8Array.from(list, ([label]) => label),
            Float64Array.from(list, ([, score]) => score),
          );
        const area = measure(all);
        expect(measure([...all].reverse())).toEqual(area);
        const positives = all.filter(([label]) => label === 1).length;
        expect(area.averagePrecision).toBeGreaterThanOrEqual((positives / all.length) * (1 / positives));
        expect(area.averagePrecision).toBeLessThanOrEqual(1 + 1e-12);
        expect(measure(all.map(([label]) => [label, label])).averagePrecision).toBe(1);
      }),
      runs,
    );
  });
});

describe('probabilities', () => {
  it('lie in the bin whose upper edge they do not exceed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (bins, score) => {
          const bin = binOf(score, bins);
          if (bin > 0) expect(score).toBeGreaterThan(bin / bins);
          if (bin < bins - 1) expect(score).toBeLessThanOrEqual((bin + 1) / bins);
        },
      ),
    );
    // Three tenths and the like: the product with the number of bins is not whole.
    for (let bins = 1; bins <= 60; bins++) {
      for (let edge = 1; edge < bins; edge++) {
        expect(binOf(edge / bins, bins)).toBe(edge - 1);
        expect(binOf((edge / bins) * (1 + 2 ** -52), bins)).toBe(edge);
      }
    }
    expect(binOf(-1, 5)).toBe(0);
    expect(binOf(2, 5)).toBe(4);
  });

  it('are calibrated when each share is its score', () => {
    const labels = Uint8Array.of(1, 0, 0, 0);
    const scores = new Float64Array(4).fill(0.25);
    expect(computeCalibrationError(labels, scores)).toEqual({ expected: 0, largest: 0 });
    expect(binByScore(labels, scores, 2)[1]).toEqual({ rows: 0, score: Number.NaN, share: Number.NaN });
    expect(computeCalibrationError(labels, new Float64Array(4).fill(Number.NaN)).expected).toBeNaN();
    expect(() => computeCalibrationError(new Uint8Array(0), new Float64Array(0))).toThrow(
      refusal('STATISTICS_EMPTY'),
    );
  });

  it('of two classes have the AUC of one of them', () => {
    const truth = Uint16Array.of(0, 1, 1, 0, 1);
    const second = Float64Array.of(0.2, 0.6, 0.4, 0.5, 0.9);
    const columns = [second.map((value) => 1 - value), second];
    const auc = computeAuc(Uint8Array.from(truth), second);
    expect(computeOneVsRestAuc(truth, columns).macro).toBeCloseTo(auc, 12);
    expect(computeOneVsOneAuc(truth, columns).weighted).toBeCloseTo(auc, 12);
    expect(() => computeOneVsOneAuc(truth, [second])).toThrow(refusal('STATISTICS_SINGLE_CLASS'));
  });
});

describe('predicted numbers', () => {
  it('are told by errors that fit together', () => {
    const pair = fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 }));
    fc.assert(
      fc.property(fc.array(pair, { minLength: 2, maxLength: 30 }), (pairs) => {
        const truth = Float64Array.from(pairs, ([value]) => value);
        const predicted = Float64Array.from(pairs, ([, value]) => value);
        const errors = computeRegressionErrors(truth, predicted);
        expect(errors.mae).toBeLessThanOrEqual(errors.rmse + 1e-9);
        expect(errors.rmse).toBeLessThanOrEqual(errors.largest + 1e-9);
        expect(errors.explainedVariance).toBeGreaterThanOrEqual(errors.r2 - 1e-9);
        expect(errors.smape).toBeLessThanOrEqual(2);
        expect(computePinballLoss(truth, predicted, 0.5)).toBeCloseTo(errors.mae / 2, 9);
      }),
      runs,
    );
  });

  it('of a truth without spread explain all or nothing', () => {
    const truth = Float64Array.of(5, 5);
    expect(computeRegressionErrors(truth, truth)).toMatchObject({ r2: 1, explainedVariance: 1 });
    const shifted = computeRegressionErrors(truth, Float64Array.of(6, 6));
    expect(shifted).toMatchObject({ r2: 0, explainedVariance: 1, bias: 1 });
  });

  it('that are none spread to the figures', () => {
    const errors = computeRegressionErrors(Float64Array.of(1, 1), Float64Array.of(1, Number.NaN));
    expect(errors).toMatchObject({ medianAbsolute: Number.NaN, r2: Number.NaN, largest: Number.NaN });
    expect(() => computeRegressionErrors(new Float64Array(0), new Float64Array(0))).toThrow(
      refusal('STATISTICS_EMPTY'),
    );
    expect(() => computePinballLoss(new Float64Array(0), new Float64Array(0), 0.5)).toThrow(
      refusal('STATISTICS_EMPTY'),
    );
  });
});

describe('groups', () => {
  it('that nobody is selected of have no ratio and no verdict', () => {
    const none = compareGroups(Uint8Array.of(0, 0), Uint8Array.of(0, 0), Uint16Array.of(0, 1), 2);
    expect(none).toMatchObject({
      disparateImpactRatio: Number.NaN,
      passesFourFifths: null,
      equalOpportunityDifference: Number.NaN,
      equalisedOddsDifference: 0,
    });
    expect(() => compareGroups(new Uint8Array(0), new Uint8Array(0), new Uint16Array(0), 0)).toThrow(
      refusal('STATISTICS_EMPTY'),
    );
  });
});

describe('a bootstrap interval', () => {
  it('lies inside what was drawn, and repeats with its seed', () => {
    const sample = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 2, maxLength: 15 });
    fc.assert(
      fc.property(sample, fc.nat(), (all, seed) => {
        const values = Float64Array.from(all);
        const statistic = (rows: Uint32Array) =>
          computeMean(Float64Array.from(rows, (row) => values[row] as number));
        const draw = () => bootstrap({ rows: all.length, statistic, resamples: 60, seed, confidence: 0.9 });
        const { bca, percentile, values: drawn } = draw();
        for (const bound of [...bca, ...percentile]) {
          expect(bound).toBeGreaterThanOrEqual(drawn[0] as number);
          expect(bound).toBeLessThanOrEqual(drawn[drawn.length - 1] as number);
        }
        expect(bca[0]).toBeLessThanOrEqual(bca[1]);
        expect(draw()).toEqual(draw());
      }),
      { numRuns: 30 },
    );
  });
});

describe('shares', () => {
  it('are at most 1 apart, and as far as they are from each other', () => {
    const counts = fc
      .array(fc.nat(9), { minLength: 3, maxLength: 3 })
      .filter((all) => all.some((n) => n > 0));
    fc.assert(
      fc.property(counts, counts, (first, second) => {
        const [p, q] = [Float64Array.from(first), Float64Array.from(second)];
        const { hellinger, totalVariation, largest } = computeShareDistances(p, q);
        expect(computeShareDistances(q, p)).toEqual({ hellinger, totalVariation, largest });
        expect(largest).toBeLessThanOrEqual(totalVariation + 1e-12);
        expect(hellinger ** 2).toBeLessThanOrEqual(totalVariation + 1e-12);
        expect(totalVariation).toBeLessThanOrEqual(Math.SQRT2 * hellinger + 1e-12);
        expect(computeEntropy(p)).toBeLessThanOrEqual(Math.log(3) + 1e-12);
      }),
      runs,
    );
  });

  it("by Evidently's rule need a value on either side", () => {
    expect(() => computeEvidentlyPsi(new Float64Array(0), Float64Array.of(1))).toThrow(
      refusal('STATISTICS_EMPTY'),
    );
    // Fewer than one in ten thousand: what is empty counts as a millionth of that.
    const many = Float64Array.from({ length: 20_001 }, (_, row) => (row === 0 ? 1 : 2));
    expect(computeEvidentlyPsi(many, Float64Array.of(2, 3))).toBeGreaterThan(1);
  });
});

describe('a stream', () => {
  const settings = { leastCount: 5, warning: 2, drift: 3 };

  it('without a change says nothing, and after one starts anew', () => {
    let state = errorDriftStart;
    const verdicts = [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1].map((error) => {
      const next = followErrors(state, error, settings);
      state = next.state;
      return next.verdict;
    });
    expect(verdicts.slice(0, 10)).toEqual(Array(10).fill('stable'));
    expect(verdicts).toContain('warning');
    expect(verdicts).toContain('drift');
  });

  it('is kept in a window for as long as its parts agree', () => {
    let window: Float64Array = new Float64Array(0);
    for (let at = 0; at < 60; at++) window = extendWindow(window, 0, 0.05);
    expect(window).toHaveLength(60);
    for (let at = 0; at < 60; at++) window = extendWindow(window, 1, 0.05);
    expect(window.length).toBeLessThan(90);
    expect(window[window.length - 1]).toBe(1);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeAuc } from '../statistics/auc.ts';
import { computeCalibrationError } from '../statistics/calibration.ts';
import { computeKappa, computeMcc, countConfusion } from '../statistics/confusion.ts';
import { compareGroups } from '../statistics/fairness.ts';
import { computePrecisionRecall } from '../statistics/precision-recall.ts';
import { evaluate } from './evaluate.fixture.ts';
import { makeBinary, sampleOf } from './sample.fixture.ts';
import type { RowWeights, Sample } from './sample.ts';

function read(sample: Sample) {
  if (sample.truth.kind !== 'binary' || sample.predicted.kind !== 'score') throw new Error('not binary');
  return { labels: sample.truth.values, scores: sample.predicted.values };
}

const binary = sampleOf('binary-classification', 60);
const hasBoth = (sample: Sample): boolean => new Set(read(sample).labels).size === 2;

describe('metrics of two classes', () => {
  it('are those of core/statistics where both are defined', () => {
    fc.assert(
      fc.property(binary, ({ sample, groups }) => {
        const { labels, scores } = read(sample);
        const said = Uint8Array.from(scores, (score) => (score >= sample.threshold ? 1 : 0));
        const { expected, largest } = computeCalibrationError(labels, scores);
        expect(evaluate('ece', sample)).toBeCloseTo(expected, 12);
        expect(evaluate('mce', sample)).toBeCloseTo(largest, 12);
        if (!hasBoth(sample)) return;
        const confusion = countConfusion(Uint16Array.from(labels), Uint16Array.from(said), 2);
        expect(evaluate('auc', sample)).toBe(computeAuc(labels, scores));
        const { averagePrecision } = computePrecisionRecall(labels, scores);
        expect(evaluate('pr-auc', sample)).toBeCloseTo(averagePrecision, 12);
        expect(evaluate('mcc', sample)).toBeCloseTo(computeMcc(confusion), 12);
        expect(evaluate('kappa', sample)).toBeCloseTo(computeKappa(confusion), 12);
        const fair = compareGroups(labels, said, groups.values, 3);
        const context = { groups: new Map([['sex', groups]]) };
        const known = fair.groups.filter(({ rows }) => rows > 0).length;
        if (known < 2) return;
        expect(evaluate('demographic-parity-difference by sex', sample, null, context)).toBeCloseTo(
          fair.demographicParityDifference,
          12,
        );
        const ratio = evaluate('disparate-impact-ratio by sex', sample, null, context);
        if (Number.isNaN(fair.disparateImpactRatio)) expect(ratio).toBeNaN();
        else expect(ratio).toBeCloseTo(fair.disparateImpactRatio, 12);
        const complete = fair.groups.every((group) =>
          Number.isFinite(group.truePositive + group.falsePositive),
        );
        if (!complete) return;
        expect(evaluate('equal-opportunity-difference by sex', sample, null, context)).toBeCloseTo(
          fair.equalOpportunityDifference,
          12,
        );
        expect(evaluate('equalized-odds-difference by sex', sample, null, context)).toBeCloseTo(
          fair.equalisedOddsDifference,
          12,
        );
      }),
    );
  });

  it('of the order of scores do not look at their scale, and turn round with the labels', () => {
    fc.assert(
      fc.property(binary, ({ sample }) => {
        fc.pre(hasBoth(sample));
        const { labels, scores } = read(sample);
        const curved = makeBinary(
          [...labels],
          [...scores].map((score) => Math.exp(3 * score) - 7),
        );
        expect(evaluate('auc', curved)).toBe(evaluate('auc', sample));
        expect(evaluate('pr-auc', curved)).toBe(evaluate('pr-auc', sample));
        const turned = makeBinary(
          [...labels].map((label) => 1 - label),
          [...scores].map((score) => -score),
        );
        expect(evaluate('auc', turned)).toBeCloseTo(evaluate('auc', sample), 12);
        const wrong = makeBinary(
          [...labels],
          [...scores].map((score) => -score),
        );
        expect(evaluate('auc', wrong)).toBeCloseTo(1 - evaluate('auc', sample), 12);
      }),
      { numRuns: 50 },
    );
  });

  it('are best for who knows', () => {
    const labels = [0, 1, 1, 0, 1, 0, 0];
    const perfect = makeBinary(labels, labels);
    for (const name of 'accuracy balanced-accuracy precision recall specificity f1 f-beta@3 auc pr-auc mcc kappa'.split(
      ' ',
    )) {
      expect([name, evaluate(name, perfect)]).toEqual([name, 1]);
    }
    for (const name of ['brier', 'ece', 'mce']) expect([name, evaluate(name, perfect)]).toEqual([name, 0]);
    expect(evaluate('log-loss', perfect)).toBeCloseTo(0, 12);
  });

  it.each([
    ['precision', [1, 0, 1], [0, 0, 0], Number.NaN],
    ['recall', [0, 0], [1, 0], Number.NaN],
    ['specificity', [1, 1], [1, 0], Number.NaN],
    ['f1', [0, 0], [0, 0], Number.NaN],
    ['f1', [1, 0], [0, 0], 0],
    ['balanced-accuracy', [1, 1], [1, 1], Number.NaN],
    ['mcc', [1, 1], [1, 0], Number.NaN],
    ['mcc', [1, 0], [1, 1], 0],
    ['kappa', [1, 1], [1, 1], Number.NaN],
    ['kappa', [1, 0], [1, 1], 0],
    ['auc', [1, 1], [1, 0], Number.NaN],
    ['auc', [1, 0], [1, 1], 0.5],
    ['pr-auc', [1, 1], [1, 0], Number.NaN],
    ['accuracy', [], [], Number.NaN],
    ['auc', [], [], Number.NaN],
    ['ece', [], [], Number.NaN],
    ['mce', [], [], Number.NaN],
  ])('%s of %j and %j is %d', (name, labels, scores, value) => {
    expect(evaluate(name, makeBinary(labels, scores))).toBe(value);
  });

  it('compare groups only where there are two of them', () => {
    const sample = makeBinary([1, 1, 0, 0], [1, 0, 1, 0]);
    const groups = new Map([['sex', { names: ['f', 'm'], values: Uint16Array.of(0, 0, 1, 1) }]]);
    const by = (name: string, weights: RowWeights) => evaluate(`${name} by sex`, sample, weights, { groups });
    expect(by('demographic-parity-difference', null)).toBe(0);
    expect(by('demographic-parity-difference', Uint16Array.of(1, 1, 0, 0))).toBeNaN();
    // Only one group has positives, only the other has negatives.
    expect(by('equal-opportunity-difference', null)).toBeNaN();
    expect(by('equalized-odds-difference', null)).toBeNaN();
    // Nobody has a negative: the other half of the odds is told.
    const positives = makeBinary([1, 1, 1, 1], [1, 1, 1, 0]);
    expect(evaluate('equalized-odds-difference by sex', positives, null, { groups })).toBe(0.5);
    const negatives = makeBinary([0, 0, 0, 0], [1, 1, 1, 0]);
    expect(evaluate('equalized-odds-difference by sex', negatives, null, { groups })).toBe(0.5);
    // Nobody is selected.
    expect(by('disparate-impact-ratio', Uint16Array.of(0, 1, 0, 1))).toBeNaN();
    expect(by('disparate-impact-ratio', Uint16Array.of(1, 1, 1, 3))).toBe(0.5);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Task } from '../config/model.ts';
import { computeAuc } from '../statistics/auc.ts';
import { computeCalibrationError } from '../statistics/calibration.ts';
import { averageClassScores } from '../statistics/class-scores.ts';
import { computeKappa, computeMcc, countConfusion } from '../statistics/confusion.ts';
import { compareGroups } from '../statistics/fairness.ts';
import { computeOneVsOneAuc, computeOneVsRestAuc } from '../statistics/multiclass-probability.ts';
import { computePrecisionRecall } from '../statistics/precision-recall.ts';
import { computeRegressionErrors } from '../statistics/regression-error.ts';
import type { Metric } from './metric.ts';
import { prepareAll } from './metric-bundle.ts';
import { findMetric, type MetricContext } from './metric-table.ts';
import { makeBinary, makeClasses, makeNumbers, makeRanking, sampleOf } from './sample.fixture.ts';
import type { RowWeights, Sample } from './sample.ts';

function evaluate(
  name: string,
  sample: Sample,
  weights: RowWeights = null,
  context: Partial<MetricContext> = {},
): number {
  const metric = findMetric(name, { task: taskOf(sample), ...context });
  if (metric === null) throw new Error(`no metric ${name}`);
  return metric.prepare(sample)(weights);
}

function taskOf({ truth: { kind } }: Sample): Task {
  if (kind === 'binary') return 'binary-classification';
  if (kind === 'class') return 'multiclass-classification';
  return kind === 'number' ? 'regression' : kind === 'relevance' ? 'ranking' : 'scored-examples';
}

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
    // Nobody is selected.
    expect(by('disparate-impact-ratio', Uint16Array.of(0, 1, 0, 1))).toBeNaN();
    expect(by('disparate-impact-ratio', Uint16Array.of(1, 1, 1, 3))).toBe(0.5);
  });
});

describe('metrics of many classes', () => {
  const classes = ['c0', 'c1', 'c2'];

  it('are those of core/statistics where every class occurs', () => {
    fc.assert(
      fc.property(sampleOf('multiclass-classification', 60), ({ sample }) => {
        if (sample.truth.kind !== 'class' || sample.predicted.kind !== 'probabilities')
          throw new Error('kind');
        const { values: truth } = sample.truth;
        const { columns } = sample.predicted;
        fc.pre(new Set(truth).size === 3);
        const rest = computeOneVsRestAuc(truth, columns);
        const pairs = computeOneVsOneAuc(truth, columns);
        expect(evaluate('auc-ovr-macro', sample)).toBeCloseTo(rest.macro, 12);
        expect(evaluate('auc-ovr-weighted', sample)).toBeCloseTo(rest.weighted, 12);
        expect(evaluate('auc-ovo-macro', sample)).toBeCloseTo(pairs.macro, 12);
        expect(evaluate('auc-ovo-weighted', sample)).toBeCloseTo(pairs.weighted, 12);
        const said = truth.map((_, row) => {
          const all = columns.map((column) => column[row] ?? 0);
          return all.indexOf(Math.max(...all));
        });
        const confusion = countConfusion(truth, said, 3);
        for (const averaging of ['macro', 'micro', 'weighted'] as const) {
          const wanted = averageClassScores(confusion, averaging, { beta: 2 });
          expect(evaluate(`precision-${averaging}`, sample)).toBeCloseTo(wanted.precision, 12);
          expect(evaluate(`recall-${averaging}`, sample)).toBeCloseTo(wanted.recall, 12);
          expect(evaluate(`f-beta-${averaging}@2`, sample)).toBeCloseTo(wanted.f, 12);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('have a value where a class of the list is absent, but none that needs it', () => {
    const sample = makeClasses(
      classes,
      [0, 1, 0, 1],
      [
        [0.8, 0.1, 0.6, 0.5],
        [0.1, 0.8, 0.3, 0.3],
        [0.1, 0.1, 0.1, 0.2],
      ],
    );
    // scikit-learn 1.2.1 on the labels [0, 1, 0, 1] and predictions [0, 1, 0, 0]
    expect(evaluate('precision-macro', sample)).toBeCloseTo(0.8333333333333333, 12);
    expect(evaluate('f1-macro', sample)).toBeCloseTo(0.7333333333333334, 12);
    expect(evaluate('recall:c2', sample)).toBeNaN();
    expect(evaluate('auc-ovr-macro', sample)).toBeNaN();
    expect(evaluate('auc-ovo-weighted', sample)).toBeNaN();
    // A class that is predicted and does not occur counts, as there.
    const odd = makeClasses(
      classes,
      [0, 1],
      [
        [0.8, 0.1],
        [0.1, 0.1],
        [0.1, 0.8],
      ],
    );
    expect(evaluate('precision-macro', odd)).toBeCloseTo(1 / 3, 12);
    expect(evaluate('recall-weighted', odd)).toBeCloseTo(0.5, 12);
    for (const name of ['balanced-accuracy', 'mcc', 'kappa']) {
      expect([name, evaluate(name, odd, Uint16Array.of(1, 0))]).toEqual([name, Number.NaN]);
    }
  });

  it('take classes without probabilities, where these are not needed', () => {
    const sample: Sample = {
      truth: { kind: 'class', classes, values: Uint16Array.of(0, 1, 2, 1) },
      predicted: { kind: 'class', values: Uint16Array.of(0, 1, 1, 1) },
      rows: 4,
      threshold: 0.5,
    };
    expect(evaluate('accuracy', sample)).toBe(0.75);
    expect(evaluate('f1:c1', sample)).toBeCloseTo(0.8, 12);
    for (const name of ['log-loss', 'brier', 'ece', 'auc-ovr-macro']) {
      expect(() => evaluate(name, sample)).toThrow(expect.objectContaining({ code: 'METRIC_UNDEFINED' }));
    }
    expect(() => evaluate('f1:late', sample)).toThrow(/the class "late"/);
  });

  it('of calibration are of the class that is predicted', () => {
    // Three rows said with 0.8, two of them right; one with 0.6, wrong.
    const first = [0.8, 0.8, 0.1, 0.6];
    const second = [0.1, 0.1, 0.8, 0.2];
    const third = [0.1, 0.1, 0.1, 0.2];
    const sample = makeClasses(classes, [0, 1, 1, 1], [first, second, third]);
    expect(evaluate('ece', sample)).toBeCloseTo(0.75 * (0.8 - 2 / 3) + 0.25 * 0.6, 12);
    expect(evaluate('mce', sample)).toBeCloseTo(0.6, 12);
  });
});

describe('metrics of numbers', () => {
  it('are those of core/statistics where both are defined', () => {
    fc.assert(
      fc.property(sampleOf('regression', 40), ({ sample }) => {
        if (sample.truth.kind !== 'number' || sample.predicted.kind !== 'number') throw new Error('kind');
        const wanted = computeRegressionErrors(sample.truth.values, sample.predicted.values);
        const pairs = [
          ['mse', wanted.mse],
          ['rmse', wanted.rmse],
          ['mae', wanted.mae],
          ['median-ae', wanted.medianAbsolute],
          ['max-error', wanted.largest],
          ['smape', wanted.smape],
          ['bias', Math.abs(wanted.bias)],
        ] as const;
        for (const [name, value] of pairs) expect(evaluate(name, sample)).toBeCloseTo(value, 10);
        if (new Set(sample.truth.values).size < 2) {
          expect([evaluate('r2', sample), evaluate('explained-variance', sample)]).toEqual([
            Number.NaN,
            Number.NaN,
          ]);
        } else {
          expect(evaluate('r2', sample)).toBeCloseTo(wanted.r2, 9);
          expect(evaluate('explained-variance', sample)).toBeCloseTo(wanted.explainedVariance, 9);
        }
      }),
    );
  });

  it('keep their digits far from zero', () => {
    const truth = [1, 2, 3, 4].map((value) => value + 1e9);
    const sample = makeNumbers(
      truth,
      truth.map((value) => value + 1),
    );
    expect(evaluate('r2', sample)).toBeCloseTo(1 - 4 / 5, 9);
    expect(evaluate('explained-variance', sample)).toBe(1);
    expect(evaluate('bias', sample)).toBe(1);
  });

  it('know how often and how widely an interval holds the truth', () => {
    const sample = makeNumbers([1, 2, 3], [1, 4, 3.5], 0.5);
    expect(evaluate('interval-coverage', sample)).toBeCloseTo(2 / 3, 12);
    expect(evaluate('interval-width', sample)).toBe(1);
    expect(evaluate('interval-coverage', sample, Uint16Array.of(0, 3, 1))).toBe(0.25);
    expect(() => evaluate('interval-width', makeNumbers([1], [1]))).toThrow(/interval/);
  });

  it.each([
    [[1, 1, 1, 1], 2.5],
    [[1, 1, 1, 0], 2],
    [[1, 1, 1, 3], 3.5],
    [[3, 1, 1, 1], 1.5],
    [[0.5, 0.25, 0.25, 1], 3.5],
  ])('weighs the median: %j', (weights, median) => {
    const sample = makeNumbers([0, 0, 0, 0], [1, -2, 3, -4]);
    expect(evaluate('median-ae', sample, Float64Array.from(weights))).toBe(median);
  });
});

describe('metrics of rankings', () => {
  // Query 0: relevances 0, 2 behind; query 1: nothing relevant; query 2: all of one score.
  const sample = makeRanking(
    [0, 2, 0, 0, 1, 0, 0],
    [0, 0, 1, 1, 2, 2, 2],
    [0.9, 0.1, 0.5, 0.4, 0.5, 0.5, 0.5],
  );

  it.each([
    ['mrr', (1 / 2 + 1 / 3) / 2],
    ['hit-rate@1', 0],
    ['hit-rate@2', 0.5],
    ['hit-rate@3', 1],
    ['map', (1 / 2 + 1 / 3) / 2],
    ['ndcg@1', (0 + 1 / 3) / 2],
    ['ndcg@10', (1 / Math.log2(3) + (1 + 1 / Math.log2(3) + 1 / 2) / 3) / 2],
  ])('%s leaves out who has nothing to find, and lets no tie win', (name, value) => {
    expect(evaluate(name, sample)).toBeCloseTo(value, 12);
  });

  it('weigh queries, and leave out rows without weight', () => {
    expect(evaluate('mrr', sample, Uint16Array.of(3, 3, 5, 5, 1, 1, 1))).toBeCloseTo((3 / 2 + 1 / 3) / 4, 12);
    expect(evaluate('mrr', sample, Uint16Array.of(0, 3, 0, 0, 1, 1, 0))).toBeCloseTo((3 * 1 + 1 / 2) / 4, 12);
    expect(evaluate('ndcg@10', sample, Uint16Array.of(0, 3, 0, 0, 0, 0, 0))).toBe(1);
    expect(evaluate('map', sample, Uint16Array.of(1, 0, 1, 1, 0, 1, 1))).toBeNaN();
  });

  it('take queries by any number, as a slice has them', () => {
    const far = makeRanking([1, 0, 1, 0], [4_000_000_000, 4_000_000_000, 7, 7], [1, 2, 2, 1]);
    expect(evaluate('mrr', far)).toBe(0.75);
  });
});

describe('metrics of anything', () => {
  const binaryNames = ['auc', 'accuracy', 'ece', 'log-loss', 'pr-auc', 'f1'];

  it.each(binaryNames)('%s refuses predictions of another kind or length', (name) => {
    const sample = makeBinary([1, 0], [1, 0]);
    const task = 'binary-classification';
    const metric = findMetric(name, { task });
    for (const wrong of [
      { ...sample, rows: 3 },
      { ...sample, predicted: makeNumbers([1, 2], [1, 2]).predicted },
      { ...sample, truth: { kind: 'none' } as const },
    ]) {
      expect(() => metric?.prepare(wrong)).toThrow(expect.objectContaining({ code: 'METRIC_UNDEFINED' }));
    }
  });

  it.each([
    ['multiclass-classification', 'accuracy', makeClasses(['a', 'b'], [0], [[1], [0]])],
    ['multiclass-classification', 'f1-macro', makeClasses(['a', 'b', 'c'], [0], [[1], [0]])],
    ['regression', 'mae', makeNumbers([1], [1])],
    ['regression', 'interval-width', makeNumbers([1], [1], 1)],
    ['ranking', 'map', makeRanking([1], [0], [1])],
  ] as const)('of %s refuse what does not fit the rows: %s', (task, name, sample) => {
    const metric = findMetric(name, { task });
    const { predicted } = makeBinary([1, 0], [1, 0]);
    const rows = Uint16Array.of(0, 1);
    const none = { kind: 'none' } as const;
    const odd: readonly Sample[] = [
      { ...sample, rows: 2 },
      { ...sample, truth: none },
      { ...sample, predicted: { kind: 'columns', columns: new Map() } },
      {
        ...sample,
        rows: 3,
        predicted: sample.truth.kind === 'class' ? { kind: 'class', values: rows } : predicted,
      },
    ];
    for (const wrong of odd) {
      expect(() => metric?.prepare(wrong)).toThrow(expect.objectContaining({ code: 'METRIC_UNDEFINED' }));
    }
  });

  it('may come from elsewhere, without walks to share', () => {
    const foreign: Metric = {
      ...{ name: 'foreign', tasks: ['regression'], higherIsBetter: true, range: [0, 9] },
      estimate: { kind: 'resampled' },
      prepare: () => (weights) => (weights === null ? 1 : 2),
    };
    const sample = makeNumbers([1, 2], [1, 4]);
    const mae = findMetric('mae', { task: 'regression' });
    if (mae === null) throw new Error('no mae');
    const evaluateAll = prepareAll([foreign, mae], sample);
    const out = new Float64Array(2);
    evaluateAll(null, out);
    expect([...out]).toEqual([1, 1]);
    evaluateAll(Uint16Array.of(3, 1), out);
    expect([...out]).toEqual([2, 0.5]);
  });

  it('end on anything that is not a number, and pass it on', () => {
    const odd = makeBinary([1, 0, 1], [Number.NaN, 0.5, Number.POSITIVE_INFINITY]);
    for (const name of ['brier', 'ece', 'mce']) expect(Number.isFinite(evaluate(name, odd))).toBe(false);
    expect(evaluate('auc', odd)).toEqual(expect.any(Number));
    expect(evaluate('accuracy', makeBinary([1, 0], [1, 0]), Float64Array.of(Number.NaN, 1))).toBeNaN();
    expect(evaluate('auc', makeBinary([1, 0], [1, 0]), Float64Array.of(Number.NaN, 1))).toBeNaN();
    expect(evaluate('median-ae', makeNumbers([1, 2], [Number.NaN, 2]))).toBeNaN();
    expect(evaluate('mrr', makeRanking([1, 0], [0, 0], [Number.NaN, Number.NaN]))).toEqual(
      expect.any(Number),
    );
  });
});

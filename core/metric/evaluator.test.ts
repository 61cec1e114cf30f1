import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeRegressionErrors } from '../statistics/regression-error.ts';
import { evaluate } from './evaluate.fixture.ts';
import type { Metric } from './metric.ts';
import { prepareAll } from './metric-bundle.ts';
import { findMetric } from './metric-table.ts';
import { makeBinary, makeClasses, makeNumbers, makeRanking, sampleOf } from './sample.fixture.ts';
import type { Sample } from './sample.ts';

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

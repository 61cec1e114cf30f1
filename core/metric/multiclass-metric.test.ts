import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averageClassScores } from '../statistics/class-scores.ts';
import { countConfusion } from '../statistics/confusion.ts';
import { computeOneVsOneAuc, computeOneVsRestAuc } from '../statistics/multiclass-probability.ts';
import { evaluate } from './evaluate.fixture.ts';
import { makeClasses, sampleOf } from './sample.fixture.ts';
import type { Sample } from './sample.ts';

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

  it('find no agreement in predictions of one class, whatever the weights', () => {
    const truth = Array.from({ length: 30 }, (_, row) => row % 3);
    const sample = makeClasses(classes, truth, [
      truth.map(() => 0.8),
      truth.map(() => 0.1),
      truth.map(() => 0.1),
    ]);
    const weights = Float64Array.from(truth, (_, row) => 0.1 + row / 7);
    expect([evaluate('mcc', sample), evaluate('mcc', sample, weights)]).toEqual([0, 0]);
    expect(evaluate('kappa', sample, weights)).toBeCloseTo(0, 12);
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

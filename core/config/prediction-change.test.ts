import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PredictionContract, PredictionPromise } from './prediction.ts';
import { consumersOf, findPredictionBreaks, predictionFindings } from './prediction-change.ts';

const crew = { name: 'crew planning', users: ['cleo'], teams: [] };
const gates = { name: 'gates', users: [], teams: ['acme/gates'] };
const many = (contract: Partial<PredictionContract> | null): PredictionPromise => ({
  task: 'multiclass-classification',
  contract: contract === null ? null : { consumers: [crew], ...contract },
});
const number = (contract: Partial<PredictionContract>): PredictionPromise => ({
  task: 'regression',
  contract: { consumers: [crew], ...contract },
});
const what = (before: PredictionPromise, after: PredictionPromise) =>
  findPredictionBreaks(before, after).map((broken) => broken.what);

const three = { classes: ['early', 'on time', 'late'] };

describe('findPredictionBreaks', () => {
  it.each([
    [three, three, []],
    [three, { classes: ['early', 'late'] }, ['classes changed, "on time" gone']],
    [three, { classes: [...three.classes, 'cancelled'] }, ['classes changed, "cancelled" new']],
    [three, { classes: ['early', 'punctual', 'late'] }, ['"on time" renamed to "punctual"']],
    [three, { classes: ['late', 'on time', 'early'] }, ['the classes stand in another order']],
    [three, {}, ['the list of classes is gone']],
    [three, null, ['the list of classes is gone']],
    [null, three, []],
    [{}, { range: { min: 0 } }, []],
    [{ range: { min: 0, max: 1 } }, { range: { min: 0, max: 2 } }, ['the range of values is wider']],
    [{ range: { min: 0, max: 1 } }, { range: { min: 0 } }, ['the range of values is wider']],
    [{ range: { min: 0 } }, { range: { min: -1 } }, ['the range of values is wider']],
    [{ range: { max: 1 } }, {}, ['the range of values is gone']],
    [{ range: { min: 0 } }, { range: { min: 0.5, max: 3 } }, []],
    [{ sumToOne: 0.001 }, { sumToOne: 0.01 }, ['probabilities sum to one less exactly']],
    [{ sumToOne: 0.001 }, {}, ['probabilities sum to one less exactly']],
    [{ sumToOne: 0.001 }, { sumToOne: 0 }, []],
  ] as const)('%j to %j: %j', (before, after, wanted) => {
    expect(what(many(before), many(after))).toEqual(wanted);
  });

  it.each([
    [
      {},
      [
        'the column of the lower end of the interval is gone',
        'the column of the upper end of the interval is gone',
        'the column of quantile 0.9 is gone',
      ],
    ],
    [
      { interval: { low: 'lo', high: 'upper' }, quantiles: [{ quantile: 0.9, column: 'q' }] },
      [
        'the column of the upper end of the interval has another name',
        'the column of quantile 0.9 has another name',
      ],
    ],
    [
      {
        interval: { low: 'lo', high: 'hi' },
        quantiles: [
          { quantile: 0.1, column: 'q10' },
          { quantile: 0.9, column: 'q90' },
        ],
      },
      [],
    ],
  ])('columns that become %j', (after, wanted) => {
    const before = { interval: { low: 'lo', high: 'hi' }, quantiles: [{ quantile: 0.9, column: 'q90' }] };
    expect(what(number(before), number(after))).toEqual(wanted);
  });

  it('is another task first of all', () => {
    expect(findPredictionBreaks(number({}), many(three))).toEqual([
      {
        pointer: '/task',
        what: 'the kind of prediction changed',
        before: 'regression',
        after: 'multiclass-classification',
      },
    ]);
  });

  it('law: what stays the same, or says more, breaks nobody', () => {
    const value = fc.integer({ min: -5, max: 5 });
    const contract = fc.record(
      {
        classes: fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 5 }),
        range: fc.record({ min: value, max: value }, { requiredKeys: [] }),
        sumToOne: fc.constantFrom(0, 0.01),
        quantiles: fc.constant([{ quantile: 0.5, column: 'median' }]),
        consumers: fc.constant([crew]),
      },
      { requiredKeys: ['consumers'] },
    );
    fc.assert(
      fc.property(contract, contract, (one, other) => {
        expect(what(many(one), many(one))).toEqual([]);
        expect(what(many({ consumers: [] }), many(other))).toEqual([]);
        const more = { ...other, ...one };
        expect(what(many(one), many(more))).toEqual([]);
      }),
      { numRuns: 200, seed: 4 },
    );
  });
});

describe('predictionFindings', () => {
  it('name who must acknowledge it: whom the champion names, whatever the change says of them', () => {
    const intruder = { ...crew, users: ['mallory'] };
    const before = many({ ...three, consumers: [gates, crew] });
    const after = many({ classes: ['early', 'late'], consumers: [intruder] });
    expect(consumersOf(before, after)).toEqual([crew, gates]);
    expect(predictionFindings(before, after, 'models/flights/model.yml')).toEqual([
      {
        code: 'prediction/breaking',
        severity: 'fail',
        message:
          'classes changed, "on time" gone: crew planning (cleo), gates (acme/gates) must acknowledge it',
        where: { file: 'models/flights/model.yml', pointer: '/prediction/classes' },
        found: 'early, late',
        allowed: 'early, on time, late',
        fix: 'Keep what the champion promises, or have crew planning (cleo), gates (acme/gates) approve this pull request.',
      },
    ]);
    const alone = many({ ...three, consumers: [] });
    expect(predictionFindings(alone, many({ consumers: [] }), 'm')[0]?.message).toBe(
      'the list of classes is gone: no consumer is named',
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GateOutcome, MetricResult } from '../evidence/evidence.ts';
import { evaluateGates } from './gate.ts';
import { showNumbers } from './number.ts';
import { resultDigest } from './result-digest.ts';
import { judgementVerdict, verdictOf } from './verdict.ts';

const auc: MetricResult = {
  metric: 'auc',
  slice: null,
  set: 'held-out',
  rows: 500_000,
  higherIsBetter: true,
  grade: 'judged',
  challenger: 0.573,
  challengerInterval: [0.571, 0.575],
  champion: 0.65,
  difference: -0.077,
  differenceInterval: [-0.08, -0.074],
  standardError: null,
  pWorse: null,
  pBetter: null,
  method: 'DeLong',
};

describe('verdictOf', () => {
  const outcome = (result: GateOutcome['result']): GateOutcome => ({
    gate: '',
    metric: '',
    slice: null,
    set: 'held-out',
    result,
    found: '',
    required: '',
    because: '',
    answer: null,
    rowsNeeded: null,
  });
  const results = fc.array(
    fc.constantFrom<GateOutcome['result']>('pass', 'fail', 'not evaluated', 'skipped'),
  );

  it.each([
    [[], 'not evaluated'],
    [['skipped'], 'not evaluated'],
    [['pass', 'skipped'], 'pass'],
    [['pass', 'not evaluated'], 'not evaluated'],
    [['pass', 'not evaluated', 'fail'], 'fail'],
  ] as const)('%j: %s', (all, verdict) => expect(verdictOf(all.map(outcome))).toBe(verdict));

  it('never turns better when an outcome is added that is no pass', () => {
    fc.assert(
      fc.property(
        results,
        fc.constantFrom<GateOutcome['result']>('fail', 'not evaluated', 'skipped'),
        (all, more) => {
          if (verdictOf(all.map(outcome)) !== 'pass')
            expect(verdictOf([...all, more].map(outcome))).not.toBe('pass');
        },
      ),
    );
  });

  it('is no pass beside a finding that something is missing', () => {
    const passing = [{ gates: [outcome('pass')] }];
    const finding = { code: 'judge/labels', message: '', fix: '' };
    expect(judgementVerdict(passing, [])).toBe('pass');
    expect(judgementVerdict(passing, [{ ...finding, severity: 'warn' }])).toBe('pass');
    expect(judgementVerdict(passing, [{ ...finding, severity: 'fail' }])).toBe('not evaluated');
    expect(judgementVerdict([{ gates: [outcome('fail')] }], [{ ...finding, severity: 'fail' }])).toBe('fail');
  });
});

describe('resultDigest', () => {
  const result = {
    artifactDigest: 'sha256:aa',
    heldOut: { featuresDigest: 'sha256:bb', labelsDigest: 'sha256:cc', rows: 3 },
    comparisons: [
      {
        against: 1,
        metrics: [auc],
        gates: evaluateGates([auc], [{ metric: 'auc', min: 0.5 }], {
          against: 1,
          rows: 500_000,
          minimumRows: 100,
        }),
        detail: null,
        explanation: null,
        behaviour: null,
      },
    ],
  } as const;

  it('moves with what was judged and found', () => {
    const digest = resultDigest(result);
    expect(resultDigest(structuredClone(result))).toBe(digest);
    const others = [
      { ...result, artifactDigest: 'sha256:ab' },
      { ...result, heldOut: { ...result.heldOut, labelsDigest: 'sha256:cd' } },
      { ...result, comparisons: [{ ...result.comparisons[0], against: 2 }] },
      { ...result, comparisons: [{ ...result.comparisons[0], metrics: [{ ...auc, challenger: 0.574 }] }] },
    ] as const;
    for (const other of others) expect(resultDigest(other)).not.toBe(digest);
  });

  it('moves with what permuted columns cost: whoever changes predictions of those rows alone has read labels again', () => {
    const explained = (grade: 'measured' | 'claimed', challenger: number) => {
      const feature = { feature: 'a', rank: 1, challenger, champion: null, championRank: null };
      const explanation = { grade, metric: 'auc', features: [feature] };
      return resultDigest({ ...result, comparisons: [{ ...result.comparisons[0], explanation }] });
    };
    expect(explained('measured', 0.1)).not.toBe(explained('measured', 0.2));
    expect(explained('measured', 0.1)).toBe(explained('measured', 0.1));
    expect(explained('claimed', 0.1)).toBe(resultDigest(result));
  });
});

describe('showNumbers', () => {
  it.each([
    [
      [0.5, 0.573],
      ['0.500', '0.573'],
    ],
    [[0.573 - 0.6], ['-0.027']],
    [
      [1e-7, 2],
      ['0.0000001', '2.0000000'],
    ],
    [[-1e-15], ['0.000000000000']],
    [
      [12, 3],
      ['12', '3'],
    ],
    [
      [Number.NaN, 1.5],
      ['NaN', '1.5'],
    ],
  ])('%j', (values, want) => expect(showNumbers(...values)).toEqual(want));
});

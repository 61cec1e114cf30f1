import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Gate } from '../config/policy.ts';
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
const loss: MetricResult = {
  ...auc,
  metric: 'log-loss',
  higherIsBetter: false,
  challenger: 0.5,
  difference: -0.01,
  differenceInterval: [-0.02, -0.002],
};

const context = { against: 1, rows: 500_000, minimumRows: 1_000 };
/** A name that a later configuration might let through. */
const unknown = (name: string) => name as Gate['metric'];
const one = (gate: Gate, metric: MetricResult = auc, changed = {}): GateOutcome => {
  const outcomes = evaluateGates([metric], [gate], { ...context, ...changed });
  expect(outcomes).toHaveLength(1);
  return outcomes[0] as GateOutcome;
};

describe('absolute gates', () => {
  it.each([
    [{ min: 0.573 }, 'pass', '0.573 is exactly the least allowed, 0.573'],
    [{ min: 0.5 }, 'pass', '0.573 is 0.073 above the least allowed, 0.500'],
    [{ min: 0.6 }, 'fail', '0.573 is 0.027 below the least allowed, 0.600'],
    [{ max: 0.6 }, 'pass', '0.573 is 0.027 below the most allowed, 0.600'],
    [{ max: 0.5 }, 'fail', '0.573 is 0.073 above the most allowed, 0.500'],
  ])('%j: %s', (bounds, result, because) => {
    expect(one({ metric: 'auc', ...bounds })).toMatchObject({
      result,
      because,
      found: expect.stringMatching(/^0\.573/),
    });
  });

  it('fails closed on anything that is not finite', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      for (const bounds of [
        { min: 0 },
        { max: 1 },
        { min: Number.NEGATIVE_INFINITY },
        { max: Number.POSITIVE_INFINITY },
      ]) {
        expect(one({ metric: 'auc', ...bounds }, { ...auc, challenger: value }).result).toBe('fail');
      }
      expect(one({ metric: 'auc', min: value }).result).toBe('fail');
      expect(one({ metric: 'auc', max: value }).result).toBe('fail');
    }
  });

  it('makes one outcome for each thing that a gate asks for', () => {
    const outcomes = evaluateGates(
      [auc],
      [{ metric: 'auc', min: 0.5, max: 0.9, versus: 'not-worse', margin: 0.1 }],
      context,
    );
    expect(outcomes.map(({ gate, result }) => [gate, result])).toEqual([
      ['auc min 0.5', 'pass'],
      ['auc max 0.9', 'pass'],
      ['auc not-worse 0.1', 'pass'],
    ]);
  });
});

describe('gates against the champion', () => {
  it('says what was found and what is allowed', () => {
    expect(one({ metric: 'auc', versus: 'not-worse', margin: 0.002 })).toMatchObject({
      gate: 'auc not-worse 0.002',
      metric: 'auc',
      result: 'fail',
      found: '-0.077 (-0.080 to -0.074)',
      required: 'not worse than v1 by more than 0.002',
      because: '0.573 is 0.077 below v1 (95 % interval -0.080 to -0.074); allowed: not more than 0.002 below',
    });
  });

  const difference = (value: number, low: number, high: number, base = auc): MetricResult => ({
    ...base,
    difference: value,
    differenceInterval: [low, high],
  });
  it.each([
    ['not-worse', 0.01, difference(-0.002, -0.009, 0.004), 'pass'],
    ['not-worse', 0.01, difference(-0.002, -0.011, 0.004), 'fail'],
    ['not-worse', 0, difference(0, 0, 0), 'pass'],
    ['not-worse', 0, difference(0.001, -0.001, 0.003), 'fail'],
    ['better', 0, difference(0.008, 0.007, 0.009), 'pass'],
    ['better', 0, difference(0, 0, 0), 'fail'],
    ['better', 0.01, difference(0.012, 0.01, 0.014), 'fail'],
    ['better', 0.01, difference(0.013, 0.011, 0.014), 'pass'],
    ['better', 0, loss, 'pass'],
    ['not-worse', 0, difference(0.01, 0.002, 0.02, loss), 'fail'],
    ['not-worse', 0.03, difference(0.01, 0.002, 0.02, loss), 'pass'],
  ] as const)('%s by %d: %#', (versus, margin, metric, result) => {
    expect(one({ metric: metric.metric as Gate['metric'], versus, margin }, metric).result).toBe(result);
  });

  it('says when the difference may be chance', () => {
    const outcome = one({ metric: 'auc', versus: 'not-worse' }, difference(0.001, -0.001, 0.003));
    expect(outcome.because).toBe(
      '0.573 is 0.001 above v1 (95 % interval -0.001 to 0.003), which may be chance; allowed: not below',
    );
    expect(one({ metric: 'log-loss', versus: 'better' }, loss).because).toContain('required: surely below');
  });

  it.each([
    ['no difference', { difference: null, differenceInterval: null }],
    ['no interval', { differenceInterval: null }],
    ['NaN', { difference: Number.NaN }],
    ['a NaN bound', { differenceInterval: [Number.NaN, 1] as const }],
    ['an infinite bound', { difference: 1, differenceInterval: [0.5, Number.POSITIVE_INFINITY] as const }],
  ])('fails with %s', (_, changed) => {
    for (const versus of ['not-worse', 'better'] as const) {
      expect(one({ metric: 'auc', versus, margin: 0 }, { ...auc, ...changed }).result).toBe('fail');
    }
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('fails with a margin of %d', (margin) => {
    const good = difference(0.5, 0.4, 0.6);
    expect(one({ metric: 'auc', versus: 'better', margin }, good).result).toBe('fail');
    expect(one({ metric: 'auc', versus: 'not-worse', margin }, good).result).toBe('fail');
  });

  it('is skipped without a champion, and only then', () => {
    expect(one({ metric: 'auc', versus: 'better' }, auc, { against: null })).toMatchObject({
      result: 'skipped',
    });
    expect(one({ metric: 'auc', min: 0.9 }, auc, { against: null }).result).toBe('fail');
    expect(one({ metric: unknown('gone'), versus: 'better' }).result).toBe('fail');
  });
});

describe('what is missing never passes', () => {
  it('fails a gate on a metric that was not computed', () => {
    expect(one({ metric: unknown('recall'), min: 0 })).toMatchObject({
      result: 'fail',
      because: 'The metric recall was not computed',
    });
    expect(one({ metric: unknown('__proto__'), min: 0 }).result).toBe('fail');
  });

  it('fails a gate that asks for nothing', () => expect(one({ metric: 'auc' }).result).toBe('fail'));

  it.each([999, 0, Number.NaN, Number.POSITIVE_INFINITY])('evaluates nothing on %d rows', (rows) => {
    const outcome = one({ metric: 'auc', min: 0 }, auc, { rows });
    expect(outcome.result).toBe('not evaluated');
    expect(outcome.because).toContain('at least 1000 are needed');
  });

  it('evaluates nothing when the minimum is not a number', () => {
    expect(one({ metric: 'auc', min: 0 }, auc, { minimumRows: Number.NaN }).result).toBe('not evaluated');
  });
});

describe('verdictOf', () => {
  const outcome = (result: GateOutcome['result']): GateOutcome => ({
    gate: '',
    metric: '',
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
        gates: [one({ metric: 'auc', min: 0.5 })],
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

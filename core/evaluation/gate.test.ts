import { describe, expect, it } from 'vitest';
import type { Gate } from '../config/policy.ts';
import type { GateOutcome, MetricResult } from '../evidence/evidence.ts';
import { evaluateGates } from './gate.ts';

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
      because:
        '0.573 is 0.077 below v1 (95 % interval -0.080 to -0.074): worse; allowed: not more than 0.002 below',
      answer: 'worse',
      rowsNeeded: null,
    });
  });

  /** With the tests that an interval of normal width has. */
  const difference = (value: number, low: number, high: number, base = auc): MetricResult => {
    const [from, to] = base.higherIsBetter ? [low, high] : [-high, -low];
    const sure = 0.001;
    return {
      ...base,
      difference: value,
      differenceInterval: [low, high],
      pBetter: from > 0 ? sure : 0.5,
      pWorse: to < 0 ? sure : 0.5,
    };
  };
  it.each([
    ['not-worse', 0.01, difference(-0.002, -0.009, 0.004), 'pass', 'not worse', null],
    ['not-worse', 0.01, difference(-0.002, -0.011, 0.004), 'not evaluated', 'not enough rows', 640_000],
    ['not-worse', 0.01, difference(-0.03, -0.05, -0.012), 'fail', 'worse', null],
    ['not-worse', 0.01, difference(-0.005, -0.02, -0.001), 'fail', 'worse', null],
    ['not-worse', 0.01, difference(-0.005, -0.009, -0.001), 'pass', 'not worse', null],
    ['not-worse', 0, difference(0, 0, 0), 'pass', 'not worse', null],
    ['not-worse', 0, difference(0, -0.01, 0.01), 'not evaluated', 'not enough rows', null],
    ['not-worse', 0, difference(0.001, -0.001, 0.003), 'not evaluated', 'not enough rows', 2_000_000],
    ['not-worse', 0, difference(0.002, 0.001, 0.003), 'pass', 'better', null],
    ['better', 0, difference(0.008, 0.007, 0.009), 'pass', 'better', null],
    ['better', 0, difference(0, 0, 0), 'fail', 'not worse', null],
    ['better', 0, difference(-0.03, -0.05, -0.012), 'fail', 'worse', null],
    ['better', 0, difference(0.002, -0.002, 0.006), 'not evaluated', 'not enough rows', 2_000_000],
    ['better', 0.01, difference(0.012, 0.01, 0.014), 'not evaluated', 'better', 500_001],
    ['better', 0.01, difference(0.005, 0.004, 0.006), 'fail', 'better', null],
    ['better', 0.01, difference(0.002, -0.001, 0.005), 'fail', 'not worse', null],
    ['better', 0.01, difference(0.013, 0.011, 0.014), 'pass', 'better', null],
    ['better', 0, difference(-0.01, -0.02, -0.002, loss), 'pass', 'better', null],
    ['not-worse', 0, difference(0.01, 0.002, 0.02, loss), 'fail', 'worse', null],
    ['not-worse', 0.03, difference(0.01, 0.002, 0.02, loss), 'pass', 'not worse', null],
  ] as const)('%s by %d: %#', (versus, margin, metric, result, answer, rowsNeeded) => {
    expect(one({ metric: metric.metric, versus, margin }, metric)).toMatchObject({
      ...{ result, answer, rowsNeeded },
    });
  });

  it('says what the rows cannot tell, and about how many would', () => {
    const outcome = one({ metric: 'auc', versus: 'not-worse' }, difference(0.001, -0.001, 0.003));
    expect(outcome.because).toBe(
      '0.573 is 0.001 above v1 (95 % interval -0.001 to 0.003), which may be chance: 500,000 rows do not tell, about 2,000,000 would; allowed: not below',
    );
    const equal = one({ metric: 'auc', versus: 'not-worse' }, difference(0, -0.01, 0.01));
    expect(equal.because).toContain('it lies so near that more would hardly');
    const measured = { ...difference(1, -1, 3), rows: 0, grade: 'measured', metric: 'latency-p99' } as const;
    expect(one({ metric: 'latency-p99', versus: 'better' }, measured).because).toContain('more rounds would');
  });

  it('says that it is worse, within the margin', () => {
    const outcome = one(
      { metric: 'auc', versus: 'not-worse', margin: 0.01 },
      difference(-0.005, -0.009, -0.001),
    );
    expect(outcome.because).toBe(
      '0.573 is 0.005 below v1 (95 % interval -0.009 to -0.001): worse, within the margin; allowed: not more than 0.01 below',
    );
  });

  it('is never better without a test that says so', () => {
    const untested = { ...difference(0.008, 0.007, 0.009), pBetter: null };
    expect(one({ metric: 'auc', versus: 'better' }, untested)).toMatchObject({
      result: 'fail',
      answer: null,
    });
    expect(one({ metric: 'auc', versus: 'not-worse' }, untested)).toMatchObject({ answer: 'not worse' });
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
    expect(one({ metric: 'gone', versus: 'better' }).result).toBe('fail');
  });
});

describe('what is missing never passes', () => {
  it('fails a gate on a metric that was not computed', () => {
    expect(one({ metric: 'recall', min: 0 })).toMatchObject({
      result: 'fail',
      because: 'The metric recall was not computed',
    });
    expect(one({ metric: '__proto__', min: 0 }).result).toBe('fail');
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

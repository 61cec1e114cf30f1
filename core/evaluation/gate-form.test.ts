import { describe, expect, it } from 'vitest';
import type { Gate } from '../config/policy.ts';
import type { GateOutcome, MetricResult } from '../evidence/evidence.ts';
import { evaluateGates } from './gate.ts';

const auc: MetricResult = {
  metric: 'auc',
  slice: null,
  set: 'held-out',
  rows: 5_000,
  higherIsBetter: true,
  grade: 'judged',
  challenger: 0.86,
  challengerInterval: [0.85, 0.87],
  champion: 0.85,
  difference: 0.01,
  differenceInterval: [0.004, 0.016],
  standardError: 0.003,
  pWorse: 0.999,
  pBetter: 0.0005,
  method: 'DeLong',
};
const latency: MetricResult = {
  ...auc,
  metric: 'latency-p99',
  rows: 0,
  higherIsBetter: false,
  grade: 'measured',
  challenger: 41,
  challengerInterval: [39, 44],
  champion: 40,
  difference: 1,
  differenceInterval: [-0.5, 2.5],
  pWorse: 0.1,
  pBetter: 0.9,
};
const size: MetricResult = {
  ...latency,
  metric: 'size-bytes',
  challenger: 110,
  challengerInterval: [110, 110],
  champion: 100,
  difference: 10,
  differenceInterval: [10, 10],
  standardError: 0,
  pWorse: 0,
  pBetter: 1,
};
const slice = (name: string, difference: number, pWorse: number | null, rows = 400): MetricResult => ({
  ...auc,
  slice: name,
  rows,
  difference,
  differenceInterval: [difference - 0.01, difference + 0.01],
  pWorse,
  pBetter: pWorse === null ? null : 1 - pWorse,
});

const context = { against: 6, rows: 5_000, minimumRows: 1_000 };
const one = (gate: Gate, metrics: readonly MetricResult[] = [auc], changed = {}): GateOutcome => {
  const outcomes = evaluateGates(metrics, [gate], { ...context, ...changed });
  expect(outcomes).toHaveLength(1);
  return outcomes[0] as GateOutcome;
};

describe('limits on the end of an interval', () => {
  it.each([
    [{ min: 0.85 }, 'pass', '0.85 is exactly the least allowed, 0.85, by the lower end', null],
    [{ min: 0.855 }, 'not evaluated', '5,000 rows do not tell, about 20,000 would', 20_000],
    [{ min: 0.9 }, 'fail', '0.86 is 0.04 below the least allowed, 0.90', null],
    [{ max: 0.87 }, 'pass', '0.87 is exactly the most allowed, 0.87, by the upper end', null],
    [{ max: 0.865 }, 'not evaluated', 'about 20,000 would', 20_000],
  ] as const)('%j: %s', (bounds, result, because, rowsNeeded) => {
    const outcome = one({ metric: 'auc', at: 'bound', ...bounds });
    expect(outcome).toMatchObject({ result, rowsNeeded, answer: null, found: '0.86 (0.85 to 0.87)' });
    expect(outcome.because).toContain(because);
  });

  it('says in name and requirement that the whole interval counts', () => {
    expect(one({ metric: 'auc', at: 'bound', min: 0.8 })).toMatchObject({
      gate: 'auc min 0.8 at bound',
      required: 'at least 0.8, by the whole interval',
    });
  });

  it('fails without an interval', () => {
    const bare = { ...auc, challengerInterval: null };
    expect(one({ metric: 'auc', at: 'bound', min: 0.1 }, [bare]).result).toBe('fail');
    expect(one({ metric: 'auc', min: 0.1 }, [bare]).result).toBe('pass');
  });
});

describe('shares of the champion', () => {
  it.each([
    [{ versus: 'better', margin: 0.001, relative: true }, auc, 'pass'],
    [{ versus: 'better', margin: 0.02, relative: true }, auc, 'fail'],
    [{ versus: 'better', margin: 0.01, relative: true }, auc, 'not evaluated'],
    [{ versus: 'not-worse', margin: 0.02, relative: true }, auc, 'pass'],
    [{ versus: 'not-worse', margin: 0.07, relative: true }, latency, 'pass'],
    [{ versus: 'not-worse', margin: 0.05, relative: true }, latency, 'not evaluated'],
    [{ ratio: 1.1 }, latency, 'pass'],
    [{ ratio: 1.03 }, latency, 'not evaluated'],
    [{ ratio: 0.9 }, latency, 'fail'],
    [{ ratio: 1.1 }, size, 'pass'],
    [{ ratio: 1.09 }, size, 'fail'],
    [{ ratio: 0.99 }, auc, 'pass'],
    [{ ratio: 1.004 }, auc, 'pass'],
    [{ ratio: 1.02 }, auc, 'fail'],
  ] as const)('%j of %j: %s', (asked, metric, result) => {
    expect(one({ metric: metric.metric, ...asked }, [metric]).result).toBe(result);
  });

  it('says the share and what it comes to', () => {
    expect(one({ metric: 'auc', versus: 'better', margin: 0.02, relative: true })).toMatchObject({
      gate: 'auc better 2 %',
      required: 'better than v6 by more than 2 % of its value: by more than 0.017',
      because:
        '0.86 is 0.010 above v6 (95 % interval 0.004 to 0.016): better, but not by as much; required: more than 0.017 above',
    });
    expect(one({ metric: 'size-bytes', ratio: 1.09 }, [size])).toMatchObject({
      gate: 'size-bytes ratio 1.09',
      required: 'no more than 1.09 times v6',
      because: '110 is 10 above v6: worse; allowed: not more than 9 above',
    });
  });

  it('takes a share of a negative champion for a distance, and no ratio to it', () => {
    const r2 = { ...auc, metric: 'r2', champion: -0.5, challenger: -0.49 };
    expect(one({ metric: 'r2', versus: 'not-worse', margin: 0.1, relative: true }, [r2]).result).toBe('pass');
    for (const champion of [-0.5, 0]) {
      const outcome = one({ metric: 'r2', ratio: 0.9 }, [{ ...r2, champion }]);
      expect(outcome).toMatchObject({ result: 'fail', because: expect.stringContaining('no ratio') });
    }
    const bare = { ...auc, champion: null };
    expect(one({ metric: 'auc', versus: 'better', margin: 0, relative: true }, [bare]).result).toBe('fail');
  });
});

describe('a noise floor', () => {
  const gate = { metric: 'auc', versus: 'better', margin: 0 } as const;

  it('is what a gain must exceed', () => {
    expect(one({ ...gate, noise: 0.003 }).result).toBe('pass');
    expect(one({ ...gate, noise: 0.005 })).toMatchObject({ result: 'not evaluated', answer: 'better' });
    const outcome = one({ ...gate, noise: 0.02 });
    expect(outcome).toMatchObject({ result: 'fail', answer: 'better' });
    expect(outcome.because).toContain('more than 0.02 above, since trainings of the same thing differ');
    expect(one({ ...gate, noise: Number.NaN }).result).toBe('fail');
  });

  it('says nothing of what must not be worse', () => {
    expect(one({ metric: 'auc', versus: 'not-worse', margin: 0, noise: 1 }).result).toBe('pass');
  });
});

describe('slices', () => {
  const gate = { metric: 'auc', slices: { margin: 0.01 } } as const;

  it.each([
    ['none falls', [slice('a=1', 0.02, 0.9), slice('a=2', 0.01, 0.8)], 'pass', '0 of 2 slices fall'],
    ['one falls', [slice('a=1', -0.05, 0.001), slice('a=2', 0.01, 0.8)], 'fail', '1 of 2 slices fall'],
    ['within the margin', [slice('a=1', -0.009, 0.0001)], 'pass', '0 of 1 slices fall'],
    ['may be chance', [slice('a=1', -0.05, 0.06)], 'pass', '0 of 1 slices fall'],
    [
      'chance among many',
      [slice('a=1', -0.05, 0.02), ...[1, 2, 3].map((at) => slice(`b=${at}`, 0.01, 0.9))],
      'pass',
      '0 of 4 slices fall',
    ],
    ['some without rows', [slice('a=1', 0.02, 0.9), slice('a=2', 0, null)], 'pass', ', 1 not evaluated'],
    ['all without rows', [slice('a=1', 0, null)], 'not evaluated', '0 of 1 slices'],
    ['none at all', [auc], 'fail', '-'],
  ])('%s', (_, metrics, result, found) => {
    const outcome = one(gate, metrics);
    expect(outcome).toMatchObject({ result, gate: 'auc slices 0.01' });
    expect(outcome.found).toContain(found);
  });

  it('names the slices that fall, worst first', () => {
    const metrics = [slice('a=1', -0.03, 0.001), slice('a=2', -0.05, 0.001, 1_200)];
    expect(one(gate, metrics)).toMatchObject({
      required: 'no slice worse than v6 by more than 0.01',
      because:
        '2 slices fall against v6: a=2 (0.05 below, 95 % interval -0.06 to -0.04, 1,200 rows), a=1 (0.03 below, 95 % interval -0.04 to -0.02, 400 rows); allowed: not more than 0.01 worse',
      answer: 'worse',
    });
    expect(one(gate, [slice('a=1', -0.02, 0.2)]).because).toContain('which may be chance');
  });

  it('is skipped without a champion, and can be named by itself', () => {
    expect(one(gate, [], { against: null }).result).toBe('skipped');
    const named = { metric: 'auc', slice: 'a=1', min: 0.8 } as const;
    expect(one(named, [slice('a=1', 0, 0.5)])).toMatchObject({ gate: 'auc min 0.8 on a=1', result: 'pass' });
    expect(one(named)).toMatchObject({
      result: 'fail',
      because: 'The metric auc was not computed on the slice a=1',
    });
  });
});

describe('several comparisons of the same rows', () => {
  const near = { ...auc, pBetter: 0.02, differenceInterval: [0.001, 0.019] } as const;
  const f1 = { ...auc, metric: 'f1', pBetter: 0.4, pWorse: 0.6, differenceInterval: [-0.01, 0.03] } as const;
  const better = { metric: 'auc', versus: 'better', margin: 0 } as const;
  const other = { metric: 'f1', versus: 'not-worse', margin: 0.05 } as const;
  const first = (gates: readonly Gate[], metrics: readonly MetricResult[] = [near, f1]) =>
    evaluateGates(metrics, [better, ...gates], context)[0];

  it('call one better only if it is so among all of them', () => {
    expect(first([])).toMatchObject({ result: 'pass', answer: 'better' });
    expect(first([other])).toMatchObject({ result: 'not evaluated', answer: 'not enough rows' });
    expect(first([other])?.rowsNeeded).toBeGreaterThan(5_000);
    const [, notWorse] = evaluateGates([near, f1], [other, { ...better, versus: 'not-worse' }], context);
    expect(notWorse).toMatchObject({ result: 'pass', answer: 'not worse' });
  });

  it('count a metric once, a missing one as well, and those of other rows not at all', () => {
    expect(first([{ ...better, versus: 'not-worse' }])).toMatchObject({ result: 'pass' });
    expect(first([other], [near])).toMatchObject({ result: 'not evaluated' });
    const elsewhere = [
      { ...other, slice: 'a=1' },
      { ...other, set: 'production-like' as const },
    ];
    expect(first(elsewhere)).toMatchObject({ result: 'pass' });
  });

  it('call one worse only if it is so among all of them', () => {
    const low = { ...auc, difference: -0.01, differenceInterval: [-0.019, -0.001], pWorse: 0.02 } as const;
    const gate = { ...better, versus: 'not-worse' } as const;
    expect(evaluateGates([low], [gate], context)[0]).toMatchObject({ result: 'fail', answer: 'worse' });
    const [among] = evaluateGates([low, f1], [gate, other], context);
    expect(among).toMatchObject({ result: 'not evaluated', answer: 'not enough rows' });
  });
});

describe('rows as production sends them', () => {
  const spoiled = { ...auc, set: 'production-like', challenger: 0.83 } as const;

  it('may lose so much', () => {
    expect(one({ metric: 'auc', drop: 0.03 }, [auc, spoiled])).toMatchObject({
      result: 'pass',
      gate: 'auc drop 0.03 on production-like rows',
      because:
        '0.83 on production-like rows is 0.03 worse than on the held-out ones (0.86); allowed: not more than 0.03 worse',
    });
    expect(one({ metric: 'auc', drop: 0.02 }, [auc, spoiled]).result).toBe('fail');
    const better = { ...spoiled, challenger: 0.87 };
    expect(one({ metric: 'auc', drop: 0 }, [auc, better]).because).toContain('0.01 better than on');
    const lower = { higherIsBetter: false } as const;
    expect(
      one({ metric: 'auc', drop: 0.02 }, [
        { ...auc, ...lower },
        { ...better, ...lower },
      ]).result,
    ).toBe('pass');
    expect(one({ metric: 'auc', drop: 0.02 }, [auc, { ...spoiled, ...lower }]).result).toBe('fail');
    const [before, after] = [
      { ...auc, ...lower },
      { ...spoiled, ...lower, challenger: 0.89 },
    ];
    expect(one({ metric: 'auc', drop: 0.02 }, [before, after]).result).toBe('fail');
    expect(one({ metric: 'auc', drop: 0.03 }, [before, after]).because).toContain('0.03 worse than on');
  });

  it('has limits and comparisons of its own', () => {
    const gate = { metric: 'auc', set: 'production-like', min: 0.84 } as const;
    expect(one(gate, [auc, spoiled])).toMatchObject({
      result: 'fail',
      gate: 'auc min 0.84 on production-like rows',
    });
  });

  it('fails where they were not scored', () => {
    const because = 'The metric auc was not computed on production-like rows';
    expect(one({ metric: 'auc', drop: 0.5 })).toMatchObject({ result: 'fail', because });
    expect(one({ metric: 'auc', set: 'production-like', min: 0 })).toMatchObject({ result: 'fail', because });
  });
});

describe('grades', () => {
  it.each([
    ['auc', 'judged', undefined, 'pass'],
    ['auc', 'measured', undefined, 'fail'],
    ['auc', 'measured', 'measured', 'pass'],
    ['auc', 'claimed', 'measured', 'fail'],
    ['latency-p99', 'measured', undefined, 'pass'],
    ['latency-p99', 'measured', 'judged', 'fail'],
    ['latency-p99', 'claimed', undefined, 'fail'],
    ['score:helpful', 'measured', undefined, 'pass'],
  ] as const)('%s that is %s, where the gate takes %s: %s', (metric, grade, accepted, result) => {
    const gate = { metric, min: 0, ...(accepted === undefined ? {} : { grade: accepted }) };
    expect(one(gate, [{ ...auc, metric, grade }]).result).toBe(result);
  });

  it('says which grade it takes, of slices and sets as well', () => {
    const claimed = { ...auc, grade: 'claimed' } as const;
    const because = 'The metric auc is claimed, and this gate takes only what is judged';
    expect(one({ metric: 'auc', min: 0 }, [claimed])).toMatchObject({ because, found: 'claimed' });
    const spoiled = { ...claimed, set: 'production-like' } as const;
    expect(one({ metric: 'auc', drop: 1 }, [auc, spoiled])).toMatchObject({ result: 'fail', because });
    const slices = [{ ...slice('a=1', 0.1, 0.9), grade: 'claimed' } as const];
    expect(one({ metric: 'auc', slices: { margin: 0 } }, slices)).toMatchObject({ result: 'fail', because });
  });
});

it('finds groups by their column, and cases of a suite without an interval', () => {
  const groups = { ...auc, metric: 'disparate-impact-ratio by sex' };
  expect(one({ metric: 'disparate-impact-ratio', by: 'sex', min: 0.8 }, [groups])).toMatchObject({
    ...{
      gate: 'disparate-impact-ratio by sex min 0.8',
      metric: 'disparate-impact-ratio by sex',
      result: 'pass',
    },
  });
  const suite = {
    ...latency,
    metric: 'behaviour-pass-rate',
    higherIsBetter: true,
    pWorse: null,
    pBetter: null,
  };
  const cases = { ...suite, challengerInterval: null, differenceInterval: null };
  const versus = { metric: 'behaviour-pass-rate', versus: 'better', margin: 0 } as const;
  expect(one(versus, [{ ...cases, difference: 0.1 }]).result).toBe('pass');
  expect(one(versus, [{ ...cases, difference: 0 }]).result).toBe('fail');
});

import { describe, expect, it } from 'vitest';
import { prepareAll } from '../metric/metric-bundle.ts';
import { findMetric } from '../metric/metric-table.ts';
import { drawBinary, toBinary } from './compare.fixture.ts';
import { compareModels } from './compare.ts';
import { compareScores } from './compare-scores.ts';
import { takePart } from './compared-part.ts';
import { leaveOut } from './leave-out.ts';

const { labels, see } = drawBinary(2_400, 21);
const [challenger, champion] = [see(0.3), see(0.6)];
const base = toBinary(labels, challenger, champion, { seed: 1, resamples: 60, metrics: ['brier'] });

describe('what cannot be measured', () => {
  it('a metric of other predictions is missing, with what it needs, in closed form and resampled', () => {
    const classes = { kind: 'class', values: new Uint16Array(2_400) } as const;
    const found = compareModels({ ...base, metrics: ['auc', 'brier', 'f1'], challenger: classes });
    expect(found.metrics).toEqual([]);
    expect(found.findings.map(({ code, message }) => [code, message.split(' ')[0]])).toEqual([
      ['evaluation/metric-undefined', 'auc'],
      ['evaluation/metric-undefined', 'brier'],
      ['evaluation/metric-undefined', 'f1'],
    ]);
  });

  it('a champion of another kind leaves the challenger its AUC and its mean', () => {
    const classes = { kind: 'class', values: new Uint16Array(2_400) } as const;
    for (const one of compareModels({ ...base, metrics: ['auc', 'brier'], champion: classes }).metrics)
      expect(one).toMatchObject({
        champion: null,
        difference: null,
        challengerInterval: [expect.any(Number), expect.any(Number)],
      });
  });

  it('a metric that slices alone name and nobody knows is one finding', () => {
    const rows = Uint32Array.from({ length: 200 }, (_, at) => at);
    const slices = ['a', 'b'].map((name) => ({ name, rows }));
    expect(compareModels({ ...base, slices, sliceMetrics: ['nope'] }).findings).toMatchObject([
      { code: 'evaluation/metric-unknown', severity: 'fail' },
    ]);
  });

  it('weights or groups of other rows are a fault of the caller', () => {
    expect(() => compareModels({ ...base, weights: new Float64Array(3) })).toThrow(TypeError);
    expect(() => compareModels({ ...base, groups: new Uint32Array(3) })).toThrow(TypeError);
  });

  it('nothing is known of rows without truth whose predictions bring none', () => {
    const found = compareModels({ ...base, truth: { kind: 'none' } });
    expect(found.findings).toMatchObject([{ message: 'brier has no value: there are no rows' }]);
  });

  it('rows without any weight have no mean', () => {
    const found = compareModels({ ...base, weights: new Float64Array(2_400) });
    expect(found.metrics).toEqual([]);
    expect(found.findings).toMatchObject([{ code: 'evaluation/metric-undefined' }]);
  });

  it.each([1, 9])('%d groups have no spread that says anything: no interval, so no gate passes', (count) => {
    const groups = Uint32Array.from({ length: 2_400 }, (_, row) => row % count);
    const [one] = compareModels({ ...base, groups }).metrics;
    expect(one?.method).toMatch(new RegExp(`\\(no interval\\), 60 resamples of ${count} groups`));
    expect(one).toMatchObject({ differenceInterval: null, pWorse: null, pBetter: null });
  });
});

describe('leaveOut', () => {
  const metric = findMetric('brier', base.context);
  if (metric === null) throw new Error('no brier');
  const groupsOf = (size: number) => Uint32Array.from({ length: 2_400 }, (_, row) => Math.floor(row / size));
  const weights = Float64Array.from({ length: 2_400 }, (_, row) => row % 3);
  const leave = (input: typeof base) => {
    const part = takePart(input, null);
    const evaluate = prepareAll([metric], part.challenger);
    return leaveOut(part, (with_, out) => evaluate(with_, out), [metric], [])[0];
  };

  it.each([
    ['groups', { groups: groupsOf(2) }],
    ['weighted rows in groups', { groups: groupsOf(3), weights }],
  ])('has the same values by sums as one by one: %s', (_, more) => {
    const many = leave({ ...base, ...more });
    const part = takePart({ ...base, ...more }, null);
    const evaluate = metric.prepare(part.challenger);
    const without = Float64Array.from({ length: 2_400 }, (_, row) =>
      part.units.ofRow?.[row] === 5 ? 0 : (part.weights?.[row] ?? 1),
    );
    expect(many).toHaveLength(part.units.count);
    expect(many?.[5]).toBeCloseTo(evaluate(without), 12);
  });

  it('is BCa for a mean of many groups, percentile for what has no sums', () => {
    const groups = Uint32Array.from({ length: 2_400 }, (_, row) => Math.floor(row / 1.1));
    const methods = compareModels({ ...base, groups, metrics: ['brier', 'f1'] }).metrics.map(
      ({ method }) => method,
    );
    expect(methods[0]).toContain('(BCa)');
    expect(methods[1]).toContain('(percentile)');
  });

  it('weighs rows in the acceleration as in the value', () => {
    const few = toBinary(labels.slice(0, 90), challenger.slice(0, 90), champion.slice(0, 90), {
      seed: 1,
      resamples: 60,
      metrics: ['brier', 'f1'],
    });
    const weighted = compareModels({ ...few, weights: weights.slice(0, 90) }).metrics;
    const kept = [...labels.keys()].slice(0, 90).filter((row) => row % 3 > 0);
    expect(weighted.every(({ method }) => method.includes('(BCa)'))).toBe(true);
    expect(kept).toHaveLength(60);
  });
});

describe('compareScores', () => {
  it('shows the four metrics of two classes', () => {
    const { metrics } = compareScores({ labels, challenger, champion: null, seed: 1 });
    expect(metrics.map(({ metric }) => metric)).toEqual(['auc', 'log-loss', 'brier', 'accuracy']);
    expect(compareScores({ labels, challenger, champion, seed: 1 }).metrics[0]?.pBetter).toBeLessThan(1e-6);
  });
});

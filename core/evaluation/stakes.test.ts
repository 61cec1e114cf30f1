import { describe, expect, it } from 'vitest';
import type { MetricResult } from '../evidence/evidence.ts';
import { seedGenerator } from '../statistics/mulberry32.ts';
import { toBinary } from './compare.fixture.ts';
import { type CompareInput, compareModels } from './compare.ts';
import { evaluateGates } from './gate.ts';

/* What was not seen on these rows may be on the next: no interval is so narrow that it denies that. */

const find = (results: readonly MetricResult[], name: string): MetricResult => {
  const found = results.find(({ metric }) => metric === name);
  if (found === undefined) throw new Error(name);
  return found;
};

/** A champion that is right on 9 of 10 rows, and a challenger that is wrong on `lost` of them besides. */
function drawLost(rows: number, lost: number, seed: number): Pick<CompareInput, 'truth'> & CompareInput {
  const next = seedGenerator(seed);
  const labels = Uint8Array.from({ length: rows }, () => (next() < 0.5 ? 1 : 0));
  const champion = Float64Array.from(labels, (label) => (next() < 0.9 ? label : 1 - label) * 0.6 + 0.2);
  const challenger = champion.map((score, row) => {
    const isRight = score >= 0.5 === (labels[row] === 1);
    return isRight && next() < lost / rows / 0.9 ? 1 - score : score + 0.001 * next();
  });
  return toBinary(labels, challenger, champion, {
    seed: 1,
    resamples: 200,
    metrics: ['accuracy', 'recall', 'f1'],
  });
}

describe('few rows on which models differ', () => {
  it.each([
    [300, 2],
    [300, 5],
    [1_000, 3],
  ])('%d rows, %d of them lost: what is worse by the margin rarely passes', (rows, lost) => {
    const runs = 40;
    const passed = { accuracy: 0, recall: 0 };
    for (let run = 0; run < runs; run++) {
      const { metrics } = compareModels(drawLost(rows, lost, rows * 1_000 + run));
      for (const metric of ['accuracy', 'recall'] as const) {
        const gate = { metric, versus: 'not-worse', margin: lost / rows } as const;
        const [outcome] = evaluateGates(metrics, [gate], { against: 1, rows, minimumRows: 100 });
        if (outcome?.result === 'pass') passed[metric]++;
      }
    }
    // Without the rule of three a third of them did, where one in forty may.
    expect(passed.accuracy / runs).toBeLessThanOrEqual(0.076);
    expect(passed.recall / runs).toBeLessThanOrEqual(0.076);
  });

  it('no row at all says what the rule of three says, and not that there is none', () => {
    const input = drawLost(1_000, 0, 3);
    const { metrics } = compareModels(input);
    const [low, high] = find(metrics, 'accuracy').differenceInterval as readonly [number, number];
    expect([find(metrics, 'accuracy').difference, find(metrics, 'recall').difference]).toEqual([0, 0]);
    expect(low).toBeGreaterThan(-0.0045);
    expect(low).toBeLessThan(-0.0036);
    expect(high).toBe(-low);
    // Recall rests on the rows of its class.
    expect(find(metrics, 'recall').differenceInterval?.[0]).toBeLessThan(-0.007);
    const { challenger } = input;
    for (const one of compareModels({ ...input, champion: challenger }).metrics)
      expect(one).toMatchObject({ difference: 0, differenceInterval: [0, 0] });
  });

  it('a model that is always right is not known to be so', () => {
    const labels = Uint8Array.from({ length: 1_200 }, (_, row) => row % 2);
    const { metrics } = compareModels(
      toBinary(labels, Float64Array.from(labels), null, { seed: 1, resamples: 200 }),
    );
    for (const [name, most] of [
      ['accuracy', 0.997],
      ['auc', 0.995],
      ['f1', 0.995],
      ['recall', 0.995],
    ] as const) {
      const { challenger, challengerInterval } = find(metrics, name);
      expect(challenger).toBe(1);
      expect(challengerInterval?.[0]).toBeLessThanOrEqual(most);
      expect(challengerInterval?.[1]).toBe(1);
    }
  });
});

describe('rows that hardly count', () => {
  it('one row that outweighs all others leaves no interval, and no closed form', () => {
    const { truth, ...input } = drawLost(1_200, 40, 5);
    const weights = new Float64Array(1_200).fill(1e-9);
    weights[7] = 1;
    for (const one of compareModels({ ...input, truth, weights }).metrics)
      expect(one).toMatchObject({ differenceInterval: null, pWorse: null, pBetter: null });
    const few = new Float64Array(1_200).map((_, row) => (row < 300 ? 1e300 : 0));
    const { metrics } = compareModels({ ...input, truth, weights: few });
    expect(find(metrics, 'accuracy').method).toMatch(/bootstrap/);
    expect(find(metrics, 'accuracy').differenceInterval).not.toBeNull();
  });

  it('one group that holds nearly all rows tells no more than one', () => {
    const { truth, ...input } = drawLost(600, 40, 6);
    const groups = Uint32Array.from({ length: 600 }, (_, row) => (row < 560 ? 0 : row - 559));
    for (const one of compareModels({ ...input, truth, groups }).metrics)
      expect(one.differenceInterval).toBeNull();
  });
});

describe('few rows of a class', () => {
  it('leave no interval to what weighs one class against the other, and do to a mean over rows', () => {
    const labels = Uint8Array.from({ length: 400 }, (_, row) => (row < 9 ? 1 : 0));
    const next = seedGenerator(8);
    const see = () => Float64Array.from(labels, (label) => 0.3 * label + 0.6 * next());
    const metrics = ['auc', 'recall', 'f1', 'accuracy', 'brier'];
    const compare = () => compareModels(toBinary(labels, see(), see(), { seed: 1, resamples: 200, metrics }));
    const intervals = (of: readonly MetricResult[]) =>
      of.map((one) => [one.metric, one.differenceInterval !== null, one.pWorse !== null]);
    const told = (name: string, known: boolean) => [name, known, known];
    expect(intervals(compare().metrics)).toEqual([
      ...['auc', 'recall', 'f1'].map((name) => told(name, false)),
      ...['accuracy', 'brier'].map((name) => told(name, true)),
    ]);
    labels[9] = 1;
    expect(intervals(compare().metrics)).toEqual(metrics.map((name) => told(name, true)));
  });
});

describe('gaps, which chance makes larger', () => {
  /** A champion that is calibrated, and a challenger that says too much. */
  function drawCalibrated(rows: number, seed: number): CompareInput {
    const next = seedGenerator(seed);
    const champion = Float64Array.from({ length: rows }, () => 0.05 + 0.8 * next());
    const labels = Uint8Array.from(champion, (score) => (next() < score ? 1 : 0));
    const challenger = champion.map((score) => score + 0.05);
    return toBinary(labels, challenger, champion, { seed: 1, resamples: 200, metrics: ['ece'] });
  }

  it('a calibration that is worse by the margin rarely passes, though few rows make both look alike', () => {
    const runs = 40;
    let passed = 0;
    for (let run = 0; run < runs; run++) {
      const { metrics } = compareModels(drawCalibrated(600, run + 1));
      const gate = { metric: 'ece', versus: 'not-worse', margin: 0.05 } as const;
      const [outcome] = evaluateGates(metrics, [gate], { against: 1, rows: 600, minimumRows: 100 });
      if (outcome?.result === 'pass') passed++;
    }
    expect(passed / runs).toBeLessThanOrEqual(0.076);
  });

  it('the interval of one model reaches down to what it may truly be, and is not beside its value', () => {
    const { metrics } = compareModels({ ...drawCalibrated(600, 2), champion: null });
    const { challenger, challengerInterval } = find(metrics, 'ece');
    expect(challengerInterval?.[0]).toBeLessThan(0.05);
    expect(challengerInterval?.[0]).toBeLessThanOrEqual(challenger);
    expect(challengerInterval?.[1]).toBeGreaterThanOrEqual(challenger);
  });
});

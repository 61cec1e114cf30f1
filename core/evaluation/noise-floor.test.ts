import { describe, expect, it } from 'vitest';
import type { Sample } from '../metric/sample.ts';
import { drawBinary } from './compare.fixture.ts';
import { measureNoiseFloor } from './noise-floor.ts';

const context = { task: 'binary-classification' } as const;

describe('measureNoiseFloor', () => {
  const { labels, see } = drawBinary(2_000, 6);
  const toSample = (values: Float64Array): Sample => ({
    truth: { kind: 'binary', values: labels },
    predicted: { kind: 'score', values },
    rows: labels.length,
    threshold: 0.5,
  });

  it('is the spread of a metric between seeds, as two trainings differ', () => {
    const right = (share: number) =>
      toSample(Float64Array.from(labels, (label, row) => (row < share * 2_000 ? label : 1 - label)));
    const floor = measureNoiseFloor([right(0.9), right(0.91), right(0.92)], ['accuracy'], context);
    expect(floor.get('accuracy')).toBeCloseTo(1.959964 * Math.SQRT2 * 0.01, 9);
  });

  it('is nothing for models that agree, and larger for models that do not', () => {
    const one = toSample(see(0.3));
    expect(measureNoiseFloor([one, one, one], ['auc', 'brier'], context)).toEqual(
      new Map([
        ['auc', 0],
        ['brier', 0],
      ]),
    );
    const spread = measureNoiseFloor(
      [0.1, 0.5, 0.9].map((noise) => toSample(see(noise))),
      ['auc', 'brier'],
      context,
    );
    expect(spread.get('auc')).toBeGreaterThan(0.01);
  });

  it('says nothing from one seed, of an unknown metric, or where one has no value', () => {
    const one = toSample(see(0.3));
    expect(measureNoiseFloor([one], ['auc'], context).size).toBe(0);
    expect(measureNoiseFloor([one, one], ['nope'], context).size).toBe(0);
    const broken = toSample(new Float64Array(2_000).fill(Number.NaN));
    expect(measureNoiseFloor([one, broken], ['brier'], context).size).toBe(0);
    const short = { ...one, rows: 3 };
    expect(measureNoiseFloor([one, short], ['brier'], context).size).toBe(0);
  });
});

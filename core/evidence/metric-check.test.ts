import { describe, expect, it } from 'vitest';
import { checkMetrics } from './metric-check.ts';
import { honestWorld } from './receipt.fixture.ts';
import { metric } from './refusal.fixture.ts';

const number = { kind: 'number', value: 1 } as const;

describe('the direction of a result', () => {
  it.each([
    ['auc', true, {}, 0],
    ['auc', false, {}, 1],
    ['recall:late', false, {}, 1],
    ['f-beta@2', false, {}, 1],
    ['disparate-impact-ratio by sex', false, {}, 1],
    // Names that another task has are free in this one, and directions are then the team's.
    ['rmse', true, { metrics: [{ name: 'rmse', expression: number, higherIsBetter: true }] }, 0],
    ['rmse', false, { metrics: [{ name: 'rmse', expression: number, higherIsBetter: true }] }, 1],
    ['profit', true, { metrics: [{ name: 'profit', expression: number, higherIsBetter: true }] }, 0],
    ['profit', false, { metrics: [{ name: 'profit', expression: number, higherIsBetter: true }] }, 1],
    ['no one knows', false, {}, 0],
  ] as const)('%s with "higher is better" %s', (name, higherIsBetter, declared, faults) => {
    const evidence = metric({ metric: name, higherIsBetter })(honestWorld().evidence);
    expect(checkMetrics(evidence, declared)).toHaveLength(faults);
  });

  it('of a scorer is what model.yml declares', () => {
    const range = { min: 0, max: 1 };
    const scorers = [{ name: 'toxicity', higherIsBetter: false, range }];
    const said = (higherIsBetter: boolean) =>
      metric({ metric: 'score:toxicity', grade: 'measured', higherIsBetter })(honestWorld().evidence);
    expect(checkMetrics(said(false), { scorers })).toEqual([]);
    expect(checkMetrics(said(true), { scorers })[0]?.message).toMatch(/higher values are better/);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fairnessNames, metricForms } from '../config/metric-form.ts';
import { tasks } from '../config/model.ts';
import { findMetric } from './metric-table.ts';
import { makeBinary } from './sample.fixture.ts';

const scorers = [{ name: 'help', higherIsBetter: false, range: { min: 1, max: 5 } }];

describe('findMetric', () => {
  it.each(tasks)('knows every name that a gate of %s can write', (task) => {
    const suffixes = { beta: '@2', quantile: '@0.9', cutoff: '@10' };
    for (const { base, parameter, of } of metricForms[task]) {
      const own = of === 'column' ? ':help' : of === 'class' ? ':late' : '';
      const name = `${base}${parameter === undefined ? '' : suffixes[parameter]}${own}`;
      const metric = findMetric(name, { task, scorers });
      expect([name, metric?.name, metric?.tasks.includes(task)]).toEqual([name, name, true]);
    }
  });

  it('knows fairness between the groups of a column, before and after they are read', () => {
    const task = 'binary-classification';
    const groups = new Map([['sex', { names: ['f', 'm'], values: Uint16Array.of(0, 1) }]]);
    for (const base of fairnessNames) {
      const name = `${base} by sex`;
      expect(findMetric(name, { task, groups })?.name).toBe(name);
      expect(findMetric(`${base} by age`, { task, groups })).toBeNull();
      const early = findMetric(name, { task });
      expect(() => early?.prepare(makeBinary([1, 0], [1, 0]))).toThrow(/the group of each row/);
      expect(findMetric(name, { task: 'regression', groups })).toBeNull();
      expect(findMetric(base, { task, groups })).toBeNull();
    }
    expect(findMetric('auc by sex', { task, groups })).toBeNull();
    const metric = findMetric('disparate-impact-ratio by sex', { task, groups });
    expect(() => metric?.prepare(makeBinary([1, 0, 1], [1, 0, 1]))).toThrow(/a group for each of 3 rows/);
    const nameless = new Map([['sex', { names: ['f'], values: Uint16Array.of(0, 1) }]]);
    expect(() =>
      findMetric('disparate-impact-ratio by sex', { task, groups: nameless })?.prepare(
        makeBinary([1, 0], [1, 0]),
      ),
    ).toThrow(/a group with a name/);
  });

  it('takes the direction of a scorer from its declaration', () => {
    const metric = findMetric('score:help', { task: 'scored-examples', scorers });
    expect(metric).toMatchObject({ higherIsBetter: false, range: [1, 5] });
    expect(findMetric('score:other', { task: 'scored-examples', scorers })).toBeNull();
    expect(findMetric('score:help', { task: 'scored-examples' })).toBeNull();
    expect(() => metric?.prepare(makeBinary([1], [1]))).toThrow(/the column "help"/);
  });

  it.each([
    'AUC',
    'auc@2',
    'f-beta',
    'f-beta@0',
    'f-beta@2.0',
    'pinball@1',
    'recall:late',
    'latency-p99',
    'constructor',
    'toString@2',
    '__proto__ by x',
    '',
  ])('does not know %j', (name) => {
    expect(findMetric(name, { task: 'binary-classification' })).toBeNull();
  });

  it('answers any text', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...tasks), (name, task) => {
        const metric = findMetric(name, { task });
        expect(metric === null || metric.name === name).toBe(true);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { directionOf } from '../config/metric-form.ts';
import { tasks } from '../config/model.ts';
import type { Metric } from './metric.ts';
import { prepareAll } from './metric-bundle.ts';
import { findMetric } from './metric-table.ts';
import { type GroupedSample, names, repeatRows, sampleOf, scale, weigh } from './sample.fixture.ts';

const scorers = [{ name: 'help', higherIsBetter: true, range: { min: 0, max: 1 } }];

function findAll(task: (typeof tasks)[number], { groups }: GroupedSample): readonly Metric[] {
  return names[task].map((name) => {
    const metric = findMetric(name, { task, scorers, groups: new Map([['sex', groups]]) });
    if (metric === null) throw new Error(`no metric ${name}`);
    return metric;
  });
}

function expectClose(got: number, wanted: number, what: string): void {
  const near = Number.isNaN(wanted)
    ? Number.isNaN(got)
    : Math.abs(got - wanted) <= 1e-12 * (1 + Math.abs(wanted));
  expect(near, `${what}: ${got} and not ${wanted}`).toBe(true);
}

const seeds = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 12 });

describe.each(tasks)('metrics of %s', (task) => {
  it('weigh a row as if it stood there as often', () => {
    fc.assert(
      fc.property(sampleOf(task), seeds, (grouped, numbers) => {
        const weights = weigh(grouped.sample, numbers);
        const repeated = repeatRows(grouped, weights);
        const ofRepeated = findAll(task, repeated);
        findAll(task, grouped).forEach((metric, at) => {
          const wanted = ofRepeated[at]?.prepare(repeated.sample)(null) ?? 0;
          expectClose(metric.prepare(grouped.sample)(weights), wanted, metric.name);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('know no unit of weights, and null is one each', () => {
    fc.assert(
      fc.property(sampleOf(task), seeds, (grouped, numbers) => {
        const weights = weigh(grouped.sample, numbers);
        const ones = new Float64Array(grouped.sample.rows).fill(1);
        for (const metric of findAll(task, grouped)) {
          const evaluate = metric.prepare(grouped.sample);
          expectClose(evaluate(scale(weights, 0.25)), evaluate(weights), metric.name);
          expectClose(evaluate(ones), evaluate(null), metric.name);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('are the same together as alone, whatever was asked before', () => {
    fc.assert(
      fc.property(sampleOf(task), fc.array(seeds, { minLength: 1, maxLength: 4 }), (grouped, all) => {
        const metrics = findAll(task, grouped);
        const evaluateAll = prepareAll(metrics, grouped.sample);
        const out = new Float64Array(metrics.length);
        for (const numbers of [...all, null]) {
          const weights = numbers && weigh(grouped.sample, numbers);
          evaluateAll(weights, out);
          const alone = metrics.map((metric) => metric.prepare(grouped.sample)(weights));
          expect([...out]).toEqual(alone);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('keep to their range, and have no value without weight', () => {
    fc.assert(
      fc.property(sampleOf(task), (grouped) => {
        for (const metric of findAll(task, grouped)) {
          const evaluate = metric.prepare(grouped.sample);
          const value = evaluate(null);
          const [low, high] = metric.range;
          expect(
            Number.isNaN(value) || (value >= low - 1e-12 && value <= high + 1e-12),
            `${metric.name} ${value}`,
          ).toBe(true);
          expect(evaluate(new Uint16Array(grouped.sample.rows))).toBeNaN();
        }
      }),
      { numRuns: 25 },
    );
  });

  it('have the direction that the configuration knows', () => {
    const grouped = fc.sample(sampleOf(task), { numRuns: 1, seed: 1 })[0] as GroupedSample;
    for (const metric of findAll(task, grouped)) {
      const known = directionOf(metric.name);
      if (known !== null)
        expect([metric.name, metric.higherIsBetter]).toEqual([metric.name, known === 'higher']);
    }
  });

  it('say as row means what they say as evaluators', () => {
    fc.assert(
      fc.property(sampleOf(task), (grouped) => {
        for (const metric of findAll(task, grouped)) {
          if (metric.estimate.kind !== 'row-mean') continue;
          const values = metric.estimate.rowValues(grouped.sample);
          const mean = values.reduce((sum, value) => sum + value, 0) / grouped.sample.rows;
          expectClose(metric.prepare(grouped.sample)(null), mean, metric.name);
        }
      }),
      { numRuns: 10 },
    );
  });
});

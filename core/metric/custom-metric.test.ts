import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CustomMetric } from '../config/custom-metric.ts';
import { readCustomMetrics } from '../config/custom-metric-file.ts';
import { parseExpression } from '../config/expression-parser.ts';
import type { Task } from '../config/model.ts';
import { findMetric } from './metric-table.ts';
import { makeBinary, makeNumbers, repeatRows, sampleOf, weigh } from './sample.fixture.ts';
import type { RowWeights, Sample } from './sample.ts';

const binary: Task = 'binary-classification';

/** As model.yml is read. */
function read(expression: string, task: Task = binary): readonly CustomMetric[] {
  const { metrics, problems } = readCustomMetrics(
    [{ name: 'own', expression, 'higher-is-better': false }],
    task,
  );
  expect(problems).toEqual([]);
  return metrics;
}

function evaluate(
  expression: string,
  sample: Sample,
  weights: RowWeights = null,
  task: Task = binary,
): number {
  return findMetric('own', { task, custom: read(expression, task) })?.prepare(sample)(weights) ?? 0;
}

describe('a metric of the team', () => {
  // tp 2, fp 1, tn 1, fn 1
  const sample = makeBinary([1, 1, 1, 0, 0], [0.9, 0.8, 0.1, 0.7, 0.2]);

  it.each([
    ['5 * fp + 20 * fn', 25],
    ['rows', 5],
    ['(tp + tn) / rows', 0.6],
    ['tp - fp / (fn + tn) - -1', 2.5],
    ['abs(fp - tp * 3)', 5],
    ['-(tp - fn)', -1],
    ['f1', 2 / 3],
    ['`balanced-accuracy` + `f-beta@2`', 7 / 12 + 2 / 3],
    ['tp / (fn - 1)', Number.NaN],
    ['tp / 0', Number.NaN],
  ])('%s is %d', (expression, value) => {
    if (Number.isNaN(value)) expect(evaluate(expression, sample)).toBeNaN();
    else expect(evaluate(expression, sample)).toBeCloseTo(value, 12);
  });

  it('weighs its sums as all metrics weigh rows', () => {
    const expression = '(5 * fp + 20 * fn) / rows - `pr-auc` + auc * tn';
    fc.assert(
      fc.property(sampleOf(binary), fc.array(fc.nat(3), { minLength: 1 }), (grouped, seeds) => {
        const weights = weigh(grouped.sample, seeds);
        const wanted = evaluate(expression, repeatRows(grouped, weights).sample);
        const got = evaluate(expression, grouped.sample, weights);
        if (Number.isNaN(wanted)) expect(got).toBeNaN();
        else expect(got).toBeCloseTo(wanted, 10);
      }),
      { numRuns: 30 },
    );
  });

  it('is made of metrics of other tasks too, with its direction as declared', () => {
    const sampleOfNumbers = makeNumbers([1, 2, 3], [2, 2, 5]);
    expect(evaluate('rmse / mae', sampleOfNumbers, null, 'regression')).toBeCloseTo(Math.sqrt(5 / 3), 12);
    expect(findMetric('own', { task: binary, custom: read('fp') })?.higherIsBetter).toBe(false);
  });

  it.each(['fp > 1', "'x'", 'score', 'own', 'label = 1', 'length(tp)', '`latency-p99`', 'tp and fp'])(
    'refuses %s also where nobody has read the configuration',
    (text) => {
      const parsed = parseExpression(text);
      if (parsed.kind === 'fault') throw new Error(parsed.fault.message);
      const custom = [{ name: 'own', expression: parsed.expression, higherIsBetter: true }];
      const metric = findMetric('own', { task: binary, custom });
      expect(() => metric?.prepare(sample)).toThrow(expect.objectContaining({ code: 'METRIC_UNDEFINED' }));
    },
  );

  it('has no sums of two classes where there are none', () => {
    const parsed = parseExpression('tp');
    if (parsed.kind === 'fault') throw new Error(parsed.fault.message);
    const custom = [{ name: 'own', expression: parsed.expression, higherIsBetter: true }];
    const metric = findMetric('own', { task: 'regression', custom });
    expect(() => metric?.prepare(makeNumbers([1], [1]))).toThrow(/labels of two classes/);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thresholdGoals } from '../config/decision.ts';
import { parseExpression } from '../config/expression-parser.ts';
import type { Metric } from './metric.ts';
import { findMetric, type MetricContext } from './metric-table.ts';
import { makeBinary, makeNumbers, sampleOf } from './sample.fixture.ts';
import { chooseThreshold } from './threshold.ts';

const task = 'binary-classification';

function find(name: string, context: Partial<MetricContext> = {}): Metric {
  const metric = findMetric(name, { task, ...context });
  if (metric === null) throw new Error(name);
  return metric;
}

function costs(): Metric {
  const parsed = parseExpression('10 * fn + fp');
  if (parsed.kind === 'fault') throw new Error(parsed.fault.message);
  const custom = [{ name: 'cost', expression: parsed.expression, higherIsBetter: false }];
  return find('cost', { custom });
}

describe('chooseThreshold', () => {
  it.each([...thresholdGoals.map((name) => find(name)), find('f-beta@2'), costs()])(
    'finds what trying every score finds: $name',
    (metric) => {
      fc.assert(
        fc.property(sampleOf(task, 25), ({ sample }) => {
          if (sample.predicted.kind !== 'score') throw new Error('kind');
          const turn = metric.higherIsBetter ? 1 : -1;
          const tried = [...new Set(sample.predicted.values)]
            .map((threshold) => ({ threshold, value: metric.prepare({ ...sample, threshold })(null) }))
            .filter(({ value }) => Number.isFinite(value));
          if (tried.length === 0) {
            expect(() => chooseThreshold(sample, metric)).toThrow(/has no value at any score/);
            return;
          }
          const chosen = chooseThreshold(sample, metric);
          const best = Math.max(...tried.map(({ value }) => turn * value));
          expect(turn * chosen.value).toBe(best);
          const ties = tried.filter(({ value }) => turn * value === best).map(({ threshold }) => threshold);
          expect(ties).toContain(chosen.threshold);
          expect(Math.abs(chosen.threshold - 0.5)).toBe(Math.min(...ties.map((tie) => Math.abs(tie - 0.5))));
        }),
        { numRuns: 40 },
      );
    },
  );

  it('takes the lower of two that are as near to 0.5', () => {
    const validation = makeBinary([0, 1, 0, 1], [0.25, 0.75, 0.75, 0.25]);
    expect(chooseThreshold(validation, find('accuracy'))).toEqual({ threshold: 0.25, value: 0.5 });
  });

  it('weighs a miss as the team does', () => {
    const validation = makeBinary([0, 0, 0, 1, 0, 1], [0.1, 0.2, 0.3, 0.35, 0.8, 0.9]);
    expect(chooseThreshold(validation, find('precision'))).toEqual({ threshold: 0.9, value: 1 });
    expect(chooseThreshold(validation, costs())).toEqual({ threshold: 0.35, value: 1 });
  });

  it('refuses metrics without a threshold, and rows of another task', () => {
    expect(() => chooseThreshold(makeBinary([1, 0], [1, 0]), find('auc'))).toThrow(
      expect.objectContaining({ code: 'THRESHOLD_UNDEFINED' }),
    );
    expect(() => chooseThreshold(makeNumbers([1], [1]), find('f1'))).toThrow(
      expect.objectContaining({ code: 'METRIC_UNDEFINED' }),
    );
  });
});

import type { Task } from '../config/model.ts';
import { findMetric, type MetricContext } from './metric-table.ts';
import type { RowWeights, Sample } from './sample.ts';

/** The value of a metric, found by its name as a gate finds it. */
export function evaluate(
  name: string,
  sample: Sample,
  weights: RowWeights = null,
  context: Partial<MetricContext> = {},
): number {
  const metric = findMetric(name, { task: taskOf(sample), ...context });
  if (metric === null) throw new Error(`no metric ${name}`);
  return metric.prepare(sample)(weights);
}

function taskOf({ truth: { kind } }: Sample): Task {
  if (kind === 'binary') return 'binary-classification';
  if (kind === 'class') return 'multiclass-classification';
  return kind === 'number' ? 'regression' : kind === 'relevance' ? 'ranking' : 'scored-examples';
}

import type { ModelConfig } from '../config/model.ts';
import { computeHits } from '../statistics/accuracy.ts';
import { computeSquaredErrors } from '../statistics/brier.ts';
import { computeLogLosses } from '../statistics/log-loss.ts';

interface Common {
  /** As a gate names it. */
  readonly name: string;
  readonly task: ModelConfig['task'];
  readonly higherIsBetter: boolean;
  /** Values that the metric can take, ends included. */
  readonly range: readonly [low: number, high: number];
}

/** A metric that is the mean of one number a row: differences pair row by row. */
export interface RowMetric extends Common {
  readonly kind: 'rows';
  readonly computeRows: (labels: Uint8Array, scores: Float64Array) => Float64Array;
}

/** The area under the ROC curve: a statement about pairs of rows. */
export interface RankMetric extends Common {
  readonly kind: 'auc';
}

export type Metric = RowMetric | RankMetric;

/** A score of at least this says class 1. */
export const accuracyThreshold = 0.5;

const task = 'binary-classification';

/** Every metric that a gate can name. */
export const metrics: readonly Metric[] = [
  { kind: 'auc', name: 'auc', task, higherIsBetter: true, range: [0, 1] },
  {
    kind: 'rows',
    name: 'log-loss',
    task,
    higherIsBetter: false,
    range: [0, Number.POSITIVE_INFINITY],
    computeRows: computeLogLosses,
  },
  {
    kind: 'rows',
    name: 'brier',
    task,
    higherIsBetter: false,
    range: [0, 1],
    computeRows: computeSquaredErrors,
  },
  {
    kind: 'rows',
    name: 'accuracy',
    task,
    higherIsBetter: true,
    range: [0, 1],
    computeRows: (labels, scores) => computeHits(labels, scores, accuracyThreshold),
  },
];

/** The metric of that name, or undefined. */
export function findMetric(name: string): Metric | undefined {
  return metrics.find((metric) => metric.name === name);
}

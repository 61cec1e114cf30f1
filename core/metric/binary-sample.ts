import type { Sample } from './sample.ts';
import { refuseMetric } from './undefined-metric.ts';

/** Labels and scores of two classes, one a row. */
export interface BinarySample {
  readonly labels: Uint8Array;
  readonly scores: Float64Array;
}

/**
 * The sample as two classes with a score for class 1.
 * @throws InputError METRIC_UNDEFINED when it is something else, or an array is not as long as the rows
 */
export function readBinary({ truth, predicted, rows }: Sample, name: string): BinarySample {
  if (truth.kind !== 'binary' || predicted.kind !== 'score') {
    throw refuseMetric(name, 'labels of two classes and a score of class 1 for each row');
  }
  if (truth.values.length !== rows || predicted.values.length !== rows) {
    throw refuseMetric(name, `one label and one score for each of ${rows} rows`);
  }
  return { labels: truth.values, scores: predicted.values };
}

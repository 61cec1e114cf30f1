import type { Sample } from './sample.ts';
import { refuseMetric } from './undefined-metric.ts';

/** True and predicted number of each row, in the unit of the truth. */
export interface NumberSample {
  readonly truth: Float64Array;
  readonly predicted: Float64Array;
}

/** Also with what should hold the truth between. */
export interface IntervalSample extends NumberSample {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** @throws InputError METRIC_UNDEFINED when the sample is something else, or an array is not as long as the rows */
export function readNumbers({ truth, predicted, rows }: Sample, name: string): NumberSample {
  if (truth.kind !== 'number' || predicted.kind !== 'number') {
    throw refuseMetric(name, 'a true and a predicted number for each row');
  }
  if (truth.values.length !== rows || predicted.values.length !== rows) {
    throw refuseMetric(name, `a true and a predicted number for each of ${rows} rows`);
  }
  return { truth: truth.values, predicted: predicted.values };
}

/** @throws InputError METRIC_UNDEFINED when the model gives no interval */
export function readIntervals(sample: Sample, name: string): IntervalSample {
  const numbers = readNumbers(sample, name);
  const { low, high } = sample.predicted as Extract<Sample['predicted'], { kind: 'number' }>;
  if (low === null || high === null || low.length !== sample.rows || high.length !== sample.rows) {
    throw refuseMetric(name, 'the lower and the upper end of an interval for each row');
  }
  return { ...numbers, low, high };
}

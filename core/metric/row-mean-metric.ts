import type { Metric } from './metric.ts';
import { defineMetric } from './metric-definition.ts';
import type { Pass } from './metric-pass.ts';
import type { Sample } from './sample.ts';

export interface RowMeanDefinition extends Pick<Metric, 'name' | 'tasks' | 'higherIsBetter' | 'range'> {
  /** One number a row. @throws InputError METRIC_UNDEFINED */
  readonly rowValues: (sample: Sample) => Float64Array;
}

/** A metric that is the weighted mean of one number a row; NaN without weight. */
export function defineRowMean({ rowValues, ...rest }: RowMeanDefinition): Metric {
  return defineMetric({
    ...rest,
    estimate: { kind: 'row-mean', rowValues },
    plan: (passes) => {
      const mean = passes.share(rowValues, (sample) => makeRowMean(rowValues(sample)));
      return () => mean.value;
    },
  });
}

/** The weighted mean of some numbers, one a row. */
export interface RowMean extends Pass {
  value: number;
}

/** @param values one a row; they are read at every walk */
export function makeRowMean(values: Float64Array): RowMean {
  const mean: RowMean = {
    value: Number.NaN,
    run: (weights) => {
      let sum = 0;
      let total = 0;
      for (let row = 0; row < values.length; row++) {
        const weight = weights[row] as number;
        sum += weight * (values[row] as number);
        total += weight;
      }
      mean.value = sum / total;
    },
  };
  return mean;
}

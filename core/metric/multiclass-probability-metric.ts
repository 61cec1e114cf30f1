import { computeClassLogLosses } from '../statistics/multiclass-probability.ts';
import { readProbabilities } from './class-sample.ts';
import type { Metric } from './metric.ts';
import { defineRowMean } from './row-mean-metric.ts';
import type { Sample } from './sample.ts';

/**
 * How far the probabilities of the classes are from what came, row by row. Brier is the sum over classes: 0 to 2, and for
 * two classes twice the binary one.
 * @see Brier 1950; scikit-learn 1.2 log_loss
 */
export const multiclassProbabilityMetrics: readonly Metric[] = [
  defineRowMean({
    name: 'log-loss',
    tasks: ['multiclass-classification'],
    higherIsBetter: false,
    range: [0, Number.POSITIVE_INFINITY],
    rowValues: (sample) => {
      const { truth, columns } = readProbabilities(sample, 'log-loss');
      return computeClassLogLosses(truth, columns);
    },
  }),
  defineRowMean({
    name: 'brier',
    tasks: ['multiclass-classification'],
    higherIsBetter: false,
    range: [0, 2],
    rowValues: computeSquaredDistances,
  }),
];

function computeSquaredDistances(sample: Sample): Float64Array {
  const { truth, columns } = readProbabilities(sample, 'brier');
  const distances = new Float64Array(sample.rows);
  columns.forEach((column, at) => {
    for (let row = 0; row < distances.length; row++) {
      const distance = (column[row] as number) - (truth[row] === at ? 1 : 0);
      distances[row] = (distances[row] as number) + distance * distance;
    }
  });
  return distances;
}

import { computeSquaredErrors } from '../statistics/brier.ts';
import { computeLogLosses } from '../statistics/log-loss.ts';
import { readBinary } from './binary-sample.ts';
import type { Metric } from './metric.ts';
import { defineRowMean } from './row-mean-metric.ts';

/**
 * How far the probabilities of class 1 are from what came, row by row.
 * Log-loss is natural, with scores moved inside [2^-52, 1 - 2^-52]; Brier is the squared distance.
 */
export const probabilityMetrics: readonly Metric[] = [
  defineRowMean({
    name: 'log-loss',
    tasks: ['binary-classification'],
    higherIsBetter: false,
    range: [0, Number.POSITIVE_INFINITY],
    rowValues: (sample) => {
      const { labels, scores } = readBinary(sample, 'log-loss');
      return computeLogLosses(labels, scores);
    },
  }),
  defineRowMean({
    name: 'brier',
    tasks: ['binary-classification'],
    higherIsBetter: false,
    range: [0, 1],
    rowValues: (sample) => {
      const { labels, scores } = readBinary(sample, 'brier');
      return computeSquaredErrors(labels, scores);
    },
  }),
];

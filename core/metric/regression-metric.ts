import { type ErrorMoments, makeErrorMoments } from './error-moments.ts';
import { makeErrorOrder } from './error-order.ts';
import type { Metric } from './metric.ts';
import { defineMetric } from './metric-definition.ts';
import { type NumberSample, readIntervals, readNumbers } from './number-sample.ts';
import { defineRowMean } from './row-mean-metric.ts';

const tasks = ['regression'] as const;
const errorRange: readonly [number, number] = [0, Number.POSITIVE_INFINITY];
/** A truth of 0 has no relative error: it counts as this much, as in scikit-learn. */
const leastTruth = 2 ** -52;

/**
 * Errors of predicted numbers. `bias` is the size of the mean error, whichever side it is on: gates want it near 0.
 * `mape` and `smape` are shares, not percent. r2 and explained variance are NaN where the truth is constant.
 */
export const regressionMetrics: readonly Metric[] = [
  defineError('mse', errorRange, (error) => error * error),
  defineError('mae', errorRange, Math.abs),
  defineError('mape', errorRange, (error, truth) => Math.abs(error) / Math.max(Math.abs(truth), leastTruth)),
  defineError('smape', [0, 2], symmetricError),
  defineSpread('rmse', false, errorRange, ({ total, squares }) => Math.sqrt(squares / total)),
  defineSpread('bias', false, errorRange, ({ total, sum, middle }) => Math.abs(sum / total + middle)),
  defineSpread('r2', true, [Number.NEGATIVE_INFINITY, 1], ({ squares, spread }) => 1 - squares / spread),
  defineSpread(
    'explained-variance',
    true,
    [Number.NEGATIVE_INFINITY, 1],
    ({ unexplained, spread }) => 1 - unexplained / spread,
  ),
  defineOrdered('median-ae', (order) => order.median),
  defineOrdered('max-error', (order) => order.largest),
  defineRowMean({
    name: 'interval-coverage',
    tasks,
    higherIsBetter: true,
    range: [0, 1],
    rowValues: (sample) => {
      const { truth, low, high } = readIntervals(sample, 'interval-coverage');
      return truth.map((value, row) =>
        value >= (low[row] as number) && value <= (high[row] as number) ? 1 : 0,
      );
    },
  }),
  defineRowMean({
    name: 'interval-width',
    tasks,
    higherIsBetter: false,
    range: errorRange,
    rowValues: (sample) => {
      const { low, high } = readIntervals(sample, 'interval-width');
      return high.map((value, row) => value - (low[row] as number));
    },
  }),
];

/**
 * What a predicted quantile costs, in the unit of the truth; the true quantile has the least.
 * @param name as the gate writes it: `pinball@0.9`
 * @param quantile in (0, 1): 0.9 makes a prediction that is too low nine times as dear as one too high
 * @see Koenker and Bassett 1978
 */
export function makePinball(name: string, quantile: number): Metric {
  return defineError(name, errorRange, (error) => (error <= 0 ? -quantile * error : (1 - quantile) * error));
}

/** @param cost of one row, from its prediction minus its truth */
function defineError(
  name: string,
  range: readonly [number, number],
  cost: (error: number, truth: number, predicted: number) => number,
): Metric {
  const toCosts = ({ truth, predicted }: NumberSample): Float64Array =>
    predicted.map((value, row) => cost(value - (truth[row] as number), truth[row] as number, value));
  return defineRowMean({
    name,
    tasks,
    higherIsBetter: false,
    range,
    rowValues: (sample) => toCosts(readNumbers(sample, name)),
  });
}

function symmetricError(error: number, truth: number, predicted: number): number {
  return error === 0 ? 0 : (2 * Math.abs(error)) / (Math.abs(truth) + Math.abs(predicted));
}

function defineSpread(
  name: string,
  higherIsBetter: boolean,
  range: readonly [number, number],
  read: (moments: ErrorMoments) => number,
): Metric {
  return defineMetric({
    name,
    tasks,
    higherIsBetter,
    range,
    estimate: { kind: 'resampled' },
    ...(name === 'bias' ? { leans: true } : {}),
    plan: (passes) => {
      const moments = passes.share(makeErrorMoments, makeErrorMoments);
      return () => read(moments);
    },
  });
}

function defineOrdered(name: string, read: (order: ReturnType<typeof makeErrorOrder>) => number): Metric {
  return defineMetric({
    name,
    tasks,
    higherIsBetter: false,
    range: errorRange,
    estimate: { kind: 'resampled' },
    plan: (passes) => {
      const order = passes.share(makeErrorOrder, makeErrorOrder);
      return () => read(order);
    },
  });
}

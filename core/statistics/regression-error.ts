import { refuseStatistic } from './refusal.ts';
import { sortFinite } from './value-counts.ts';

/** A truth of 0 has no relative error: it counts as this much. */
const leastTruth = 2 ** -52;

/** Everything that one set of predicted numbers is told by, in the unit of the truth where none is named. */
export interface RegressionErrors {
  /** Squared unit. */
  readonly mse: number;
  readonly rmse: number;
  readonly mae: number;
  readonly medianAbsolute: number;
  readonly largest: number;
  /** Share, not percent. */
  readonly mape: number;
  /** Share, 0 to 2; a row with 0 on both sides has no error. */
  readonly smape: number;
  /** 1 is perfect, 0 as good as the mean, below worse; NaN for one row. A constant truth: 1 when hit, else 0. */
  readonly r2: number;
  /** As r2, but a constant shift costs nothing. */
  readonly explainedVariance: number;
  /** Mean of prediction minus truth. */
  readonly bias: number;
}

/**
 * Errors of predicted numbers. @throws InputError STATISTICS_EMPTY
 * @see scikit-learn's mean_absolute_percentage_error, r2_score and explained_variance_score for what 0 / 0 is
 */
export function computeRegressionErrors(truth: Float64Array, predicted: Float64Array): RegressionErrors {
  if (truth.length === 0) throw refuseStatistic('empty', 'the error of predictions');
  const errors = predicted.map((value, row) => value - (truth[row] as number));
  const absolute = errors.map(Math.abs);
  const mse = meanOf(errors.map((error) => error ** 2));
  const bias = meanOf(errors);
  const middle = meanOf(truth);
  const spread = meanOf(truth.map((value) => (value - middle) ** 2));
  const unexplained = meanOf(errors.map((error) => (error - bias) ** 2));
  return {
    mse,
    rmse: Math.sqrt(mse),
    mae: meanOf(absolute),
    medianAbsolute: medianOf(absolute),
    largest: absolute.reduce((most, error) => Math.max(most, error), 0),
    mape: meanOf(absolute.map((error, row) => error / Math.max(Math.abs(truth[row] as number), leastTruth))),
    smape: meanOf(
      absolute.map((error, row) => symmetric(error, truth[row] as number, predicted[row] as number)),
    ),
    r2: truth.length < 2 ? Number.NaN : explain(mse, spread),
    explainedVariance: explain(unexplained, spread),
    bias,
  };
}

/**
 * Pinball loss: what a predicted quantile costs, in the unit of the truth; the true quantile has the least.
 * @param quantile in (0, 1): 0.9 makes a prediction that is too low nine times as dear as one too high
 * @throws InputError STATISTICS_EMPTY
 * @see Koenker and Bassett 1978
 */
export function computePinballLoss(truth: Float64Array, predicted: Float64Array, quantile: number): number {
  if (truth.length === 0) throw refuseStatistic('empty', 'the pinball loss');
  return meanOf(
    truth.map((value, row) => {
      const short = value - (predicted[row] as number);
      return short >= 0 ? quantile * short : (quantile - 1) * short;
    }),
  );
}

function symmetric(error: number, truth: number, predicted: number): number {
  return error === 0 ? 0 : (2 * error) / (Math.abs(truth) + Math.abs(predicted));
}

function explain(left: number, spread: number): number {
  if (spread !== 0) return 1 - left / spread;
  return left === 0 ? 1 : Number.isNaN(left) ? Number.NaN : 0;
}

function medianOf(values: Float64Array): number {
  const sorted = sortFinite(values);
  if (sorted.length < values.length) return Number.NaN;
  const upper = sorted[sorted.length >> 1] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[(sorted.length >> 1) - 1] as number) + upper) / 2;
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

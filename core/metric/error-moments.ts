import type { Pass, PassWeights } from './metric-pass.ts';
import { readNumbers } from './number-sample.ts';
import type { Sample } from './sample.ts';

/** Sums of errors (prediction minus truth) and of the truth. */
export interface ErrorMoments extends Pass {
  total: number;
  /** Sum of squared errors. */
  squares: number;
  /** Mean error without weights: what `sum` is counted from. */
  readonly middle: number;
  /** Sum of errors, each less `middle`. */
  sum: number;
  /** Sum of squared distances of the errors from their mean. */
  unexplained: number;
  /** Sum of squared distances of the truth from its mean; NaN when it is constant. */
  spread: number;
}

/**
 * Adds up what the squared errors and the variances are made of. Errors and truth are counted from their unweighted
 * means, so that squares of far-off numbers do not cancel.
 * @throws InputError METRIC_UNDEFINED
 */
export function makeErrorMoments(sample: Sample): ErrorMoments {
  const { truth, predicted } = readNumbers(sample, 'a sum of errors');
  const errors = predicted.map((value, row) => value - (truth[row] as number));
  const centred = centre(truth);
  const middle = meanOf(errors);
  const moments: ErrorMoments = {
    ...{ total: 0, squares: 0, sum: 0, unexplained: 0, spread: Number.NaN, middle },
    run: (weights) => addErrors(errors, centred, weights, moments),
  };
  return moments;
}

function addErrors(
  errors: Float64Array,
  truth: Float64Array,
  weights: PassWeights,
  moments: ErrorMoments,
): void {
  const { middle } = moments;
  let [total, squares, sum, around, ofTruth, aroundTruth] = [0, 0, 0, 0, 0, 0];
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let row = 0; row < errors.length; row++) {
    const weight = weights[row] as number;
    const error = errors[row] as number;
    const value = truth[row] as number;
    total += weight;
    squares += weight * error * error;
    sum += weight * (error - middle);
    around += weight * (error - middle) * (error - middle);
    ofTruth += weight * value;
    aroundTruth += weight * value * value;
    if (value < low && weight > 0) low = value;
    if (value > high && weight > 0) high = value;
  }
  moments.total = total;
  moments.squares = squares;
  moments.sum = sum;
  moments.unexplained = Math.max(0, around - (sum * sum) / total);
  // Told by its ends: rounding leaves a constant truth a little variance.
  moments.spread = high > low ? aroundTruth - (ofTruth * ofTruth) / total : Number.NaN;
}

function centre(values: Float64Array): Float64Array {
  const middle = meanOf(values);
  return values.map((value) => value - middle);
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length === 0 ? 0 : sum / values.length;
}

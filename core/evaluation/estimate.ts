import { computeAcceleration, summariseResamples } from '../statistics/bootstrap.ts';
import type { AucComponents } from '../statistics/delong.ts';
import { compareAucs, computeAucCovariance } from '../statistics/delong.ts';
import { computeMean } from '../statistics/mean.ts';
import { normalCdf, normalQuantile } from '../statistics/normal.ts';

/** A number with its 95 % interval and how that was made. */
export interface Estimate {
  readonly value: number;
  /** NaN when it is not known, and so are the bounds. */
  readonly standardError: number;
  readonly interval: readonly [low: number, high: number];
  /** One-sided p that the true value is at least 0, and that it is at most 0; NaN when not known. */
  readonly atLeastZero: number;
  readonly atMostZero: number;
}

export const confidence = 0.95;
/** More resamples without a value than this, and the rest says nothing about the spread. */
const mostMissing = 0.05;
/** Standard errors from where on the probability beyond is 0 in a double. */
const farthest = 40;
const reachOf = (standardError: number): number => normalQuantile(0.5 + confidence / 2) * standardError;

/**
 * Mean of one number a row with its normal interval; of differences row by row it is the paired test.
 * @param weights null: all rows count the same
 * @see Cochran 1977, 6.4, for the variance of a weighted mean as a ratio
 */
export function estimateMean(values: Float64Array, weights: Float64Array | null): Estimate {
  let total = 0;
  let sum = 0;
  for (let row = 0; row < values.length; row++) {
    const weight = weights === null ? 1 : (weights[row] as number);
    total += weight;
    // A row that counts nothing may have no value.
    if (weight > 0) sum += weight * (values[row] as number);
  }
  const mean = sum / total;
  let squares = 0;
  let counted = 0;
  for (let row = 0; row < values.length; row++) {
    const weight = weights === null ? 1 : (weights[row] as number);
    if (!(weight > 0)) continue;
    counted++;
    squares += (weight * ((values[row] as number) - mean)) ** 2;
  }
  const variance = counted < 2 ? Number.NaN : (squares * counted) / (counted - 1) / total ** 2;
  return aroundNormal(mean, Math.sqrt(variance));
}

/** One AUC with DeLong's interval. @see DeLong, DeLong and Clarke-Pearson 1988 */
export function estimateAuc(components: AucComponents): Estimate {
  return aroundNormal(components.auc, Math.sqrt(computeAucCovariance(components, components)));
}

/** AUC of the challenger minus that of the champion on the same rows. */
export function estimateAucDifference(challenger: AucComponents, champion: AucComponents): Estimate {
  const { difference, standardError } = compareAucs(challenger, champion);
  // Below the rounding of the sums there is no difference.
  return aroundNormal(Math.abs(difference) < 1e-12 ? 0 : difference, standardError);
}

function aroundNormal(value: number, standardError: number): Estimate {
  const reach = reachOf(standardError);
  // Without any spread every row says the same.
  const z = standardError === 0 ? Math.sign(value) * farthest : value / standardError;
  const bounded = Math.min(farthest, Math.max(-farthest, z));
  const isZero = standardError === 0 && value === 0;
  return {
    value,
    standardError,
    interval: [value - reach, value + reach],
    atLeastZero: isZero ? 1 : normalCdf(bounded),
    atMostZero: isZero ? 1 : normalCdf(-bounded),
  };
}

/** What a resampled estimate says besides. */
export interface Resampled extends Estimate {
  readonly bca: boolean;
  /** How far the mean of the resamples lies above the value; NaN when not known. */
  readonly shift: number;
}

/**
 * An estimate from resampled values: BCa where the leave-one-out values are known, else percentile.
 * @param resampled in any order; values that are not finite are resamples without a value
 * @param left leave-one-out values; null: too many to make
 */
export function estimateResampled(
  value: number,
  resampled: Float64Array,
  left: Float64Array | null,
): Resampled {
  const values = resampled.filter(Number.isFinite).sort();
  const known = left?.every(Number.isFinite) === true;
  if (values.length < 2 || values.length < resampled.length * (1 - mostMissing)) {
    const nothing = Number.NaN;
    return {
      value,
      standardError: nothing,
      interval: [nothing, nothing],
      atLeastZero: nothing,
      atMostZero: nothing,
      bca: known,
      shift: nothing,
    };
  }
  const acceleration = known ? computeAcceleration(left) : Number.NaN;
  const { bca, percentile, standardError } = summariseResamples(value, values, acceleration, confidence);
  let above = 0;
  let below = 0;
  for (const drawn of values) {
    if (drawn >= 0) above++;
    if (drawn <= 0) below++;
  }
  return {
    value,
    standardError,
    interval: known ? bca : percentile,
    // The estimate itself counts as one of the resamples, so that p is never 0.
    atLeastZero: (above + 1) / (values.length + 1),
    atMostZero: (below + 1) / (values.length + 1),
    bca: known,
    shift: computeMean(values) - value,
  };
}

import { computeMean, computeStandardError } from './mean.ts';
import { normalQuantile } from './normal.ts';

export interface MeanInterval {
  readonly mean: number;
  readonly standardError: number;
  readonly interval: readonly [low: number, high: number];
}

/**
 * Mean with its normal interval. For a paired difference give the differences row by row:
 * what both models find hard then cancels out.
 * @param confidence for example 0.95
 * @returns standard error and bounds are NaN for a single value
 * @throws InputError STATISTICS_EMPTY
 */
export function estimateMean(values: Float64Array, confidence = 0.95): MeanInterval {
  const mean = computeMean(values);
  const standardError = computeStandardError(values);
  const reach = normalQuantile(0.5 + confidence / 2) * standardError;
  return { mean, standardError, interval: [mean - reach, mean + reach] };
}

/** Row-by-row difference, first minus second. */
export function subtractRows(first: Float64Array, second: Float64Array): Float64Array {
  return first.map((value, row) => value - (second[row] as number));
}

import { refuseStatistic } from './refusal.ts';

/** Arithmetic mean. @throws InputError STATISTICS_EMPTY */
export function computeMean(values: Float64Array): number {
  if (values.length === 0) throw refuseStatistic('empty', 'the mean');
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Sample covariance with n - 1 in the denominator, in two passes; NaN for fewer than two values. */
export function computeCovariance(first: Float64Array, second: Float64Array): number {
  if (first.length < 2) return Number.NaN;
  const meanFirst = computeMean(first);
  const meanSecond = computeMean(second);
  let sum = 0;
  for (let at = 0; at < first.length; at++) {
    sum += ((first[at] as number) - meanFirst) * ((second[at] as number) - meanSecond);
  }
  return sum / (first.length - 1);
}

/** Standard error of the mean; NaN for fewer than two values. */
export function computeStandardError(values: Float64Array): number {
  return Math.sqrt(computeCovariance(values, values) / values.length);
}

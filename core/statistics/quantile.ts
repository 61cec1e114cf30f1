import { quantileSorted } from 'simple-statistics';
import { refuseStatistic } from './refusal.ts';

/**
 * Quantile of ascending values with linear interpolation (type 7, as numpy's default).
 * @param p in [0, 1]
 * @throws InputError STATISTICS_EMPTY
 * @see Hyndman and Fan 1996. simple-statistics has type 7 from 7.9.0 on; a test guards it.
 */
export function computeQuantile(ascending: Float64Array, p: number): number {
  if (ascending.length === 0) throw refuseStatistic('empty', 'a quantile');
  return quantileSorted(Array.from(ascending), p);
}

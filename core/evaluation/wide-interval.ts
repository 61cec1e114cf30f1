import { normalQuantile } from '../statistics/normal.ts';
import { studentQuantile } from '../statistics/student-t.ts';
import type { Estimate } from './estimate.ts';

/** Of one side: two sides make 95 % intervals. */
const level = 0.025;

/**
 * Widens an interval of few rows or groups: resamples vary by (n - 1) / n of what samples do, and few tell little of how
 * much that is. By 22 % of 10, 6 % of 30, and 0.2 % of 1,000. Of too few there is none.
 * @param count `countSpread`
 * @see Hesterberg 2015, What Teachers Should Know About the Bootstrap, 3.2.2
 */
export function widenFew<Any extends Estimate>(estimate: Any, count: number): Any {
  const { value, interval } = estimate;
  if (count === 0) {
    const nothing = Number.NaN;
    const tests = { atLeastZero: nothing, atMostZero: nothing };
    return { ...estimate, standardError: nothing, interval: [nothing, nothing], ...tests };
  }
  const reach = Math.sqrt(count / (count - 1)) * studentQuantile(1 - level, count - 1);
  const factor = reach / normalQuantile(1 - level);
  const [low, high] = interval;
  return { ...estimate, interval: [value - factor * (value - low), value + factor * (high - value)] };
}

/**
 * Gives an estimate without any spread the interval of what was seen in none of so many rows: 300 rows without a
 * difference do not say that there is none in 3,000 (the rule of three). An unbounded metric has no such interval and
 * stays as it is.
 * @param count rows or groups that the estimate rests on
 * @param range of the metric
 * @see Hanley and Lippman-Hand 1983, If nothing goes wrong, is everything all right?
 */
export function widenUnseen<Any extends Estimate>(
  estimate: Any,
  count: number,
  [low, high]: readonly [low: number, high: number],
): Any {
  const width = high - low;
  if (estimate.standardError !== 0 || !Number.isFinite(width)) return estimate;
  const reach = width * (1 - level ** (1 / Math.max(1, count)));
  const { value } = estimate;
  return { ...estimate, standardError: reach / 2, interval: [value - reach, value + reach] };
}

/**
 * A resample of what leans leans again, but less: of what truly is 0 it shows 0.41 of the lean (sqrt(2) - 1), and this makes
 * up for it with something to spare. Further from 0 it shows more of a lean that is less.
 */
const wholeLean = 3;

/** Widens an interval by as much as its value may lie beyond the truth. @param shifts of the models, with the sign they have in it */
export function leanBack<Any extends Estimate>(estimate: Any, shifts: readonly number[]): Any {
  let [low, high] = estimate.interval;
  for (const shift of shifts) {
    low -= Math.max(0, wholeLean * shift);
    high += Math.max(0, -wholeLean * shift);
  }
  return { ...estimate, interval: [low, high] };
}

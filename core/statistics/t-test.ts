import { computeCovariance, computeMean, computeStandardError } from './mean.ts';
import { subtractRows } from './mean-interval.ts';
import { refuseStatistic } from './refusal.ts';
import { studentQuantile, studentSf } from './student-t.ts';

export interface TTest {
  /** NaN when there is neither difference nor spread, infinite when there is no spread alone. */
  readonly t: number;
  /** Degrees of freedom; Welch's need not be whole. */
  readonly df: number;
  /** Two-sided. */
  readonly p: number;
}

/**
 * Welch's test of two means: spreads and sizes may differ.
 * @throws InputError STATISTICS_EMPTY
 * @see Welch 1947
 */
export function testWelch(first: Float64Array, second: Float64Array): TTest {
  if (first.length === 0 || second.length === 0) throw refuseStatistic('empty', "Welch's test");
  const [n, m] = [first.length, second.length];
  const ofFirst = computeCovariance(first, first) / n;
  const ofSecond = computeCovariance(second, second) / m;
  const df = (ofFirst + ofSecond) ** 2 / (ofFirst ** 2 / (n - 1) + ofSecond ** 2 / (m - 1));
  // Without any spread the degrees do not matter, as long as they are a number.
  return toTest(
    (computeMean(first) - computeMean(second)) / Math.sqrt(ofFirst + ofSecond),
    Number.isNaN(df) ? 1 : df,
  );
}

/** Paired test: is the mean of the differences, first minus second, zero? @throws InputError STATISTICS_EMPTY */
export function testPaired(first: Float64Array, second: Float64Array): TTest {
  if (first.length === 0) throw refuseStatistic('empty', 'the paired test');
  const differences = subtractRows(first, second);
  return toTest(computeMean(differences) / computeStandardError(differences), differences.length - 1);
}

/**
 * Interval of a mean by Student's distribution: honest for few values.
 * @param confidence for example 0.95
 * @returns NaN for a single value, and where no two values differ: without spread nothing says how far the mean may be off
 * @throws InputError STATISTICS_EMPTY
 * @see scipy.stats.t.interval
 */
export function computeMeanInterval(
  values: Float64Array,
  confidence = 0.95,
): readonly [low: number, high: number] {
  const mean = computeMean(values);
  const error = computeStandardError(values);
  if (!(error > 0)) return [Number.NaN, Number.NaN];
  // Each bound by its own quantile, as the reference has it: the two searches end within 5e-9 of each other.
  const boundOf = (p: number): number => mean + studentQuantile(p, values.length - 1) * error;
  return [boundOf((1 - confidence) / 2), boundOf((1 + confidence) / 2)];
}

function toTest(t: number, df: number): TTest {
  return { t, df, p: 2 * studentSf(Math.abs(t), df) };
}

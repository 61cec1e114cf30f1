import { InputError } from '../error/error.ts';
import { refuseStatistic } from './refusal.ts';

export interface Permutation {
  /** Mean of the first minus mean of the second. */
  readonly statistic: number;
  /** Two-sided: twice the smaller tail, at most 1. */
  readonly p: number;
  /** Arrangements that were counted: all there are. */
  readonly permutations: number;
}

/** About a second. */
const mostPermutations = 2 ** 24;
/** Differences that are closer than this share of the largest value are the same difference, rounded. */
const slack = 1e-14;

/**
 * Exact permutation test of two independent samples: every way to deal the rows to the two.
 * @throws InputError STATISTICS_EMPTY; STATISTICS_TOO_MANY_PERMUTATIONS above 2^24
 * @see scipy.stats.permutation_test, permutation_type "independent"
 */
export function testPermutation(first: Float64Array, second: Float64Array): Permutation {
  const [n, m] = [first.length, second.length];
  if (n === 0 || m === 0) throw refuseStatistic('empty', 'the permutation test');
  const all = [...first, ...second];
  const permutations = countWays(n + m, n);
  allow(permutations);
  const whole = all.reduce((sum, value) => sum + value, 0);
  const tails = openTails(toDifference(first.reduce((sum, value) => sum + value, 0)), all);
  function toDifference(sum: number): number {
    return sum / n - (whole - sum) / m;
  }
  const deal = (from: number, left: number, sum: number): void => {
    if (left === 0) tails.add(toDifference(sum));
    else for (let at = from; at <= all.length - left; at++) deal(at + 1, left - 1, sum + (all[at] as number));
  };
  deal(0, n, 0);
  return tails.close(permutations);
}

/**
 * Exact permutation test of pairs: every way to swap the two of each pair.
 * @throws InputError STATISTICS_EMPTY; STATISTICS_TOO_MANY_PERMUTATIONS above 24 pairs
 * @see scipy.stats.permutation_test, permutation_type "samples"
 */
export function testPairedPermutation(first: Float64Array, second: Float64Array): Permutation {
  const n = first.length;
  if (n === 0) throw refuseStatistic('empty', 'the permutation test');
  const permutations = 2 ** n;
  allow(permutations);
  const differences = Array.from(first, (value, at) => value - (second[at] as number));
  const tails = openTails(differences.reduce((sum, value) => sum + value, 0) / n, [...first, ...second]);
  const swap = (at: number, sum: number): void => {
    if (at < n) {
      swap(at + 1, sum + (differences[at] as number));
      swap(at + 1, sum - (differences[at] as number));
    } else tails.add(sum / n);
  };
  swap(0, 0);
  return tails.close(permutations);
}

function openTails(statistic: number, values: readonly number[]) {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const near = slack * Math.max(1, Math.abs(statistic), largest);
  let [less, greater] = [0, 0];
  return {
    add: (value: number): void => {
      if (value <= statistic + near) less++;
      if (value >= statistic - near) greater++;
    },
    close: (permutations: number): Permutation => ({
      statistic,
      p: Math.min(1, (2 * Math.min(less, greater)) / permutations),
      permutations,
    }),
  };
}

function countWays(rows: number, chosen: number): number {
  let ways = 1;
  for (let k = 1; k <= Math.min(chosen, rows - chosen); k++) ways = (ways * (rows - k + 1)) / k;
  return Math.round(ways);
}

function allow(permutations: number): void {
  if (permutations <= mostPermutations) return;
  throw new InputError(
    'STATISTICS_TOO_MANY_PERMUTATIONS',
    `an exact permutation test would count ${permutations} arrangements; ${mostPermutations} is the most`,
    { hint: 'Compare with a bootstrap or a rank test.' },
  );
}

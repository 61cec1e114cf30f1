import { computeMean } from './mean.ts';
import { rankValues } from './ranks.ts';
import { refuseStatistic } from './refusal.ts';

/**
 * Pearson's correlation, -1 to 1.
 * @param first, second finite, of equal length
 * @returns NaN where one side does not differ
 * @throws InputError STATISTICS_EMPTY
 */
export function computePearson(first: Float64Array, second: Float64Array): number {
  if (first.length === 0) throw refuseStatistic('empty', 'a correlation');
  // Told apart before the mean is rounded: the differences from it would be noise, and noise correlates.
  if (isConstant(first) || isConstant(second)) return Number.NaN;
  const [x, y] = [centre(first), centre(second)];
  const product = x.reduce((sum, value, at) => sum + value * (y[at] as number), 0);
  return Math.max(-1, Math.min(1, product / lengthOf(x) / lengthOf(y)));
}

/** Spearman's correlation: Pearson's of the ranks, equal values sharing theirs. @throws InputError STATISTICS_EMPTY */
export function computeSpearman(first: Float64Array, second: Float64Array): number {
  return computePearson(rankValues(first).ranks, rankValues(second).ranks);
}

/**
 * Kendall's tau-b: pairs in the same order minus pairs in the opposite one, over the pairs that are not tied.
 * @returns NaN where one side does not differ
 * @throws InputError STATISTICS_EMPTY
 * @see Knight 1966 for the count by merging, n log n
 */
export function computeKendall(first: Float64Array, second: Float64Array): number {
  if (first.length === 0) throw refuseStatistic('empty', 'a correlation');
  const n = first.length;
  const order = Uint32Array.from(first.keys()).sort((left, right) => {
    const byFirst = (first[left] as number) - (first[right] as number);
    return byFirst !== 0 ? byFirst : (second[left] as number) - (second[right] as number);
  });
  const pairs = (n * (n - 1)) / 2;
  const tiedFirst = countTied(rankValues(first).ties);
  const tiedSecond = countTied(rankValues(second).ties);
  const tiedBoth = countTiedBoth(first, second, order);
  const turned = countInversions(Float64Array.from(order, (row) => second[row] as number));
  const balance = pairs - tiedFirst - tiedSecond + tiedBoth - 2 * turned;
  return balance / Math.sqrt(pairs - tiedFirst) / Math.sqrt(pairs - tiedSecond);
}

const countTied = (ties: readonly number[]): number =>
  ties.reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);

function countTiedBoth(first: Float64Array, second: Float64Array, order: Uint32Array): number {
  let tied = 0;
  let run = 0;
  for (let at = 1; at < order.length; at++) {
    const [row, before] = [order[at] as number, order[at - 1] as number];
    run = first[row] === first[before] && second[row] === second[before] ? run + 1 : 0;
    tied += run;
  }
  return tied;
}

/** Pairs that stand in the wrong order; merges `values` into order on the way. */
function countInversions(values: Float64Array): number {
  if (values.length < 2) return 0;
  const middle = values.length >> 1;
  const [left, right] = [values.slice(0, middle), values.slice(middle)];
  let count = countInversions(left) + countInversions(right);
  let [i, j] = [0, 0];
  for (let at = 0; at < values.length; at++) {
    if (j >= right.length || (i < left.length && (left[i] as number) <= (right[j] as number))) {
      values[at] = left[i++] as number;
    } else {
      values[at] = right[j++] as number;
      count += left.length - i;
    }
  }
  return count;
}

const isConstant = (values: Float64Array): boolean => values.every((value) => value === values[0]);

function centre(values: Float64Array): Float64Array {
  const mean = computeMean(values);
  return values.map((value) => value - mean);
}

const lengthOf = (values: Float64Array): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0));

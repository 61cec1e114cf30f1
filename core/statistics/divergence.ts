import { refuseStatistic } from './refusal.ts';

export interface JensenShannon {
  /** Square root of the divergence: a metric, at most 1. */
  readonly distance: number;
  /** In bits, at most 1. */
  readonly divergence: number;
}

/**
 * Kullback-Leibler divergence of `p` from `q`, natural logarithm; both are normalised.
 * @param p, q counts or shares of the same categories
 * @returns Infinity where `q` has nothing and `p` has something
 * @throws InputError STATISTICS_EMPTY
 */
export function computeKl(p: Float64Array, q: Float64Array): number {
  const [ofP, ofQ] = [normalise(p), normalise(q)];
  let sum = 0;
  for (let at = 0; at < ofP.length; at++) sum += entropyTerm(ofP[at] as number, ofQ[at] as number);
  return Math.max(0, sum);
}

/**
 * Jensen-Shannon divergence and distance, logarithm of base 2; both are normalised. Needs no floor: the mean of both
 * is never zero where one of them is not.
 * @throws InputError STATISTICS_EMPTY
 * @see Lin 1991
 */
export function computeJensenShannon(p: Float64Array, q: Float64Array): JensenShannon {
  const [ofP, ofQ] = [normalise(p), normalise(q)];
  let sum = 0;
  for (let at = 0; at < ofP.length; at++) {
    const [left, right] = [ofP[at] as number, ofQ[at] as number];
    const middle = (left + right) / 2;
    sum += entropyTerm(left, middle) + entropyTerm(right, middle);
  }
  const divergence = Math.min(1, Math.max(0, sum / 2 / Math.LN2));
  return { distance: Math.sqrt(divergence), divergence };
}

/**
 * Shannon's entropy of counts or shares, natural logarithm; they are normalised.
 * @throws InputError STATISTICS_EMPTY
 */
export function computeEntropy(p: Float64Array): number {
  return normalise(p).reduce((sum, share) => sum - (share === 0 ? 0 : share * Math.log(share)), 0);
}

export interface ShareDistances {
  /** 0 to 1. */
  readonly hellinger: number;
  /** Total variation: half the sum of the differences, 0 to 1. */
  readonly totalVariation: number;
  /** The largest difference of one category, 0 to 1. */
  readonly largest: number;
}

/**
 * Distances of the shares of the same categories; both sides are normalised.
 * @throws InputError STATISTICS_EMPTY
 */
export function computeShareDistances(p: Float64Array, q: Float64Array): ShareDistances {
  const [ofP, ofQ] = [normalise(p), normalise(q)];
  let [roots, sum, largest] = [0, 0, 0];
  for (let at = 0; at < ofP.length; at++) {
    const [left, right] = [ofP[at] as number, ofQ[at] as number];
    roots += (Math.sqrt(left) - Math.sqrt(right)) ** 2;
    sum += Math.abs(left - right);
    largest = Math.max(largest, Math.abs(left - right));
  }
  return { hellinger: Math.sqrt(roots / 2), totalVariation: sum / 2, largest };
}

const entropyTerm = (p: number, q: number): number => (p === 0 ? 0 : p * Math.log(p / q));

function normalise(counts: Float64Array): Float64Array {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (!(total > 0)) throw refuseStatistic('empty', 'a divergence');
  return counts.map((count) => count / total);
}

import { betaCdf } from './beta.ts';
import { halfDeviance, stirlingError } from './log-gamma.ts';

/**
 * Probability of exactly `k` hits in `n` trials.
 * @param k, n whole numbers
 * @param p probability of a hit, in [0, 1]
 * @see Loader 2000, Fast and accurate computation of binomial probabilities
 */
export function binomialPmf(k: number, n: number, p: number): number {
  if (!(n >= 0) || !(p >= 0 && p <= 1) || Number.isNaN(k)) return Number.NaN;
  if (k < 0 || k > n || !Number.isInteger(k)) return 0;
  if (p === 0 || p === 1) return k === n * p ? 1 : 0;
  if (k === 0) return Math.exp(n * Math.log1p(-p));
  if (k === n) return p ** n;
  const rest = n - k;
  const exponent =
    stirlingError(n) -
    stirlingError(k) -
    stirlingError(rest) -
    halfDeviance(k, n * p) -
    halfDeviance(rest, n * (1 - p));
  return Math.sqrt(n / (2 * Math.PI * k) / rest) * Math.exp(exponent);
}

/** Probability of at most `k` hits in `n` trials. */
export function binomialCdf(k: number, n: number, p: number): number {
  const hits = Math.floor(k);
  if (!(n >= 0) || !(p >= 0 && p <= 1) || Number.isNaN(k)) return Number.NaN;
  if (hits < 0) return 0;
  return hits >= n ? 1 : betaCdf(1 - p, n - hits, hits + 1, p);
}

/** Probability of more than `k` hits in `n` trials. */
export function binomialSf(k: number, n: number, p: number): number {
  const hits = Math.floor(k);
  if (!(n >= 0) || !(p >= 0 && p <= 1) || Number.isNaN(k)) return Number.NaN;
  if (hits < 0) return 1;
  return hits >= n ? 0 : betaCdf(p, hits + 1, n - hits, 1 - p);
}

/** Fewest hits that are not exceeded with probability of at least `level`; NaN outside [0, 1]. */
export function binomialQuantile(level: number, n: number, p: number): number {
  if (!(level >= 0 && level <= 1) || !(n >= 0) || !(p >= 0 && p <= 1)) return Number.NaN;
  let [low, high] = [0, n];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    // A level that a sum of probabilities meets exactly is not missed by its rounding.
    if (binomialCdf(middle, n, p) >= level * (1 - 2 ** -50)) high = middle;
    else low = middle + 1;
  }
  return low;
}

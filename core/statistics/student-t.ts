import { betaCdf } from './beta.ts';
import { findRoot } from './bus-dekker.ts';
import { normalQuantile, normalSf } from './normal.ts';

/** Lower tail of Student's distribution. @param df degrees of freedom, above 0; Infinity is the normal distribution */
export function studentCdf(t: number, df: number): number {
  return studentSf(-t, df);
}

/** Upper tail of Student's distribution. @see Abramowitz and Stegun 26.7.1 */
export function studentSf(t: number, df: number): number {
  if (df === Number.POSITIVE_INFINITY) return normalSf(t);
  if (!(df > 0) || Number.isNaN(t)) return Number.NaN;
  if (t < 0) return 1 - studentSf(-t, df);
  const ratio = t ** 2 / df;
  return betaCdf(1 / (1 + ratio), df / 2, 0.5, ratio / (1 + ratio)) / 2;
}

/** Relative width at which the search ends: that of the reference, so that both end at the same number. */
const searchTolerance = 1e-8;

/**
 * The value that a variable of Student's distribution stays below with probability `p`.
 *
 * Right to 5e-9 of its size, and to 1e-11 the number of scipy 1.10, whose search (CDFLIB) starts, steps and ends as
 * this one does: an interval of ours is an interval that anybody can check.
 * @returns -Infinity for 0, Infinity for 1, NaN outside [0, 1]
 * @see Brown, Lovato and Russell 1991, DCDFLIB
 */
export function studentQuantile(p: number, df: number): number {
  if (df === Number.POSITIVE_INFINITY) return normalQuantile(p);
  if (!(df > 0) || !(p >= 0 && p <= 1)) return Number.NaN;
  if (p === 0) return Number.NEGATIVE_INFINITY;
  if (p === 1) return Number.POSITIVE_INFINITY;
  const q = 1 - p;
  const start = startOf(p, df);
  return p <= q
    ? findRoot((t) => studentCdf(t, df) - p, true, start, searchTolerance)
    : findRoot((t) => studentSf(t, df) - q, false, start, searchTolerance);
}

/** Asymptotic expansion around the normal quantile. @see Abramowitz and Stegun 26.7.5 */
function startOf(p: number, df: number): number {
  const x = Math.abs(normalQuantile(p));
  const x2 = x * x;
  const terms = [
    (x2 + 1) / 4,
    ((5 * x2 + 16) * x2 + 3) / 96,
    (((3 * x2 + 19) * x2 + 17) * x2 - 15) / 384,
    ((((79 * x2 + 776) * x2 + 1482) * x2 - 1920) * x2 - 945) / 92_160,
  ];
  const size = terms.reduce((sum, term, at) => sum + (term * x) / df ** (at + 1), x);
  return p >= 0.5 ? size : -size;
}

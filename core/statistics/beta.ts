import { halfDeviance, stirlingError } from './log-gamma.ts';
import { solveIncreasing } from './root.ts';

const mostSteps = 1_000_000;

/**
 * Regularised incomplete beta function I_x(a, b): the distribution function of the beta distribution.
 * @param x in [0, 1]
 * @param a, b above 0
 * @param complement 1 - x, where the caller knows it with more digits than the difference has
 * @see NIST DLMF 8.17.22, continued fraction, with the symmetry 8.17.4 for the other side
 */
export function betaCdf(x: number, a: number, b: number, complement = 1 - x): number {
  if (!(a > 0) || !(b > 0) || Number.isNaN(x)) return Number.NaN;
  if (x <= 0) return 0;
  if (complement <= 0) return 1;
  return isLower(x, a, b) ? directTail(x, complement, a, b) : 1 - directTail(complement, x, b, a);
}

/** Upper tail of the beta distribution, computed directly where it is small. @see betaCdf for the parameters */
export function betaSf(x: number, a: number, b: number, complement = 1 - x): number {
  return betaCdf(complement, b, a, x);
}

/** A share and what it lacks of 1: both with all their digits, also where one is tiny. */
export interface SplitShare {
  readonly share: number;
  readonly rest: number;
}

/**
 * The value that a beta variable stays below with probability `p`.
 * @returns NaN outside [0, 1]
 */
export function betaQuantile(p: number, a: number, b: number): number {
  return splitBeta(p, 1 - p, a, b).share;
}

/** As `betaQuantile`, with the rest beside it. @param p, q lower and upper tail: q = 1 - p */
export function splitBeta(p: number, q: number, a: number, b: number): SplitShare {
  if (!(a > 0) || !(b > 0) || !(p >= 0 && q >= 0)) return { share: Number.NaN, rest: Number.NaN };
  if (q === 0) return { share: 1, rest: 0 };
  if (p <= betaCdf(0.5, a, b)) {
    const share = solveLowerHalf(p, q, a, b);
    return { share, rest: 1 - share };
  }
  const rest = solveLowerHalf(q, p, b, a);
  return { share: 1 - rest, rest };
}

/** The quantile where it is at most 1/2, found in logarithms so that a tiny one keeps its digits. */
function solveLowerHalf(p: number, q: number, a: number, b: number): number {
  const least = -744;
  if (p === 0 || betaCdf(Math.exp(least), a, b) >= p) return 0;
  const isLow = p <= 0.5;
  const goal = Math.log(isLow ? p : q);
  const distance = (u: number) => {
    const x = Math.exp(u);
    const tail = isLow ? betaCdf(x, a, b) : betaSf(x, a, b);
    const off = Math.log(tail) - goal;
    return { value: isLow ? off : -off, slope: scale(x, 1 - x, a, b) / ((1 - x) * tail) };
  };
  return Math.exp(solveIncreasing(distance, least, Math.log(0.5) + 1e-12));
}

const isLower = (x: number, a: number, b: number): boolean => x <= (a + 1) / (a + b + 2);

/** Lentz's method on the continued fraction; no denominator is 0 up to x = (a + 1) / (a + b + 2). */
function directTail(x: number, y: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let k = 1; k < mostSteps; k++) {
    const even = (k * (b - k) * x) / ((a + 2 * k - 1) * (a + 2 * k));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    value *= d * c;
    const odd = (-(a + k) * (a + b + k) * x) / ((a + 2 * k) * (a + 2 * k + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    value *= d * c;
    if (Math.abs(d * c - 1) < 2 ** -52) break;
  }
  return Math.min(1, (scale(x, y, a, b) * value) / a);
}

/** x^a y^b / B(a, b) */
function scale(x: number, y: number, a: number, b: number): number {
  const whole = a + b;
  const exponent =
    stirlingError(whole) -
    stirlingError(a) -
    stirlingError(b) -
    halfDeviance(a, whole * x) -
    halfDeviance(b, whole * y);
  return Math.sqrt(((a / whole) * b) / (2 * Math.PI)) * Math.exp(exponent);
}

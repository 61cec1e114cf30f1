import { halfDeviance, logGamma, stirlingError } from './log-gamma.ts';
import { solveIncreasing } from './root.ts';

const mostSteps = 10_000_000;

/**
 * Lower regularised incomplete gamma function P(a, x): the distribution function of the gamma distribution of scale 1.
 * @param a above 0
 * @param x at least 0
 * @see NIST DLMF 8.2.4; series 8.11.4 below x = a + 1, continued fraction 8.9.2 above
 */
export function gammaLower(a: number, x: number): number {
  if (!(a > 0) || !(x >= 0)) return Number.NaN;
  if (x === 0) return 0;
  if (x === Number.POSITIVE_INFINITY) return 1;
  return x < a + 1 ? lowerSeries(a, x) : 1 - upperFraction(a, x);
}

/**
 * Upper regularised incomplete gamma function Q(a, x). Far out it is computed directly and keeps its digits: 1 - P would be 0.
 * @param a above 0
 * @param x at least 0
 */
export function gammaUpper(a: number, x: number): number {
  if (!(a > 0) || !(x >= 0)) return Number.NaN;
  if (x === 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  return x < a + 1 ? 1 - lowerSeries(a, x) : upperFraction(a, x);
}

/**
 * The value that a gamma variable of shape `a` and scale 1 stays below with probability `p`.
 * @returns 0 for 0, Infinity for 1, NaN outside [0, 1]
 */
export function gammaQuantile(p: number, a: number): number {
  if (!(a > 0) || !(p >= 0 && p <= 1)) return Number.NaN;
  if (p === 0) return 0;
  if (p === 1) return Number.POSITIVE_INFINITY;
  // In logarithms of both sides a tail is nearly a straight line, and a value near 0 keeps its digits.
  const low = (Math.log(p) + logGamma(a + 1)) / a - 1;
  // The smallest number above 0.
  if (low < -744) return 0;
  const high = Math.log(2 * a + 1500);
  const isLow = p <= 0.5;
  const goal = Math.log(isLow ? p : 1 - p);
  const distance = (u: number) => {
    const x = Math.exp(u);
    const tail = isLow ? gammaLower(a, x) : gammaUpper(a, x);
    const off = Math.log(tail) - goal;
    return { value: isLow ? off : -off, slope: scale(a, x) / tail };
  };
  return Math.exp(solveIncreasing(distance, Math.min(low, high - 1), high));
}

function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let k = 1; k < mostSteps && term > sum * 1e-17; k++) {
    term *= x / (a + k);
    sum += term;
  }
  return Math.min(1, sum * scale(a, x));
}

/** Lentz's method on the continued fraction. */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let value = d;
  for (let k = 1; k < mostSteps; k++) {
    const numerator = -k * (k - a);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    const factor = c * d;
    value *= factor;
    if (Math.abs(factor - 1) < 2 ** -52) break;
  }
  return value * scale(a, x);
}

/** x^a e^-x / Γ(a) */
const scale = (a: number, x: number): number =>
  Math.sqrt(a / (2 * Math.PI)) * Math.exp(-stirlingError(a) - halfDeviance(a, x));

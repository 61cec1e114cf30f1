import { normalQuantile, normalSf } from './normal.ts';

export interface NonInferiority {
  readonly z: number;
  readonly p: number;
  /** One-sided lower bound of the difference. */
  readonly lowerBound: number;
  readonly nonInferior: boolean;
}

/**
 * One-sided test that a challenger is at most `margin` worse.
 * @param difference challenger minus champion, higher is better
 * @param standardError of the difference; with 0 the difference itself decides
 * @param margin in units of the metric, not negative
 * @param alpha for example 0.05
 * @returns `nonInferior` false whenever a number is not finite
 */
export function testNonInferiority(
  difference: number,
  standardError: number,
  margin: number,
  alpha: number,
): NonInferiority {
  if (standardError === 0) return decideWithoutError(difference, margin);
  const z = (difference + margin) / standardError;
  const p = normalSf(z);
  const lowerBound = difference - normalQuantile(1 - alpha) * standardError;
  const known = [difference, standardError, margin].every(Number.isFinite) && standardError > 0;
  return { z, p, lowerBound, nonInferior: known && p < alpha };
}

function decideWithoutError(difference: number, margin: number): NonInferiority {
  const room = difference + margin;
  const nonInferior = Number.isFinite(margin) && room >= 0;
  return { z: room / 0, p: nonInferior ? 0 : 1, lowerBound: difference, nonInferior };
}

import { normalQuantile, normalSf } from './normal.ts';

export interface Equivalence {
  /** The larger p of both one-sided tests. */
  readonly p: number;
  /** Interval of confidence 1 - 2 alpha: the two are equivalent when it lies within the margin. */
  readonly interval: readonly [low: number, high: number];
  readonly equivalent: boolean;
}

/**
 * Two one-sided tests that a difference is smaller than `margin` either way. That no difference was found says less:
 * with few rows none ever is.
 * @param standardError of the difference; with 0 the difference itself decides
 * @param margin in units of the metric, above 0
 * @param alpha for example 0.05
 * @returns `equivalent` false whenever a number is not finite
 * @see Schuirmann 1987
 */
export function testEquivalence(
  difference: number,
  standardError: number,
  margin: number,
  alpha: number,
): Equivalence {
  const reach = standardError === 0 ? 0 : normalQuantile(1 - alpha) * standardError;
  const interval = [difference - reach, difference + reach] as const;
  const room = margin - Math.abs(difference);
  const p = standardError === 0 ? (room > 0 ? 0 : 1) : normalSf(room / standardError);
  const known = [difference, standardError, margin, alpha].every(Number.isFinite) && standardError >= 0;
  return { p, interval, equivalent: known && margin > 0 && p < alpha };
}

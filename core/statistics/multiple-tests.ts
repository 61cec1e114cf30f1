import { adjustPValues } from './false-discovery.ts';
import { adjustByHolm } from './holm.ts';

/**
 * How p-values of many tests are corrected. The first five keep the chance of any false rejection below alpha, the
 * last two the expected share of false ones among the rejections.
 */
export type Correction =
  | 'bonferroni'
  | 'sidak'
  /** At least as strong as Bonferroni, and as safe whatever the tests have in common: the one for gates. */
  | 'holm'
  | 'holm-sidak'
  /** Hochberg's: stronger than Holm's, for tests that are not negatively dependent. */
  | 'hochberg'
  /** Benjamini and Hochberg's: the one for slices. */
  | 'false-discovery'
  /** Benjamini and Yekutieli's: whatever the tests have in common. */
  | 'false-discovery-dependent';

/** In the order given. */
export interface CorrectedTests {
  /** Never below the raw p; NaN stays NaN. */
  readonly adjusted: readonly number[];
  /** False for NaN. */
  readonly rejected: readonly boolean[];
}

/**
 * Corrects p-values for being many.
 * @param pValues each in [0, 1]; NaN is not rejected. It counts as a test where any false rejection is to be avoided,
 * so that what is missing never makes the others easier
 * @param alpha for example 0.05
 * @see Holm 1979; Hochberg 1988; Benjamini and Hochberg 1995; Benjamini and Yekutieli 2001
 */
export function correctTests(
  pValues: readonly number[],
  correction: Correction,
  alpha = 0.05,
): CorrectedTests {
  const adjusted = adjust(pValues, correction);
  return { adjusted, rejected: adjusted.map((p) => p <= alpha * (1 + slack)) };
}

/** A p-value that meets its share of alpha exactly must not miss it by the rounding of the product. */
const slack = 4 * 2 ** -52;

function adjust(pValues: readonly number[], correction: Correction): readonly number[] {
  const count = pValues.length;
  switch (correction) {
    case 'bonferroni':
      return pValues.map((p) => Math.min(1, p * count));
    case 'sidak':
      return pValues.map((p) => missAny(p, count));
    case 'holm':
      return adjustByHolm(pValues);
    case 'holm-sidak':
      return stepDown(pValues);
    case 'hochberg':
      return stepUp(pValues);
    case 'false-discovery':
      return adjustPValues(pValues);
    case 'false-discovery-dependent': {
      const harmonic = Array.from({ length: count }, (_, at) => 1 / (at + 1)).reduce(
        (sum, part) => sum + part,
        0,
      );
      return adjustPValues(pValues, harmonic);
    }
  }
}

/** 1 - (1 - p)^count without losing a small p. */
const missAny = (p: number, count: number): number => Math.max(p, -Math.expm1(count * Math.log1p(-p)));

/** Holm's steps with Sidak's shares: from the smallest p on, none is adjusted below the one before. */
function stepDown(pValues: readonly number[]): readonly number[] {
  const adjusted = pValues.map(() => Number.NaN);
  let most = 0;
  sortKnown(pValues).forEach(({ p, at }, index) => {
    most = Math.max(most, missAny(p, pValues.length - index));
    adjusted[at] = most;
  });
  return adjusted;
}

/** From the largest p on; none is adjusted above the one after. What is missing counts among the largest. */
function stepUp(pValues: readonly number[]): readonly number[] {
  const known = sortKnown(pValues).reverse();
  const adjusted = pValues.map(() => Number.NaN);
  let least = 1;
  known.forEach(({ p, at }, index) => {
    least = Math.min(least, p * (pValues.length - known.length + index + 1));
    adjusted[at] = least;
  });
  return adjusted;
}

function sortKnown(pValues: readonly number[]): { readonly p: number; readonly at: number }[] {
  return pValues
    .map((p, at) => ({ p, at }))
    .filter(({ p }) => !Number.isNaN(p))
    .sort((left, right) => left.p - right.p);
}

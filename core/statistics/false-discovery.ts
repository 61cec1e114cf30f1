/**
 * Benjamini and Hochberg's adjusted p-values, in the order given: rejecting those below alpha keeps the expected share
 * of false rejections among all rejections below alpha.
 * @param pValues each in [0, 1]; NaN stays NaN and does not count
 * @param factor 1, or the harmonic sum that makes it hold however the tests depend on each other
 * @see Benjamini and Hochberg 1995; Benjamini and Yekutieli 2001 for the factor
 */
export function adjustPValues(pValues: readonly number[], factor = 1): readonly number[] {
  const known = pValues
    .map((p, at) => ({ p, at }))
    .filter(({ p }) => !Number.isNaN(p))
    .sort((left, right) => right.p - left.p);
  const adjusted = pValues.map(() => Number.NaN);
  let least = 1;
  known.forEach(({ p, at }, index) => {
    // The quotient first: it is at least 1, so rounding cannot bring the product below p.
    least = Math.min(least, p * factor * (known.length / (known.length - index)));
    adjusted[at] = least;
  });
  return adjusted;
}

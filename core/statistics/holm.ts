/**
 * Holm's adjusted p-values, in the order given: rejecting those below alpha makes any false rejection at all less
 * probable than alpha.
 * @param pValues each in [0, 1]; NaN stays NaN and counts as one that could not be looked at, so that what is missing
 * never makes the others easier
 * @see Holm 1979
 */
export function adjustByHolm(pValues: readonly number[]): readonly number[] {
  const known = pValues
    .map((p, at) => ({ p, at }))
    .filter(({ p }) => !Number.isNaN(p))
    .sort((left, right) => left.p - right.p);
  const adjusted = pValues.map(() => Number.NaN);
  let most = 0;
  known.forEach(({ p, at }, index) => {
    most = Math.max(most, Math.min(1, p * (pValues.length - index)));
    adjusted[at] = most;
  });
  return adjusted;
}

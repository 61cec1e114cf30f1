/** Scores of exactly 0 and 1 are moved inside by this, so that one wrong row does not make the loss infinite. */
const clip = 2 ** -52;

/**
 * Log-loss of each row: minus the natural logarithm of the probability that the score gave to the true class.
 * @param labels 0 or 1
 * @param scores probabilities of class 1, in [0, 1]
 */
export function computeLogLosses(labels: Uint8Array, scores: Float64Array): Float64Array {
  return scores.map((score, row) => {
    const inside = Math.min(Math.max(score, clip), 1 - clip);
    return labels[row] === 1 ? -Math.log(inside) : -Math.log1p(-inside);
  });
}

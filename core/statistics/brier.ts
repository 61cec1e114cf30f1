/**
 * Brier score of each row: the squared distance between score and label.
 * @param labels 0 or 1
 * @param scores probabilities of class 1, in [0, 1]
 */
export function computeSquaredErrors(labels: Uint8Array, scores: Float64Array): Float64Array {
  return scores.map((score, row) => (score - (labels[row] as number)) ** 2);
}

/**
 * For each row 1 when the class is right, else 0; their mean is the accuracy.
 * @param labels 0 or 1
 * @param threshold a score of at least this says class 1
 */
export function computeHits(labels: Uint8Array, scores: Float64Array, threshold: number): Float64Array {
  return scores.map((score, row) => ((score >= threshold ? 1 : 0) === labels[row] ? 1 : 0));
}

import { splitByClass } from './class-split.ts';

/**
 * Area under the ROC curve: the share of pairs (positive, negative) in which the positive has the higher score; a tie is half a pair.
 * @param labels 1 for the positive class, 0 for the other
 * @param scores finite, one a row
 * @returns in [0, 1]
 * @throws InputError STATISTICS_EMPTY, STATISTICS_SINGLE_CLASS
 */
export function computeAuc(labels: Uint8Array, scores: Float64Array): number {
  const { positives, negatives } = splitByClass(labels, scores, 'AUC');
  positives.sort();
  negatives.sort();
  let below = 0;
  let upTo = 0;
  // Twice the number of pairs won: an integer up to 2^53, so no rounding before the division.
  let twiceWon = 0;
  for (const score of positives) {
    while (below < negatives.length && (negatives[below] as number) < score) below++;
    while (upTo < negatives.length && (negatives[upTo] as number) <= score) upTo++;
    twiceWon += below + upTo;
  }
  return twiceWon / 2 / positives.length / negatives.length;
}

import { splitByClass } from './class-split.ts';

/** Area under the curve of precision over recall, in its two usual forms. */
export interface PrecisionRecallArea {
  /** Precision at each threshold, weighted by the recall gained there: no interpolation. */
  readonly averagePrecision: number;
  /** Straight lines between the points, from precision 1 at recall 0: too hopeful between far points. */
  readonly trapezoid: number;
}

/**
 * Area under the precision-recall curve; rows of one score enter together, so their order does not matter.
 * @param labels 1 for the positive class, 0 for the other
 * @param scores finite, one a row; higher says positive
 * @throws InputError STATISTICS_EMPTY, STATISTICS_SINGLE_CLASS
 * @see Davis and Goadrich 2006 on why the trapezoid is too hopeful; scikit-learn's precision_recall_curve for the first point
 */
export function computePrecisionRecall(labels: Uint8Array, scores: Float64Array): PrecisionRecallArea {
  const { positives, negatives } = splitByClass(labels, scores, 'the precision-recall area');
  positives.sort().reverse();
  negatives.sort().reverse();
  let [averagePrecision, trapezoid, before, fallout, p] = [0, 0, 1, 0, 0];
  while (p < positives.length) {
    const score = positives[p] as number;
    const start = p;
    while (p < positives.length && positives[p] === score) p++;
    // Negatives between two positive scores lower precision at the same recall: a vertical line has no area.
    const above = countAbove(negatives, fallout, score);
    if (above > fallout) before = start === 0 ? 0 : start / (start + above);
    fallout = above;
    while (fallout < negatives.length && negatives[fallout] === score) fallout++;
    const precision = p / (p + fallout);
    const gain = (p - start) / positives.length;
    averagePrecision += gain * precision;
    trapezoid += (gain * (before + precision)) / 2;
    before = precision;
  }
  return { averagePrecision, trapezoid };
}

function countAbove(descending: Float64Array, from: number, score: number): number {
  let at = from;
  while (at < descending.length && (descending[at] as number) > score) at++;
  return at;
}

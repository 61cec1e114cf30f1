import { refuseStatistic } from './refusal.ts';

/** Scores of the rows of each class, in row order. */
export interface ClassSplit {
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
}

/**
 * Parts scores by their label.
 * @param labels 1 for the positive class, 0 for the other
 * @throws InputError STATISTICS_EMPTY, STATISTICS_SINGLE_CLASS
 */
export function splitByClass(labels: Uint8Array, scores: Float64Array, what: string): ClassSplit {
  if (labels.length === 0) throw refuseStatistic('empty', what);
  let count = 0;
  for (const label of labels) count += label;
  if (count === 0 || count === labels.length) throw refuseStatistic('single_class', what);
  const positives = new Float64Array(count);
  const negatives = new Float64Array(labels.length - count);
  let p = 0;
  let n = 0;
  for (let row = 0; row < labels.length; row++) {
    const score = scores[row] as number;
    if (labels[row] === 1) positives[p++] = score;
    else negatives[n++] = score;
  }
  return { positives, negatives };
}

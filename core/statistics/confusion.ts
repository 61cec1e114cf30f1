import { refuseStatistic } from './refusal.ts';

/** Rows by true class (first index) and predicted class (second). Counts, or sums of weights. */
export type Confusion = readonly Float64Array[];

/**
 * Counts how often each class was taken for each.
 * @param truth, predicted class of each row, as an index below `classes`
 * @throws InputError STATISTICS_EMPTY
 */
export function countConfusion(truth: Uint16Array, predicted: Uint16Array, classes: number): Confusion {
  if (truth.length === 0) throw refuseStatistic('empty', 'a confusion matrix');
  const table = Array.from({ length: classes }, () => new Float64Array(classes));
  for (let row = 0; row < truth.length; row++) {
    const counts = table[truth[row] as number] as Float64Array;
    const to = predicted[row] as number;
    counts[to] = (counts[to] as number) + 1;
  }
  return table;
}

/** What a confusion matrix adds up to. */
export interface ConfusionMargins {
  readonly total: number;
  readonly hits: number;
  readonly truth: Float64Array;
  readonly predicted: Float64Array;
}

/** Sums of the rows, the columns, the diagonal and the whole. */
export function sumConfusion(confusion: Confusion): ConfusionMargins {
  const truth = new Float64Array(confusion.length);
  const predicted = new Float64Array(confusion.length);
  let total = 0;
  let hits = 0;
  confusion.forEach((counts, from) => {
    hits += counts[from] as number;
    counts.forEach((count, to) => {
      truth[from] = (truth[from] as number) + count;
      predicted[to] = (predicted[to] as number) + count;
      total += count;
    });
  });
  return { total, hits, truth, predicted };
}

/** Share of rows with the right class. */
export function computeAccuracy(confusion: Confusion): number {
  const { hits, total } = sumConfusion(confusion);
  return hits / total;
}

/** Mean recall of the classes that occur in the truth. */
export function computeBalancedAccuracy(confusion: Confusion): number {
  const { truth } = sumConfusion(confusion);
  let sum = 0;
  let known = 0;
  truth.forEach((rows, at) => {
    if (!(rows > 0)) return;
    sum += ((confusion[at] as Float64Array)[at] as number) / rows;
    known++;
  });
  return sum / known;
}

/**
 * Matthews correlation coefficient for any number of classes, -1 to 1.
 * @returns 0 when truth or predictions are all of one class, as scikit-learn
 * @see Gorodkin 2004, Comparing two K-category assignments by a K-category correlation coefficient
 */
export function computeMcc(confusion: Confusion): number {
  const { total, hits, truth, predicted } = sumConfusion(confusion);
  const both = hits * total - dot(truth, predicted);
  const ofTruth = total ** 2 - dot(truth, truth);
  const ofPredicted = total ** 2 - dot(predicted, predicted);
  // Apart, so that neither the product overflows nor small counts lose digits.
  return ofTruth === 0 || ofPredicted === 0 ? 0 : both / Math.sqrt(ofTruth) / Math.sqrt(ofPredicted);
}

/**
 * Cohen's kappa: agreement beyond what the shares of the classes give by chance.
 * @returns NaN when truth and predictions are all of one and the same class
 * @see Cohen 1960
 */
export function computeKappa(confusion: Confusion): number {
  const { total, hits, truth, predicted } = sumConfusion(confusion);
  const chance = dot(truth, predicted) / total;
  return 1 - (total - hits) / (total - chance);
}

function dot(first: Float64Array, second: Float64Array): number {
  return first.reduce((sum, value, at) => sum + value * (second[at] as number), 0);
}

import { readClasses } from './class-sample.ts';
import type { Pass, PassWeights } from './metric-pass.ts';
import type { Sample } from './sample.ts';

/** Sums of weights of each class: of rows that are of it, that were predicted as it, and both. */
export interface ClassCounts {
  readonly classes: readonly string[];
  readonly truth: Float64Array;
  readonly predicted: Float64Array;
  readonly hits: Float64Array;
  /** All rows. */
  total: number;
  /** Rows with the right class. */
  right: number;
  /** Classes that occur in the truth. */
  known: number;
  /** Classes that occur in the predictions. */
  said: number;
}

export type ClassConfusion = Pass & ClassCounts;

/**
 * Counts what every average over classes is made of: no metric here reads the cells of the confusion matrix that are off
 * its diagonal, so a thousand classes cost no million cells.
 * @throws InputError METRIC_UNDEFINED
 */
export function makeClassConfusion(sample: Sample): ClassConfusion {
  const { classes, truth, predicted } = readClasses(sample, 'a confusion matrix');
  const counts: ClassCounts = {
    classes,
    truth: new Float64Array(classes.length),
    predicted: new Float64Array(classes.length),
    hits: new Float64Array(classes.length),
    total: 0,
    right: 0,
    known: 0,
    said: 0,
  };
  return Object.assign(counts, {
    run: (weights: PassWeights) => {
      addRows(counts, truth, predicted, weights);
      addClasses(counts);
    },
  });
}

function addRows(
  counts: ClassCounts,
  truth: Uint16Array,
  predicted: Uint16Array,
  weights: PassWeights,
): void {
  counts.truth.fill(0);
  counts.predicted.fill(0);
  counts.hits.fill(0);
  for (let row = 0; row < truth.length; row++) {
    const weight = weights[row] as number;
    const own = truth[row] as number;
    const said = predicted[row] as number;
    counts.truth[own] = (counts.truth[own] as number) + weight;
    counts.predicted[said] = (counts.predicted[said] as number) + weight;
    if (own === said) counts.hits[own] = (counts.hits[own] as number) + weight;
  }
}

function addClasses(counts: ClassCounts): void {
  counts.total = 0;
  counts.right = 0;
  counts.known = 0;
  counts.said = 0;
  for (let at = 0; at < counts.truth.length; at++) {
    const rows = counts.truth[at] as number;
    counts.total += rows;
    counts.right += counts.hits[at] as number;
    if (rows > 0) counts.known += 1;
    if ((counts.predicted[at] as number) > 0) counts.said += 1;
  }
}

import { readBinary } from './binary-sample.ts';
import { readClasses } from './class-sample.ts';
import { roundCount } from './report-step.ts';
import type { Sample } from './sample.ts';
import { leastBinRows } from './score-bins.ts';

/** Rows by true (row) and predicted (column) class, in tens or coarser. */
export interface ConfusionTable {
  readonly classes: readonly string[];
  readonly counts: readonly (readonly number[])[];
}

/** A table of more is no picture. */
const mostClasses = 50;

/**
 * The confusion matrix as it may be shown. Every count is rounded by itself: rows and columns need not add up.
 * @returns null with fewer than a hundred rows, more than fifty classes, or no classes at all
 */
export function tabulateConfusion(sample: Sample): ConfusionTable | null {
  const { kind } = sample.truth;
  if (sample.rows < leastBinRows || (kind !== 'binary' && kind !== 'class')) return null;
  const { classes, truth, predicted } = kind === 'binary' ? readBoth(sample) : readClasses(sample, 'a table');
  if (classes.length > mostClasses) return null;
  const counts = classes.map(() => classes.map(() => 0));
  for (let row = 0; row < sample.rows; row++) {
    const line = counts[truth[row] as number] as number[];
    const at = predicted[row] as number;
    line[at] = (line[at] as number) + 1;
  }
  return { classes, counts: counts.map((line) => line.map((count) => roundCount(count, sample.rows))) };
}

function readBoth(sample: Sample): {
  readonly classes: readonly string[];
  readonly truth: Uint8Array;
  readonly predicted: Uint8Array;
} {
  const { labels, scores } = readBinary(sample, 'a table');
  const predicted = Uint8Array.from(scores, (score) => (score >= sample.threshold ? 1 : 0));
  return { classes: ['0', '1'], truth: labels, predicted };
}

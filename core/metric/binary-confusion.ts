import { readBinary } from './binary-sample.ts';
import type { Pass, PassWeights } from './metric-pass.ts';
import type { Sample } from './sample.ts';

/** Sums of weights by label and predicted class: t and f for right and wrong, p and n for what was predicted. */
export interface BinaryCounts {
  tp: number;
  fp: number;
  tn: number;
  fn: number;
}

/** Counts that every walk makes anew. */
export type BinaryConfusion = Pass & BinaryCounts;

/**
 * Counts right and wrong classes at the threshold of the sample.
 * @throws InputError METRIC_UNDEFINED
 */
export function makeBinaryConfusion(sample: Sample): BinaryConfusion {
  const { labels, scores } = readBinary(sample, 'a confusion matrix');
  const cells = new Uint8Array(sample.rows);
  for (let row = 0; row < cells.length; row++) {
    cells[row] = 2 * (labels[row] as number) + ((scores[row] as number) >= sample.threshold ? 1 : 0);
  }
  const sums = new Float64Array(4);
  const confusion: BinaryConfusion = {
    tp: 0,
    fp: 0,
    tn: 0,
    fn: 0,
    run: (weights) => {
      addByCell(cells, weights, sums);
      [confusion.tn, confusion.fp, confusion.fn, confusion.tp] = sums as unknown as [
        number,
        number,
        number,
        number,
      ];
    },
  };
  return confusion;
}

function addByCell(cells: Uint8Array, weights: PassWeights, sums: Float64Array): void {
  sums.fill(0);
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row] as number;
    sums[cell] = (sums[cell] as number) + (weights[row] as number);
  }
}

import type { Pass, PassWeights } from './metric-pass.ts';
import { readNumbers } from './number-sample.ts';
import type { Sample } from './sample.ts';
import { orderByValue } from './score-order.ts';

/** Places in the order of absolute errors; NaN without weight. */
export interface ErrorOrder extends Pass {
  /** Half of the weight lies below; where the half falls between two rows, their mean. */
  median: number;
  largest: number;
}

/** Walks the rows from the smallest absolute error up. @throws InputError METRIC_UNDEFINED */
export function makeErrorOrder(sample: Sample): ErrorOrder {
  const { truth, predicted } = readNumbers(sample, 'an order of errors');
  const errors = predicted.map((value, row) => Math.abs(value - (truth[row] as number)));
  const rows = orderByValue(errors);
  const sorted = Float64Array.from(rows, (row) => errors[row] as number);
  const order: ErrorOrder = {
    median: Number.NaN,
    largest: Number.NaN,
    run: (weights) => {
      order.median = findMedian(rows, sorted, weights);
      order.largest = findLargest(rows, sorted, weights);
    },
  };
  return order;
}

function findMedian(rows: Uint32Array, sorted: Float64Array, weights: PassWeights): number {
  let total = 0;
  for (let row = 0; row < rows.length; row++) total += weights[row] as number;
  let below = 0;
  let lower = Number.NaN;
  for (let at = 0; at < rows.length; at++) {
    const weight = weights[rows[at] as number] as number;
    if (weight === 0) continue;
    if (!Number.isNaN(lower)) return (lower + (sorted[at] as number)) / 2;
    below += weight;
    if (2 * below > total) return sorted[at] as number;
    if (2 * below === total) lower = sorted[at] as number;
  }
  return Number.NaN;
}

function findLargest(rows: Uint32Array, sorted: Float64Array, weights: PassWeights): number {
  for (let at = rows.length - 1; at >= 0; at--) {
    if ((weights[rows[at] as number] as number) > 0) return sorted[at] as number;
  }
  return Number.NaN;
}

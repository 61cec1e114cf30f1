import { orderByValue } from './score-order.ts';

/** Fewest rows of a bin of a picture (GATE.md rule 17). */
export const leastBinRows = 100;

/** Rows in the order of a score, cut into bins of about equal count. */
export interface ScoreBins {
  /** Highest score first. */
  readonly order: Uint32Array;
  /** Where each bin ends in `order`. */
  readonly ends: readonly number[];
}

/**
 * Cuts rows into bins of about equal count, none of fewer than a hundred rows; rows of one score are never parted.
 * @param most bins
 * @returns null with fewer than a hundred rows
 */
export function cutByScore(scores: Float64Array, most: number): ScoreBins | null {
  if (scores.length < leastBinRows) return null;
  const order = orderByValue(scores).reverse();
  const size = Math.max(leastBinRows, Math.ceil(order.length / most));
  const ends: number[] = [];
  let start = 0;
  for (let end = size; end < order.length; end++) {
    if (end - start < size || scores[order[end] as number] === scores[order[end - 1] as number]) continue;
    ends.push(end);
    start = end;
  }
  // What is left over is too few for a bin of its own.
  if (order.length - start < leastBinRows) ends.pop();
  return { order, ends: [...ends, order.length] };
}

import type { Distribution } from '../evidence/judgement-detail.ts';
import { leastBinRows } from './score-bins.ts';
import { orderByValue } from './score-order.ts';

const bins = 20;
/** A bin of fewer rows is shown as empty: a single far-off prediction is some row's. */
const leastShown = 10;
/** Shares of the rows beyond the ends of a range: one wild prediction must not press all others into one bin. */
const tail = 0.005;

/**
 * Rows by predicted score in 20 bins of equal width; what lies beyond the ends is in the first and last bin, and bins of
 * fewer than ten rows are shown as empty. No label has part in it.
 * @param range both ends; null: nearly the whole range of both models, to round numbers
 * @returns null with fewer than a hundred rows, or when there is no range
 */
export function describeDistribution(
  challenger: Float64Array,
  champion: Float64Array | null,
  range: readonly [low: number, high: number] | null,
): Distribution | null {
  if (challenger.length < leastBinRows) return null;
  const ends = range ?? findRange(champion === null ? [challenger] : [challenger, champion]);
  if (ends === null) return null;
  return {
    edges: Array.from({ length: bins + 1 }, (_, at) => trim(ends[0] + (at * (ends[1] - ends[0])) / bins)),
    challenger: countBins(challenger, ends),
    champion: champion === null ? null : countBins(champion, ends),
  };
}

function findRange(all: readonly Float64Array[]): readonly [number, number] | null {
  const ends = all.map((values) => {
    const order = orderByValue(values);
    const beyond = Math.floor(values.length * tail);
    return [
      values[order[beyond] as number] as number,
      values[order[values.length - 1 - beyond] as number] as number,
    ];
  });
  const low = Math.min(...ends.map(([end]) => end as number));
  const high = Math.max(...ends.map(([, end]) => end as number));
  const width = high - low;
  if (!(width > 0) || !Number.isFinite(width)) return null;
  const step = 10 ** Math.floor(Math.log10(width / bins));
  const rounded = [trim(Math.floor(low / step) * step), trim(Math.ceil(high / step) * step)] as const;
  return rounded.every(Number.isFinite) ? rounded : null;
}

/** Without the last digits, which are rounding. */
function trim(value: number): number {
  return Number(value.toPrecision(12));
}

function countBins(values: Float64Array, [low, high]: readonly [number, number]): readonly number[] {
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) {
    const bin = Math.floor(((value - low) / (high - low)) * bins);
    const at = Math.min(bins - 1, Math.max(0, bin));
    if (!Number.isNaN(at)) counts[at] = (counts[at] as number) + 1;
  }
  return counts.map((count) => (count < leastShown ? 0 : count));
}

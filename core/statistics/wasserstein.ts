import { refuseStatistic } from './refusal.ts';
import { computeMoments, type ValueCounts } from './value-counts.ts';

/** Evidently's least standard deviation: a constant reference has no spread to measure in. */
const evidentlyDeviation = 0.001;

export interface Wasserstein {
  /** In the unit of the values. */
  readonly distance: number;
  /** In population standard deviations of the reference; 0 for no distance, else Infinity over a deviation of 0. */
  readonly normed: number;
}

/**
 * First Wasserstein distance: the area between the two distribution functions, in one walk over the different values.
 * @param leastDeviation the deviation counts as at least so much, in the unit of the values
 * @throws InputError STATISTICS_EMPTY
 */
export function computeWasserstein(
  reference: ValueCounts,
  current: ValueCounts,
  leastDeviation = evidentlyDeviation,
): Wasserstein {
  if (reference.total === 0 || current.total === 0)
    throw refuseStatistic('empty', 'the distance of two samples');
  let i = 0;
  let j = 0;
  let seenReference = 0;
  let seenCurrent = 0;
  let before = Number.NaN;
  let distance = 0;
  while (i < reference.values.length || j < current.values.length) {
    const a = reference.values[i] ?? Number.POSITIVE_INFINITY;
    const b = current.values[j] ?? Number.POSITIVE_INFINITY;
    const value = Math.min(a, b);
    const gap = Math.abs(seenReference / reference.total - seenCurrent / current.total);
    if (gap > 0) distance += gap * (value - before);
    if (a === value) seenReference += reference.counts[i++] as number;
    if (b === value) seenCurrent += current.counts[j++] as number;
    before = value;
  }
  const deviation = Math.sqrt(computeMoments(reference).population);
  const normed = distance === 0 ? 0 : distance / Math.max(deviation, leastDeviation);
  return { distance, normed };
}

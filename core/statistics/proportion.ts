import { normalQuantile, normalSf } from './normal.ts';
import { refuseStatistic } from './refusal.ts';

/**
 * Wilson's interval of a share: keeps inside 0 and 1, and says something for 0 of n.
 * @throws InputError STATISTICS_EMPTY
 * @see Wilson 1927
 */
export function computeWilsonInterval(
  hits: number,
  total: number,
  confidence = 0.95,
): readonly [low: number, high: number] {
  if (!(total > 0)) throw refuseStatistic('empty', 'the interval of a share');
  const z2 = normalQuantile(0.5 + confidence / 2) ** 2;
  const share = hits / total;
  const middle = (share + z2 / (2 * total)) / (1 + z2 / total);
  const reach = Math.sqrt(z2 * ((share * (1 - share)) / total + z2 / (4 * total ** 2))) / (1 + z2 / total);
  // Both are exact there; rounding would leave 7e-18 of it.
  return [hits === 0 ? 0 : Math.max(0, middle - reach), hits === total ? 1 : Math.min(1, middle + reach)];
}

export interface ShareDifference {
  /** First minus second over its pooled standard error; 0 when both shares are 0 or both are 1. */
  readonly z: number;
  /** Two-sided, normal. */
  readonly p: number;
}

/** Compares two shares with the pooled z test. @throws InputError STATISTICS_EMPTY */
export function testShares(
  hits: number,
  total: number,
  otherHits: number,
  otherTotal: number,
): ShareDifference {
  if (!(total > 0) || !(otherTotal > 0)) throw refuseStatistic('empty', 'the difference of two shares');
  const pooled = (hits + otherHits) / (total + otherTotal);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / total + 1 / otherTotal));
  if (error === 0) return { z: 0, p: 1 };
  const z = (hits / total - otherHits / otherTotal) / error;
  return { z, p: 2 * normalSf(Math.abs(z)) };
}

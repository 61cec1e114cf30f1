import { splitBeta } from './beta.ts';
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

/**
 * Clopper and Pearson's exact interval of a share: covers at least as often as it says, and is wider for it.
 * @throws InputError STATISTICS_EMPTY
 * @see Clopper and Pearson 1934
 */
export function computeClopperPearsonInterval(
  hits: number,
  total: number,
  confidence = 0.95,
): readonly [low: number, high: number] {
  if (!(total > 0)) throw refuseStatistic('empty', 'the interval of a share');
  const tail = (1 - confidence) / 2;
  return [
    hits === 0 ? 0 : splitBeta(tail, 1 - tail, hits, total - hits + 1).share,
    hits === total ? 1 : splitBeta(1 - tail, tail, hits + 1, total - hits).share,
  ];
}

/**
 * Agresti and Coull's interval of a share: Wilson's middle with the simple formula, cut at 0 and 1.
 * @throws InputError STATISTICS_EMPTY
 * @see Agresti and Coull 1998
 */
export function computeAgrestiCoullInterval(
  hits: number,
  total: number,
  confidence = 0.95,
): readonly [low: number, high: number] {
  if (!(total > 0)) throw refuseStatistic('empty', 'the interval of a share');
  const z = normalQuantile(0.5 + confidence / 2);
  const rows = total + z ** 2;
  const share = (hits + z ** 2 / 2) / rows;
  const reach = z * Math.sqrt((share * (1 - share)) / rows);
  return [Math.max(0, share - reach), Math.min(1, share + reach)];
}

/**
 * Newcombe's interval of the difference of two shares, first minus second, from Wilson's of each.
 * @throws InputError STATISTICS_EMPTY
 * @see Newcombe 1998, method 10
 */
export function computeNewcombeInterval(
  hits: number,
  total: number,
  otherHits: number,
  otherTotal: number,
  confidence = 0.95,
): readonly [low: number, high: number] {
  const [low, high] = computeWilsonInterval(hits, total, confidence);
  const [otherLow, otherHigh] = computeWilsonInterval(otherHits, otherTotal, confidence);
  const [share, other] = [hits / total, otherHits / otherTotal];
  return [
    share - other - Math.hypot(share - low, otherHigh - other),
    share - other + Math.hypot(high - share, other - otherLow),
  ];
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

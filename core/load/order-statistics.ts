import { binomialQuantile } from '../statistics/binomial.ts';

/** Ranks between which the quantile lies with at least 95 %; null: there are too few values for that end. */
export interface RankInterval {
  readonly low: number | null;
  readonly high: number | null;
}

const tail = 0.025;

/**
 * Distribution-free 95 % interval of a quantile, as ranks: the number of values up to the quantile is binomial, whatever the
 * latencies are distributed like. Of independent values.
 * @param count values
 * @param p in (0, 1)
 * @see David and Nagaraja 2003, Order Statistics, 7.1
 */
export function quantileRanks(count: number, p: number): RankInterval {
  // Counted on the rarer side, where the share is exact: 1 - 0.999 is not 0.001.
  const share = Number((1 - p).toPrecision(12));
  const low = count - binomialQuantile(1 - tail, count, share);
  const high = count + 1 - binomialQuantile(tail, count, share);
  return { low: low < 1 ? null : low, high: high > count ? null : high };
}

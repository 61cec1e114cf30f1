import { normalQuantile } from '../statistics/normal.ts';
import { computeWilsonInterval } from '../statistics/proportion.ts';
import { confidence, type Estimate } from './estimate.ts';

const z = normalQuantile(0.5 + confidence / 2);

/** True where every row is right or wrong. */
export const areHits = (values: Float64Array): boolean => values.every((value) => value === 0 || value === 1);

/**
 * The share of right rows with an interval that holds for shares near 0 and 1 as well, where the normal one is too narrow
 * (of 0 wrong in 1,000 it says that none is ever wrong).
 * @param hits 1 where right, else 0
 */
export function widenShare(estimate: Estimate, hits: Float64Array): Estimate {
  const right = hits.reduce((sum, hit) => sum + hit, 0);
  return join(estimate, computeWilsonInterval(right, hits.length, confidence));
}

/**
 * The difference of two shares of the same rows, likewise: few rows on which the models differ say little of how many
 * there are. One row more on either side, as Laplace has it.
 * @param better, worse rows that only the challenger has right, and only the champion
 * @see Bonett and Price 2012, Adjusted Wald confidence interval for a difference of binomial proportions based on paired data
 */
export function widenPaired<Any extends Estimate>(
  estimate: Any,
  better: number,
  worse: number,
  rows: number,
): Any {
  const [up, down] = [(better + 1) / (rows + 2), (worse + 1) / (rows + 2)];
  const reach = z * Math.sqrt((up + down - (up - down) ** 2) / (rows + 2));
  return join(estimate, [up - down - reach, up - down + reach]);
}

/** What both intervals hold: never narrower than the usual one. */
function join<Any extends Estimate>(estimate: Any, [low, high]: readonly [number, number]): Any {
  const [from, to] = estimate.interval;
  return { ...estimate, interval: [Math.min(from, low), Math.max(to, high)] };
}

import { binomialCdf, binomialPmf, binomialSf } from './binomial.ts';
import type { Alternative } from './kolmogorov-smirnov.ts';
import { refuseStatistic } from './refusal.ts';

/** Counts that differ in likelihood by less are equally likely. */
const tie = 1 + 1e-7;

/**
 * Exact test of a share.
 * @param hits, total whole numbers
 * @param share that is tested, in [0, 1]
 * @returns p; two-sided it is the chance of all counts that are at most as likely as this one
 * @throws InputError STATISTICS_EMPTY without a trial
 * @see scipy.stats.binomtest
 */
export function testBinomial(
  hits: number,
  total: number,
  share = 0.5,
  alternative: Alternative = 'two-sided',
): number {
  if (!(total > 0)) throw refuseStatistic('empty', 'the test of a share');
  if (alternative === 'less') return binomialCdf(hits, total, share);
  if (alternative === 'greater') return binomialSf(hits - 1, total, share);
  if (hits === share * total) return 1;
  const limit = binomialPmf(hits, total, share) * tie;
  if (hits < share * total) {
    const first = findFirst(
      Math.ceil(share * total),
      total + 1,
      (k) => binomialPmf(k, total, share) <= limit,
    );
    return Math.min(1, binomialCdf(hits, total, share) + binomialSf(first - 1, total, share));
  }
  const first = findFirst(0, Math.floor(share * total) + 1, (k) => binomialPmf(k, total, share) > limit);
  return Math.min(1, binomialCdf(first - 1, total, share) + binomialSf(hits - 1, total, share));
}

/** The first whole number from `low` on for which `holds`, which then holds for all that follow; `end` when none. */
function findFirst(low: number, end: number, holds: (k: number) => boolean): number {
  let [from, to] = [low, end];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (holds(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}

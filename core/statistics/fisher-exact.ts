import { binomialPmf } from './binomial.ts';
import { refuseStatistic } from './refusal.ts';

export interface FisherExact {
  /** ad / bc; NaN where a row or a column is all zero. */
  readonly oddsRatio: number;
  /** All tables at most as likely as this one. */
  readonly p: number;
  /** First row over second row has at most so high odds. */
  readonly pLess: number;
  readonly pGreater: number;
}

/** Tables that differ in likelihood by less are equally likely. */
const tie = 1e-11;

/**
 * Fisher's exact test of a table of two by two, its margins held.
 * @param table whole counts [[a, b], [c, d]]
 * @throws InputError STATISTICS_EMPTY when all counts are 0
 * @see Fisher 1922
 */
export function testFisherExact(table: readonly (readonly [number, number])[]): FisherExact {
  const [[a, b], [c, d]] = table as readonly [readonly [number, number], readonly [number, number]];
  const total = a + b + c + d;
  if (!(total > 0)) throw refuseStatistic('empty', "Fisher's exact test");
  const [rowSum, columnSum] = [a + b, a + c];
  if (rowSum === 0 || columnSum === 0 || rowSum === total || columnSum === total)
    return { oddsRatio: Number.NaN, p: 1, pLess: 1, pGreater: 1 };
  const own = hypergeometric(a, rowSum, columnSum, total);
  let [p, pLess, pGreater] = [0, 0, 0];
  for (let k = Math.max(0, rowSum + columnSum - total); k <= Math.min(rowSum, columnSum); k++) {
    const chance = hypergeometric(k, rowSum, columnSum, total);
    if (chance <= own * (1 + tie)) p += chance;
    if (k <= a) pLess += chance;
    if (k >= a) pGreater += chance;
  }
  const oddsRatio = (a * d) / (b * c);
  return { oddsRatio, p: Math.min(1, p), pLess: Math.min(1, pLess), pGreater: Math.min(1, pGreater) };
}

/** Chance of k in the corner, from three binomials of one share: no factorial is ever computed. */
function hypergeometric(k: number, rowSum: number, columnSum: number, total: number): number {
  const share = rowSum / total;
  return (
    (binomialPmf(k, columnSum, share) / binomialPmf(rowSum, total, share)) *
    binomialPmf(rowSum - k, total - columnSum, share)
  );
}

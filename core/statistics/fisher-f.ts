import { betaCdf, splitBeta } from './beta.ts';

/**
 * Lower tail of the F distribution.
 * @param df1, df2 degrees of freedom of numerator and denominator, above 0
 */
export function fCdf(statistic: number, df1: number, df2: number): number {
  if (statistic <= 0) return 0;
  const [share, rest] = toShares(statistic, df1, df2);
  return betaCdf(share, df1 / 2, df2 / 2, rest);
}

/** Upper tail of the F distribution. @see Abramowitz and Stegun 26.6.2 */
export function fSf(statistic: number, df1: number, df2: number): number {
  if (statistic <= 0) return 1;
  const [share, rest] = toShares(statistic, df1, df2);
  return betaCdf(rest, df2 / 2, df1 / 2, share);
}

/** The value that an F variable stays below with probability `p`; NaN outside [0, 1]. */
export function fQuantile(p: number, df1: number, df2: number): number {
  const { share, rest } = splitBeta(p, 1 - p, df1 / 2, df2 / 2);
  return (share / rest) * (df2 / df1);
}

function toShares(statistic: number, df1: number, df2: number): readonly [share: number, rest: number] {
  const ratio = (statistic * df1) / df2;
  return ratio === Number.POSITIVE_INFINITY ? [1, 0] : [ratio / (1 + ratio), 1 / (1 + ratio)];
}

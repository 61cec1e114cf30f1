import { chiSquareSf } from './chi-square.ts';

export interface McNemarChiSquare {
  /** NaN when the two differ nowhere. */
  readonly statistic: number;
  /** Two-sided, 1 when they differ nowhere. */
  readonly p: number;
}

/**
 * McNemar's test by the chi-square approximation. The exact test is to be preferred; this one is what other tools show.
 * @param championOnly, challengerOnly rows that only one of the two has right
 * @param corrected takes one off the difference of the counts (Edwards' correction)
 * @see McNemar 1947; Edwards 1948
 */
export function testMcNemarChiSquare(
  championOnly: number,
  challengerOnly: number,
  corrected: boolean,
): McNemarChiSquare {
  const rows = championOnly + challengerOnly;
  if (rows === 0) return { statistic: Number.NaN, p: 1 };
  const statistic = (Math.abs(championOnly - challengerOnly) - (corrected ? 1 : 0)) ** 2 / rows;
  return { statistic, p: chiSquareSf(statistic, 1) };
}

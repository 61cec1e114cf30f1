import { gammaLower, gammaQuantile, gammaUpper } from './gamma.ts';

/** Lower tail of the chi-square distribution. @param df degrees of freedom, above 0 */
export function chiSquareCdf(statistic: number, df: number): number {
  return statistic < 0 ? 0 : gammaLower(df / 2, statistic / 2);
}

/** Upper tail of the chi-square distribution. @param df degrees of freedom, above 0 */
export function chiSquareSf(statistic: number, df: number): number {
  return statistic < 0 ? 1 : gammaUpper(df / 2, statistic / 2);
}

/** The value that a chi-square variable stays below with probability `p`. @param df degrees of freedom, above 0 */
export function chiSquareQuantile(p: number, df: number): number {
  return 2 * gammaQuantile(p, df / 2);
}

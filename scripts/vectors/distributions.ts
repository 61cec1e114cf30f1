import { betaCdf, betaQuantile, betaSf } from '../../core/statistics/beta.ts';
import { binomialCdf, binomialPmf, binomialQuantile, binomialSf } from '../../core/statistics/binomial.ts';
import { chiSquareCdf, chiSquareQuantile, chiSquareSf } from '../../core/statistics/chi-square.ts';
import { fCdf, fQuantile, fSf } from '../../core/statistics/fisher-f.ts';
import { gammaLower, gammaQuantile, gammaUpper } from '../../core/statistics/gamma.ts';
import { kolmogorovSampleSf, kolmogorovSf } from '../../core/statistics/kolmogorov.ts';
import { seedGenerator } from '../../core/statistics/mulberry32.ts';
import { normalCdf, normalQuantile, normalSf } from '../../core/statistics/normal.ts';
import { studentCdf, studentQuantile, studentSf } from '../../core/statistics/student-t.ts';
import { toNumber as n, type VectorFunction } from './arguments.ts';

/** Distribution functions, both tails and their inverses; and the generator. */
export const distributionFunctions: Readonly<Record<string, VectorFunction>> = {
  norm_cdf: ({ x }) => normalCdf(n(x)),
  norm_sf: ({ x }) => normalSf(n(x)),
  norm_ppf: ({ p }) => normalQuantile(n(p)),
  t_cdf: ({ x, df }) => studentCdf(n(x), n(df)),
  t_sf: ({ x, df }) => studentSf(n(x), n(df)),
  t_ppf: ({ p, df }) => studentQuantile(n(p), n(df)),
  f_cdf: ({ x, df1, df2 }) => fCdf(n(x), n(df1), n(df2)),
  f_sf: ({ x, df1, df2 }) => fSf(n(x), n(df1), n(df2)),
  f_ppf: ({ p, df1, df2 }) => fQuantile(n(p), n(df1), n(df2)),
  chi2_cdf: ({ x, df }) => chiSquareCdf(n(x), n(df)),
  chi2_sf: ({ x, df }) => chiSquareSf(n(x), n(df)),
  chi2_ppf: ({ p, df }) => chiSquareQuantile(n(p), n(df)),
  beta_cdf: ({ x, a, b }) => betaCdf(n(x), n(a), n(b)),
  beta_sf: ({ x, a, b }) => betaSf(n(x), n(a), n(b)),
  beta_ppf: ({ p, a, b }) => betaQuantile(n(p), n(a), n(b)),
  gamma_cdf: ({ x, a }) => gammaLower(n(a), n(x)),
  gamma_sf: ({ x, a }) => gammaUpper(n(a), n(x)),
  gamma_ppf: ({ p, a }) => gammaQuantile(n(p), n(a)),
  binom_pmf: ({ k, n: trials, p }) => binomialPmf(n(k), n(trials), n(p)),
  binom_cdf: ({ k, n: trials, p }) => binomialCdf(n(k), n(trials), n(p)),
  binom_sf: ({ k, n: trials, p }) => binomialSf(n(k), n(trials), n(p)),
  binom_ppf: ({ q, n: trials, p }) => binomialQuantile(n(q), n(trials), n(p)),
  kolmogorov_sf: ({ x }) => kolmogorovSf(n(x)),
  kstwo_sf: ({ x, n: rows }) => kolmogorovSampleSf(n(rows), n(x)),
  mulberry32: ({ seed, n: draws }) => Array.from({ length: n(draws) }, seedGenerator(n(seed))),
};

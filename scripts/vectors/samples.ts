import { testAnova } from '../../core/statistics/anova.ts';
import { computeKendall, computePearson, computeSpearman } from '../../core/statistics/correlation.ts';
import { computeAutocorrelation, describeValues } from '../../core/statistics/description.ts';
import {
  asymptoticKsSf,
  computeKsDistance,
  exactKsSf,
  limitKsSf,
} from '../../core/statistics/kolmogorov-smirnov.ts';
import { testMannWhitney } from '../../core/statistics/mann-whitney.ts';
import { testMeanShift } from '../../core/statistics/mean-shift.ts';
import { testPairedPermutation, testPermutation } from '../../core/statistics/permutation.ts';
import { computeQuantile, type QuantileType } from '../../core/statistics/quantile.ts';
import { computeMeanInterval, testPaired, testWelch } from '../../core/statistics/t-test.ts';
import { computeWasserstein } from '../../core/statistics/wasserstein.ts';
import {
  type Arguments,
  toAlternative,
  toCounts,
  toFloats,
  toList,
  toMoments,
  toNumber,
  toNumberOr,
  toTable,
  type VectorFunction,
} from './arguments.ts';

const toType = (method: unknown): QuantileType => {
  const type = Number(String(method ?? 'type7').replace('type', ''));
  if (!Number.isInteger(type) || type < 1 || type > 9) throw new Error(`no quantile is called ${method}`);
  return type as QuantileType;
};

function describe({ x }: Arguments): unknown {
  const all = describeValues(toFloats(x));
  return {
    n: all.count,
    mean: all.mean,
    median: all.median,
    min: all.min,
    max: all.max,
    var_pop: all.populationVariance,
    std_pop: all.populationDeviation,
    var_sample: all.sampleVariance,
    std_sample: all.sampleDeviation,
    skew_pop: all.populationSkewness,
    skew_sample: all.sampleSkewness,
    kurtosis_excess_pop: all.populationKurtosis,
    kurtosis_excess_sample: all.sampleKurtosis,
    mad_median: all.medianDeviation,
    iqr_type7: all.interquartileRange,
  };
}

/** Some of NIST's samples are made: a first value, then pairs that alternate. */
function toNistSample({ x, first, alternating, n }: Arguments): Float64Array {
  if (x !== undefined) return toFloats(x);
  const [odd, even] = toFloats(alternating);
  return Float64Array.from({ length: toNumber(n) }, (_, at) =>
    at === 0 ? toNumber(first) : ((at % 2 === 1 ? odd : even) as number),
  );
}

function compareSamples({ x, y, alternative }: Arguments): unknown {
  const kind = toAlternative(alternative);
  const [first, second] = [toCounts(x), toCounts(y)];
  const statistic = computeKsDistance(first, second, kind);
  const sizes = [first.total, second.total] as const;
  return {
    statistic,
    p_exact: exactKsSf(statistic, ...sizes, kind),
    p_asymp_scipy: asymptoticKsSf(statistic, ...sizes, kind),
    p_kolmogorov_limit: limitKsSf(statistic, ...sizes),
  };
}

const permute =
  (test: typeof testPermutation): VectorFunction =>
  ({ x, y, statistic = 'mean_diff' }) => {
    if (statistic !== 'mean_diff') throw new Error(`no permutation test of ${statistic}`);
    const result = test(toFloats(x), toFloats(y));
    return { statistic: result.statistic, p: result.p, n_permutations: result.permutations };
  };

/** Samples of numbers: described, and compared with each other. */
export const sampleFunctions: Readonly<Record<string, VectorFunction>> = {
  describe,
  nist_univariate: (args) => {
    const x = toNistSample(args);
    const { mean, sampleDeviation } = describeValues(x);
    return { mean, std_sample: sampleDeviation, lag1_autocorrelation: computeAutocorrelation(x) };
  },
  quantile: ({ x, p, method }) => {
    const ascending = toFloats(x).sort();
    return toList(p).map((level) => computeQuantile(ascending, toNumber(level), toType(method)));
  },
  latency_percentiles: ({ x, method }) => {
    const ascending = toFloats(x).sort();
    return Object.fromEntries(
      [50, 90, 95, 99, 99.9].map((percent) => [
        `p${percent}`,
        computeQuantile(ascending, percent / 100, toType(method)),
      ]),
    );
  },
  correlation: ({ x, y }) => {
    const [first, second] = [toFloats(x), toFloats(y)];
    return {
      pearson: computePearson(first, second),
      spearman: computeSpearman(first, second),
      kendall_tau_b: computeKendall(first, second),
    };
  },
  ks_2samp: compareSamples,
  ks_2samp_large: compareSamples,
  wasserstein: ({ x, y }) => {
    const { distance, normed } = computeWasserstein(toCounts(x), toCounts(y));
    return { distance, normed_by_ref_std_pop: normed };
  },
  mean_shift: ({ ref, cur }) => {
    const { z, p, zVsReference, cohensD } = testMeanShift(toMoments(ref), toMoments(cur));
    return { z, p_normal: p, z_vs_ref: zVsReference, cohens_d_pooled: cohensD };
  },
  mannwhitney: ({ x, y, alternative, method, continuity }) => {
    const { u, p } = testMannWhitney(toFloats(x), toFloats(y), {
      alternative: toAlternative(alternative),
      method: (method ?? 'auto') as 'auto',
      continuity: (continuity ?? true) as boolean,
    });
    return { U1: u, p };
  },
  anova_oneway: ({ groups }) => {
    const { f, p, dfBetween, dfWithin } = testAnova(toTable(groups));
    return { F: f, p, df_between: dfBetween, df_within: dfWithin };
  },
  welch_t: ({ x, y }) => testWelch(toFloats(x), toFloats(y)),
  paired_t: ({ x, y }) => testPaired(toFloats(x), toFloats(y)),
  mean_ci_t: ({ x, confidence }) => computeMeanInterval(toFloats(x), toNumberOr(confidence, 0.95)),
  permutation_independent_exact: permute(testPermutation),
  permutation_paired_exact: permute(testPairedPermutation),
};

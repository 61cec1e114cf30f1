import { chiSquareSf } from './chi-square.ts';
import { computeJensenShannon, computeKl } from './divergence.ts';
import { adjustPValues } from './false-discovery.ts';
import { testHomogeneity } from './homogeneity.ts';
import { kolmogorovSf } from './kolmogorov.ts';
import {
  type Alternative,
  asymptoticKsSf,
  computeKsDistance,
  exactKsSf,
  limitKsSf,
} from './kolmogorov-smirnov.ts';
import { type SampleMoments, testMeanShift } from './mean-shift.ts';
import { computeWilsonInterval, testShares } from './proportion.ts';
import { binByReference, computePsi, type Sample, type Smoothing } from './psi.ts';
import { computeMoments, countValues, type ValueCounts } from './value-counts.ts';
import { computeWasserstein } from './wasserstein.ts';

type Args = Readonly<Record<string, unknown>>;

const number = (value: unknown) => Number(value);
/** null is a missing value, as NaN is. */
const floats = (value: unknown) => Float64Array.from(value as unknown[], (one) => Number(one ?? Number.NaN));
const counted = (value: unknown): ValueCounts => countValues(floats(value));

function toSample(value: unknown): Sample {
  const counts = counted(value);
  return { counts, missing: (value as unknown[]).length - counts.total };
}

function toMoments(value: unknown): SampleMoments {
  const counts = counted(value);
  const { mean, sample } = computeMoments(counts);
  return { mean, variance: sample, count: counts.total };
}

function toSmoothing({ smoothing, eps, alpha }: Args): Smoothing {
  return smoothing === 'laplace'
    ? { kind: 'laplace', alpha: number(alpha ?? 0.5) }
    : { kind: 'floor', least: number(eps ?? 1e-4) };
}

function compareSamples({ x, y, alternative = 'two-sided' }: Args): unknown {
  const kind = alternative as Alternative;
  const [first, second] = [counted(x), counted(y)];
  const statistic = computeKsDistance(first, second, kind);
  const sizes = [first.total, second.total] as const;
  return {
    statistic,
    p_exact: exactKsSf(statistic, ...sizes, kind),
    p_asymp_scipy: asymptoticKsSf(statistic, ...sizes, kind),
    p_kolmogorov_limit: limitKsSf(statistic, ...sizes),
  };
}

/** What the vectors call the functions that drift is told by. */
export const driftFunctions: Readonly<Record<string, (args: Args) => unknown>> = {
  chi2_sf: ({ x, df }) => chiSquareSf(number(x), number(df)),
  kolmogorov_sf: ({ x }) => kolmogorovSf(number(x)),
  chi2_homogeneity: ({ table }) => {
    const result = testHomogeneity((table as unknown[]).map(floats));
    return { ...result, cramers_v_uncorrected: result.cramersV };
  },
  ks_2samp: compareSamples,
  ks_2samp_large: compareSamples,
  kl_divergence: ({ p, q }) => computeKl(floats(p), floats(q)),
  jensen_shannon: ({ p, q, base }) => {
    const { divergence } = computeJensenShannon(floats(p), floats(q));
    const scaled = base === 'e' ? divergence * Math.LN2 : divergence;
    return { divergence: scaled, distance: Math.sqrt(scaled) };
  },
  psi_counts: (args) => ({
    psi: computePsi(
      { reference: floats(args.ref_counts), current: floats(args.cur_counts) },
      toSmoothing(args),
    ),
  }),
  psi_numeric: (args) => {
    const binned = binByReference(toSample(args.ref), toSample(args.cur), number(args.bins ?? 10));
    return {
      psi: computePsi(binned, toSmoothing(args)),
      ref_counts: binned.reference,
      cur_counts: binned.current,
      edges: binned.edges,
    };
  },
  wasserstein: ({ x, y }) => {
    const { distance, normed } = computeWasserstein(counted(x), counted(y));
    return { distance, normed_by_ref_std_pop: normed };
  },
  mean_shift: ({ ref, cur }) => {
    const { z, p, zVsReference, cohensD } = testMeanShift(toMoments(ref), toMoments(cur));
    return { z, p_normal: p, z_vs_ref: zVsReference, cohens_d_pooled: cohensD };
  },
  multipletests: ({ p, alpha }) => {
    const adjusted = adjustPValues([...floats(p)]);
    return { p_adjusted: adjusted, reject: adjusted.map((value) => value <= number(alpha)) };
  },
  proportion_ci: ({ k, n, confidence }) => ({
    wilson: computeWilsonInterval(number(k), number(n), number(confidence)),
  }),
  two_proportion_z: ({ k1, n1, k2, n2 }) => testShares(number(k1), number(n1), number(k2), number(n2)),
};

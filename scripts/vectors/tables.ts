import { testBinomial } from '../../core/statistics/binomial-test.ts';
import {
  computeEntropy,
  computeJensenShannon,
  computeKl,
  computeShareDistances,
} from '../../core/statistics/divergence.ts';
import { computeEvidentlyPsi } from '../../core/statistics/evidently-psi.ts';
import { testFisherExact } from '../../core/statistics/fisher-exact.ts';
import { testGoodness } from '../../core/statistics/goodness.ts';
import { testHomogeneity, testLikelihoodRatio } from '../../core/statistics/homogeneity.ts';
import { testMcNemar } from '../../core/statistics/mcnemar.ts';
import { testMcNemarChiSquare } from '../../core/statistics/mcnemar-chi-square.ts';
import { type Correction, correctTests } from '../../core/statistics/multiple-tests.ts';
import {
  computeAgrestiCoullInterval,
  computeClopperPearsonInterval,
  computeNewcombeInterval,
  computeWilsonInterval,
  testShares,
} from '../../core/statistics/proportion.ts';
import { binByReference, computePsi, type Smoothing } from '../../core/statistics/psi.ts';
import {
  type Arguments,
  toAlternative,
  toFloats,
  toList,
  toNumber,
  toNumberOr,
  toSample,
  toTable,
  type VectorFunction,
} from './arguments.ts';

function toSmoothing({ smoothing, eps, alpha }: Arguments): Smoothing {
  return smoothing === 'laplace'
    ? { kind: 'laplace', alpha: toNumberOr(alpha, 0.5) }
    : { kind: 'floor', least: toNumberOr(eps, 1e-4) };
}

/** What one unit of the logarithm's base is in natural ones. */
const unitOf = (base: unknown, otherwise: number | 'e'): number => {
  const chosen = base ?? otherwise;
  return chosen === 'e' ? 1 : Math.log(toNumber(chosen));
};

/** What statsmodels calls them. */
const corrections: Readonly<Record<string, Correction>> = {
  bonferroni: 'bonferroni',
  sidak: 'sidak',
  holm: 'holm',
  'holm-sidak': 'holm-sidak',
  'simes-hochberg': 'hochberg',
  fdr_bh: 'false-discovery',
  fdr_by: 'false-discovery-dependent',
};

function correctMany({ p, method, alpha }: Arguments): unknown {
  const correction = corrections[String(method)];
  if (correction === undefined) throw new Error(`no correction is called ${method}`);
  const { adjusted, rejected } = correctTests([...toFloats(p)], correction, toNumberOr(alpha, 0.05));
  return { p_adjusted: adjusted, reject: rejected };
}

function compareDiscordant({ b, c }: Arguments): unknown {
  const counts = [toNumber(b), toNumber(c)] as const;
  const corrected = testMcNemarChiSquare(...counts, true);
  const plain = testMcNemarChiSquare(...counts, false);
  return {
    p_exact: testMcNemar(...counts),
    chi2_cc: corrected.statistic,
    p_chi2_cc: corrected.p,
    chi2: plain.statistic,
    p_chi2: plain.p,
  };
}

function computeNumericPsi(args: Arguments): unknown {
  const binned = binByReference(toSample(args.ref), toSample(args.cur), toNumberOr(args.bins, 10));
  return {
    psi: computePsi(binned, toSmoothing(args)),
    ref_counts: binned.reference,
    cur_counts: binned.current,
    edges: binned.edges,
  };
}

/** Counts and shares: of categories, of hits, of tables; and what many tests together say. */
export const tableFunctions: Readonly<Record<string, VectorFunction>> = {
  chi2_gof: ({ observed, expected }) =>
    testGoodness(toFloats(observed), expected ? toFloats(expected) : undefined),
  // scipy corrects a table of two by two unless it is told not to.
  chi2_homogeneity: ({ table, yates = true }) => {
    const result = testHomogeneity(toTable(table), { yates: yates === true });
    return { ...result, cramers_v_uncorrected: result.cramersV };
  },
  g_test: ({ table, yates = true }) => testLikelihoodRatio(toTable(table), { yates: yates === true }),
  fisher_exact: ({ table }) => {
    const result = testFisherExact(toList(table).map((row) => [...toFloats(row)] as [number, number]));
    return {
      p_two_sided: result.p,
      p_less: result.pLess,
      p_greater: result.pGreater,
      odds_ratio: result.oddsRatio,
    };
  },
  binom_test: ({ k, n, p, alternative }) =>
    testBinomial(toNumber(k), toNumber(n), toNumberOr(p, 0.5), toAlternative(alternative)),
  proportion_ci: ({ k, n, confidence }) => {
    const share = [toNumber(k), toNumber(n), toNumberOr(confidence, 0.95)] as const;
    return {
      wilson: computeWilsonInterval(...share),
      clopper_pearson: computeClopperPearsonInterval(...share),
      agresti_coull: computeAgrestiCoullInterval(...share),
    };
  },
  two_proportion_z: ({ k1, n1, k2, n2 }) => {
    const result = testShares(toNumber(k1), toNumber(n1), toNumber(k2), toNumber(n2));
    // Both shares 0 or both 1: the reference divides 0 by 0. The product calls equal shares equal, which drift needs.
    const hits = toNumber(k1) + toNumber(k2);
    const none = hits === 0 || hits === toNumber(n1) + toNumber(n2);
    return none ? { z: Number.NaN, p: Number.NaN } : result;
  },
  newcombe_diff_ci: ({ k1, n1, k2, n2, confidence }) =>
    computeNewcombeInterval(
      toNumber(k1),
      toNumber(n1),
      toNumber(k2),
      toNumber(n2),
      toNumberOr(confidence, 0.95),
    ),
  mcnemar: compareDiscordant,
  multipletests: correctMany,
  psi_numeric: computeNumericPsi,
  psi_counts: (args) => {
    const counts = { reference: toFloats(args.ref_counts), current: toFloats(args.cur_counts) };
    return { psi: computePsi(counts, toSmoothing(args)) };
  },
  psi_evidently: ({ ref, cur }) => computeEvidentlyPsi(toFloats(ref), toFloats(cur)),
  kl_divergence: ({ p, q, base }) => computeKl(toFloats(p), toFloats(q)) / unitOf(base, 'e'),
  jensen_shannon: ({ p, q, base }) => {
    const divergence =
      (computeJensenShannon(toFloats(p), toFloats(q)).divergence * Math.LN2) / unitOf(base, 2);
    return { divergence, distance: Math.sqrt(divergence) };
  },
  entropy: ({ p, base }) => computeEntropy(toFloats(p)) / unitOf(base, 'e'),
  prob_distances: ({ p, q }) => {
    const { hellinger, totalVariation, largest } = computeShareDistances(toFloats(p), toFloats(q));
    return { hellinger, tvd: totalVariation, linf: largest };
  },
};

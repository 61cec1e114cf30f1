import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { computeHits } from './accuracy.ts';
import { computeAuc } from './auc.ts';
import { type BootstrapResult, bootstrap } from './bootstrap.ts';
import { computeSquaredErrors } from './brier.ts';
import { compareAucs, computeAucComponents } from './delong.ts';
import { driftFunctions } from './drift-vectors.fixture.ts';
import { computeLogLosses } from './log-loss.ts';
import { testMcNemar } from './mcnemar.ts';
import { computeMean } from './mean.ts';
import { seedGenerator } from './mulberry32.ts';
import { testNonInferiority } from './non-inferiority.ts';
import { normalCdf, normalQuantile, normalSf } from './normal.ts';
import { computeQuantile } from './quantile.ts';

interface Case {
  readonly id: string;
  readonly fn: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly expected: unknown;
  readonly tol: { readonly rel: number; readonly abs: number };
}

const fixture = new URL('../../fixtures/vectors/statistics-slice.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(fixture, 'utf8')) as { readonly cases: readonly Case[] };

const number = (value: unknown) => Number(value);
const floats = (value: unknown) => Float64Array.from(value as number[]);
const bytes = (value: unknown) => Uint8Array.from(value as number[]);

function summarise(result: BootstrapResult): unknown {
  return {
    theta: result.estimate,
    z0: result.z0,
    acceleration: result.acceleration,
    alpha_lo: result.levels[0],
    alpha_hi: result.levels[1],
    ci_bca: result.bca,
    ci_percentile: result.percentile,
    boot_mean: computeMean(result.values),
    boot_std_sample: result.standardError,
  };
}

function drawSettings(args: Case['args']) {
  return { resamples: number(args.B), seed: number(args.seed), confidence: number(args.confidence) };
}

function accuracyOf(labels: Uint8Array, scores: Float64Array, indices: Uint32Array): number {
  const hits = computeHits(labels, scores, 0.5);
  return indices.reduce((sum, row) => sum + (hits[row] as number), 0) / indices.length;
}

const functions: Readonly<Record<string, (args: Case['args']) => unknown>> = {
  ...driftFunctions,
  norm_cdf: ({ x }) => normalCdf(number(x)),
  norm_sf: ({ x }) => normalSf(number(x)),
  norm_ppf: ({ p }) => normalQuantile(number(p)),
  quantile: ({ x, p }) => (p as number[]).map((level) => computeQuantile(floats(x).sort(), level)),
  mulberry32: ({ seed, n }) => Array.from({ length: number(n) }, seedGenerator(number(seed))),
  mcnemar: ({ b, c }) => ({ p_exact: testMcNemar(number(b), number(c)) }),
  ranking_metrics: ({ y_true, score }) => ({ roc_auc: computeAuc(bytes(y_true), floats(score)) }),
  probability_metrics: ({ y_true, proba }) => ({
    log_loss: computeMean(computeLogLosses(bytes(y_true), floats(proba))),
    brier: computeMean(computeSquaredErrors(bytes(y_true), floats(proba))),
  }),
  noninferiority_z: ({ diff, se, margin, alpha }) => {
    const result = testNonInferiority(number(diff), number(se), number(margin), number(alpha));
    return {
      z: result.z,
      p: result.p,
      ci_lower_one_sided: result.lowerBound,
      non_inferior: result.nonInferior,
    };
  },
  delong: ({ y, s1, s2 }) => {
    const labels = bytes(y);
    const result = compareAucs(
      computeAucComponents(labels, floats(s1)),
      computeAucComponents(labels, floats(s2)),
    );
    const reach = normalQuantile(0.975) * result.standardError;
    return {
      auc1: result.first,
      auc2: result.second,
      var1: result.firstVariance,
      var2: result.secondVariance,
      cov: result.covariance,
      diff: result.difference,
      se_diff: result.standardError,
      z: result.z,
      p: result.p,
      ci95: [result.difference - reach, result.difference + reach],
    };
  },
  bootstrap_bca_mean: (args) => {
    const x = floats(args.x);
    const statistic = (indices: Uint32Array) =>
      computeMean(Float64Array.from(indices, (row) => x[row] as number));
    return summarise(bootstrap({ rows: x.length, statistic, ...drawSettings(args) }));
  },
  paired_bootstrap_accuracy_diff: (args) => {
    const labels = bytes(args.y);
    const [first, second] = [floats(args.pred_a), floats(args.pred_b)];
    const statistic = (indices: Uint32Array) =>
      accuracyOf(labels, first, indices) - accuracyOf(labels, second, indices);
    return summarise(bootstrap({ rows: labels.length, statistic, ...drawSettings(args) }));
  },
};

function expectClose(got: unknown, want: unknown, tol: Case['tol'], at: string): void {
  if (typeof want === 'number') {
    const allowed = tol.abs + tol.rel * Math.abs(want);
    expect(Math.abs((got as number) - want), `${at}: got ${got}, want ${want}`).toBeLessThanOrEqual(allowed);
  } else if (typeof want === 'boolean') expect(got, at).toBe(want);
  else if (typeof want === 'string') expect(String(got), at).toBe(want);
  else {
    for (const [key, value] of Object.entries(want as object)) {
      expectClose((got as Record<string, unknown>)[key], value, tol, `${at}/${key}`);
    }
  }
}

/** Code of the error that is expected instead of a number. */
function refusalOf(expected: unknown): string | null {
  const { error } = Object(expected) as { readonly error?: string };
  return error === undefined ? null : `STATISTICS_${error.toUpperCase()}`;
}

describe('reference vectors of scipy, scikit-learn and statsmodels', () => {
  it.each(cases.map((one) => [one.id, one] as const))('%s', (id, one) => {
    const compute = functions[one.fn];
    if (!compute) throw new Error(`no function for ${one.fn}`);
    const refusal = refusalOf(one.expected);
    if (refusal === null) expectClose(compute(one.args), one.expected, one.tol, id);
    else expect(() => compute(one.args)).toThrow(expect.objectContaining({ code: refusal }));
  });

  it('has cases for every function', () => {
    expect(new Set(cases.map((one) => one.fn))).toEqual(new Set(Object.keys(functions)));
  });
});

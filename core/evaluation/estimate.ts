import { type BootstrapResult, bootstrap } from '../statistics/bootstrap.ts';
import {
  type AucComponents,
  compareAucs,
  computeAucComponents,
  computeAucCovariance,
} from '../statistics/delong.ts';
import { estimateMean, subtractRows } from '../statistics/mean-interval.ts';
import { normalQuantile } from '../statistics/normal.ts';
import type { Metric } from './metric.ts';

/** A number with its 95 % interval and how that was made. */
export interface Estimate {
  readonly value: number;
  readonly standardError: number;
  readonly interval: readonly [low: number, high: number];
  readonly method: string;
}

/** One metric of one set of scores, and what is needed to compare it with another. */
export interface Measured extends Estimate {
  readonly metric: Metric;
  readonly parts: Float64Array | AucComponents;
}

const confidence = 0.95;
/** Below this a mean is bootstrapped: the normal interval leans on many rows. */
const smallSample = 1000;
const resamples = 2000;

/**
 * Measures one metric with its interval.
 * @param scores aligned with the labels
 * @throws InputError STATISTICS_EMPTY, STATISTICS_SINGLE_CLASS
 */
export function measure(metric: Metric, labels: Uint8Array, scores: Float64Array, seed: number): Measured {
  if (metric.kind === 'rows') {
    const parts = metric.computeRows(labels, scores);
    return { metric, parts, ...estimateRows(parts, seed, '') };
  }
  const parts = computeAucComponents(labels, scores);
  const standardError = Math.sqrt(computeAucCovariance(parts, parts));
  return { metric, parts, ...around(parts.auc, standardError, 'DeLong') };
}

/**
 * Estimates challenger minus champion on the same rows: what both find hard cancels out.
 * @param challenger, champion of the same metric and rows
 */
export function estimateDifference(challenger: Measured, champion: Measured, seed: number): Estimate {
  if (challenger.parts instanceof Float64Array && champion.parts instanceof Float64Array) {
    return estimateRows(subtractRows(challenger.parts, champion.parts), seed, 'paired ');
  }
  const result = compareAucs(challenger.parts as AucComponents, champion.parts as AucComponents);
  return around(result.difference, result.standardError, 'DeLong');
}

function estimateRows(rows: Float64Array, seed: number, paired: string): Estimate {
  if (rows.length >= smallSample || rows.length === 0) {
    const { mean, standardError, interval } = estimateMean(rows, confidence);
    return { value: mean, standardError, interval, method: `${paired}mean, normal interval` };
  }
  const result = bootstrapMean(rows, seed);
  return {
    value: result.estimate,
    standardError: result.standardError,
    interval: result.bca,
    method: `${paired}bootstrap (BCa), ${resamples} resamples, seed ${seed}`,
  };
}

function bootstrapMean(rows: Float64Array, seed: number): BootstrapResult {
  const statistic = (indices: Uint32Array): number => {
    let sum = 0;
    for (const row of indices) sum += rows[row] as number;
    return sum / indices.length;
  };
  return bootstrap({ rows: rows.length, statistic, resamples, seed, confidence });
}

function around(value: number, standardError: number, method: string): Estimate {
  const reach = normalQuantile(0.5 + confidence / 2) * standardError;
  return { value, standardError, interval: [value - reach, value + reach], method };
}

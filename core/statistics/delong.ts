import { splitByClass } from './class-split.ts';
import { computeCovariance, computeMean } from './mean.ts';
import { normalSf } from './normal.ts';

/** What one score says about the AUC: its value, and how much each row adds to it. */
export interface AucComponents {
  readonly auc: number;
  /** One a positive row, in row order: the share of negatives below it, ties half. */
  readonly positives: Float64Array;
  /** One a negative row, in row order: the share of positives above it, ties half. */
  readonly negatives: Float64Array;
}

/** Two AUCs of the same rows and what is known about their difference. */
export interface AucDifference {
  readonly first: number;
  readonly second: number;
  readonly firstVariance: number;
  readonly secondVariance: number;
  readonly covariance: number;
  /** first - second */
  readonly difference: number;
  readonly standardError: number;
  /** NaN when the variance of the difference is zero. */
  readonly z: number;
  /** Two-sided. 1 when the variance of the difference is zero. */
  readonly p: number;
}

/** A variance below this is rounding noise of a difference without any. */
const noVariance = 1e-18;

/**
 * Structural components of one AUC in O(n log n): sorting and binary search give the midranks.
 * @throws InputError STATISTICS_EMPTY, STATISTICS_SINGLE_CLASS
 * @see Sun and Xu 2014, Fast implementation of DeLong's algorithm
 */
export function computeAucComponents(labels: Uint8Array, scores: Float64Array): AucComponents {
  const split = splitByClass(labels, scores, 'AUC');
  const sortedPositives = split.positives.slice().sort();
  const sortedNegatives = split.negatives.slice().sort();
  const positives = split.positives.map((score) => shareBelow(sortedNegatives, score));
  const negatives = split.negatives.map((score) => 1 - shareBelow(sortedPositives, score));
  return { auc: computeMean(positives), positives, negatives };
}

/**
 * DeLong's variance of one AUC, or covariance of two of the same rows.
 * @returns NaN when a class has fewer than two rows
 */
export function computeAucCovariance(first: AucComponents, second: AucComponents): number {
  const ofPositives = computeCovariance(first.positives, second.positives) / first.positives.length;
  const ofNegatives = computeCovariance(first.negatives, second.negatives) / first.negatives.length;
  return ofPositives + ofNegatives;
}

/** Compares two AUCs of the same rows. @see DeLong, DeLong and Clarke-Pearson 1988 */
export function compareAucs(first: AucComponents, second: AucComponents): AucDifference {
  const firstVariance = computeAucCovariance(first, first);
  const secondVariance = computeAucCovariance(second, second);
  const covariance = computeAucCovariance(first, second);
  const variance = firstVariance + secondVariance - 2 * covariance;
  const difference = first.auc - second.auc;
  const degenerate = variance < noVariance;
  const standardError = degenerate ? 0 : Math.sqrt(variance);
  return {
    first: first.auc,
    second: second.auc,
    firstVariance,
    secondVariance,
    covariance,
    difference,
    standardError,
    z: degenerate ? Number.NaN : difference / standardError,
    p: degenerate ? 1 : 2 * normalSf(Math.abs(difference / standardError)),
  };
}

/** Share of the sorted values that lie below `score`, ties half. */
function shareBelow(sorted: Float64Array, score: number): number {
  return (countBelow(sorted, score) + countUpTo(sorted, score)) / 2 / sorted.length;
}

// Written out twice: a shared search with a predicate would call it ten million times for half a million rows.

function countBelow(sorted: Float64Array, score: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < score) low = middle + 1;
    else high = middle;
  }
  return low;
}

function countUpTo(sorted: Float64Array, score: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) <= score) low = middle + 1;
    else high = middle;
  }
  return low;
}

import { refuseStatistic } from './refusal.ts';
import { computeQuantiles, type ValueCounts } from './value-counts.ts';

/** Share that an empty bin counts as: the logarithm of 0 has no value. Evidently's number; other tools take 0.01. */
export const psiFloor = 1e-4;

export type Smoothing =
  /** A share below `least` counts as `least`; shares are not normalised again. */
  | { readonly kind: 'floor'; readonly least: number }
  /** (count + alpha) / (rows + alpha * bins). */
  | { readonly kind: 'laplace'; readonly alpha: number };

/** A column of one table: its finite values and how many cells have none. */
export interface Sample {
  readonly counts: ValueCounts;
  readonly missing: number;
}

/** Rows by bin, the same bins on both sides. */
export interface BinnedSamples {
  readonly reference: Float64Array;
  readonly current: Float64Array;
  /** Inner edges, ascending; a value equal to an edge lies left of it. Empty: every value is a bin of its own. */
  readonly edges: readonly number[];
}

/**
 * Bins both samples by the quantiles of the reference (type 7). With at most `bins` different values in the reference,
 * each is a bin, and what the reference never had is one more. Missing cells are a bin where either side has some.
 * @throws InputError STATISTICS_EMPTY without rows on one side or without a value in the reference
 */
export function binByReference(reference: Sample, current: Sample, bins: number): BinnedSamples {
  const rows = [reference, current].map(({ counts, missing }) => counts.total + missing);
  if (rows.includes(0) || reference.counts.total === 0) throw refuseStatistic('empty', 'the PSI');
  const few = reference.counts.values.length <= bins;
  const edges = few ? [] : quantileEdges(reference.counts, bins);
  const [ofReference, ofCurrent] = few
    ? countByValue(reference.counts, current.counts)
    : [countByEdge(reference.counts, edges), countByEdge(current.counts, edges)];
  if (reference.missing + current.missing > 0) {
    ofReference.push(reference.missing);
    ofCurrent.push(current.missing);
  }
  return { reference: Float64Array.from(ofReference), current: Float64Array.from(ofCurrent), edges };
}

function quantileEdges(reference: ValueCounts, bins: number): readonly number[] {
  const levels = Array.from({ length: bins - 1 }, (_, at) => (at + 1) / bins);
  return [...new Set(computeQuantiles(reference, levels))];
}

function countByEdge({ values, counts }: ValueCounts, edges: readonly number[]): number[] {
  const rows = new Array<number>(edges.length + 1).fill(0);
  let bin = 0;
  for (let at = 0; at < values.length; at++) {
    while (bin < edges.length && (values[at] as number) > (edges[bin] as number)) bin++;
    rows[bin] = (rows[bin] as number) + (counts[at] as number);
  }
  return rows;
}

function countByValue(reference: ValueCounts, current: ValueCounts): [number[], number[]] {
  const known = new Map([...reference.values].map((value, at) => [value, at]));
  const ofCurrent = new Array<number>(known.size).fill(0);
  let other = 0;
  current.values.forEach((value, at) => {
    const bin = known.get(value);
    const count = current.counts[at] as number;
    if (bin === undefined) other += count;
    else ofCurrent[bin] = count;
  });
  return other === 0
    ? [[...reference.counts], ofCurrent]
    : [
        [...reference.counts, 0],
        [...ofCurrent, other],
      ];
}

/**
 * Population stability index: sum of (q - p) ln(q / p) over the bins, natural logarithm.
 * @throws InputError STATISTICS_EMPTY
 */
export function computePsi(
  { reference, current }: Pick<BinnedSamples, 'reference' | 'current'>,
  smoothing: Smoothing = { kind: 'floor', least: psiFloor },
): number {
  const p = toShares(reference, smoothing);
  const q = toShares(current, smoothing);
  let psi = 0;
  for (let at = 0; at < p.length; at++) {
    const [before, after] = [p[at] as number, q[at] as number];
    psi += (after - before) * Math.log(after / before);
  }
  return psi;
}

function toShares(counts: Float64Array, smoothing: Smoothing): Float64Array {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (!(total > 0)) throw refuseStatistic('empty', 'the PSI');
  if (smoothing.kind === 'floor') return counts.map((count) => Math.max(count / total, smoothing.least));
  const { alpha } = smoothing;
  return counts.map((count) => (count + alpha) / (total + alpha * counts.length));
}

import { refuseStatistic } from './refusal.ts';
import { countValues, type ValueCounts } from './value-counts.ts';

/** With more different values than this in the reference the column is cut into bins, else every value is one. */
const mostCategories = 20;
/** What an empty bin counts as, unless the smallest share is as small; then a millionth of that. */
const emptyShare = 1e-4;
const smallestOverEmpty = 1e6;

/**
 * PSI as Evidently computes it, to compare figures with a team that has used it: bins of equal width over both
 * samples together (Sturges' number of them), so every new sample moves the bins.
 * @param reference, current finite values count, others are left out
 * @throws InputError STATISTICS_EMPTY
 * @see Evidently, legacy/calculations/stattests/psi.py and utils.py, get_binned_data
 */
export function computeEvidentlyPsi(reference: Float64Array, current: Float64Array): number {
  const [ofReference, ofCurrent] = [countValues(reference), countValues(current)];
  if (ofReference.total === 0 || ofCurrent.total === 0) throw refuseStatistic('empty', 'the PSI');
  const edges = ofReference.values.length > mostCategories ? cutEvenly(ofReference, ofCurrent) : null;
  const p = toShares(ofReference, ofCurrent, edges);
  const q = toShares(ofCurrent, ofReference, edges);
  return p.reduce((sum, share, at) => {
    const other = q[at] as number;
    return sum + (share - other) * Math.log(share / other);
  }, 0);
}

/** numpy's edges for "sturges". @see numpy.histogram_bin_edges */
function cutEvenly(first: ValueCounts, second: ValueCounts): readonly number[] {
  const low = Math.min(first.values[0] as number, second.values[0] as number);
  const high = Math.max(first.values.at(-1) as number, second.values.at(-1) as number);
  const width = (high - low) / (Math.log2(first.total + second.total) + 1);
  const bins = Math.ceil((high - low) / width);
  const step = (high - low) / bins;
  return Array.from({ length: bins + 1 }, (_, at) => (at === bins ? high : low + at * step));
}

function toShares(own: ValueCounts, other: ValueCounts, edges: readonly number[] | null): readonly number[] {
  const counts = edges === null ? countByValue(own, other) : countByEdge(own, edges);
  const shares = counts.map((count) => count / own.total);
  const least = Math.min(...shares.filter((share) => share > 0));
  const filling = least <= emptyShare ? least / smallestOverEmpty : emptyShare;
  return shares.map((share) => (share === 0 ? filling : share));
}

/** Values of both samples, in ascending order on either side. */
function countByValue(own: ValueCounts, other: ValueCounts): readonly number[] {
  const counts = new Map([...own.values].map((value, at) => [value, own.counts[at] as number]));
  const all = [...new Set([...own.values, ...other.values])].sort((left, right) => left - right);
  return all.map((value) => counts.get(value) ?? 0);
}

/** An edge belongs to the bin above it, the last to the bin below. */
function countByEdge({ values, counts }: ValueCounts, edges: readonly number[]): readonly number[] {
  const rows = new Array<number>(edges.length - 1).fill(0);
  let bin = 0;
  values.forEach((value, at) => {
    while (bin < rows.length - 1 && value >= (edges[bin + 1] as number)) bin++;
    rows[bin] = (rows[bin] as number) + (counts[at] as number);
  });
  return rows;
}

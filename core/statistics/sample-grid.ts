import { computeKsDistance } from './kolmogorov-smirnov.ts';
import { type BinnedSamples, binByReference } from './psi.ts';
import { countValues, isSmallWhole, sortFinite } from './value-counts.ts';

/** Cells of equal width between the smallest and the largest value. */
const cellCount = 1 << 16;
/** With fewer rows sorting is as fast. */
const gridStart = 100_000;

/** Two samples of millions of rows counted into the same cells; equal values always share a cell, and cells ascend. */
interface Grid {
  readonly cellOf: (value: number) => number;
  readonly first: Counted;
  readonly second: Counted;
}

interface Counted {
  readonly sample: Float64Array;
  /** Rows before each cell; one more entry for all rows. */
  readonly before: Float64Array;
}

/**
 * The same distance as `computeKsDistance` of the counted samples, without sorting them: most cells cannot hold the
 * largest gap, and only values of the others are sorted.
 * @throws InputError STATISTICS_EMPTY
 */
export function computeSampleKs(first: Float64Array, second: Float64Array): number {
  const grid = takesGrid(first, second) ? layGrid(first, second) : null;
  if (grid === null) return computeKsDistance(countValues(first), countValues(second));
  const [a, b] = [grid.first.before, grid.second.before];
  const [n, m] = [a[cellCount] as number, b[cellCount] as number];
  let largest = 0;
  for (let cell = 1; cell < cellCount; cell++) {
    largest = Math.max(largest, Math.abs((a[cell] as number) / n - (b[cell] as number) / m));
  }
  const open = new Uint8Array(cellCount);
  for (let cell = 0; cell < cellCount; cell++) {
    const above = (a[cell + 1] as number) / n - (b[cell] as number) / m;
    const below = (b[cell + 1] as number) / m - (a[cell] as number) / n;
    if (above > largest || below > largest) open[cell] = 1;
  }
  return Math.max(largest, walkOpen(grid, open, n, m));
}

function walkOpen(grid: Grid, open: Uint8Array, n: number, m: number): number {
  const [x, y] = [gather(grid.first, grid, open), gather(grid.second, grid, open)];
  let [i, j, largest] = [0, 0, 0];
  for (let cell = 0; cell < cellCount; cell++) {
    if (open[cell] === 0) continue;
    let seenFirst = grid.first.before[cell] as number;
    let seenSecond = grid.second.before[cell] as number;
    const endFirst = grid.first.before[cell + 1] as number;
    const endSecond = grid.second.before[cell + 1] as number;
    while (seenFirst < endFirst && seenSecond < endSecond) {
      const value = Math.min(x[i] as number, y[j] as number);
      for (; seenFirst < endFirst && x[i] === value; i++) seenFirst++;
      for (; seenSecond < endSecond && y[j] === value; j++) seenSecond++;
      largest = Math.max(largest, Math.abs(seenFirst / n - seenSecond / m));
    }
    // What is left of one sample only leads to the gap at the end of the cell, which is known.
    i += endFirst - seenFirst;
    j += endSecond - seenSecond;
  }
  return largest;
}

/** The same bins as `binByReference` of the counted samples without missing cells. @throws InputError STATISTICS_EMPTY */
export function binSamples(reference: Float64Array, current: Float64Array, bins: number): BinnedSamples {
  const grid = takesGrid(reference, current) ? layGrid(reference, current) : null;
  const filled = grid === null ? 0 : countFilled(grid.first);
  if (grid === null || filled <= bins) {
    const toSample = (sample: Float64Array) => ({ counts: countValues(sample), missing: 0 });
    return binByReference(toSample(reference), toSample(current), bins);
  }
  const edges = findEdges(grid, bins);
  const open = new Uint8Array(cellCount);
  for (const edge of edges) open[grid.cellOf(edge)] = 1;
  const count = (side: Counted): Float64Array => {
    const upTo = [...countUpTo(side, grid, open, edges), side.before[cellCount] as number];
    return Float64Array.from(upTo, (rows, at) => rows - (at === 0 ? 0 : (upTo[at - 1] as number)));
  };
  return { reference: count(grid.first), current: count(grid.second), edges };
}

function findEdges(grid: Grid, bins: number): readonly number[] {
  const { before } = grid.first;
  const total = before[cellCount] as number;
  const ranks = Array.from({ length: bins - 1 }, (_, at) => ((at + 1) / bins) * (total - 1));
  const open = new Uint8Array(cellCount);
  for (const rank of ranks) {
    open[cellOfRank(before, Math.floor(rank))] = 1;
    open[cellOfRank(before, Math.min(Math.floor(rank) + 1, total - 1))] = 1;
  }
  const values = gather(grid.first, grid, open);
  const skipped = new Float64Array(cellCount);
  let closed = 0;
  for (let cell = 0; cell < cellCount; cell++) {
    skipped[cell] = closed;
    if (open[cell] === 0) closed += (before[cell + 1] as number) - (before[cell] as number);
  }
  const valueAt = (rank: number): number =>
    values[rank - (skipped[cellOfRank(before, rank)] as number)] as number;
  const edges = ranks.map((rank) => {
    const [low, high] = [valueAt(Math.floor(rank)), valueAt(Math.min(Math.floor(rank) + 1, total - 1))];
    const part = rank - Math.floor(rank);
    return part >= 0.5 ? high - (high - low) * (1 - part) : low + (high - low) * part;
  });
  return [...new Set(edges)];
}

function cellOfRank(before: Float64Array, rank: number): number {
  let low = 0;
  let high = cellCount - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((before[middle + 1] as number) > rank) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Rows up to and including each edge. */
function countUpTo(side: Counted, grid: Grid, open: Uint8Array, edges: readonly number[]): readonly number[] {
  const values = gather(side, grid, open);
  return edges.map((edge) => {
    const cell = grid.cellOf(edge);
    // Values of other open cells lie wholly below or above: only this cell's own are between its start and the edge.
    const inside = values.filter((value) => value <= edge && grid.cellOf(value) === cell).length;
    return (side.before[cell] as number) + inside;
  });
}

/** Values of the open cells, ascending. */
function gather({ sample, before }: Counted, { cellOf }: Grid, open: Uint8Array): Float64Array {
  let size = 0;
  for (let cell = 0; cell < cellCount; cell++) {
    if (open[cell] === 1) size += (before[cell + 1] as number) - (before[cell] as number);
  }
  const values = new Float64Array(size);
  for (let at = 0, to = 0; at < sample.length && to < size; at++) {
    const value = sample[at] as number;
    if (value - value === 0 && open[cellOf(value)] === 1) values[to++] = value;
  }
  return sortFinite(values);
}

/** Few rows, and whole numbers in a small range, are counted faster one by one. */
function takesGrid(first: Float64Array, second: Float64Array): boolean {
  if (Math.min(first.length, second.length) < gridStart) return false;
  return !isSmallWhole(first) || !isSmallWhole(second);
}

/** null: the width of a cell is no finite number, or a sample has no value. */
function layGrid(first: Float64Array, second: Float64Array): Grid | null {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const sample of [first, second]) {
    for (let at = 0; at < sample.length; at++) {
      const value = sample[at] as number;
      if (value - value !== 0) continue;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  const scale = cellCount / (max - min);
  if (!(scale > 0) || !Number.isFinite(scale) || !Number.isFinite((max - min) * scale)) return null;
  // Subtraction and multiplication round in the order of their operands, so cells ascend with values.
  const cellOf = (value: number): number => {
    const cell = ((value - min) * scale) | 0;
    return cell < cellCount ? cell : cellCount - 1;
  };
  const [a, b] = [countCells(first, cellOf), countCells(second, cellOf)];
  return a.before[cellCount] === 0 || b.before[cellCount] === 0 ? null : { cellOf, first: a, second: b };
}

function countCells(sample: Float64Array, cellOf: (value: number) => number): Counted {
  const counts = new Uint32Array(cellCount);
  for (let at = 0; at < sample.length; at++) {
    const value = sample[at] as number;
    if (value - value !== 0) continue;
    const cell = cellOf(value);
    counts[cell] = (counts[cell] as number) + 1;
  }
  const before = new Float64Array(cellCount + 1);
  for (let cell = 0; cell < cellCount; cell++) {
    before[cell + 1] = (before[cell] as number) + (counts[cell] as number);
  }
  return { sample, before };
}

function countFilled({ before }: Counted): number {
  let filled = 0;
  for (let cell = 0; cell < cellCount; cell++) if (before[cell + 1] !== before[cell]) filled++;
  return filled;
}

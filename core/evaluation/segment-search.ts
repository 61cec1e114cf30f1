import type { SliceSearch } from '../config/slices.ts';
import { adjustPValues } from '../statistics/false-discovery.ts';
import { normalCdf, normalQuantile } from '../statistics/normal.ts';
import { type FeatureColumn, missingCode } from './feature-column.ts';
import type { FeatureColumns } from './feature-columns.ts';
import { type RowNumbers, readMean, type SegmentSums, subtractSums, sumSegments } from './segment-sums.ts';
import { type Cut, cutByEdges, cutByValues } from './slice-rule.ts';
import { crossCuts } from './slices.ts';

/** One segment that was looked at. */
export interface Segment {
  readonly name: string;
  /** Conditions that it is made of: `carrier=AA`. */
  readonly conditions: readonly string[];
  readonly cut: Cut;
  readonly piece: number;
  readonly rows: number;
  /** Gain of the challenger there; without a champion, what it is better there than on the other rows. */
  readonly gain: number;
  readonly standardError: number;
  /** One-sided p that the gain is at least 0, corrected for all segments that were looked at. */
  readonly p: number;
}

export interface SearchResult {
  /** The weakest first. */
  readonly weakest: readonly Segment[];
  /** How many segments had rows enough and were looked at. */
  readonly looked: number;
  /** For an interval that is as wide as looking so often asks for. */
  readonly reach: number;
  /** True when there were more segments than are looked at. */
  readonly cutShort: boolean;
}

/** More looks than this cost power and time, and nobody reads them. */
const mostLooked = 2000;
const reported = 3;
/** A column of numbers with no more different ones than this is taken value by value. */
const mostNumbers = 10;
const quarters = [0.25, 0.5, 0.75];

/**
 * Looks through all values of columns (quartiles of numbers) and all pairs of them for the segments where the challenger
 * falls most. Those are weakest whose fall is large beyond doubt: by the end of the corrected interval, not by the
 * difference alone, which is largest in small segments by chance.
 * @param gains of each row, more is better
 * @param against `champion`: gains are differences to it; `rest`: values of the challenger alone, held against the other rows
 * @param known names of slices that are judged anyway: looked at, but not reported again
 * @see Benjamini and Hochberg 1995; Benjamini and Yekutieli 2005 for intervals of what was picked from many
 */
export function searchSegments(
  search: SliceSearch,
  table: FeatureColumns,
  gains: RowNumbers,
  against: 'champion' | 'rest',
  known: ReadonlySet<string> = new Set(),
): SearchResult {
  const cuts = pickColumns(search, table).map(cutColumn);
  const all = sumSegments(gains, new Int32Array(table.rows), 1)[0] as SegmentSums;
  const found: (Omit<Segment, 'p'> & { readonly raw: number })[] = [];
  let cutShort = false;
  for (const [cut, conditions] of eachCut(cuts)) {
    if (found.length >= mostLooked) {
      cutShort = true;
      break;
    }
    sumSegments(gains, cut.ofRow, cut.names.length).forEach((sums, piece) => {
      if (!(sums.rows >= search.minimumRows) || sums.rows === table.rows || found.length >= mostLooked)
        return;
      const { gain, standardError } = against === 'champion' ? readGain(sums) : readAgainstRest(all, sums);
      if (!Number.isFinite(gain) || !Number.isFinite(standardError)) return;
      const raw = standardError > 0 ? normalCdf(gain / standardError) : gain < 0 ? 0 : 1;
      const name = cut.names[piece] as string;
      found.push({
        name,
        conditions: conditions(piece),
        cut,
        piece,
        rows: sums.rows,
        gain,
        standardError,
        raw,
      });
    });
  }
  const adjusted = adjustPValues(found.map(({ raw }) => raw));
  const reach = normalQuantile(1 - (0.025 * reported) / Math.max(reported, found.length));
  const ranked = found
    .map(({ raw, ...segment }, at): Segment => ({ ...segment, p: adjusted[at] as number }))
    .sort((a, b) => endOf(a, reach) - endOf(b, reach) || b.rows - a.rows || (a.name < b.name ? -1 : 1));
  return {
    weakest: pickApart(ranked.filter(({ name }) => !known.has(name))),
    looked: found.length,
    reach,
    cutShort,
  };
}

const endOf = ({ gain, standardError }: Segment, reach: number): number => gain + reach * standardError;

function pickColumns({ columns }: SliceSearch, table: FeatureColumns): readonly FeatureColumn[] {
  const names = columns === 'all' ? [...table.columns.keys()] : [...new Set(columns)];
  return names.flatMap((name) => table.columns.get(name) ?? []);
}

/** Values of a column, or quartiles of its numbers; rows without a value are a piece of their own. */
function cutColumn(column: FeatureColumn): Cut {
  const isMany = column.numbers !== null && (column.codes === null || column.values.length > mostNumbers);
  const cut = isMany
    ? cutByEdges(column.name, column.numbers as Float64Array, quartilesOf(column.numbers as Float64Array))
    : cutByValues(column, null);
  // Values were cut because there are codes: no finding can come back.
  if ('code' in cut) return { names: [], ofRow: new Int32Array(0) };
  const missing = cut.names.length;
  return {
    names: [...cut.names, `${column.name} is missing`],
    ofRow: cut.ofRow.map((piece, row) => (piece < 0 && isMissing(column, row) ? missing : piece)),
  };
}

function isMissing({ codes, numbers }: FeatureColumn, row: number): boolean {
  return codes === null ? Number.isNaN(numbers?.[row]) : codes[row] === missingCode;
}

/** Numbers that occur, so that a name says exactly which rows are in. */
function quartilesOf(numbers: Float64Array): readonly number[] {
  const sorted = numbers.filter((value) => !Number.isNaN(value)).sort();
  const edges = quarters.map((share) => sorted[Math.floor(share * sorted.length)] as number);
  return [...new Set(edges)].filter((edge) => edge > (sorted[0] as number));
}

/** Single columns first, then pairs of them in order. */
function* eachCut(cuts: readonly Cut[]): Generator<[Cut, (piece: number) => readonly string[]]> {
  for (const cut of cuts) yield [cut, (piece) => [cut.names[piece] as string]];
  for (const [at, first] of cuts.entries()) {
    for (const second of cuts.slice(at + 1)) {
      const width = second.names.length;
      const conditions = (piece: number) => [
        first.names[Math.floor(piece / width)] as string,
        second.names[piece % width] as string,
      ];
      yield [crossCuts(first, second), conditions];
    }
  }
}

function readGain(sums: SegmentSums): { readonly gain: number; readonly standardError: number } {
  const { mean, standardError } = readMean(sums);
  return { gain: mean, standardError };
}

function readAgainstRest(all: SegmentSums, sums: SegmentSums) {
  const [inside, outside] = [readMean(sums), readMean(subtractSums(all, sums))];
  return {
    gain: inside.mean - outside.mean,
    standardError: Math.hypot(inside.standardError, outside.standardError),
  };
}

/** The same weakness found three times over says less than three weaknesses: no two share a condition. */
function pickApart(ranked: readonly Segment[]): readonly Segment[] {
  const picked: Segment[] = [];
  for (const segment of ranked) {
    if (picked.length === reported) break;
    const isNear = picked.some(
      (other) =>
        (other.rows === segment.rows && other.gain === segment.gain) ||
        other.conditions.some((condition) => segment.conditions.includes(condition)),
    );
    if (!isNear) picked.push(segment);
  }
  return picked;
}

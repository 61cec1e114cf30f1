import type { ColumnType } from '../config/contract.ts';
import { compareValues, toValueText } from '../profile/value-text.ts';
import type { Tally } from './measured.ts';

/** Cells shown of one rule, as an engine shows them. */
const mostCells = 3;

/**
 * The tally of several parts of a table as one pass would have it: numbers of rows are moved to the whole table.
 * @param before rows before each part
 * @param mostRows example rows of the plan
 */
export function mergeTallies(tallies: readonly Tally[], before: readonly number[], mostRows: number): Tally {
  const moved = tallies.map((tally, at) => moveTally(tally, before[at] ?? 0));
  return {
    count: tallies.reduce((sum, { count }) => sum + count, 0),
    firstRow: moved.find(({ firstRow }) => firstRow !== null)?.firstRow ?? null,
    examples: moved.flatMap(({ examples }) => examples).slice(0, mostCells),
    rows: moved.flatMap(({ rows }) => rows).slice(0, mostRows),
  };
}

/** The same tally in a table that has `before` rows in front. */
export function moveTally(tally: Tally, before: number): Tally {
  return {
    ...tally,
    firstRow: tally.firstRow === null ? null : tally.firstRow + before,
    rows: tally.rows.map(({ row, cells }) => ({ row: row + before, cells })),
  };
}

/**
 * The smallest or largest of values that an engine wrote as text in its own spelling.
 * @returns null where there is none, and when one of them is no value of the type: nobody knows its place
 */
export function pickExtreme(
  type: ColumnType,
  texts: readonly (string | null)[],
  side: 'smallest' | 'largest',
): string | null {
  const found = texts.flatMap((text) => (text === null ? [] : [{ text, value: toValueText(type, text) }]));
  const [first, ...rest] = found;
  if (first === undefined || found.some(({ value }) => value === null)) return null;
  return rest.reduce((best, next) => {
    const order = compareValues(type, next.value ?? '', best.value ?? '');
    return (side === 'smallest' ? order < 0 : order > 0) ? next : best;
  }, first).text;
}

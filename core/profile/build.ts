import type { ColumnType } from '../config/contract.ts';
import { type ProfileLimits, profileLimits, toDistribution } from './distribution.ts';
import { toMoments } from './moments.ts';
import { type ColumnProfile, maxExtremeCharacters, type Profile } from './profile.ts';
import { compareValues, countCharacters, cutText, toValueText } from './value-text.ts';

type Counted = readonly [value: string, count: number];

/** One column in memory; null is an empty cell. */
export interface ColumnCells {
  readonly name: string;
  readonly type: ColumnType;
  readonly cells: readonly (string | null)[];
}

/**
 * Profiles a small table in memory, in one pass over its cells: what every engine must agree with.
 * @param columns all with the same number of cells
 */
export function buildProfile(
  columns: readonly ColumnCells[],
  limits: ProfileLimits = profileLimits,
): Profile {
  const rows = columns[0]?.cells.length ?? 0;
  return { v: 1, rows, columns: columns.map((column) => buildColumn(column, limits)) };
}

function buildColumn({ name, type, cells }: ColumnCells, limits: ProfileLimits): ColumnProfile {
  const counts = new Map<string, number>();
  let nulls = 0;
  let unreadable = 0;
  for (const cell of cells) {
    const value = cell === null ? null : toValueText(type, cell);
    if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
    else if (cell === null) nulls += 1;
    else unreadable += 1;
  }
  return profileValues({ name, type, nulls, unreadable }, [...counts], limits);
}

/**
 * The profile of a column whose values are counted.
 * @param values different canonical texts (`toValueText`) with how often each occurs, in any order
 */
export function profileValues(
  column: Pick<ColumnProfile, 'name' | 'type' | 'nulls' | 'unreadable'>,
  values: readonly Counted[],
  limits: ProfileLimits = profileLimits,
): ColumnProfile {
  const { name, type, nulls, unreadable } = column;
  const sorted = [...values].sort(([a], [b]) => compareValues(type, a, b));
  const distribution = toDistribution(type, sorted, limits);
  const isNumber = type === 'integer' || type === 'number';
  const allKept = distribution.kind === 'values' || distribution.kind === 'none';
  return {
    name,
    type,
    nulls,
    unreadable,
    distinct: allKept ? sorted.length : null,
    min: cutExtreme(type, sorted[0]?.[0]),
    max: cutExtreme(type, sorted.at(-1)?.[0]),
    moments: isNumber ? toMoments(type, sorted) : null,
    lengths: type === 'text' ? findLengths(sorted) : null,
    distribution,
  };
}

/** The smallest or largest value as it is kept. A prefix keeps the order, so extremes of parts stay extremes. */
export function cutExtreme(type: ColumnType, value: string | undefined): string | null {
  if (value === undefined) return null;
  return type === 'text' ? cutText(value, maxExtremeCharacters) : value;
}

/** Shortest and longest text; null for none. */
export function findLengths(values: readonly Counted[]): ColumnProfile['lengths'] {
  if (values.length === 0) return null;
  let [min, max] = [Number.POSITIVE_INFINITY, 0];
  for (const [text] of values) {
    const length = countCharacters(text);
    min = Math.min(min, length);
    max = Math.max(max, length);
  }
  return { min, max };
}

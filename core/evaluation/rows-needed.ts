import { showCount } from './number.ts';

/** More than any held-out set has: such a number would be no help. */
const mostRows = 1e12;

/**
 * About how many rows bring an interval inside a border: widths shrink with the square root of the rows.
 * @param reach of the interval on the side of the border, on `rows` rows
 * @param distance from the value to the border
 * @returns two digits, rounded up; null where no number would, or where nothing rests on rows
 */
export function estimateRows(rows: number, reach: number, distance: number): number | null {
  const needed = rows * (reach / distance) ** 2;
  if (!Number.isFinite(needed) || !(rows > 0) || !(distance > 0) || needed > mostRows) return null;
  const step = 10 ** Math.max(0, Math.floor(Math.log10(needed)) - 1);
  // The division leaves dust: 4800.000000001 are 4,800 rows.
  return Math.max(Math.ceil(Number((needed / step).toPrecision(9))) * step, rows + 1);
}

/** What would decide, in words. */
export function rowsHint(rows: number, rowsNeeded: number | null): string {
  if (rowsNeeded !== null) return `${showCount(rows)} rows do not tell, about ${showCount(rowsNeeded)} would`;
  if (rows > 0) return `${showCount(rows)} rows do not tell, and it lies so near that more would hardly`;
  return 'what was measured does not tell, longer or more rounds would';
}

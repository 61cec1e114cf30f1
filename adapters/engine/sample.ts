import { maxValues } from '../../core/profile/profile.ts';
import { type Ask, toCount } from './ask.ts';
import { csvCell } from './cell-sql.ts';
import { type Table, type TableColumn, writeRows } from './table.ts';

/** Rows from the beginning that say how a column is best counted. */
const sampleRows = 4 * maxValues;
/** A column in whose first rows more values differ is added up row by row: it is proven to have more than are kept. */
const manyValues = 2 * maxValues;

/** False where the files are too small for their columns to have so many values: a cell of CSV has a byte at least. */
export function canHaveMany(table: Table, bytes: number): boolean {
  const width = Math.min(...table.sources.map(({ columns }) => columns.length));
  const isCsv = table.columns.every(({ physical }) => physical === csvCell);
  return !isCsv || bytes / width > manyValues;
}

/**
 * Finds the columns in which nearly every row has another value: counting them value by value would only cost memory.
 * @returns only columns of which the first rows prove it: no number rests on a guess
 */
export async function findManyValued(
  ask: Ask,
  table: Table,
  columns: readonly TableColumn[],
): Promise<ReadonlySet<TableColumn>> {
  if (columns.length === 0) return new Set();
  const counts = columns.map(({ at }) => `count(DISTINCT v${at})`);
  const first = `SELECT * FROM (${writeRows(table, columns)}) LIMIT ${sampleRows}`;
  const [found = []] = await ask(`SELECT ${counts.join(', ')} FROM (${first})`);
  return new Set(columns.filter((_, index) => toCount(found[index]) > manyValues));
}

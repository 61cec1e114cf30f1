import { maxValues } from '../../core/profile/profile.ts';
import { type Ask, toCount } from './ask.ts';
import { type Table, type TableColumn, writeRows } from './table.ts';

/** Rows from the beginning that say how a column is best counted. */
const sampleRows = 4 * maxValues;
/** A column in whose first rows more values differ is added up row by row: it is proven to have more than are kept. */
const manyValues = 2 * maxValues;

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

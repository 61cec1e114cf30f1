import { maxValues } from '../../core/profile/profile.ts';
import { type Ask, toCount } from './ask.ts';
import { type Table, type TableColumn, writeRows } from './table.ts';

/** Rows from the beginning that say how a column is best counted: many enough to prove that values are many. */
const sampleRows = 150_000;

/**
 * Finds the columns that have more different values than are kept.
 * @returns only columns of which the first rows prove it: no number rests on a guess
 */
export async function findManyValued(
  ask: Ask,
  table: Table,
  columns: readonly TableColumn[],
): Promise<ReadonlySet<TableColumn>> {
  if (columns.length === 0) return new Set();
  const counts = columns.map(({ at }) => `approx_count_distinct(v${at})`);
  const first = `SELECT * FROM (${writeRows(table, columns)}) LIMIT ${sampleRows}`;
  const [guessed = []] = await ask(`SELECT ${counts.join(', ')} FROM (${first})`);
  // Estimates are off by a fifth: half of the limit is worth an exact count, which alone decides.
  const likely = columns.filter((_, index) => toCount(guessed[index]) > maxValues / 2);
  if (likely.length === 0) return new Set();
  const exact = likely.map(({ at }) => `count(DISTINCT v${at})`);
  const again = `SELECT * FROM (${writeRows(table, likely)}) LIMIT ${sampleRows}`;
  const [counted = []] = await ask(`SELECT ${exact.join(', ')} FROM (${again})`);
  return new Set(likely.filter((_, index) => toCount(counted[index]) > maxValues));
}

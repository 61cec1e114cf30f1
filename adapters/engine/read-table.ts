import type { Ask } from './ask.ts';
import { readCell } from './cell-sql.ts';
import type { Table, TableColumn } from './table.ts';
import { writeCells, writeReadings } from './table.ts';

/** Larger tables are read from their files again and again: a copy would fill the disk. */
const maxCopyBytes = 4 * 2 ** 30;

/**
 * Copies columns out of text files, read as their types, so that they are parsed once: they will be gone through several
 * times. What does not fit in memory spills to disk. The rows of one file stay in order; those of several may not.
 * @param bytes of all files
 * @returns the same table when a copy would not pay
 */
export async function copyColumns(
  ask: Ask,
  table: Table,
  columns: readonly TableColumn[],
  bytes: number,
): Promise<Table> {
  const isText = table.sources.some((source) => source.isText);
  if (columns.length === 0 || !isText || bytes > maxCopyBytes) return table;
  const cells = columns.map(
    ({ at }) => `, struct_pack(u := CASE WHEN v${at} IS NULL THEN t${at} END, v := v${at}) AS k${at}`,
  );
  const rows = `SELECT f${writeReadings(columns)} FROM (${writeCells(table, columns)})`;
  await ask(`CREATE OR REPLACE TEMP TABLE read_cells AS SELECT f${cells.join('')} FROM (${rows})`);
  const read = columns.map((column) => ({ ...column, physical: readCell }));
  const found = read.map(({ check, at }) => ({ column: check.column, cell: `k${at}`, physical: readCell }));
  const source = { path: '', local: '', isText: false, columns: found, scan: () => 'read_cells' };
  return { sources: [source], columns: read, rowsBefore: [0] };
}

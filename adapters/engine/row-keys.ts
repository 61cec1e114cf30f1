import { type Ask, toCount } from './ask.ts';
import { writeExact } from './cell-sql.ts';
import { type Table, type TableColumn, writeNumberedRows, writeRows } from './table.ts';

/** Rows that break a rule on keys: how many, and the first ones. */
export interface BrokenRows {
  readonly count: number;
  readonly first: readonly number[];
}

/** A column of a key; `isReadable` when every cell of it that is not empty is known to be a value. */
export type KeyColumn = TableColumn & { readonly isReadable?: boolean };

const hasText = ({ check, isReadable }: KeyColumn): boolean => check.type !== 'text' && isReadable !== true;

/** What is compared of a cell: its value; where it cannot be read as its type, its text. */
function writeKey(column: KeyColumn): string {
  const { at } = column;
  if (!hasText(column)) return `v${at} AS a${at}`;
  return `v${at} AS a${at}, CASE WHEN v${at} IS NULL THEN t${at} END AS b${at}`;
}

function listKeys(columns: readonly KeyColumn[]): readonly string[] {
  return columns.flatMap((column) =>
    hasText(column) ? [`a${column.at}`, `b${column.at}`] : [`a${column.at}`],
  );
}

const writeKeys = (columns: readonly KeyColumn[]): string => columns.map(writeKey).join(', ');

/** Equal keys, empty cells being equal. */
function writeEqual(columns: readonly KeyColumn[], left: string, right: string): string {
  const names = listKeys(columns);
  return names.map((name) => `${left}.${name} IS NOT DISTINCT FROM ${right}.${name}`).join(' AND ');
}

/**
 * Rows whose key stood in an earlier row.
 * @param nulls skip: a key with an empty cell is not compared
 */
export async function findRepeated(
  ask: Ask,
  table: Table,
  columns: readonly KeyColumn[],
  nulls: 'equal' | 'skip',
  most: number,
): Promise<BrokenRows> {
  const where = nulls === 'skip' ? ` WHERE ${columns.map(({ at }) => `p${at}`).join(' AND ')}` : '';
  const names = listKeys(columns).join(', ');
  const keyed = `SELECT ${writeKeys(columns)} FROM (${writeRows(table, columns)})${where}`;
  await ask(
    `CREATE OR REPLACE TEMP TABLE repeated_keys AS SELECT ${names}, count(*) AS n FROM (${keyed}) GROUP BY ${names} HAVING count(*) > 1`,
  );
  const [totals = []] = await ask('SELECT CAST(coalesce(sum(n - 1), 0) AS BIGINT) FROM repeated_keys');
  const count = toCount(totals[0]);
  if (count === 0 || most === 0) return { count, first: [] };
  const numbered = `SELECT r, ${writeKeys(columns)} FROM (${writeNumberedRows(table, columns)})${where}`;
  const matching = `SELECT * FROM (${numbered}) n SEMI JOIN repeated_keys d ON ${writeEqual(columns, 'n', 'd')}`;
  const ranked = `SELECT r, row_number() OVER (PARTITION BY ${names} ORDER BY r) AS i FROM (${matching})`;
  return { count, first: await readRows(ask, `SELECT r FROM (${ranked}) WHERE i > 1`, most) };
}

/** Whole numbers of one group: a bit for each fits a 64-bit integer of the engine with its sign. */
const groupBits = 5;

/**
 * The same for one column of whole numbers that lie close together (row numbers, ids): numbers are put into groups of 32,
 * with a bit for each number that occurs. A group with more rows than bits has repeated numbers: exact, and it needs one
 * entry for 32 numbers in place of 32.
 * @param column every cell is a number or empty; empty cells are not compared
 */
export async function findRepeatedNumbers(
  ask: Ask,
  table: Table,
  column: TableColumn,
  most: number,
): Promise<BrokenRows> {
  const v = `v${column.at}`;
  const rows = (from: string): string => `(${from}) WHERE ${v} IS NOT NULL`;
  const bit = `CAST(1 AS BIGINT) << (${v} & ${2 ** groupBits - 1})`;
  const groups = `SELECT ${v} >> ${groupBits} AS g, count(*) - bit_count(bit_or(${bit})) AS n FROM ${rows(writeRows(table, [column]))} GROUP BY g`;
  await ask(`CREATE OR REPLACE TEMP TABLE repeated_keys AS SELECT g, n FROM (${groups}) WHERE n > 0`);
  const [totals = []] = await ask('SELECT CAST(coalesce(sum(n), 0) AS BIGINT) FROM repeated_keys');
  const count = toCount(totals[0]);
  if (count === 0 || most === 0) return { count, first: [] };
  const numbered = `SELECT r, ${v} FROM ${rows(writeNumberedRows(table, [column]))}`;
  const likely = `SELECT r, ${v} FROM (${numbered}) WHERE ${v} >> ${groupBits} IN (SELECT g FROM repeated_keys)`;
  const ranked = `SELECT r, row_number() OVER (PARTITION BY ${v} ORDER BY r) AS i FROM (${likely})`;
  return { count, first: await readRows(ask, `SELECT r FROM (${ranked}) WHERE i > 1`, most) };
}

/** Rows whose features stand elsewhere with another label; a row without label contradicts nobody. */
export async function findConflicts(
  ask: Ask,
  table: Table,
  label: TableColumn,
  features: readonly TableColumn[],
  most: number,
): Promise<BrokenRows> {
  const columns = [label, ...features];
  const labelText = `coalesce(${writeExact(label.check.type, `v${label.at}`)}, '?' || t${label.at}) AS l`;
  const where = ` WHERE p${label.at}`;
  const names = listKeys(features).join(', ');
  const keyed = `SELECT ${labelText}, ${writeKeys(features)} FROM (${writeRows(table, columns)})${where}`;
  await ask(
    `CREATE OR REPLACE TEMP TABLE conflicting_keys AS SELECT ${names}, count(*) AS n FROM (${keyed}) GROUP BY ${names} HAVING min(l) <> max(l)`,
  );
  const [totals = []] = await ask('SELECT CAST(coalesce(sum(n), 0) AS BIGINT) FROM conflicting_keys');
  const count = toCount(totals[0]);
  if (count === 0 || most === 0) return { count, first: [] };
  const numbered = `SELECT r, ${writeKeys(features)} FROM (${writeNumberedRows(table, columns)})${where}`;
  const matching = `SELECT r FROM (${numbered}) n SEMI JOIN conflicting_keys d ON ${writeEqual(features, 'n', 'd')}`;
  return { count, first: await readRows(ask, matching, most) };
}

/**
 * Rows that another table also has, empty cells being equal.
 * @param others the same columns in the other table, in the same order
 */
export async function findOverlap(
  ask: Ask,
  table: Table,
  columns: readonly TableColumn[],
  other: Table,
  others: readonly TableColumn[],
  most: number,
): Promise<BrokenRows> {
  const names = listKeys(columns).join(', ');
  const keys = `SELECT DISTINCT ${names} FROM (SELECT ${writeKeys(others)} FROM (${writeRows(other, others)}))`;
  await ask(`CREATE OR REPLACE TEMP TABLE other_keys AS ${keys}`);
  const join = `n SEMI JOIN other_keys d ON ${writeEqual(columns, 'n', 'd')}`;
  const rows = `SELECT ${writeKeys(columns)} FROM (${writeRows(table, columns)})`;
  const [totals = []] = await ask(`SELECT count(*) FROM (${rows}) ${join}`);
  const count = toCount(totals[0]);
  if (count === 0 || most === 0) return { count, first: [] };
  const numbered = `SELECT r, ${writeKeys(columns)} FROM (${writeNumberedRows(table, columns)})`;
  return { count, first: await readRows(ask, `SELECT r FROM (${numbered}) ${join}`, most) };
}

async function readRows(ask: Ask, rows: string, most: number): Promise<readonly number[]> {
  const found = await ask(`SELECT r FROM (${rows}) ORDER BY r LIMIT ${most}`);
  return found.map(([row]) => toCount(row));
}

/** Exact number of different readable values of a column; spills to disk where they are many. */
export async function countDistinct(ask: Ask, table: Table, column: TableColumn): Promise<number> {
  const value = `v${column.at}`;
  const values = `SELECT DISTINCT ${value} FROM (${writeRows(table, [column])}) WHERE ${value} IS NOT NULL`;
  const [cells = []] = await ask(`SELECT count(*) FROM (${values})`);
  return toCount(cells[0]);
}

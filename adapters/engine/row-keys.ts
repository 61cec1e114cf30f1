import { type Ask, toCount } from './ask.ts';
import { writeExact } from './cell-sql.ts';
import { type Table, type TableColumn, writeNumberedRows, writeRows } from './table.ts';

/** Rows that break a rule on keys: how many, and the first ones. */
export interface BrokenRows {
  readonly count: number;
  readonly first: readonly number[];
}

/**
 * What is compared of a cell: its value; where it cannot be read as its type, its text.
 */
function writeKey({ at, check }: TableColumn): string {
  if (check.type === 'text') return `v${at} AS a${at}`;
  return `v${at} AS a${at}, CASE WHEN v${at} IS NULL THEN t${at} END AS b${at}`;
}

function listKeys(columns: readonly TableColumn[]): readonly string[] {
  return columns.flatMap(({ at, check }) => (check.type === 'text' ? [`a${at}`] : [`a${at}`, `b${at}`]));
}

const writeKeys = (columns: readonly TableColumn[]): string => columns.map(writeKey).join(', ');

/** Equal keys, empty cells being equal. */
function writeEqual(columns: readonly TableColumn[], left: string, right: string): string {
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
  columns: readonly TableColumn[],
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

import { type Ask, toCount } from './ask.ts';
import { wideColumns } from './batch.ts';
import { csvCell } from './cell-sql.ts';
import { type Table, type TableColumn, writeCells } from './table.ts';

/** Cells of a batch by value, in the table `cell_groups`. */
export interface Groups {
  readonly create: string;
  /** True where different columns can be read in one go. */
  readonly isList: boolean;
  /** Different cells `k0` of columns `c` (one unless `isList`) with their rows `n`. */
  readonly ofColumns: (columns: readonly TableColumn[]) => string;
  /** Files `f` with their rows `n`, where there are several files or no columns. */
  readonly ofFiles: string;
}

/** How a batch of columns is best counted by value. */
export function planGroups(table: Table, columns: readonly TableColumn[]): Groups {
  return isAlike(table, columns) ? makeList(table, columns) : makeSets(table, columns);
}

/** The mark that the engine gives to groups of one column out of all: a zero where it is grouped. */
function toMark(at: number, all: number): bigint {
  return (1n << BigInt(all)) - 1n - (1n << BigInt(all - 1 - at));
}

function makeSets(table: Table, columns: readonly TableColumn[]): Groups {
  // Of one file every column counts the rows.
  const names = [...(hasFiles(table, columns) ? ['f'] : []), ...columns.map(({ at }) => `k${at}`)];
  const sets = names.map((name) => `(${name})`).join(', ');
  const list = names.join(', ');
  const groupOf = (name: string, cells: string): string =>
    `SELECT n${cells} FROM cell_groups WHERE g = ${toMark(names.indexOf(name), names.length)}`;
  return {
    create: `CREATE OR REPLACE TEMP TABLE cell_groups AS SELECT ${list}, count(*) AS n, grouping(${list}) AS g FROM (${writeCells(table, columns)}) GROUP BY GROUPING SETS (${sets})`,
    isList: false,
    ofColumns: (wanted) =>
      wanted.map(({ at }) => groupOf(`k${at}`, `, ${at} AS c, k${at} AS k0`)).join(' UNION ALL '),
    ofFiles: groupOf('f', ', f'),
  };
}

/** Of a wide table every set of groups costs more than its few rows: then cells are grouped as one list of all columns. */
function isAlike(table: Table, columns: readonly TableColumn[]): boolean {
  const [physical, ...more] = new Set(columns.map((column) => column.physical));
  return table.columns.length > wideColumns && physical === csvCell && more.length === 0;
}

const fileMark = -1;

function makeList(table: Table, columns: readonly TableColumn[]): Groups {
  const ats = columns.map(({ at }) => at);
  const isMarked = hasFiles(table, columns);
  const places = [...(isMarked ? [fileMark] : []), ...ats].join(', ');
  const cells = [...(isMarked ? ['CAST(f AS VARCHAR)'] : []), ...ats.map((at) => `k${at}`)].join(', ');
  const list = `SELECT unnest([${places}]) AS c, unnest([${cells}]) AS k FROM (${writeCells(table, columns)})`;
  return {
    create: `CREATE OR REPLACE TEMP TABLE cell_groups AS SELECT c, k, count(*) AS n FROM (${list}) GROUP BY c, k`,
    isList: true,
    ofColumns: (wanted) =>
      `SELECT n, c, k AS k0 FROM cell_groups WHERE c IN (${wanted.map(({ at }) => at).join(', ')})`,
    ofFiles: `SELECT n, k AS f FROM cell_groups WHERE c = ${fileMark}`,
  };
}

const hasFiles = (table: Table, columns: readonly TableColumn[]): boolean =>
  table.sources.length > 1 || columns.length === 0;

/** Rows of each file. */
export async function readFileRows(
  ask: Ask,
  table: Table,
  columns: readonly TableColumn[],
  groups: Groups,
): Promise<readonly number[]> {
  const [first] = columns;
  if (!hasFiles(table, columns) && first !== undefined) {
    const [cells = []] = await ask(
      `SELECT CAST(coalesce(sum(n), 0) AS BIGINT) FROM (${groups.ofColumns([first])})`,
    );
    return [toCount(cells[0])];
  }
  const found = await ask(`SELECT f, n FROM (${groups.ofFiles})`);
  const rows = new Map(found.map(([file, count]) => [Number(file), toCount(count)]));
  return table.sources.map((_, file) => rows.get(file) ?? 0);
}

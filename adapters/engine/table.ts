import type { CheckPlan, ColumnCheck } from '../../core/dataset/plan.ts';
import {
  csvCell,
  type Physical,
  readCell,
  sqlTypes,
  writePresent,
  writeReadCell,
  writeText,
  writeValue,
} from './cell-sql.ts';

/** A column as it lies in a file. */
export interface SourceColumn {
  readonly column: string;
  /** What the scan calls it: never a name of the proposer but in Parquet. */
  readonly cell: string;
  readonly physical: Physical;
}

/** One file that can be read, and its columns. */
export interface Source {
  readonly path: string;
  readonly local: string;
  /** True for CSV and JSON: reading it again means parsing it again. */
  readonly isText: boolean;
  readonly columns: readonly SourceColumn[];
  /** SQL of a table with at least these columns. */
  readonly scan: (columns: readonly SourceColumn[]) => string;
  /** For a file that was cut into parts: in which one a column lies. Columns of one part are read far faster. */
  readonly partOf?: (column: string) => number | undefined;
}

/** A column of the plan that at least one file has; `at` is its place in the plan and part of its names in queries. */
export interface TableColumn {
  readonly check: ColumnCheck;
  readonly at: number;
  readonly physical: Physical;
  /** True when every file has it. */
  readonly everywhere: boolean;
}

/** The files read as one table. */
export interface Table {
  readonly sources: readonly Source[];
  readonly columns: readonly TableColumn[];
  /** Rows in front of each file, once they are counted. */
  readonly rowsBefore?: readonly number[];
}

/** The same table, its rows known: numbers of rows then need no further count. */
export function withRows(table: Table, rowsOfFiles: readonly number[]): Table {
  let before = 0;
  const rowsBefore = rowsOfFiles.map((rows) => {
    before += rows;
    return before - rows;
  });
  return { ...table, rowsBefore };
}

/** Joins files to one table of the columns of a plan. */
export function joinSources(plan: CheckPlan, sources: readonly Source[]): Table {
  const columns = plan.columns.flatMap((check, at): readonly TableColumn[] => {
    const found = sources.flatMap((source) => findColumn(source, check.column) ?? []);
    const kinds = new Set(found.map(({ physical }) => physical));
    const [physical] = kinds;
    if (physical === undefined) return [];
    const everywhere = found.length === sources.length;
    return [{ check, at, physical: kinds.size === 1 ? physical : readCell, everywhere }];
  });
  return { sources, columns };
}

function findColumn(source: Source, name: string): SourceColumn | undefined {
  return source.columns.find(({ column }) => column === name);
}

/** Rows as they lie in the files: `f` the file, `k<at>` the raw cell. */
export function writeCells(table: Table, columns: readonly TableColumn[]): string {
  return table.sources.map((source, file) => writeSource(source, file, columns)).join(' UNION ALL ');
}

function writeSource(source: Source, file: number, columns: readonly TableColumn[]): string {
  const used: SourceColumn[] = [];
  const cells = columns.map(({ check, at, physical }) => {
    const found = findColumn(source, check.column);
    if (found === undefined) return `, ${physical === csvCell ? 'CAST(NULL AS VARCHAR)' : 'NULL'} AS k${at}`;
    used.push(found);
    if (physical !== readCell || found.physical === readCell) return `, ${found.cell} AS k${at}`;
    const value = `CAST(${writeValue(check.type, found.cell, found.physical)} AS ${sqlTypes[check.type]})`;
    const present = writePresent(found.cell, found.physical);
    const text = writeText(found.cell, found.physical);
    return `, ${writeReadCell(present, text, value)} AS k${at}`;
  });
  return `SELECT ${file} AS f${cells.join('')} FROM ${source.scan(used)}`;
}

/** For each column `p<at>` present, `t<at>` text and `v<at>` value of the cell `k<at>`, as parts of a SELECT. */
export function writeReadings(columns: readonly TableColumn[]): string {
  return columns
    .map(({ check, at, physical }) => {
      const cell = `k${at}`;
      const value = writeValue(check.type, cell, physical);
      return `, ${writePresent(cell, physical)} AS p${at}, ${writeText(cell, physical)} AS t${at}, ${value} AS v${at}`;
    })
    .join('');
}

/** Rows with `f`, and for each column its readings. Unused ones are pruned by the engine. */
export function writeRows(table: Table, columns: readonly TableColumn[]): string {
  return `SELECT f${writeReadings(columns)} FROM (${writeCells(table, columns)})`;
}

/**
 * The same with `r`, the row of the whole table from 1; `most` limits the rows that are read. Each file is numbered by
 * itself: the engine reads the files of a union in no certain order.
 */
export function writeNumberedRows(table: Table, columns: readonly TableColumn[], most?: number): string {
  const parts = table.sources.flatMap((source, file): readonly string[] => {
    const before = table.rowsBefore?.[file];
    if (most !== undefined && before !== undefined && before >= most) return [];
    // Without an offset nobody knows how many rows of this file are among the first.
    const limit = most === undefined ? '' : ` LIMIT ${most - (before ?? 0)}`;
    const offset = before ?? countBefore(table, file);
    const cells = writeSource(source, file, columns);
    return [`SELECT row_number() OVER () + ${offset} AS r, * FROM (${cells})${limit}`];
  });
  const numbered = parts.map((part) => `SELECT * FROM (${part})`).join(' UNION ALL ');
  const where = most === undefined ? '' : ` WHERE r <= ${most}`;
  return `SELECT r${writeReadings(columns)} FROM (${numbered})${where}`;
}

/** Rows of the files in front, counted by the engine while it is at it. */
function countBefore(table: Table, file: number): string {
  const counts = table.sources
    .slice(0, file)
    .map((source, at) => `(SELECT count(*) FROM (${writeSource(source, at, [])}))`);
  return `(${['0', ...counts].join(' + ')})`;
}

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

/** The same with `r`, the row of the whole table from 1; `most` limits the rows that are read. */
export function writeNumberedRows(table: Table, columns: readonly TableColumn[], most?: number): string {
  const limit = most === undefined ? '' : ` LIMIT ${most}`;
  const numbered = `SELECT row_number() OVER () AS r, * FROM (${writeCells(table, columns)})${limit}`;
  return `SELECT r${writeReadings(columns)} FROM (${numbered})`;
}

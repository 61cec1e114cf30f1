import type { ValueRule } from '../../core/dataset/measured.ts';
import { valueRules } from '../../core/dataset/measured.ts';
import type { CheckPlan, ColumnCheck } from '../../core/dataset/plan.ts';
import { quoteName, type SourceColumn, writeFault, writeValue } from './sql.ts';

/** One file that can be read: the SQL that scans it, and its columns. */
export interface Source {
  readonly path: string;
  readonly scan: string;
  readonly columns: readonly SourceColumn[];
}

/** One rule of one column that can be counted. */
export interface Rule {
  readonly rule: ValueRule;
  readonly check: ColumnCheck;
  readonly at: number;
  readonly fault: string;
}

/** Checks of columns that every file has, in contract order. */
export function findCommonChecks(plan: CheckPlan, sources: readonly Source[]): readonly ColumnCheck[] {
  return plan.columns.filter((check) =>
    sources.every((source) => source.columns.some((found) => found.column === check.column)),
  );
}

/** Every rule of the checks, in the order in which they are applied. */
export function listRules(checks: readonly ColumnCheck[]): readonly Rule[] {
  return checks.flatMap((check, at) =>
    valueRules.flatMap((rule) => {
      const fault = writeFault(rule, check, at);
      return fault === null ? [] : [{ rule, check, at, fault }];
    }),
  );
}

/**
 * The files as one table: `f` the file, and for check i `p<i>` present, `t<i>` the cell's text, `v<i>` its value.
 * Unused ones are pruned by the engine.
 */
export function writeTable(checks: readonly ColumnCheck[], sources: readonly Source[]): string {
  return sources.map((source, file) => writeSource(checks, source, file)).join(' UNION ALL ');
}

function writeSource(checks: readonly ColumnCheck[], source: Source, file: number): string {
  const cells = checks.map((check, at) => {
    const found = source.columns.find((column) => column.column === check.column);
    if (found === undefined) throw new TypeError(`column ${check.column} is not in ${source.path}`);
    const cell = quoteName(found.name);
    return `, ${cell} IS NOT NULL AS p${at}, CAST(${cell} AS VARCHAR) AS t${at}, ${writeValue(check.type, found)} AS v${at}`;
  });
  return `SELECT ${file} AS f${cells.join('')} FROM ${source.scan}`;
}

/** One pass: rows of each file, then for each rule its count, then for each shown column its extremes. */
export function writeCounts(
  rules: readonly Rule[],
  checks: readonly ColumnCheck[],
  files: number,
  table: string,
): string {
  const rows = Array.from({ length: files }, (_, file) => `count(*) FILTER (f = ${file})`);
  const counts = rules.map(({ fault }) => `count(*) FILTER (${fault})`);
  const extremes = checks.flatMap((check, at) =>
    check.showValues
      ? [`CAST(min(v${at}) AS VARCHAR)`, `CAST(max(v${at}) AS VARCHAR)`]
      : ['CAST(NULL AS VARCHAR)', 'CAST(NULL AS VARCHAR)'],
  );
  return `SELECT ${[...rows, ...counts, ...extremes].join(', ')} FROM (${table})`;
}

/** Second pass, only for broken rules: for each its first row, and up to three cells (none where values are hidden). */
export function writeExamples(broken: readonly Rule[], table: string): string {
  const columns = broken.map(({ check, at, fault, rule }) => {
    const first = `min(r) FILTER (${fault})`;
    const shown = check.showValues && rule !== 'nulls';
    return `${first}, ${shown ? `arg_min(left(t${at}, 80), r, 3) FILTER (${fault})` : 'CAST([] AS VARCHAR[])'}`;
  });
  return `SELECT ${columns.join(', ')} FROM (SELECT row_number() OVER () AS r, * FROM (${table}))`;
}

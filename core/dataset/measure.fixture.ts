import { buildProfile } from '../profile/build.ts';
import type { ProfileLimits } from '../profile/distribution.ts';
import { compareValues, countCharacters, toValueText } from '../profile/value-text.ts';
import type { Measured, MeasuredColumn, MeasuredRule, Tally, ValueRule } from './measured.ts';
import type { CheckPlan, ColumnCheck, RuleCheck } from './plan.ts';

type Cell = string | null;
type Row = readonly Cell[];

/** A file in memory; null is an empty cell. */
export interface TableFile {
  readonly path: string;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

interface Table {
  readonly plan: CheckPlan;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  readonly others: ReadonlyMap<string, readonly Row[]>;
}

/**
 * Measures small files as one table, plainly: what engines and merges are held against. Expressions and associations are
 * not measured; rules compare texts of cells.
 */
export function measureFiles(
  plan: CheckPlan,
  files: readonly TableFile[],
  others: ReadonlyMap<string, readonly Row[]> = new Map(),
  limits?: ProfileLimits,
): Measured {
  const columns = plan.columns
    .map(({ column }) => column)
    .filter((column) => files.every((file) => file.columns.includes(column)));
  const rows = files.flatMap((file) =>
    file.rows.map((row) => columns.map((column) => row[file.columns.indexOf(column)] ?? null)),
  );
  const table: Table = { plan, columns, rows, others };
  const checks = plan.columns.filter(({ column }) => columns.includes(column));
  const cells = (column: string): readonly Cell[] => rows.map((row) => row[columns.indexOf(column)] ?? null);
  return {
    files: files.map(({ path, columns: header, rows: own }) => ({ path, columns: header, rows: own.length })),
    problems: [],
    rows: rows.length,
    columns: checks.map((check) => measureColumn(check, cells(check.column), table)),
    rules: plan.rules.map((rule) => measureRule(rule, table)),
    profile: buildProfile(
      checks.map(({ column, type }) => ({ name: column, type, cells: cells(column) })),
      limits,
    ),
  };
}

function measureColumn(check: ColumnCheck, cells: readonly Cell[], table: Table): MeasuredColumn {
  const faults = cells.map((cell) => findFault(check, cell));
  const tally = (rule: ValueRule): Tally => {
    const at = faults.flatMap((fault, row) => (fault === rule ? [row] : []));
    const shown = check.showValues && rule !== 'nulls';
    return { ...toTally(at, table), examples: shown ? at.slice(0, 3).map((row) => cells[row] ?? '') : [] };
  };
  const values = cells.flatMap((cell) => (cell === null ? [] : (toValueText(check.type, cell) ?? [])));
  const sorted = check.showValues ? values.sort((a, b) => compareValues(check.type, a, b)) : [];
  return {
    column: check.column,
    tallies: {
      nulls: tally('nulls'),
      type: tally('type'),
      range: tally('range'),
      length: tally('length'),
      allowed: tally('allowed'),
      pattern: tally('pattern'),
    },
    smallest: sorted[0] ?? null,
    largest: sorted.at(-1) ?? null,
  };
}

/** The first rule that a cell breaks. */
function findFault(check: ColumnCheck, cell: Cell): ValueRule | null {
  if (cell === null) return 'nulls';
  const value = toValueText(check.type, cell);
  if (value === null) return 'type';
  const below = check.min !== undefined && Number(value) < Number(check.min);
  if (below || (check.max !== undefined && Number(value) > Number(check.max))) return 'range';
  const { min = 0, max = Number.POSITIVE_INFINITY } = check.length ?? {};
  if (countCharacters(cell) < min || countCharacters(cell) > max) return 'length';
  if (check.allowed !== undefined && !check.allowed.includes(cell)) return 'allowed';
  return check.pattern === undefined || new RegExp(`^(?:${check.pattern})$`, 'u').test(cell)
    ? null
    : 'pattern';
}

function measureRule(rule: RuleCheck, table: Table): MeasuredRule {
  const { name } = rule;
  if (rule.kind === 'expression' || rule.kind === 'association') {
    return { kind: 'unmeasured', name, because: 'the fixture does not know it' };
  }
  const named = rule.kind === 'cells' ? [rule.check.column] : columnsOf(rule);
  if (named.some((column) => !table.columns.includes(column))) {
    return { kind: 'unmeasured', name, because: 'a column of it is not in every file' };
  }
  const at = table.rows.flatMap((row, index) => (breaks(rule, row, index, table) ? [index] : []));
  return { kind: 'tally', name, tally: toTally(at, table) };
}

const columnsOf = (
  rule: Extract<RuleCheck, { kind: 'repeated' | 'conflicts' | 'overlap' }>,
): readonly string[] => (rule.kind === 'conflicts' ? [rule.label, ...rule.features] : rule.columns);

function breaks(rule: RuleCheck, row: Row, index: number, table: Table): boolean {
  const cell = (of: Row, column: string): Cell => of[table.columns.indexOf(column)] ?? null;
  const key = (of: Row, columns: readonly string[]): string =>
    JSON.stringify(columns.map((column) => cell(of, column)));
  switch (rule.kind) {
    case 'cells': {
      const fault = findFault(rule.check, cell(row, rule.check.column));
      return fault !== null && fault !== 'nulls' && fault !== 'type';
    }
    case 'repeated': {
      if (rule.nulls === 'skip' && rule.columns.some((column) => cell(row, column) === null)) return false;
      const own = key(row, rule.columns);
      return table.rows.slice(0, index).some((earlier) => key(earlier, rule.columns) === own);
    }
    case 'conflicts': {
      const own = key(row, rule.features);
      return table.rows.some(
        (other) => key(other, rule.features) === own && cell(other, rule.label) !== cell(row, rule.label),
      );
    }
    case 'overlap':
      return (table.others.get(rule.other) ?? []).some(
        (other) => key(other, rule.columns) === key(row, rule.columns),
      );
    default:
      return false;
  }
}

function toTally(at: readonly number[], { plan, columns, rows }: Table): Tally {
  const shown = columns.filter((name) =>
    plan.columns.some(({ column, showValues }) => column === name && showValues),
  );
  return {
    count: at.length,
    firstRow: at[0] === undefined ? null : at[0] + 1,
    examples: [],
    rows: at.slice(0, plan.examples).map((index) => ({
      row: index + 1,
      cells: shown.map((name) => [name, rows[index]?.[columns.indexOf(name)] ?? null] as const),
    })),
  };
}

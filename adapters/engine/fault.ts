import type { ColumnType } from '../../core/config/contract.ts';
import { type ValueRule, valueRules } from '../../core/dataset/measured.ts';
import type { CheckPlan, ColumnCheck } from '../../core/dataset/plan.ts';
import { sqlTypes } from './cell-sql.ts';
import { quoteText } from './sql.ts';
import type { Table, TableColumn } from './table.ts';

/** A rule on the cells of one column: `sql` is true for each cell that breaks it. */
export interface Fault {
  /** `column:<at>:<rule>`, or `rule:<index in the plan>`. */
  readonly key: string;
  readonly column: TableColumn;
  readonly sql: string;
  /** The same for a column that has another place in a query. */
  readonly sqlAt: (at: number) => string;
  /** False where the cells at fault are empty or private. */
  readonly showsCells: boolean;
}

export const columnKey = (at: number, rule: ValueRule): string => `column:${at}:${rule}`;
export const ruleKey = (index: number): string => `rule:${index}`;

/** Every rule on cells of the table's columns, in the order in which they are applied. */
export function listFaults(plan: CheckPlan, table: Table): readonly Fault[] {
  const ofColumns = table.columns.flatMap((column) =>
    column.everywhere ? valueRules.flatMap((rule) => toFault(rule, column)) : [],
  );
  const ofRules = plan.rules.flatMap((rule, index): readonly Fault[] => {
    if (rule.kind !== 'cells') return [];
    const column = table.columns.find(
      (found) => found.everywhere && found.check.column === rule.check.column,
    );
    if (column === undefined) return [];
    const sqlAt = (at: number): string => {
      const kept = valueRules.flatMap((name) => writeKept(name, rule.check, at) ?? []);
      return kept.length === 0 ? 'false' : writeBroken(kept.join(' AND '), at);
    };
    return [
      { key: ruleKey(index), column, sql: sqlAt(column.at), sqlAt, showsCells: column.check.showValues },
    ];
  });
  return [...ofColumns, ...ofRules];
}

function toFault(rule: ValueRule, column: TableColumn): readonly Fault[] {
  const sql = writeFault(rule, column);
  if (sql === null) return [];
  const sqlAt = (at: number): string => writeFault(rule, { ...column, at }) ?? 'false';
  const showsCells = column.check.showValues && rule !== 'nulls';
  return [{ key: columnKey(column.at, rule), column, sql, sqlAt, showsCells }];
}

/** null when the plan has no such rule. Unknown counts as broken. */
function writeFault(rule: ValueRule, { at, check }: TableColumn): string | null {
  if (rule === 'nulls') return `NOT p${at}`;
  if (rule === 'type') return `p${at} AND v${at} IS NULL`;
  const kept = writeKept(rule, check, at);
  return kept === null ? null : writeBroken(kept, at);
}

const writeBroken = (kept: string, at: number): string =>
  `v${at} IS NOT NULL AND NOT coalesce(${kept}, false)`;

function writeKept(rule: ValueRule, check: ColumnCheck, at: number): string | null {
  if (rule === 'range') {
    return joinSides([
      check.min === undefined ? null : `v${at} >= ${writeLimit(check.type, check.min)}`,
      check.max === undefined ? null : `v${at} ${writeUpper(check.type, check.max)}`,
    ]);
  }
  if (rule === 'length') {
    const { min, max } = check.length ?? {};
    return joinSides([
      min === undefined ? null : `length(t${at}) >= ${min}`,
      max === undefined ? null : `length(t${at}) <= ${max}`,
    ]);
  }
  if (rule === 'allowed' && check.allowed !== undefined) {
    const values = check.allowed.map((text) => writeLimit(check.type, text));
    return `v${at} IN (${values.join(', ')})`;
  }
  if (rule === 'pattern' && check.pattern !== undefined) {
    return `regexp_full_match(t${at}, ${quoteText(check.pattern)})`;
  }
  return null;
}

function joinSides(sides: readonly (string | null)[]): string | null {
  const given = sides.filter((side) => side !== null);
  return given.length === 0 ? null : given.join(' AND ');
}

/** A date as upper limit includes the whole day. */
function writeUpper(type: ColumnType, max: number | string): string {
  const limit = writeLimit(type, max);
  const isDate = typeof max === 'string' && max.length === 'YYYY-MM-DD'.length;
  return isDate ? `< ${limit} + INTERVAL 1 DAY` : `<= ${limit}`;
}

/** A value of a contract as a literal of the column's type. */
export function writeLimit(type: ColumnType, limit: number | string): string {
  if (typeof limit === 'number') return writeNumber(limit);
  const text = type === 'timestamp' ? limit.replace(/Z$/, '') : limit;
  return `TRY_CAST(${quoteText(text)} AS ${sqlTypes[type]})`;
}

/** Whole numbers compare with integers exactly; the engine would make a decimal of others, which overflows. */
export function writeNumber(value: number): string {
  // As a double, a limit of 2^53 would let 2^53 + 1 pass.
  const isWhole = Number.isInteger(value) && Math.abs(value) < 2 ** 63;
  return isWhole ? `CAST(${BigInt(value)} AS BIGINT)` : `CAST(${value} AS DOUBLE)`;
}

import type { Expression } from '../../core/config/expression.ts';
import type { MeasuredRule } from '../../core/dataset/measured.ts';
import type { CheckPlan, RuleCheck } from '../../core/dataset/plan.ts';
import type { Ask } from './ask.ts';
import { measureAssociation } from './association.ts';
import { csvCell } from './cell-sql.ts';
import type { ColumnCount } from './column-count.ts';
import { type BrokenRule, countExampleRows } from './example-rows.ts';
import { writeExpression } from './expression-sql.ts';
import { ruleKey } from './fault.ts';
import {
  type BrokenRows,
  findConflicts,
  findOverlap,
  findRepeated,
  findRepeatedNumbers,
} from './row-keys.ts';
import type { RowFault } from './row-pass.ts';
import type { Table, TableColumn } from './table.ts';

/** What a rule came to before its example rows are read. */
export type RuleOutcome =
  | { readonly kind: 'done'; readonly measured: MeasuredRule }
  | { readonly kind: 'counted'; readonly name: string; readonly broken: BrokenRule };

/** A table that a rule compares with; a text says why it cannot be read. */
export type OtherTable = Table | string;

export interface RuleCase {
  readonly ask: Ask;
  readonly plan: CheckPlan;
  readonly table: Table;
  readonly others: ReadonlyMap<string, OtherTable>;
  /** The same rows with some of the columns, faster to read. */
  readonly copy: Table;
  /** Broken cells and rows that were counted already, by key. */
  readonly counts: ReadonlyMap<string, number>;
  readonly columns: readonly ColumnCount[];
}

/** Row expressions whose columns are all there: they are counted together with the columns. */
export function listRowFaults(plan: CheckPlan, table: Table): readonly RowFault[] {
  return plan.rules.flatMap((rule, index) => {
    if (rule.kind !== 'expression') return [];
    const fault = toRowFault(rule.expression, rule.columns, table);
    return fault === null ? [] : [{ key: ruleKey(index), ...fault }];
  });
}

function toRowFault(
  expression: Expression,
  names: readonly string[],
  table: Table,
): Omit<RowFault, 'key'> | null {
  const columns = names.map((name) => findEverywhere(table, name));
  const found = columns.filter((column) => column !== null);
  if (found.length < columns.length) return null;
  const byName = new Map(found.map((column) => [column.check.column, column]));
  return { sql: `${writeExpression(expression, byName)} IS FALSE`, columns: found };
}

function findEverywhere(table: Table, name: string): TableColumn | null {
  return table.columns.find(({ check, everywhere }) => everywhere && check.column === name) ?? null;
}

/** Measures one rule of the plan. */
export async function measureRule(given: RuleCase, rule: RuleCheck, index: number): Promise<RuleOutcome> {
  switch (rule.kind) {
    case 'cells':
      return takeCells(given, rule, index);
    case 'expression':
      return takeExpression(given, rule, index);
    case 'repeated':
      return measureRepeated(given, rule, index);
    case 'conflicts':
      return measureConflicts(given, rule, index);
    case 'overlap':
      return measureOverlap(given, rule, index);
    case 'association':
      return measureLabel(given, rule);
  }
}

type Of<Kind extends RuleCheck['kind']> = Extract<RuleCheck, { kind: Kind }>;

const unmeasured = (name: string, because: string): RuleOutcome => ({
  kind: 'done',
  measured: { kind: 'unmeasured', name, because },
});
const absent = (name: string, column: string): RuleOutcome =>
  unmeasured(name, `the column "${column}" is not in every file`);

function takeCells({ table, counts }: RuleCase, rule: Of<'cells'>, index: number): RuleOutcome {
  const column = findEverywhere(table, rule.check.column);
  const count = counts.get(ruleKey(index));
  if (column === null || count === undefined) return absent(rule.name, rule.check.column);
  // Which rows they are is known by the fault of this key.
  return toCounted(rule.name, index, count, [column], [], null);
}

function takeExpression({ table, counts }: RuleCase, rule: Of<'expression'>, index: number): RuleOutcome {
  const fault = toRowFault(rule.expression, rule.columns, table);
  const count = counts.get(ruleKey(index));
  if (fault === null || count === undefined) {
    const missing = rule.columns.find((name) => findEverywhere(table, name) === null);
    return absent(rule.name, missing ?? '');
  }
  return toCounted(rule.name, index, count, fault.columns, fault.sql, null);
}

function toCounted(
  name: string,
  index: number,
  count: number,
  columns: readonly TableColumn[],
  rows: string | readonly number[],
  cells: TableColumn | null,
): RuleOutcome {
  return { kind: 'counted', name, broken: { key: ruleKey(index), count, columns, rows, cells } };
}

const toRows = (
  name: string,
  index: number,
  columns: readonly TableColumn[],
  { count, first }: BrokenRows,
): RuleOutcome => toCounted(name, index, count, columns, first, null);

/** Columns that some file has; the others are empty in every row. */
function findPresent(table: Table, names: readonly string[]): readonly TableColumn[] {
  return names.flatMap((name) => table.columns.find(({ check }) => check.column === name) ?? []);
}

async function measureRepeated(given: RuleCase, rule: Of<'repeated'>, index: number): Promise<RuleOutcome> {
  const { ask, plan, table, copy } = given;
  const missing = rule.columns.find((name) => findEverywhere(table, name) === null);
  if (rule.nulls === 'skip' && missing !== undefined) return absent(rule.name, missing);
  const columns = findPresent(table, rule.columns);
  if (columns.length === 0) return unmeasured(rule.name, 'none of its columns is in the data');
  const most = countExampleRows(plan.examples);
  // Only the copy of one file has its rows in order.
  const isCopied = table.sources.length === 1 && findPresent(copy, rule.columns).length === columns.length;
  const from = isCopied ? copy : table;
  const keys = findPresent(from, rule.columns).map((column) => ({
    ...column,
    isReadable: isReadable(given, column),
  }));
  const [key] = keys;
  const isDense =
    keys.length === 1 && key?.isReadable === true && rule.nulls === 'skip' && isCloseTogether(given, key);
  const rows =
    isDense && key !== undefined
      ? await findRepeatedNumbers(ask, from, key, most)
      : await findRepeated(ask, from, keys, rule.nulls, most);
  return toRows(rule.name, index, columns, rows);
}

function isReadable({ columns }: RuleCase, { at }: TableColumn): boolean {
  return columns.find(({ column }) => column.at === at)?.unreadable === 0;
}

/** How many numbers may lie between the ends of a column for each of its rows. */
const mostGaps = 16n;

/** True for a column of many whole numbers between ends that are not far apart. */
function isCloseTogether({ columns }: RuleCase, { at, check }: TableColumn): boolean {
  const values = columns.find(({ column }) => column.at === at)?.values;
  if (check.type !== 'integer' || values?.kind !== 'reduced') return false;
  const { min, max } = values.reduced.statistics;
  if (min === null || max === null) return false;
  return BigInt(max) - BigInt(min) < mostGaps * BigInt(values.reduced.count);
}

async function measureConflicts(given: RuleCase, rule: Of<'conflicts'>, index: number): Promise<RuleOutcome> {
  const { ask, table, plan } = given;
  const label = findEverywhere(table, rule.label);
  if (label === null) return absent(rule.name, rule.label);
  const features = findPresent(table, rule.features);
  if (features.length === 0) return unmeasured(rule.name, 'none of its features is in the data');
  const most = countExampleRows(plan.examples);
  const rows = await findConflicts(ask, table, label, features, most);
  return toRows(rule.name, index, [label, ...features], rows);
}

async function measureOverlap(given: RuleCase, rule: Of<'overlap'>, index: number): Promise<RuleOutcome> {
  const { ask, table, plan, others } = given;
  const other = others.get(rule.other);
  if (other === undefined) return unmeasured(rule.name, 'the table to compare with was not given');
  if (typeof other === 'string') return unmeasured(rule.name, other);
  const pairs = plan.columns.flatMap((check, at): readonly (readonly [TableColumn, TableColumn])[] => {
    if (!rule.columns.includes(check.column)) return [];
    const [own] = findPresent(table, [check.column]);
    const [theirs] = findPresent(other, [check.column]);
    if (own === undefined && theirs === undefined) return [];
    const none: TableColumn = { check, at, physical: csvCell, everywhere: false };
    return [[own ?? none, theirs ?? none]];
  });
  if (pairs.every(([own, theirs]) => !table.columns.includes(own) || !other.columns.includes(theirs))) {
    return unmeasured(rule.name, 'the two tables have none of its columns in common');
  }
  const [own, theirs] = [pairs.map(([left]) => left), pairs.map(([, right]) => right)];
  const most = countExampleRows(plan.examples);
  const rows = await findOverlap(ask, table, own, other, theirs, most);
  return toRows(
    rule.name,
    index,
    own.filter((column) => table.columns.includes(column)),
    rows,
  );
}

async function measureLabel({ ask, table }: RuleCase, rule: Of<'association'>): Promise<RuleOutcome> {
  const label = findEverywhere(table, rule.label);
  if (label === null) return absent(rule.name, rule.label);
  const features = rule.features.flatMap((name) => findEverywhere(table, name) ?? []);
  return { kind: 'done', measured: await measureAssociation(ask, table, rule.name, label, features) };
}

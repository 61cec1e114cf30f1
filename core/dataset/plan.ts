import type { ColumnRule, Contract, TableRule } from '../config/contract.ts';
import type { Expression } from '../config/expression.ts';
import { columnsOf } from '../config/expression-type.ts';
import { type ColumnCheck, planColumn, refuseRule } from './column-plan.ts';

export { type ColumnCheck, timestampForm } from './column-plan.ts';

/**
 * A rule of the table that an engine measures; `name` comes back in `MeasuredRule`. A column that no file has is empty in
 * every row where empty cells are equal, and left out of `features` of an association; elsewhere the rule is unmeasured.
 */
export type RuleCheck = { readonly name: string } & (
  | { readonly kind: 'cells'; readonly check: ColumnCheck }
  | { readonly kind: 'expression'; readonly expression: Expression; readonly columns: readonly string[] }
  /** Rows whose key stood in an earlier row. `nulls`: whether empty cells are equal (else such a key is not compared). */
  | { readonly kind: 'repeated'; readonly columns: readonly string[]; readonly nulls: 'equal' | 'skip' }
  /** Rows whose features stand elsewhere with another label. */
  | { readonly kind: 'conflicts'; readonly label: string; readonly features: readonly string[] }
  /** Rows that are also in `other`, a table that is given besides; empty cells are equal. */
  | { readonly kind: 'overlap'; readonly columns: readonly string[]; readonly other: string }
  | { readonly kind: 'association'; readonly label: string; readonly features: readonly string[] }
);

/** Everything one pass over a table has to count. */
export interface CheckPlan {
  readonly columns: readonly ColumnCheck[];
  readonly rules: readonly RuleCheck[];
  /** Example rows for each broken rule: 0 to 20. */
  readonly examples: number;
  /** Columns whose exact number of different values is wanted, however many there are. */
  readonly distinct: readonly string[];
}

/**
 * Turns a contract into what an engine has to count. What follows from the profile (mean, missing share, quantiles ...)
 * is no rule of the plan.
 * @throws InputError CONTRACT_RULE for a rule that could never be applied: a limit that does not fit the type, limits the
 * wrong way round, an empty list of allowed values, a pattern outside RE2, two rules for one column or of one name, a
 * column that is not in the contract, no column at all.
 */
export function planChecks(contract: Contract): CheckPlan {
  const columns = new Map(contract.columns.map((column) => [column.name, column]));
  if (columns.size !== contract.columns.length || columns.size === 0) {
    throw refuseRule(contract, ['columns'], columns.size === 0 ? 'there is none' : 'a column is named twice');
  }
  if (new Set(contract.rules.map(({ name }) => name)).size !== contract.rules.length) {
    throw refuseRule(contract, ['rules'], 'two rules have one name');
  }
  return {
    columns: contract.columns.map((rule) => planColumn(contract, rule, ['columns', rule.name])),
    rules: [
      ...contract.columns.filter(({ unique }) => unique).map(planUnique),
      ...contract.rules.flatMap((rule) => planRule(contract, rule, columns)),
    ],
    examples: Number.isInteger(contract.examples)
      ? Math.min(Math.max(contract.examples, 0), mostExamples)
      : 0,
    distinct: [...new Set(contract.rules.flatMap((rule) => (rule.rule === 'distinct' ? [rule.column] : [])))],
  };
}

const mostExamples = 20;

/** Name in the plan of a column's own `unique`. A rule of a contract has no colon in its name, so none can be called like it. */
export const uniqueRuleName = (column: string): string => `unique:${column}`;

const planUnique = ({ name }: ColumnRule): RuleCheck => ({
  name: uniqueRuleName(name),
  kind: 'repeated',
  columns: [name],
  nulls: 'skip',
});

/** Columns that a rule reads, each once; those that it does not name are all others of the contract. */
export function columnsOfRule(contract: Pick<Contract, 'columns'>, rule: TableRule): readonly string[] {
  if ('column' in rule) return [rule.column];
  if (rule.rule === 'expression') return columnsOf(rule.expression);
  if ('label' in rule) return [rule.label, ...featuresOf(contract, rule)];
  return rule.columns ?? contract.columns.map(({ name }) => name);
}

/** Features of a rule on a label. */
export function featuresOf(
  contract: Pick<Contract, 'columns'>,
  { label, features }: { readonly label: string; readonly features: readonly string[] | null },
): readonly string[] {
  return features ?? contract.columns.flatMap(({ name }) => (name === label ? [] : [name]));
}

function planRule(
  contract: Contract,
  rule: TableRule,
  known: ReadonlyMap<string, ColumnRule>,
): readonly RuleCheck[] {
  const { name } = rule;
  const columns = columnsOfRule(contract, rule);
  const stranger = columns.find((column) => !known.has(column));
  if (stranger !== undefined) throw refuseRule(contract, ['rules', name], `there is no column "${stranger}"`);
  switch (rule.rule) {
    case 'range':
    case 'length':
    case 'allowed':
    case 'pattern':
      return [{ name, kind: 'cells', check: planCells(contract, rule, known.get(rule.column)) }];
    case 'expression':
      return [{ name, kind: 'expression', expression: rule.expression, columns }];
    case 'unique':
      return [{ name, kind: 'repeated', columns, nulls: 'skip' }];
    case 'duplicates':
      return [{ name, kind: 'repeated', columns, nulls: 'equal' }];
    case 'label-conflicts':
      return [{ name, kind: 'conflicts', label: rule.label, features: featuresOf(contract, rule) }];
    case 'leakage':
      return [{ name, kind: 'association', label: rule.label, features: featuresOf(contract, rule) }];
    case 'overlap':
      return [{ name, kind: 'overlap', columns, other: rule.with }];
    default:
      return [];
  }
}

type CellRule = TableRule & { readonly rule: 'range' | 'length' | 'allowed' | 'pattern' };

/** A rule on cells is that of a column with nothing else to count. */
function planCells(contract: Contract, rule: CellRule, column: ColumnRule | undefined): ColumnCheck {
  const at = ['rules', rule.name];
  if (column === undefined) throw refuseRule(contract, at, `there is no column "${rule.column}"`);
  return planColumn(contract, toColumnRule(rule, column), at);
}

/** The column with this rule of the table in place of its own. */
export function toColumnRule(rule: CellRule, column: ColumnRule): ColumnRule {
  const { name, type, required, nullable, privacy } = column;
  const frame = { name, type, required, nullable, privacy, unique: false, severity: rule.severity };
  switch (rule.rule) {
    case 'range':
      return { ...frame, ...rule.limits };
    case 'length':
      return { ...frame, length: rule.limits };
    case 'allowed':
      return { ...frame, allowed: rule.values };
    case 'pattern':
      return { ...frame, pattern: rule.pattern };
  }
}

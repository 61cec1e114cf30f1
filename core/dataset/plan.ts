import { RE2JS } from 're2js';
import type { ColumnRule, ColumnType, Contract, Limits } from '../config/contract.ts';
import type { Expression } from '../config/expression.ts';
import { contractPath } from '../config/layout.ts';
import { InputError } from '../error/error.ts';

/** What an engine counts in one column. Every rule is counted over cells that passed the rules before it. */
export interface ColumnCheck {
  readonly column: string;
  readonly type: ColumnType;
  /** Inclusive; numbers for integer and number, ISO text for timestamp. A date as max includes the whole day. */
  readonly min?: number | string;
  readonly max?: number | string;
  /** Code points of a text, inclusive. */
  readonly length?: Limits;
  readonly allowed?: readonly string[];
  /** RE2 syntax: matched against the whole cell, in linear time. */
  readonly pattern?: string;
  /** False for personal and secret columns: the engine then reads no value out of them, neither cells nor extremes. */
  readonly showValues: boolean;
}

/** A rule of the table that an engine measures; `name` comes back in `MeasuredRule`. */
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

/** The one spelling of a time that every reader understands alike: no offset, because engines disagree on it. */
export const timestampForm =
  '[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?Z?)?';
const wholeTimestamp = new RegExp(`^${timestampForm}$`);

/**
 * Turns a contract into what an engine has to count.
 * @throws InputError CONTRACT_RULE for a rule that could never be applied: a limit that does not fit the type, limits the
 * wrong way round, an empty list of allowed values, a pattern outside RE2, two rules for one column, no column at all.
 */
export function planChecks(contract: Contract): CheckPlan {
  const names = new Set(contract.columns.map((rule) => rule.name));
  if (names.size !== contract.columns.length || names.size === 0) {
    throw refuse(contract, '', 'columns', names.size === 0 ? 'there is none' : 'a column is named twice');
  }
  return {
    columns: contract.columns.map((rule) => planColumn(contract, rule)),
    rules: [],
    examples: 3,
    distinct: [],
  };
}

function planColumn(contract: Contract, rule: ColumnRule): ColumnCheck {
  for (const side of ['min', 'max'] as const) {
    const limit = rule[side];
    if (limit !== undefined && !fitsType(rule.type, limit)) {
      throw refuse(contract, rule.name, side, `${JSON.stringify(limit)} is no limit for type ${rule.type}`);
    }
  }
  if (rule.min !== undefined && rule.max !== undefined && !(toOrder(rule.min) <= toOrder(rule.max))) {
    throw refuse(contract, rule.name, 'min', 'it is above max');
  }
  if (rule.allowed?.length === 0) throw refuse(contract, rule.name, 'allowed', 'the list is empty');
  if (rule.pattern !== undefined) compilePattern(contract, rule.name, rule.pattern);
  for (const text of [rule.name, rule.pattern ?? '', ...(rule.allowed ?? [])]) {
    if (text.includes('\0')) throw refuse(contract, rule.name, 'name', 'it holds a NUL character');
  }
  return {
    column: rule.name,
    type: rule.type,
    ...(rule.min === undefined ? {} : { min: rule.min }),
    ...(rule.max === undefined ? {} : { max: rule.max }),
    ...(rule.allowed === undefined ? {} : { allowed: rule.allowed }),
    ...(rule.pattern === undefined ? {} : { pattern: rule.pattern }),
    showValues: rule.privacy === 'none',
  };
}

/** Times as text of one form, so that they compare in order. */
function toOrder(limit: number | string): number | string {
  return typeof limit === 'number' ? limit : limit.replace(' ', 'T').replace('Z', '');
}

function fitsType(type: ColumnType, limit: number | string): boolean {
  if (type === 'integer' || type === 'number') return typeof limit === 'number' && Number.isFinite(limit);
  return type === 'timestamp' && typeof limit === 'string' && wholeTimestamp.test(limit);
}

function compilePattern(contract: Contract, column: string, pattern: string): void {
  try {
    RE2JS.compile(pattern);
  } catch (cause) {
    throw refuse(contract, column, 'pattern', cause instanceof Error ? cause.message : 'not RE2', cause);
  }
}

function refuse(contract: Contract, column: string, rule: string, why: string, cause?: unknown): InputError {
  const where = column === '' ? '' : ` of column "${column}"`;
  return new InputError('CONTRACT_RULE', `Contract "${contract.dataset}": ${rule}${where}: ${why}`, {
    hint: 'Correct the rule in the contract: a rule that cannot be applied would let every value pass.',
    where: { file: contractPath(contract.dataset), pointer: `/columns/${column}/${rule}` },
    cause,
  });
}

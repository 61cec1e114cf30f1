import { RE2JS } from 're2js';
import type { ColumnRule, ColumnType, Contract, Limits } from '../config/contract.ts';
import { contractPath } from '../config/layout.ts';
import { InputError } from '../error/error.ts';
import { pointTo } from './pointer.ts';

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

/** The one spelling of a time that every reader understands alike: no offset, because engines disagree on it. */
export const timestampForm =
  '[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?Z?)?';
const wholeTimestamp = new RegExp(`^${timestampForm}$`);

/**
 * Turns the rules of one column into what an engine has to count in it.
 * @param at where the rules stand in the contract
 * @throws InputError CONTRACT_RULE for a rule that could never be applied
 */
export function planColumn(contract: Contract, rule: ColumnRule, at: readonly string[]): ColumnCheck {
  const refuse = (key: string, why: string, cause?: unknown) =>
    refuseRule(contract, [...at, key], why, cause);
  for (const side of ['min', 'max'] as const) {
    const limit = rule[side];
    if (limit !== undefined && !fitsType(rule.type, limit)) {
      throw refuse(side, `${JSON.stringify(limit)} is no limit for type ${rule.type}`);
    }
  }
  if (!isInOrder(rule)) throw refuse('min', 'it is above max');
  if (rule.length !== undefined && !isLength(rule.type, rule.length)) {
    throw refuse('length', 'whole numbers in order, for type text');
  }
  if (rule.allowed?.length === 0) throw refuse('allowed', 'the list is empty');
  if (rule.pattern !== undefined && rule.type !== 'text') throw refuse('pattern', 'the column is no text');
  if (rule.pattern !== undefined) compilePattern(rule.pattern, refuse);
  for (const text of [rule.name, rule.pattern ?? '', ...(rule.allowed ?? [])]) {
    if (text.includes('\0')) throw refuse('name', 'it holds a NUL character');
  }
  return {
    column: rule.name,
    type: rule.type,
    ...(rule.min === undefined ? {} : { min: rule.min }),
    ...(rule.max === undefined ? {} : { max: rule.max }),
    ...(rule.length === undefined ? {} : { length: rule.length }),
    ...(rule.allowed === undefined ? {} : { allowed: rule.allowed }),
    ...(rule.pattern === undefined ? {} : { pattern: rule.pattern }),
    showValues: rule.privacy === 'none',
  };
}

function isInOrder({ min, max }: Limits<number | string>): boolean {
  return min === undefined || max === undefined || toOrder(min) <= toOrder(max);
}

/** Times as text of one form, so that they compare in order. */
function toOrder(limit: number | string): number | string {
  return typeof limit === 'number' ? limit : limit.replace(' ', 'T').replace('Z', '');
}

function fitsType(type: ColumnType, limit: number | string): boolean {
  if (type === 'integer' || type === 'number') return typeof limit === 'number' && Number.isFinite(limit);
  return type === 'timestamp' && typeof limit === 'string' && wholeTimestamp.test(limit);
}

function isLength(type: ColumnType, { min, max }: Limits): boolean {
  const whole = [min, max].every(
    (limit) => limit === undefined || (Number.isSafeInteger(limit) && limit >= 0),
  );
  return type === 'text' && whole && (min ?? 0) <= (max ?? Number.MAX_SAFE_INTEGER);
}

function compilePattern(
  pattern: string,
  refuse: (key: string, why: string, cause: unknown) => InputError,
): void {
  try {
    RE2JS.compile(pattern);
  } catch (cause) {
    throw refuse('pattern', cause instanceof Error ? cause.message : 'not RE2', cause);
  }
}

/** @param at keys in the contract, an item of a list by its name */
export function refuseRule(
  contract: Contract,
  at: readonly string[],
  why: string,
  cause?: unknown,
): InputError {
  const [list, name, key] = at;
  const item = name === undefined ? '' : ` of ${list === 'rules' ? 'rule' : 'column'} "${name}"`;
  return new InputError('CONTRACT_RULE', `Contract "${contract.dataset}": ${key ?? list}${item}: ${why}`, {
    hint: 'Correct the rule in the contract: a rule that cannot be applied would let every value pass.',
    where: { file: contractPath(contract.dataset), pointer: pointTo(...at) },
    cause,
  });
}

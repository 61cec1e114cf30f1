import type { ColumnRule, ColumnType, Limits } from '../config/contract.ts';
import type { ValueRule } from './measured.ts';
import type { TallyWords } from './tally.ts';

/** What a rule on cells says, and the key of the contract that sets it. */
export interface CellWords extends TallyWords {
  readonly key: string;
}

/** @param holder what the contract calls the place that sets the rule: `the column "a"`, `the rule "b"` */
export function describeCells(rule: ColumnRule, name: ValueRule, holder: string): CellWords {
  const correct = 'Correct these values at the source';
  switch (name) {
    case 'nulls':
      return {
        what: 'is empty',
        allowed: rule.nullable ? 'empty cells are allowed' : 'no empty cell',
        key: 'nullable',
        fix: `Fill or drop the rows without ${rule.name} at the source, or set nullable: true for ${holder} if empty is right.`,
      };
    case 'type':
      return {
        what: `is no ${typeNames[rule.type]}`,
        allowed: typeNames[rule.type],
        key: 'type',
        fix: `Correct these cells at the source, or change the type of ${holder} in the contract.`,
      };
    case 'range':
      return {
        what: 'is out of range',
        allowed: describeLimits(rule),
        key: rule.min === undefined ? 'max' : 'min',
        fix: `${correct}, or widen min and max of ${holder} if they are right.`,
      };
    case 'length':
      return {
        what: 'has the wrong length',
        allowed: `${describeLimits(rule.length ?? {})} characters`,
        key: 'length',
        fix: `${correct}, or widen the length of ${holder} if they are right.`,
      };
    case 'allowed':
      return {
        what: 'has values that are not listed',
        allowed: (rule.allowed ?? []).join(', '),
        key: 'allowed',
        fix: `${correct}, or add the new ones to those allowed by ${holder}.`,
      };
    case 'pattern':
      return {
        what: 'does not match its pattern',
        allowed: `the pattern ${rule.pattern ?? ''}`,
        key: 'pattern',
        fix: `${correct}, or change the pattern of ${holder}.`,
      };
  }
}

const typeNames: Record<ColumnType, string> = {
  integer: 'integer (digits, 64-bit)',
  number: 'finite number',
  text: 'text',
  timestamp: 'time as YYYY-MM-DD or YYYY-MM-DD hh:mm:ss (UTC)',
  boolean: 'boolean (true, false, 1, 0)',
};

export function describeLimits({ min, max }: Limits<number | string>): string {
  if (min === undefined) return `at most ${max}`;
  return max === undefined ? `at least ${min}` : `${min} to ${max}`;
}

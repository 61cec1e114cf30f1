import type { ColumnRule, ColumnType, Contract, Limits } from '../config/contract.ts';
import type { Finding } from '../finding/finding.ts';
import type { Measured, MeasuredColumn, ValueRule } from './measured.ts';
import { valueRules } from './measured.ts';
import { pointTo } from './pointer.ts';
import type { Positions } from './positions.ts';
import { giveReason } from './structure.ts';
import { writeCount, writeRows, writeShare } from './wording.ts';

/** Judges the cells of every column by its rules. A column that a file lacks is `data/column-missing`, told elsewhere. */
export function judgeValues(
  contract: Contract,
  measured: Measured,
  positions: Positions,
): readonly Finding[] {
  const columns = new Map(measured.columns.map((column) => [column.column, column]));
  return contract.columns.flatMap((rule) => {
    const column = columns.get(rule.name);
    if (measured.rows === null) return [];
    if (column === undefined) return judgeUnmeasured(rule, measured, positions);
    return valueRules.flatMap((name) => judgeRule(rule, name, column, measured, positions));
  });
}

function judgeUnmeasured(rule: ColumnRule, measured: Measured, positions: Positions): readonly Finding[] {
  if (measured.files.some(({ columns }) => !columns.includes(rule.name))) return [];
  return [
    {
      code: 'data/unreadable',
      severity: 'fail',
      message: `Column "${rule.name}" is there and was not measured.`,
      where: positions(pointTo('columns', rule.name)),
      column: rule.name,
      fix: 'Run the check again; if this stays, report it with the log of the job.',
    },
  ];
}

interface Words {
  /** Clause after the column's name. */
  readonly what: string;
  readonly allowed: string;
  /** Key of the contract that holds the rule. */
  readonly key: string;
  readonly fix: string;
}

function judgeRule(
  rule: ColumnRule,
  name: ValueRule,
  column: MeasuredColumn,
  measured: Measured,
  positions: Positions,
): readonly Finding[] {
  const { count, firstRow, examples } = column.tallies[name];
  const total = measured.rows ?? 0;
  if (count === 0 || (name === 'nulls' && rule.nullable)) return [];
  const words = describeRule(rule, name);
  const shown = rule.privacy === 'none' ? examples : [];
  const first = firstRow === null ? '' : `, first at ${locateRow(measured, firstRow)}`;
  return [
    {
      code: `data/${name}`,
      severity: rule.severity,
      message: `Column "${rule.name}" ${words.what} in ${writeCount(count)} of ${writeRows(total)} (${writeShare(count, total)})${first}.`,
      where: positions(pointTo('columns', rule.name, words.key)),
      column: rule.name,
      found: describeFound(rule, name, column, total),
      allowed: words.allowed,
      count,
      total,
      ...(firstRow === null ? {} : { firstRow }),
      ...(shown.length === 0 ? {} : { examples: shown }),
      ...giveReason(rule),
      fix: words.fix,
    },
  ];
}

function describeRule(rule: ColumnRule, name: ValueRule): Words {
  const key = `the column "${rule.name}"`;
  switch (name) {
    case 'nulls':
      return {
        what: 'is empty',
        allowed: 'no empty cell',
        key: 'nullable',
        fix: `Fill or drop the rows without ${rule.name} at the source, or set nullable: true for ${key} if empty is right.`,
      };
    case 'type':
      return {
        what: `is no ${typeNames[rule.type]}`,
        allowed: typeNames[rule.type],
        key: 'type',
        fix: `Correct these cells at the source, or change the type of ${key} in the contract.`,
      };
    case 'range':
      return {
        what: 'is out of range',
        allowed: describeRange(rule),
        key: rule.min === undefined ? 'max' : 'min',
        fix: `Correct these values at the source, or widen min and max of ${key} if they are right.`,
      };
    case 'length':
      return {
        what: 'has the wrong length',
        allowed: `${describeRange(rule.length ?? {})} characters`,
        key: 'length',
        fix: `Correct these values at the source, or widen length of ${key} if they are right.`,
      };
    case 'allowed':
      return {
        what: 'has values that are not listed',
        allowed: (rule.allowed ?? []).join(', '),
        key: 'allowed',
        fix: `Correct these values at the source, or add the new ones to allowed of ${key}.`,
      };
    case 'pattern':
      return {
        what: 'does not match its pattern',
        allowed: `the pattern ${rule.pattern ?? ''}`,
        key: 'pattern',
        fix: `Correct these values at the source, or change the pattern of ${key}.`,
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

function describeRange({ min, max }: Limits<number | string>): string {
  if (min === undefined) return `at most ${max}`;
  return max === undefined ? `at least ${min}` : `${min} to ${max}`;
}

function describeFound(rule: ColumnRule, name: ValueRule, column: MeasuredColumn, total: number): string {
  const { count } = column.tallies[name];
  const share = `${writeRows(count)} (${writeShare(count, total)})`;
  const { smallest, largest } = column;
  // The extremes of a personal column are values of persons.
  const hidden = rule.privacy !== 'none' || smallest === null || largest === null;
  return name === 'range' && !hidden ? `${smallest} to ${largest}; ${share} outside` : share;
}

/** Names a row by the file that a person would open, when there are several. */
function locateRow(measured: Measured, row: number): string {
  let before = 0;
  for (const { path, rows } of measured.files) {
    if (rows === null) break;
    if (row <= before + rows) {
      const inFile = `row ${writeCount(row - before)} of ${path}`;
      return measured.files.length === 1 ? `row ${writeCount(row)}` : `row ${writeCount(row)} (${inFile})`;
    }
    before += rows;
  }
  return `row ${writeCount(row)}`;
}

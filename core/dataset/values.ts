import type { ColumnRule } from '../config/contract.ts';
import { describeCells } from './cell-words.ts';
import {
  type Case,
  type Frame,
  type Judged,
  joinJudged,
  nothingJudged,
  reasonOf,
  toUnmeasured,
} from './judged.ts';
import type { MeasuredColumn, ValueRule } from './measured.ts';
import { valueRules } from './measured.ts';
import { uniqueRuleName } from './plan.ts';
import { pointTo } from './pointer.ts';
import { judgeTally } from './tally.ts';

/** Judges the cells of every column by its rules. A column that a file lacks is `data/column-missing`, told elsewhere. */
export function judgeValues(given: Case): Judged {
  const { contract, measured } = given;
  if (measured.rows === null) return nothingJudged;
  return joinJudged(
    contract.columns.map((rule) => {
      const column = given.counted.get(rule.name);
      if (column === undefined) return judgeUnmeasured(given, rule);
      const rules = valueRules.filter((name) => isSet(rule, name, column));
      const cells = rules.map((name) => judgeCells(given, rule, name, column));
      return joinJudged(rule.unique ? [...cells, judgeUnique(given, rule)] : cells);
    }),
  );
}

/** A rule that the contract does not set and that nothing breaks is not worth a line. */
function isSet(rule: ColumnRule, name: ValueRule, { tallies }: MeasuredColumn): boolean {
  if (name === 'nulls' || name === 'type' || tallies[name].count !== 0) return true;
  if (name === 'range') return rule.min !== undefined || rule.max !== undefined;
  return rule[name] !== undefined;
}

function judgeUnmeasured(given: Case, rule: ColumnRule): Judged {
  // No header is told of a file without columns: nobody would say that nothing was looked at.
  const lacks = given.measured.files.some(
    ({ columns }) => columns.length > 0 && !columns.includes(rule.name),
  );
  if (lacks) return nothingJudged;
  const frame = frameOf(rule, 'data/unreadable', pointTo('columns', rule.name));
  return toUnmeasured(given, frame, 'it is there and was not measured', `a column "${rule.name}"`);
}

function judgeCells(given: Case, rule: ColumnRule, name: ValueRule, column: MeasuredColumn): Judged {
  const { key, ...words } = describeCells(rule, name, `the column "${rule.name}"`);
  const frame = frameOf(rule, `data/${name}`, pointTo('columns', rule.name, key));
  const hidden = rule.privacy !== 'none';
  const extent = name === 'range' ? extentOf(rule, column) : {};
  const open = name === 'nulls' && rule.nullable;
  const tolerance = open ? undefined : rule.tolerance;
  const judged = judgeTally(given, frame, column.tallies[name], { ...words, ...extent }, tolerance, hidden);
  if (!open) return judged;
  // How many cells are empty is worth knowing where they may be, too.
  const kept = judged.observations.map((observation) =>
    observation.result === 'broken' ? ({ ...observation, result: 'kept' } as const) : observation,
  );
  const unreadable = judged.findings.filter(({ count }) => count === undefined);
  return { observations: kept, findings: unreadable };
}

/** The extremes of a personal column are values of persons. */
export function extentOf(
  { privacy }: ColumnRule,
  { smallest, largest }: Pick<MeasuredColumn, 'smallest' | 'largest'>,
): { readonly extent?: string } {
  const hidden = privacy !== 'none' || smallest === null || largest === null;
  return hidden ? {} : { extent: `${smallest} to ${largest}` };
}

function judgeUnique(given: Case, rule: ColumnRule): Judged {
  const name = uniqueRuleName(rule.name);
  const frame = frameOf(rule, 'data/unique', pointTo('columns', rule.name, 'unique'));
  const measured = given.rules.get(name);
  const allowed = 'every value once';
  if (measured?.kind !== 'tally') {
    const because = measured?.kind === 'unmeasured' ? measured.because : 'its values were not compared';
    return toUnmeasured(given, frame, because, allowed);
  }
  const words = {
    what: 'repeats the value of an earlier row',
    allowed,
    fix: `Drop the repeated rows at the source, or set unique: false for the column "${rule.name}" if they are right.`,
  };
  return judgeTally(given, frame, measured.tally, words, rule.tolerance, rule.privacy !== 'none');
}

const frameOf = (rule: ColumnRule, code: string, pointer: string): Frame => ({
  code,
  column: rule.name,
  severity: rule.severity,
  ...reasonOf(rule),
  pointer,
});

import type { TableRule } from '../config/contract.ts';
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
import { judgeLeakage } from './leakage.ts';
import type { ValueRule } from './measured.ts';
import { columnsOfRule, toColumnRule } from './plan.ts';
import { pointTo } from './pointer.ts';
import { judgeStatistic } from './statistic-rules.ts';
import { judgeTally, type TallyWords } from './tally.ts';
import { extentOf } from './values.ts';

/** Judges the named rules of a contract, in its order. */
export function judgeRules(given: Case): Judged {
  if (given.measured.rows === null) return nothingJudged;
  return joinJudged(given.contract.rules.map((rule) => judgeRule(given, rule)));
}

function judgeRule(given: Case, rule: TableRule): Judged {
  const frame = frameOf(rule);
  const absent = findAbsent(given, rule);
  if (absent !== null) return judgeAbsent(given, frame, absent);
  if (rule.rule === 'leakage') return judgeLeakage(given, rule, frame);
  const statistic = judgeStatistic(given, rule, frame);
  return statistic ?? judgeRows(given, rule, frame);
}

function frameOf(rule: TableRule): Frame {
  return {
    code: `data/${rule.rule}`,
    rule: rule.name,
    ...('column' in rule ? { column: rule.column } : {}),
    severity: rule.severity,
    ...reasonOf(rule),
    pointer: pointTo('rules', rule.name),
  };
}

interface Absent {
  readonly column: string;
  /** A failing finding on this column stands already. */
  readonly told: boolean;
  /** The contract allows it to be missing, and the rule asks for nothing else. */
  readonly allowed: boolean;
}

/** A column that the rule needs and that the files lack. Rules over all columns do without optional ones. */
function findAbsent({ contract, measured, columns, counted }: Case, rule: TableRule): Absent | null {
  const names = columnsOfRule(contract, rule);
  const whole =
    ('features' in rule && rule.features === null) || ('columns' in rule && rule.columns === null);
  const absent = names.flatMap((column) => {
    if (counted.has(column)) return [];
    const optional = columns.get(column)?.required === false;
    const somewhere = measured.files.some((file) => file.columns.includes(column));
    if (whole && optional && !somewhere && !('label' in rule && rule.label === column)) return [];
    return [{ column, told: !optional || somewhere, allowed: optional && !somewhere && names.length === 1 }];
  });
  return absent.find(({ told }) => told) ?? absent.find(({ allowed }) => !allowed) ?? absent[0] ?? null;
}

function judgeAbsent(given: Case, frame: Frame, { column, told, allowed }: Absent): Judged {
  const judged = toUnmeasured(
    given,
    frame,
    `the column "${column}" is missing`,
    `a column "${column}" in every file`,
  );
  return told || allowed ? { ...judged, findings: [] } : judged;
}

function judgeRows(given: Case, rule: TableRule, frame: Frame): Judged {
  const words = describeRows(given, rule);
  const measured = given.rules.get(rule.name);
  if (measured?.kind !== 'tally') {
    const because = measured?.kind === 'unmeasured' ? measured.because : 'its rows were not counted';
    return toUnmeasured(given, frame, because, words.allowed);
  }
  const tolerance =
    rule.rule === 'duplicates' ? ({ kind: 'share', share: rule.max } as const) : rule.tolerance;
  const hidden = columnsOfRule(given.contract, rule).some(
    (name) => given.columns.get(name)?.privacy !== 'none',
  );
  return judgeTally(given, frame, measured.tally, words, tolerance, hidden);
}

const cellRules: Partial<Record<TableRule['rule'], ValueRule>> = {
  range: 'range',
  length: 'length',
  allowed: 'allowed',
  pattern: 'pattern',
};

function describeRows(given: Case, rule: TableRule): TallyWords {
  switch (rule.rule) {
    case 'range':
    case 'length':
    case 'allowed':
    case 'pattern':
      return describeCellRule(given, rule);
    case 'unique':
      return {
        what: `the key ${listNames(rule.columns)} of an earlier row is repeated`,
        allowed: `every key ${listNames(rule.columns)} once`,
        fix: 'Drop the repeated rows at the source, or add the column to the key that tells them apart.',
      };
    case 'duplicates':
      return {
        what: `${rule.columns === null ? 'an earlier row' : `${listNames(rule.columns)} of an earlier row`} is repeated`,
        allowed: 'no repeated row',
        fix: 'Check whether a file or batch was read twice, and drop the repeated rows at the source.',
      };
    case 'expression':
      return {
        what: `the condition ${rule.keep} is false`,
        allowed: rule.keep,
        fix: 'Correct these rows at the source, or change the condition in the contract if they are right.',
      };
    case 'label-conflicts':
      return {
        what: `the same features stand elsewhere with another "${rule.label}"`,
        allowed: `one "${rule.label}" for equal features`,
        fix: 'Correct the labels of these rows, drop the repeated ones, or add the feature that tells them apart.',
      };
    case 'overlap':
      return {
        what: `${listNames(rule.columns)} also stands in ${rule.with}`,
        allowed: `no row of ${rule.with}`,
        fix: `Take these rows out of the data: what a model is judged on must not be what it was trained on.`,
      };
    default:
      return { what: 'is broken', allowed: 'no such row', fix: 'Correct these rows at the source.' };
  }
}

function describeCellRule(given: Case, rule: Parameters<typeof toColumnRule>[0]): TallyWords {
  const column = given.columns.get(rule.column);
  const name = cellRules[rule.rule];
  if (column === undefined || name === undefined) {
    return { what: 'is broken', allowed: 'no such row', fix: 'Correct these rows at the source.' };
  }
  const { key: _, ...words } = describeCells(toColumnRule(rule, column), name, `the rule "${rule.name}"`);
  const extremes = given.counted.get(rule.column);
  return name === 'range' && extremes !== undefined ? { ...words, ...extentOf(column, extremes) } : words;
}

function listNames(names: readonly string[]): string {
  const shown = names.slice(0, 5).map((name) => `"${name}"`);
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}

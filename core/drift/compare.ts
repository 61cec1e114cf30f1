import type { ColumnDrift, DriftRules } from '../config/drift-rules.ts';
import type { ColumnProfile, Profile } from '../profile/profile.ts';
import { countReadable } from '../profile/statistics.ts';
import { adjustPValues } from '../statistics/false-discovery.ts';
import { type ChosenTest, chooseTest } from './choice.ts';
import { decide, type Measured } from './decision.ts';
import type { ColumnDriftResult, DriftReport } from './drift.ts';
import { measureEffect } from './effect.ts';
import { pairColumns } from './pair.ts';
import { findRenames } from './rename.ts';
import { compareSchemas } from './schema.ts';

export interface ComparisonSubject {
  /** Display text of what it is compared with. */
  readonly reference: string;
  /** Limits of the model by column. They add to those of the contract: both must hold. */
  readonly limits?: Readonly<Record<string, ColumnDrift>>;
}

/**
 * Holds the profile of some data against that of its reference: every column of both, and the shape of the table.
 * Comment, check, terminal and JSON all show `result` of what is returned; nothing is decided again later.
 * @param current, reference profiles that may leave the machine (`toPublicProfile`): categories are listed by name
 */
export function compareProfiles(
  current: Profile,
  reference: Profile,
  rules: DriftRules,
  { reference: name, limits = {} }: ComparisonSubject,
): DriftReport {
  const renames = findRenames(current, reference);
  const before = new Map(reference.columns.map((column) => [column.name, column]));
  const attempts = current.columns.flatMap((column) => {
    const other = before.get(renames.get(column.name) ?? column.name);
    if (other === undefined) return [];
    return rulesFor(column.name, rules, limits).map((rule) => attempt(column, other, rule, rules));
  });
  const adjusted = adjustPValues(
    attempts.map(({ effect, enough }) => (effect !== null && enough ? effect.pValue : Number.NaN)),
  );
  return {
    reference: name,
    referenceRows: reference.rows,
    rows: current.rows,
    columns: attempts.map((measured, at) => decide(measured, adjusted[at] ?? Number.NaN, rules)),
    schema: compareSchemas(current, reference, rules, renames),
  };
}

interface AppliedRule {
  readonly by: ColumnDriftResult['by'];
  readonly rule: ColumnDrift;
  readonly ignored: boolean;
}

/** One of the contract, and one of the model where it has a limit of its own. */
function rulesFor(
  column: string,
  rules: DriftRules,
  limits: Readonly<Record<string, ColumnDrift>>,
): readonly AppliedRule[] {
  const own: AppliedRule = {
    by: undefined,
    rule: ruleOf(rules.columns, column) ?? {},
    ignored: rules.ignore.includes(column),
  };
  const model = ruleOf(limits, column);
  return model === undefined ? [own] : [own, { by: 'model', rule: model, ignored: false }];
}

/** The rule of a column; it may be called `constructor`. */
export const ruleOf = (
  rules: Readonly<Record<string, ColumnDrift>>,
  column: string,
): ColumnDrift | undefined => (Object.hasOwn(rules, column) ? rules[column] : undefined);

function attempt(
  current: ColumnProfile,
  reference: ColumnProfile,
  { by, rule, ignored }: AppliedRule,
  rules: DriftRules,
): Measured {
  const rows = cellsOf(current);
  const referenceRows = cellsOf(reference);
  const chosen = chooseTest(current.type, Math.min(rows, referenceRows), rule);
  const frame = {
    ...{ column: current.name, type: current.type, ...chosen, rows, referenceRows },
    severity: rule.severity ?? rules.severity,
    ...(by === undefined ? {} : { by }),
  };
  const measured = ignored
    ? { effect: null, because: 'the contract ignores it (drift.ignore)' }
    : measure(current, reference, rule, chosen);
  const { effect } = measured;
  if (effect === null) return { ...frame, ...measured, enough: false };
  const enough = Math.min(effect.rows, effect.referenceRows) >= rules.minRows;
  return { ...frame, ...measured, rows: effect.rows, referenceRows: effect.referenceRows, enough };
}

function measure(
  current: ColumnProfile,
  reference: ColumnProfile,
  rule: ColumnDrift,
  { test, bins }: ChosenTest,
): Pick<Measured, 'effect' | 'because'> {
  if (current.type === 'timestamp' && rule.test === undefined) {
    return { effect: null, because: 'time moves on by itself: name a test to compare it' };
  }
  if (rule.test === undefined && rule.limit === undefined && [current, reference].every(isRowNumber)) {
    return { effect: null, because: 'it numbers the rows: name a test to compare it' };
  }
  const pair = pairColumns(current, reference);
  if (pair.kind === 'not comparable') return { effect: null, because: pair.because };
  const rows = cellsOf(current);
  if (rows === 0)
    return {
      effect: { effect: 0, pValue: 1, rows, referenceRows: cellsOf(reference), method: 'no row to compare' },
      because: '',
    };
  return { effect: measureEffect(test, pair, bins, { current, reference }), because: '' };
}

/** Values that all differ and lie next to each other: in the next batch they are others, and that says nothing. */
function isRowNumber({ type, distinct, min, max, distribution }: ColumnProfile): boolean {
  const count = countReadable(distribution) ?? 0;
  if (type !== 'integer' || count < 2 || distinct !== count) return false;
  return Number(max) - Number(min) < rowNumberSpread * count;
}

/** Numbers of a sample of rows have gaps. */
const rowNumberSpread = 4;

/** Every cell of a column, empty ones too; of a hidden one only those. */
const cellsOf = ({ nulls, unreadable, distribution }: ColumnProfile): number =>
  nulls + unreadable + (countReadable(distribution) ?? 0);

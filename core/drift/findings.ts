import type { DriftRules } from '../config/drift-rules.ts';
import type { Observation } from '../dataset/observation.ts';
import { pointTo } from '../dataset/pointer.ts';
import type { Positions } from '../dataset/positions.ts';
import { writeCount, writeRows } from '../dataset/wording.ts';
import type { Finding } from '../finding/finding.ts';
import type { ColumnDriftResult, DriftReport, SchemaChange } from './drift.ts';
import { showEffect, showP } from './number.ts';

/** What a comparison found, and what it looked at. */
export interface DriftJudgement {
  readonly findings: readonly Finding[];
  readonly observations: readonly Observation[];
}

/**
 * Says what a comparison means for the data: a finding for what drifted, changed, or should have been compared and
 * could not; an observation for every column and change, also when nothing drifted. Decides nothing again.
 */
export function judgeDrift(report: DriftReport, rules: DriftRules, positions: Positions): DriftJudgement {
  return {
    findings: [
      ...report.columns.flatMap((result) => toFindings(result, report, rules, positions)),
      ...toRowsNote(report, rules, positions),
      ...report.schema.map((change) => toSchemaFinding(change, report, rules, positions)),
    ],
    observations: [
      ...report.columns.map(toObservation),
      ...report.schema.map((change) => toSchemaObservation(change, report, rules)),
    ],
  };
}

function toFindings(
  result: ColumnDriftResult,
  { reference }: DriftReport,
  rules: DriftRules,
  positions: Positions,
): readonly Finding[] {
  const { column, severity } = result;
  const where = positions(placeOf(result, rules));
  if (result.result === 'drift') {
    return [
      {
        code: 'data/drift',
        severity,
        message: `Column "${column}" has moved away from ${reference}: ${result.because}.`,
        ...{ where, column, found: foundText(result), allowed: allowedText(result) },
        fix: `Find out what changed "${column}" at its source. If the change is right, raise its limit in the contract, with the approval that asks for.`,
      },
    ];
  }
  // Somebody asked for this comparison: that it cannot be made must not look like "no drift".
  if (result.result !== 'not compared' || !isNamed(result, rules)) return [];
  return [
    {
      code: 'data/drift-not-compared',
      severity,
      message: `Column "${column}" could not be compared with ${reference}: ${result.because}.`,
      ...{ where, column, found: result.because, allowed: allowedText(result) },
      fix: `Mend the column, or take "${column}" out of drift.columns.`,
    },
  ];
}

function toRowsNote(report: DriftReport, rules: DriftRules, positions: Positions): readonly Finding[] {
  const few = report.columns.filter(({ result }) => result === 'not enough rows');
  const [first] = few;
  if (first === undefined) return [];
  const columns = few.length === 1 ? `Column "${first.column}"` : `${few.length} columns`;
  return [
    {
      code: 'data/drift-rows',
      severity: 'note',
      message: `${columns} could not be compared with ${report.reference}, not enough rows: ${first.because}.`,
      where: positions('/drift/min-rows'),
      found: `${writeRows(first.rows)}, ${writeCount(first.referenceRows)} in the reference`,
      allowed: `at least ${writeCount(rules.minRows)} on both sides`,
      fix: 'Compare a larger batch. A lower drift.min-rows finds only large changes.',
    },
  ];
}

const isNamed = ({ column, by }: ColumnDriftResult, rules: DriftRules): boolean =>
  by === 'model' || Object.hasOwn(rules.columns, column);

function placeOf({ column, by }: ColumnDriftResult, rules: DriftRules): string {
  return by === undefined && Object.hasOwn(rules.columns, column)
    ? pointTo('drift', 'columns', column, 'limit')
    : pointTo('columns', column);
}

function foundText({ test, effect, limit, adjustedP, rows, referenceRows }: ColumnDriftResult): string {
  const [shown] = showEffect(effect ?? Number.NaN, limit);
  const chance = adjustedP === null ? '' : `, p ${showP(adjustedP)}`;
  return `${test} ${shown}${chance}; ${writeCount(rows)} of ${writeCount(referenceRows)} rows compared`;
}

function allowedText({ test, limit, by }: ColumnDriftResult): string {
  return `${test} at most ${limit}${by === 'model' ? ' (limit of the model)' : ''}`;
}

const observed = {
  drift: 'broken',
  'no drift': 'kept',
  'not enough rows': 'not enough rows',
  'not compared': 'not measured',
} as const;

function toObservation(result: ColumnDriftResult): Observation {
  const { column, severity, rows, method } = result;
  return {
    ...{ code: 'data/drift', column, severity, rows },
    result: observed[result.result],
    found: result.effect === null ? result.because : foundText(result),
    allowed: allowedText(result),
    ...(method === '' ? {} : { method }),
  };
}

const sentences: Readonly<Record<SchemaChange['kind'], (change: SchemaChange) => string>> = {
  added: ({ column }) => `Column "${column}" is new`,
  dropped: ({ column }) => `Column "${column}" is gone`,
  renamed: ({ column, before }) => `Column "${before}" seems to be called "${column}" now`,
  retyped: ({ column, found, allowed }) => `Column "${column}" is ${found}, and was ${allowed}`,
  reordered: ({ column }) => `The columns stand in another order from "${column}" on`,
  'new nulls': ({ column, found, allowed }) => `Column "${column}" is ${found}, and was ${allowed}`,
  'vanished nulls': ({ column, allowed }) => `Column "${column}" is never empty any more: ${allowed}`,
  'new category': ({ column, found }) => `Column "${column}" has values that it never had: ${found}`,
  'vanished category': ({ column, found }) => `Column "${column}" has lost values: ${found}`,
};

/** These stand in the way of any code that reads the table by what it knew. */
const pointers: Partial<Record<SchemaChange['kind'], string>> = {
  dropped: '/columns',
  reordered: '/columns',
};

function toSchemaFinding(
  change: SchemaChange,
  { reference }: DriftReport,
  rules: DriftRules,
  positions: Positions,
): Finding {
  const { kind, column, found, allowed } = change;
  return {
    code: 'data/schema-change',
    severity: rules.schema,
    message: `${sentences[kind](change)}, compared with ${reference}.`,
    where: positions(pointers[kind] ?? pointTo('columns', column)),
    ...{ column, found: `${kind}: ${found}`, allowed },
    fix: 'Undo it at the source. If it is right, say so in the contract and retrain: the data of the new version becomes the reference.',
  };
}

function toSchemaObservation(change: SchemaChange, { rows }: DriftReport, rules: DriftRules): Observation {
  const { kind, column, found, allowed } = change;
  return {
    ...{ code: 'data/schema-change', column, severity: rules.schema, rows, allowed },
    result: 'broken',
    found: `${kind}: ${found}`,
  };
}

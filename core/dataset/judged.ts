import type { ColumnRule, Contract } from '../config/contract.ts';
import type { Finding } from '../finding/finding.ts';
import type { ColumnProfile } from '../profile/profile.ts';
import type { Measured, MeasuredColumn, MeasuredRule } from './measured.ts';
import type { Observation } from './observation.ts';
import type { Positions } from './positions.ts';

/** One rule held against what was measured: what is said of it in any case, and what stands in the way. */
export interface Judged {
  readonly observations: readonly Observation[];
  readonly findings: readonly Finding[];
}

/** What every judgement is made from. */
export interface Case {
  readonly contract: Contract;
  readonly measured: Measured;
  readonly positions: Positions;
  /** What was measured, by name of the column or of the rule of the plan. */
  readonly counted: ReadonlyMap<string, MeasuredColumn>;
  readonly rules: ReadonlyMap<string, MeasuredRule>;
  readonly profiles: ReadonlyMap<string, ColumnProfile>;
  /** ISO instant, UTC; whatever else stands there counts as no time. */
  readonly now: string;
  /** Columns of the contract by name. */
  readonly columns: ReadonlyMap<string, ColumnRule>;
}

export const nothingJudged: Judged = { observations: [], findings: [] };

export function joinJudged(parts: readonly Judged[]): Judged {
  return {
    observations: parts.flatMap(({ observations }) => observations),
    findings: parts.flatMap(({ findings }) => findings),
  };
}

/** What a rule is called, where it stands, and how it answers. */
export interface Frame {
  readonly code: string;
  /** Name of the rule in the contract; a column's own rules have none. */
  readonly rule?: string;
  readonly column?: string;
  readonly severity: 'fail' | 'warn';
  readonly reason?: string;
  /** JSON pointer in the contract. */
  readonly pointer: string;
}

/**
 * Answers for a rule that could not be measured. It fails whatever the severity of the rule: nobody looked, so nobody
 * knows that it is only worth a warning.
 */
export function toUnmeasured(
  { positions }: Pick<Case, 'positions'>,
  frame: Frame,
  because: string,
  allowed: string,
): Judged {
  const subject = frame.rule === undefined ? `Column "${frame.column}"` : `Rule "${frame.rule}"`;
  return {
    observations: [
      { ...nameOf(frame), result: 'not measured', severity: 'fail', found: because, allowed, rows: 0 },
    ],
    findings: [
      {
        ...nameOf(frame),
        severity: 'fail',
        message: `${subject} could not be measured: ${because}.`,
        where: positions(frame.pointer),
        found: because,
        allowed,
        ...reasonOf(frame),
        fix: 'Correct the rule in the contract so that it can be applied, or the data that it asks for. If neither is at fault, report this with the log of the job.',
      },
    ],
  };
}

/** The fields that a finding and an observation have in common. */
export function nameOf({ code, rule, column }: Frame) {
  return {
    code,
    ...(rule === undefined ? {} : { rule }),
    ...(column === undefined ? {} : { column }),
  };
}

/** The reason that the contract gives for a rule, as a field of a finding. */
export function reasonOf({ reason }: { readonly reason?: string }): { readonly reason?: string } {
  return reason === undefined ? {} : { reason };
}

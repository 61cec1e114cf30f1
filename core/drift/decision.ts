import type { DriftRules } from '../config/drift-rules.ts';
import { writeCount, writeRows } from '../dataset/wording.ts';
import type { ColumnDriftResult } from './drift.ts';
import type { Effect } from './effect.ts';
import { showEffect, showP } from './number.ts';

/** One column as measured, before anybody says what that means. */
export interface Measured
  extends Pick<
    ColumnDriftResult,
    'column' | 'type' | 'test' | 'limit' | 'severity' | 'rows' | 'referenceRows'
  > {
  readonly by?: 'model';
  /** null: not compared, `because` says why. */
  readonly effect: Effect | null;
  /** Rows of both sides reach the least number. */
  readonly enough: boolean;
  readonly because: string;
}

/**
 * Decides about one column: the only place where drift is told from no drift.
 * @param adjustedP corrected over the columns of the table; NaN where the column takes no part
 */
export function decide(measured: Measured, adjustedP: number, rules: DriftRules): ColumnDriftResult {
  const { effect, enough, because, ...frame } = measured;
  const none = { effect: null, pValue: null, adjustedP: null, method: '' };
  if (effect === null) return { ...frame, ...none, result: 'not compared', because };
  // Not finite never passes for "no drift": it was not measured.
  if (!Number.isFinite(effect.effect) || !Number.isFinite(effect.pValue)) {
    return { ...frame, ...none, result: 'not compared', because: 'the test gave no number' };
  }
  const numbers = { effect: effect.effect, pValue: effect.pValue, method: effect.method };
  if (!enough) {
    const words = describeLack(effect, rules.minRows);
    return { ...frame, ...numbers, adjustedP: null, result: 'not enough rows', because: words };
  }
  const above = effect.effect > frame.limit;
  const drift = above && adjustedP < rules.alpha;
  return {
    ...frame,
    ...numbers,
    adjustedP,
    result: drift ? 'drift' : 'no drift',
    because: explain({ effect: effect.effect, limit: frame.limit, above, drift }, adjustedP, rules.alpha),
  };
}

function describeLack({ rows, referenceRows }: Effect, least: number): string {
  const lacks = [
    ...(rows < least ? [`${writeRows(rows)}, ${writeCount(least - rows)} more are needed`] : []),
    ...(referenceRows < least
      ? [`${writeRows(referenceRows)} in the reference, ${writeCount(least - referenceRows)} more are needed`]
      : []),
  ];
  return `${lacks.join('; ')} (drift.min-rows is ${writeCount(least)})`;
}

interface Outcome {
  readonly effect: number;
  readonly limit: number;
  readonly above: boolean;
  readonly drift: boolean;
}

function explain({ effect, limit, above, drift }: Outcome, adjustedP: number, alpha: number): string {
  const [shown, allowed] = showEffect(effect, limit);
  if (!above) return `${shown} is not above ${allowed}`;
  const chance = `adjusted p ${showP(adjustedP)}, alpha ${alpha}`;
  return drift
    ? `${shown} is above ${allowed}, and chance does not explain it (${chance})`
    : `${shown} is above ${allowed}, but chance alone may give as much (${chance})`;
}

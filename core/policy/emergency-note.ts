import { type RollbackTrigger, triggersAt } from '../config/rollback-trigger.ts';
import type { BreakGlassNote } from '../registry/break-glass.ts';
import { askOf, hourMs, nowOf, windowOf } from './break-glass.ts';
import type { Decision, DecisionInput } from './decision.ts';

/**
 * What the ledger writes behind each move of an emergency; null: it was none.
 * A pure function of what is stored, so that whoever verifies writes the same.
 */
export function breakGlassNoteOf(
  input: DecisionInput,
  { passedOver }: Pick<Decision, 'passedOver'>,
): BreakGlassNote | null {
  const [ask, rule, now] = [askOf(input), input.policy.breakGlass, nowOf(input)];
  if (ask === null || rule === undefined || now === null || passedOver === undefined) return null;
  return {
    by: ask.by,
    reason: ask.reason,
    past: passedOver,
    expiresAt: toText(windowOf(ask, rule.hours).to),
    reviewBy: toText(now + rule.reviewWithinHours * hourMs),
  };
}

/** Under what a promotion at this endpoint may be undone by itself: what its approvals cover besides. Empty: nothing. */
export function preApprovedTriggers(input: DecisionInput, endpoint: string): readonly RollbackTrigger[] {
  // Where no workflow is trusted to watch, nothing is believed that could trigger it.
  if (input.policy.trusted.monitor === undefined) return [];
  return triggersAt(input.model?.rollbackTriggers, endpoint);
}

/** `2026-11-21T18:00:00Z` */
const toText = (instant: number): string => new Date(instant).toISOString().replace('.000Z', 'Z');

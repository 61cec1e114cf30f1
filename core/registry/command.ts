import type { RollbackTrigger } from '../config/rollback-trigger.ts';
import type { Stage } from '../config/stage.ts';
import type { Digest } from '../evidence/evidence.ts';
import type { BreakGlassNote, ReviewCommand } from './break-glass.ts';
import { type IncidentCommand, incidentCommandOf, isIncidentEvent } from './incident.ts';
import type { LedgerEventData, MovingEvent, VersionRecord } from './ledger.ts';
import type { LookCharge } from './look.ts';
import type { TriggerUse } from './trigger.ts';

/** What an allowed decision asks the ledger to write down. */
export type LedgerCommand =
  | {
      readonly kind: 'register';
      /** Everything but the number: the ledger allocates it. */
      readonly record: Omit<VersionRecord, 'v' | 'version'>;
      /** `staging`: registered and staged in the same transaction (`on-merge: staging`). */
      readonly stage: 'registered' | 'staging';
    }
  | {
      readonly kind: 'move';
      readonly version: number;
      /** Where the decision saw it. */
      readonly from: Stage;
      readonly to: Exclude<Stage, 'registered'>;
      /** Set for moves into and out of production. */
      readonly endpoint: string | null;
      /** For moves into production: the champion that the version was compared with, null when there was none. */
      readonly replaced: number | null;
      /** For moves into production: what serves when the model does not. */
      readonly fallback: string;
      /** True: back to the recorded previous version, not judged again. */
      readonly rollback: boolean;
      /** Of a promotion that replaces a version: under what it returns by itself. */
      readonly triggers?: readonly RollbackTrigger[];
      /** Of a rollback that came by itself. */
      readonly trigger?: TriggerUse;
      /** It went past rules: written down behind the move. */
      readonly breakGlass?: BreakGlassNote;
    }
  | ReviewCommand
  /** Counts one result that was read off held-out labels; its number is the ledger's to give. */
  | {
      readonly kind: 'use-held-out';
      readonly heldOut: Digest;
      readonly result: Digest;
      /** As the whole ledger says it (`nextCharge`): one model's events do not know it. */
      readonly charged?: LookCharge;
    }
  | { readonly kind: 'correct'; readonly ofSeq: number; readonly reason: string }
  | IncidentCommand;

/**
 * The command that these events are the answer to, read back from them: whoever verifies proposes it again and
 * compares, so that no event rides along that nobody asked for.
 */
export function commandOf(events: readonly LedgerEventData[]): LedgerCommand | null {
  const [cause, second] = events;
  if (!cause) return null;
  if (isIncidentEvent(cause)) return incidentCommandOf(cause);
  switch (cause.type) {
    case 'VersionRegistered': {
      const { v: _, version: __, ...record } = cause.record;
      return { kind: 'register', record, stage: second?.type === 'VersionStaged' ? 'staging' : 'registered' };
    }
    case 'HeldOutUsed':
      return {
        ...{ kind: 'use-held-out', heldOut: cause.heldOut, result: cause.result },
        ...(cause.charged === undefined ? {} : { charged: cause.charged }),
      };
    case 'Correction':
      return { kind: 'correct', ofSeq: cause.ofSeq, reason: cause.reason };
    case 'BreakGlassReviewed':
      return { kind: 'review-break-glass', pullRequest: cause.pullRequest, review: cause.review };
    case 'BreakGlassUsed':
      // It never stands alone: nothing that was asked for begins with it.
      return null;
    default:
      return moveOf(cause, events);
  }
}

function moveOf(cause: MovingEvent, events: readonly LedgerEventData[]): LedgerCommand | null {
  const { version, from, to } = cause;
  if (to === 'registered') return null;
  const promotion = cause.type === 'VersionPromoted' || cause.type === 'VersionRolledBack' ? cause : null;
  const used = events.find((each) => each.type === 'BreakGlassUsed');
  return {
    kind: 'move',
    version,
    from,
    to,
    endpoint: 'endpoint' in cause ? cause.endpoint : null,
    replaced: promotion?.replaced ?? null,
    fallback: promotion?.fallback ?? '',
    rollback: cause.type === 'VersionRolledBack',
    ...(promotion?.triggers === undefined ? {} : { triggers: promotion.triggers }),
    ...(promotion?.trigger === undefined ? {} : { trigger: promotion.trigger }),
    ...(used === undefined ? {} : { breakGlass: noteOf(used) }),
  };
}

function noteOf({ by, reason, past, expiresAt, reviewBy }: BreakGlassNote): BreakGlassNote {
  return { by, reason, past, expiresAt, reviewBy };
}

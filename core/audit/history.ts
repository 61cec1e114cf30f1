import { limitOf } from '../config/rollback-trigger.ts';
import type { Stage } from '../config/stage.ts';
import type { Digest } from '../evidence/evidence.ts';
import { type BreakGlassEventData, isBreakGlassEvent } from '../registry/break-glass.ts';
import { type IncidentEventData, isIncidentEvent } from '../registry/incident.ts';
import type { ApprovalFact, LedgerEvent, MovingEvent, Person } from '../registry/ledger.ts';
import { streamOf } from '../registry/stream.ts';
import { requireVerified, stateOf } from './resolve.ts';
import type { LedgerVerification } from './verification.ts';

/** One line of what happened to a model: who approved what, when, why. */
export interface HistoryLine {
  readonly seq: number;
  readonly at: string;
  readonly what: string;
  readonly version: number | null;
  readonly from: Stage | null;
  readonly to: Stage | null;
  readonly endpoint: string | null;
  readonly because: string;
  /** What no ruleset kept when it was recorded, in words. Absent: nothing, or it was not read. */
  readonly unprotected?: readonly string[];
  readonly pullRequest: number;
  readonly by: Person;
  readonly approvals: readonly ApprovalFact[];
  readonly hash: Digest;
}

/**
 * Tells a model's history, oldest first, from a proven ledger.
 * @throws InputError LEDGER_UNVERIFIED, LEDGER_UNKNOWN_MODEL
 */
export function historyOf(verification: LedgerVerification, model: string): readonly HistoryLine[] {
  requireVerified(verification);
  stateOf(verification, model);
  return linesOf(verification.events.filter(({ stream }) => stream === streamOf(model)));
}

/** Tells what events of one model say, in their order. */
export const linesOf = (events: readonly LedgerEvent[]): readonly HistoryLine[] => events.map(toLine);

function toLine({ seq, at, data, source, actor, approvals, hash }: LedgerEvent): HistoryLine {
  const common = { seq, at, pullRequest: source.pullRequest, by: actor, approvals, hash };
  const none = { version: null, from: null, to: null, endpoint: null };
  if (isIncidentEvent(data)) return { ...common, ...none, ...incidentLine(data) };
  if (isBreakGlassEvent(data)) return { ...common, ...none, ...breakGlassLine(data) };
  switch (data.type) {
    case 'VersionRegistered': {
      const because = `judged, artifact ${data.record.artifact.digest}`;
      const { version } = data.record;
      return { ...common, ...none, what: 'registered', version, to: 'registered', because };
    }
    case 'HeldOutUsed': {
      const because = `look ${data.look} on the held-out labels ${data.heldOut}`;
      return { ...common, ...none, what: 'judged', because };
    }
    case 'Correction':
      return { ...common, ...none, what: 'correction', because: `of event ${data.ofSeq}: ${data.reason}` };
    default: {
      const { version, from, to } = data;
      const endpoint = 'endpoint' in data ? data.endpoint : null;
      return { ...common, what: words[data.type], version, from, to, endpoint, because: becauseOf(data) };
    }
  }
}

const words = {
  VersionStaged: 'staged',
  VersionShortlisted: 'shortlisted',
  VersionRejected: 'rejected',
  VersionPromoted: 'promoted',
  VersionRolledBack: 'rolled back to',
  VersionArchived: 'archived',
} as const;

function becauseOf(data: MovingEvent): string {
  if (data.type === 'VersionArchived') return data.because;
  if (data.type !== 'VersionPromoted' && data.type !== 'VersionRolledBack') return 'requested';
  const replaced = data.replaced === null ? 'no champion before' : `replaces v${data.replaced}`;
  if (data.type === 'VersionPromoted') return replaced;
  if (data.trigger === undefined) return `${replaced}, not judged again`;
  const { trigger, observed, promotion } = data.trigger;
  const side = trigger.above === undefined ? 'below' : 'above';
  return `${replaced} by itself: trigger ${trigger.name}, ${trigger.metric} ${observed} is ${side} ${limitOf(trigger)}; approved in advance by event ${promotion}`;
}

function incidentLine(data: IncidentEventData): Pick<HistoryLine, 'what' | 'because'> {
  switch (data.type) {
    case 'MergeNotRecorded':
      return { what: 'not recorded', because: [data.reason, ...data.codes].join(', ') };
    case 'IncidentClosed':
      return { what: 'incident closed', because: `incident ${data.incident}: ${data.because}` };
    case 'LedgerCorrected': {
      const { size, restored, foreign } = data;
      const because = `${size} entries of ${restored} put back; written by somebody else: ${foreign.join(', ') || 'nothing, the branch was set back'}`;
      return { what: 'ledger corrected', because };
    }
  }
}

function breakGlassLine(
  data: BreakGlassEventData,
): Pick<HistoryLine, 'what' | 'because'> & Partial<Pick<HistoryLine, 'version' | 'endpoint'>> {
  if (data.type === 'BreakGlassReviewed')
    return { what: 'break-glass reviewed', because: `that of #${data.pullRequest}` };
  const { version, endpoint, by, past, reviewBy } = data;
  const because = `asked for by ${by}, past ${past.join(', ') || 'no rule'}; review due ${reviewBy}`;
  return { what: 'by break-glass', version, endpoint, because };
}

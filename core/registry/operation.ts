import { createHash } from 'node:crypto';
import type { Stage } from '../config/stage.ts';
import type { Digest } from '../evidence/evidence.ts';
import { canonicalJson } from '../json/canonical.ts';
import { type BreakGlassEventData, isBreakGlassEvent } from './break-glass.ts';
import { type IncidentEventData, isIncidentEvent } from './incident.ts';
import type { LedgerEvent, LedgerEventData, ModelState } from './ledger.ts';

export type OperationFacts = MoveFacts | LookFacts | IncidentFacts | EmergencyFacts;

/** A use of break-glass, its one review, and the one rollback by itself that a promotion allows. */
export type EmergencyFacts = { readonly repositoryId: number; readonly model: string } & (
  | {
      readonly kind: 'break-glass-used';
      readonly pullRequest: number;
      readonly mergeSha: string;
      readonly endpoint: string;
    }
  | { readonly kind: 'break-glass-reviewed'; readonly used: number; readonly mergeSha: string }
  | { readonly kind: 'rolled-back-by-trigger'; readonly endpoint: string; readonly promotion: number }
);

/** One incident of one merge or push, its one end, one correction of the ledger as it was found. */
export type IncidentFacts = { readonly repositoryId: number } & (
  | { readonly kind: 'merge-not-recorded'; readonly commit: string }
  | { readonly kind: 'incident-closed'; readonly incident: number }
  | { readonly kind: 'ledger-corrected'; readonly found: string; readonly restored: string }
);

/** What one look is: whoever reads the same result again, in whichever pull request, does the same operation. */
export interface LookFacts {
  readonly repositoryId: number;
  readonly model: string;
  /** Digest of the labels. */
  readonly heldOut: Digest;
  /** `resultDigest` of the judgement: artifact, held-out set, gates and champions are in it. */
  readonly result: Digest;
}

export type MoveFacts = {
  readonly repositoryId: number;
  readonly pullRequest: number;
  readonly mergeSha: string;
  readonly model: string;
  readonly from: Stage | null;
  readonly to: Stage;
  readonly endpoint: string | null;
} & (
  | { readonly version: number }
  /** A registration: the version number is not known before it is written, so that a crash cannot allocate twice. */
  | { readonly artifactDigest: Digest }
);

/**
 * Names one operation the same way on every attempt, so that it is done once however often it is asked for.
 * @returns 64 hex characters: a file name on every system
 */
export function operationId(facts: OperationFacts): string {
  if ('kind' in facts) return createHash('sha256').update(canonicalJson(facts)).digest('hex');
  if ('result' in facts) return lookId(facts);
  const { repositoryId, pullRequest, mergeSha, model, from, to, endpoint } = facts;
  const what = 'version' in facts ? { version: facts.version } : { artifactDigest: facts.artifactDigest };
  const recipe = { repositoryId, pullRequest, mergeSha, model, from, to, endpoint, ...what };
  return createHash('sha256').update(canonicalJson(recipe)).digest('hex');
}

function lookId({ repositoryId, model, heldOut, result }: LookFacts): string {
  const recipe = { kind: 'held-out-used', repositoryId, model, heldOut, result };
  return createHash('sha256').update(canonicalJson(recipe)).digest('hex');
}

/**
 * Names what a merge asked for, wherever the version stood before. The stage in `operationId` comes from the ledger of
 * that moment: a reconcile that runs after a rollback would compute another id and undo the rollback.
 */
export const requestId = (facts: OperationFacts): string =>
  operationId('result' in facts || 'kind' in facts ? facts : { ...facts, from: null });

/** True when the ledger has done already what this merge asked for, even if it was undone since. */
export const wasRecorded = (state: ModelState, facts: OperationFacts): boolean =>
  state.requests.has(requestId(facts));

/** The operation that an event stands for. */
export function operationFactsOf(
  model: string,
  data: LedgerEventData,
  source: LedgerEvent['source'],
): OperationFacts {
  const { repositoryId, pullRequest, mergeSha } = source;
  const common = { repositoryId, pullRequest, mergeSha, model };
  if (isIncidentEvent(data)) return incidentFactsOf(data, source);
  if (isBreakGlassEvent(data)) return breakGlassFactsOf(model, data, source);
  switch (data.type) {
    case 'VersionRegistered': {
      const artifactDigest = data.record.artifact.digest;
      return { ...common, artifactDigest, from: null, to: 'registered', endpoint: null };
    }
    case 'HeldOutUsed':
      return { repositoryId, model, heldOut: data.heldOut, result: data.result };
    case 'Correction':
      // No version moves: the number of the corrected event stands in its place.
      return { ...common, version: data.ofSeq, from: null, to: 'registered', endpoint: null };
    default: {
      if (data.type === 'VersionRolledBack' && data.trigger !== undefined) {
        const { promotion } = data.trigger;
        return { kind: 'rolled-back-by-trigger', repositoryId, model, endpoint: data.endpoint, promotion };
      }
      const { version, from, to } = data;
      return { ...common, version, from, to, endpoint: 'endpoint' in data ? data.endpoint : null };
    }
  }
}

function breakGlassFactsOf(
  model: string,
  data: BreakGlassEventData,
  { repositoryId, pullRequest, mergeSha }: LedgerEvent['source'],
): EmergencyFacts {
  if (data.type === 'BreakGlassReviewed')
    return { kind: 'break-glass-reviewed', repositoryId, model, used: data.pullRequest, mergeSha };
  const { endpoint } = data;
  return { kind: 'break-glass-used', repositoryId, model, pullRequest, mergeSha, endpoint };
}

function incidentFactsOf(
  data: IncidentEventData,
  { repositoryId, mergeSha }: LedgerEvent['source'],
): IncidentFacts {
  switch (data.type) {
    case 'MergeNotRecorded':
      return { kind: 'merge-not-recorded', repositoryId, commit: mergeSha };
    case 'IncidentClosed':
      return { kind: 'incident-closed', repositoryId, incident: data.incident };
    case 'LedgerCorrected':
      return { kind: 'ledger-corrected', repositoryId, found: data.found, restored: data.restored };
  }
}

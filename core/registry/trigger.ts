import { isTriggered, type RollbackTrigger } from '../config/rollback-trigger.ts';
import type { Digest } from '../evidence/evidence.ts';
import { canonicalJson } from '../json/canonical.ts';
import type { EndpointState, LedgerEvent, LedgerEventData, ModelState } from './ledger.ts';

/** What let an endpoint return by itself: approved in advance by whoever approved the promotion. */
export interface TriggerUse {
  readonly authority: 'pre-approved';
  /** Number of the event that promoted the version which leaves. */
  readonly promotion: number;
  /** As model.yml declared it when that was promoted. */
  readonly trigger: RollbackTrigger;
  readonly observed: number;
  /** Window of the observation, ISO 8601 UTC. */
  readonly from: string;
  readonly until: string;
  /** Digest of the evidence that says so. */
  readonly evidence: Digest;
}

/** Why this cannot let the endpoint return by itself; null: it can. */
export function triggerProblem(use: TriggerUse, serving: EndpointState | undefined): string | null {
  if (serving === undefined || serving.champion === null) return 'nothing serves there';
  if (serving.previous === null) return 'no version is recorded to return to';
  if (serving.by.seq !== use.promotion) return 'what serves there was put there by another entry';
  const known = (serving.triggers ?? []).find(({ name }) => name === use.trigger.name);
  if (known === undefined) return `${use.trigger.name} was not declared when it was promoted`;
  if (canonicalJson(known) !== canonicalJson(use.trigger))
    return `${use.trigger.name} was declared otherwise when it was promoted`;
  return isTriggered(known, use.observed)
    ? null
    : `${use.observed} is on the allowed side of what ${known.name} declares`;
}

/** The same of an event, which the app alone writes and nobody approves. */
export function triggerEventProblem(
  use: TriggerUse,
  event: LedgerEvent,
  serving: EndpointState | undefined,
): string | null {
  if (event.actor.kind !== 'Bot') return 'a person does not roll back by itself';
  if (event.approvals.length > 0) return 'it was approved in advance, and lists approvals of its own';
  return triggerProblem(use, serving);
}

/** A version that a trigger removed is nobody's version to return to, at any endpoint. */
export function forgetRemoved(state: ModelState, removed: number): ModelState {
  const version = state.versions.get(removed);
  if (version === undefined) return state;
  const endpoints = [...state.endpoints].map(([name, each]): [string, EndpointState] => [
    name,
    each.previous === removed ? { ...each, previous: null } : each,
  ]);
  return {
    ...state,
    versions: new Map(state.versions).set(removed, { ...version, removedByTrigger: true }),
    endpoints: new Map(endpoints),
  };
}

/** True for a rollback that no merge asked for. */
export const isByItself = (data: LedgerEventData): boolean =>
  data.type === 'VersionRolledBack' && data.trigger !== undefined;

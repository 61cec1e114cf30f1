import { isAllowedMove } from '../change/transition.ts';
import type { InputError } from '../error/error.ts';
import { foldBreakGlass, isBreakGlassEvent } from './break-glass.ts';
import { illegalEvent as illegal } from './illegal-event.ts';
import { foldIncident, isIncidentEvent, repositoryBook } from './incident.ts';
import type {
  Deployment,
  EndpointState,
  LedgerEvent,
  LedgerEventData,
  ModelState,
  MovingEvent,
  VersionState,
} from './ledger.ts';
import { operationFactsOf, requestId } from './operation.ts';
import { nextLook, nextVersion } from './propose.ts';
import { emptyState } from './stream.ts';
import { forgetRemoved, triggerEventProblem } from './trigger.ts';

type Promotion = Extract<LedgerEventData, { type: 'VersionPromoted' | 'VersionRolledBack' }>;
type Archiving = Extract<LedgerEventData, { type: 'VersionArchived' }>;

/**
 * Applies one event to a model's state. An event that could never have been written legally is refused, so that the
 * fold of a ledger is also the proof that every move in it was allowed.
 * @throws InputError LEDGER_EVENT_ILLEGAL naming the event and the rule
 */
export function evolve(state: ModelState, event: LedgerEvent): ModelState {
  return {
    ...apply(state, event),
    lastSeq: event.seq,
    lastHash: event.hash,
    lastAt: event.at,
    operations: new Set(state.operations).add(event.operation),
    requests: new Set(state.requests).add(requestId(operationFactsOf(state.model, event.data, event.source))),
  };
}

/** Folds the events of one model's stream from its beginning. */
export function foldEvents(model: string, events: Iterable<LedgerEvent>): ModelState {
  let state = emptyState(model);
  for (const event of events) state = evolve(state, event);
  return state;
}

const targetOf = {
  VersionStaged: 'staging',
  VersionShortlisted: 'candidate',
  VersionRejected: 'rejected',
} as const;

function apply(state: ModelState, event: LedgerEvent): ModelState {
  const { data } = event;
  if (isIncidentEvent(data)) return foldIncident(state, event, data);
  if (state.model === repositoryBook) throw illegal(event, 'no model is in this stream');
  if (isBreakGlassEvent(data)) return foldBreakGlass(state, event, data);
  switch (data.type) {
    case 'VersionRegistered':
      return register(state, event, data);
    case 'VersionPromoted':
    case 'VersionRolledBack':
      return promote(state, event, data);
    case 'VersionArchived':
      return archive(state, event, data);
    case 'VersionStaged':
    case 'VersionShortlisted':
    case 'VersionRejected': {
      const version = versionFor(state, event, data);
      if (targetOf[data.type] !== data.to || !isAllowedMove(data.from, data.to))
        throw illegalMove(event, data);
      return withVersion(state, data.version, { ...version, stage: data.to, since: event.at });
    }
    case 'HeldOutUsed':
      return countLook(state, event, data);
    case 'Correction':
      if (data.ofSeq >= 0 && data.ofSeq < event.seq) return state;
      throw illegal(event, `it corrects event ${data.ofSeq}, which is not before it`);
  }
}

function register(
  state: ModelState,
  event: LedgerEvent,
  data: Extract<LedgerEventData, { type: 'VersionRegistered' }>,
): ModelState {
  const { record } = data;
  const expected = nextVersion(state);
  if (record.version !== expected) {
    throw illegal(event, `it registers v${record.version}; the next version is v${expected}`);
  }
  if (record.model !== state.model) throw illegal(event, `its record is of ${record.model}`);
  return withVersion(state, record.version, {
    record,
    stage: 'registered',
    since: event.at,
    wasInProductionAt: [],
    deployments: [],
  });
}

/** One result is counted once: a second entry of it would use up a budget that nobody used. */
function countLook(
  state: ModelState,
  event: LedgerEvent,
  { heldOut, look, charged }: Extract<LedgerEventData, { type: 'HeldOutUsed' }>,
): ModelState {
  const expected = nextLook(state, heldOut);
  if (look !== expected) throw illegal(event, `it is look ${look} on these labels; the next is ${expected}`);
  if (state.operations.has(event.operation)) throw illegal(event, 'this result was counted before');
  // How many there were of other models says the whole ledger; of this one alone, never fewer.
  if (
    charged !== undefined &&
    !(charged.labels >= look && charged.actor >= 1 && charged.actor <= charged.labels)
  )
    throw illegal(
      event,
      `it is charged as look ${charged.labels} on the labels, ${charged.actor} of its actor`,
    );
  return {
    ...state,
    heldOut: new Map(state.heldOut).set(heldOut, { looks: look, lastAt: event.at }),
    looks: new Map(state.looks).set(event.operation, look),
    charges: new Map(state.charges).set(event.operation, {
      heldOut,
      actor: event.actor.id,
      charged: charged ?? null,
    }),
  };
}

function promote(state: ModelState, event: LedgerEvent, data: Promotion): ModelState {
  const version = versionFor(state, event, data);
  const serving = state.endpoints.get(data.endpoint);
  const champion = serving?.champion ?? null;
  requirePromotable(event, data, version, serving);
  const rolledBack = data.type === 'VersionRolledBack';
  const removed = champion === null ? undefined : state.versions.get(champion);
  const endpoint: EndpointState = {
    endpoint: data.endpoint,
    champion: data.version,
    previous: rolledBack || removed?.removedByTrigger === true ? null : champion,
    artifactDigest: data.artifactDigest,
    since: event.at,
    by: { pullRequest: event.source.pullRequest, mergedBy: event.actor, seq: event.seq },
    fallback: data.fallback,
    ...(data.triggers === undefined ? {} : { triggers: data.triggers }),
    rollout: 'all',
  };
  const deployment: Deployment = {
    endpoint: data.endpoint,
    from: event.at,
    until: null,
    pullRequest: event.source.pullRequest,
    how: data.trigger !== undefined ? 'rolled back by trigger' : rolledBack ? 'rolled back' : 'promoted',
    approvals: event.approvals,
  };
  const next: VersionState = {
    ...version,
    stage: 'production',
    since: version.stage === 'production' ? version.since : event.at,
    wasInProductionAt: [...new Set([...version.wasInProductionAt, data.endpoint])].sort(),
    deployments: [...version.deployments, deployment],
  };
  const moved = withEndpoint(withVersion(state, data.version, next), endpoint);
  return data.trigger === undefined || champion === null ? moved : forgetRemoved(moved, champion);
}

function requirePromotable(
  event: LedgerEvent,
  data: Promotion,
  version: VersionState,
  serving: EndpointState | undefined,
): void {
  const champion = serving?.champion ?? null;
  if (data.to !== 'production' || !isAllowedMove(data.from, data.to)) throw illegalMove(event, data);
  if (data.replaced !== champion) {
    throw illegal(
      event,
      `it replaces ${name(data.replaced)} at ${data.endpoint}, where ${name(champion)} served`,
    );
  }
  if (champion === data.version) throw illegal(event, `v${data.version} served ${data.endpoint} already`);
  if (data.type === 'VersionRolledBack' && serving?.previous !== data.version) {
    throw illegal(
      event,
      `it rolls back to v${data.version}; the recorded previous is ${name(serving?.previous)}`,
    );
  }
  if (data.from === 'archived' && !version.wasInProductionAt.includes(data.endpoint)) {
    throw illegal(event, `v${data.version} was never in production at ${data.endpoint}`);
  }
  requireAuthority(event, data, serving);
  if (data.artifactDigest !== version.record.artifact.digest) {
    throw illegal(event, `its artifact is ${data.artifactDigest}, that of v${data.version} is another`);
  }
}

/** Triggers belong to promotions that have a version to return to; one that fired, to a rollback. */
function requireAuthority(event: LedgerEvent, data: Promotion, serving: EndpointState | undefined): void {
  const { trigger, triggers } = data;
  if (triggers !== undefined && (data.type !== 'VersionPromoted' || data.replaced === null))
    throw illegal(event, 'it declares triggers and has no version to return to');
  if (trigger === undefined) return;
  if (data.type !== 'VersionRolledBack') throw illegal(event, 'a trigger promotes nothing');
  const problem = triggerEventProblem(trigger, event, serving);
  if (problem !== null) throw illegal(event, problem);
}

function archive(state: ModelState, event: LedgerEvent, data: Archiving): ModelState {
  const version = versionFor(state, event, data);
  if (!isAllowedMove(data.from, data.to)) throw illegalMove(event, data);
  if (data.endpoint === null) {
    if (data.from === 'production') throw illegal(event, 'a version in production leaves by its endpoint');
    return withVersion(state, data.version, { ...version, stage: 'archived', since: event.at });
  }
  const { endpoint } = data;
  const serving = state.endpoints.get(endpoint);
  const demoted = data.because === 'demoted';
  const serves = version.deployments.some((stay) => stay.endpoint === endpoint && stay.until === null);
  // A replaced version has lost the endpoint to another one in the same transaction; a demoted one still holds it.
  if (!serves || demoted !== (serving?.champion === data.version)) {
    throw illegal(event, `v${data.version} does not leave ${endpoint} as ${data.because}`);
  }
  const left = demoted && serving ? withEndpoint(state, vacated(serving, event)) : state;
  const servesElsewhere = [...left.endpoints.values()].some(({ champion }) => champion === data.version);
  return withVersion(left, data.version, {
    ...version,
    stage: servesElsewhere ? 'production' : 'archived',
    since: servesElsewhere ? version.since : event.at,
    deployments: version.deployments.map((stay) =>
      stay.endpoint === endpoint && stay.until === null ? { ...stay, until: event.at } : stay,
    ),
  });
}

/** Nobody serves; `previous` goes too, so that whatever comes next is judged. */
function vacated(serving: EndpointState, event: LedgerEvent): EndpointState {
  const by = { pullRequest: event.source.pullRequest, mergedBy: event.actor, seq: event.seq };
  return { ...serving, champion: null, previous: null, artifactDigest: null, since: event.at, by };
}

function versionFor(state: ModelState, event: LedgerEvent, data: MovingEvent): VersionState {
  const version = state.versions.get(data.version);
  if (!version) throw illegal(event, `v${data.version} was never registered`);
  if (version.stage !== data.from) {
    throw illegal(event, `it moves v${data.version} from ${data.from}; it was ${version.stage}`);
  }
  return version;
}

function withVersion(state: ModelState, number: number, version: VersionState): ModelState {
  return { ...state, versions: new Map(state.versions).set(number, version) };
}

function withEndpoint(state: ModelState, endpoint: EndpointState): ModelState {
  return { ...state, endpoints: new Map(state.endpoints).set(endpoint.endpoint, endpoint) };
}

const name = (version: number | null | undefined): string => (version ? `v${version}` : 'nothing');

function illegalMove(
  event: LedgerEvent,
  data: { readonly version: number; readonly from: string; readonly to: string },
): InputError {
  return illegal(event, `v${data.version} cannot go from ${data.from} to ${data.to}`);
}

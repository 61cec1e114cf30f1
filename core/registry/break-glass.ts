import { InputError } from '../error/error.ts';
import type { Digest } from '../evidence/evidence.ts';
import { parseInstant } from '../evidence/instant.ts';
import { illegalEvent } from './illegal-event.ts';
import type { Deployment, LedgerEvent, LedgerEventData, ModelState } from './ledger.ts';

/** One version that an emergency put to one endpoint. */
export interface BreakGlassUse {
  readonly model: string;
  readonly version: number;
  readonly endpoint: string;
  /** The pull request that asked: uses of one are one use, and one review is of all of them. */
  readonly pullRequest: number;
  readonly at: string;
  /** When its review is due. */
  readonly reviewBy: string;
  readonly reviewed: boolean;
}

export type BreakGlassEventData =
  | {
      /** Comes behind the move that it let through, in the same transaction. */
      readonly type: 'BreakGlassUsed';
      readonly version: number;
      readonly endpoint: string;
      /** Login of who asked, as the file says. Who approved it are the approvals of the event. */
      readonly by: string;
      /** Digest of the reason: the words are in the pull request. */
      readonly reason: Digest;
      /** Rules that were passed over: names of ours. */
      readonly past: readonly string[];
      readonly expiresAt: string;
      readonly reviewBy: string;
    }
  | {
      readonly type: 'BreakGlassReviewed';
      /** The pull request that used it. */
      readonly pullRequest: number;
      /** Digest of what was found: the words are in the pull request. */
      readonly review: Digest;
    };

/** What a move writes down besides when it breaks the glass. */
export type BreakGlassNote = Omit<
  Extract<BreakGlassEventData, { type: 'BreakGlassUsed' }>,
  'type' | 'version' | 'endpoint'
>;

export interface ReviewCommand {
  readonly kind: 'review-break-glass';
  readonly pullRequest: number;
  readonly review: Digest;
}

export const isBreakGlassEvent = (data: LedgerEventData): data is BreakGlassEventData =>
  data.type === 'BreakGlassUsed' || data.type === 'BreakGlassReviewed';

/** @throws InputError LEDGER_BREAK_GLASS when no use of this pull request waits for a review */
export function proposeReview(
  { pullRequest, review }: ReviewCommand,
  state: ModelState,
): readonly LedgerEventData[] {
  if (waits(state, pullRequest)) return [{ type: 'BreakGlassReviewed', pullRequest, review }];
  throw new InputError('LEDGER_BREAK_GLASS', `no break-glass of #${pullRequest} waits for a review`, {
    hint: 'Read the ledger again and look what is open.',
  });
}

/** Applies such an event. @throws InputError LEDGER_EVENT_ILLEGAL */
export function foldBreakGlass(state: ModelState, event: LedgerEvent, data: BreakGlassEventData): ModelState {
  const uses = state.breakGlass ?? [];
  if (data.type === 'BreakGlassReviewed') {
    const { pullRequest } = data;
    if (!waits(state, pullRequest))
      throw illegalEvent(event, `nothing of #${pullRequest} waits for a review`);
    if (event.approvals.length === 0) throw illegalEvent(event, 'nobody approved the review');
    return {
      ...state,
      breakGlass: uses.map((use) => (use.pullRequest === pullRequest ? { ...use, reviewed: true } : use)),
    };
  }
  const problem = problemOf(state, event, data);
  if (problem !== null) throw illegalEvent(event, problem);
  const { version, endpoint, reviewBy } = data;
  const { pullRequest } = event.source;
  const use = { model: state.model, version, endpoint, pullRequest, at: event.at, reviewBy, reviewed: false };
  return { ...markStay(state, version, endpoint), breakGlass: [...uses, use] };
}

const waits = ({ breakGlass = [] }: ModelState, pullRequest: number): boolean =>
  breakGlass.some((use) => use.pullRequest === pullRequest && !use.reviewed);

/** It is about the move right before it, and it held when that was merged. */
function problemOf(
  state: ModelState,
  event: LedgerEvent,
  { version, endpoint, expiresAt, reviewBy }: Extract<BreakGlassEventData, { type: 'BreakGlassUsed' }>,
): string | null {
  const serving = state.endpoints.get(endpoint);
  if (serving?.champion !== version || serving.since !== event.at || !state.operations.has(event.operation))
    return `v${version} was not put to ${endpoint} by the same operation`;
  const [at, expires, due] = [event.at, expiresAt, reviewBy].map(parseInstant);
  if (at == null || expires == null || due == null) return 'its times cannot be read';
  if (!(at < expires)) return 'it had expired';
  if (!(at < due)) return 'its review was due before it was used';
  return event.approvals.length < 2 ? 'fewer than two people approved it' : null;
}

function markStay(state: ModelState, number: number, endpoint: string): ModelState {
  const version = state.versions.get(number);
  if (version === undefined) return state;
  const deployments = version.deployments.map((stay): Deployment => {
    if (stay.endpoint !== endpoint || stay.until !== null) return stay;
    return {
      ...stay,
      how: stay.how === 'rolled back' ? 'rolled back by break-glass' : 'promoted by break-glass',
    };
  });
  return { ...state, versions: new Map(state.versions).set(number, { ...version, deployments }) };
}

const windowMs = 30 * 86_400_000;

/**
 * Uses that a decision looks at: those that wait for a review, and all of the 30 days before it.
 * @param now ISO 8601 UTC; one that cannot be read leaves nothing out
 */
export function usesBefore(states: Iterable<ModelState>, now: string): readonly BreakGlassUse[] {
  const instant = parseInstant(now);
  const isRecent = ({ at }: BreakGlassUse): boolean => {
    const used = parseInstant(at);
    return instant === null || used === null || instant - used < windowMs;
  };
  return [...states]
    .flatMap(({ breakGlass = [] }) => breakGlass)
    .filter((use) => !use.reviewed || isRecent(use))
    .sort(
      (a, b) =>
        (parseInstant(a.at) ?? 0) - (parseInstant(b.at) ?? 0) ||
        (`${a.model} ${a.endpoint}` < `${b.model} ${b.endpoint}` ? -1 : 1),
    );
}

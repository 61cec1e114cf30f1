import type { RecordRequest } from '../../core/audit/record.ts';
import type { Move } from '../../core/change/change.ts';
import { InputError } from '../../core/error/error.ts';
import type { Decision, DecisionInput } from '../../core/policy/decision.ts';
import { breakGlassNoteOf, preApprovedTriggers } from '../../core/policy/emergency-note.ts';
import type { LedgerCommand } from '../../core/registry/command.ts';
import { isIncidentEvent } from '../../core/registry/incident.ts';
import type { LedgerEvent, Transaction } from '../../core/registry/ledger.ts';
import { isByItself } from '../../core/registry/trigger.ts';
import type { Believed, Facts, MergeFacts } from '../gather/facts.ts';
import { toVersionRecord } from './version-record.ts';

/** One transaction for each move of an allowed decision, all of them for one commit. */
export function toRequests(facts: Facts, decision: Decision): readonly RecordRequest[] {
  const { pull, input, commits } = facts;
  if (pull.mergedAt === null || pull.mergedBy === null || commits.merge === null)
    throw notMerged(pull.number);
  const transaction = {
    at: pull.mergedAt,
    actor: pull.mergedBy,
    source: {
      repositoryId: input.repositoryId,
      pullRequest: pull.number,
      headSha: commits.head,
      mergeSha: commits.merge,
    },
    approvals: decision.counted,
    decisionInput: input,
    sealed: [facts.evidence.validation, facts.evidence.judgement].flatMap(toSealed),
  };
  const moves = decision.moves.map((move) => ({
    model: move.model,
    command: toCommand(move, facts, decision),
    facts: transaction,
  }));
  return [...moves, ...reviewsOf(input).map((review) => ({ ...review, facts: transaction }))];
}

/** Reviews of emergencies that a merge brings. */
export const reviewsOf = ({ breakGlass }: DecisionInput): readonly Omit<RecordRequest, 'facts'>[] =>
  (breakGlass?.reviews ?? []).map(({ model, pullRequest, digest }) => ({
    model,
    command: { kind: 'review-break-glass', pullRequest, review: digest },
  }));

function toCommand(move: Move, facts: Facts, decision: Decision): LedgerCommand {
  if (move.kind === 'registration')
    return {
      kind: 'register',
      record: toVersionRecord(facts, decision),
      stage: facts.policy.proposal.onMerge,
    };
  const { version, from, to, endpoint, rollback } = move;
  if (from === null || to === 'registered')
    throw new InputError('RECORD_INCOMPLETE', `v${version} of ${move.model} is not in the ledger`, {
      hint: 'Report this: a move of an unknown version must not be "allowed".',
    });
  const champion = facts.input.ledger.champions.find((each) => each.endpoint === endpoint);
  const fallback = facts.input.model?.fallback ?? 'unknown';
  return {
    kind: 'move',
    version,
    from,
    to,
    endpoint,
    replaced: champion?.version ?? null,
    fallback,
    rollback,
    ...besides(move, facts.input, decision),
  };
}

/** What is written down besides a move into production: under what it may be undone, and whether rules were passed over. */
function besides(move: Move, input: DecisionInput, decision: Decision) {
  if (move.kind === 'registration' || move.to !== 'production' || move.endpoint === null) return {};
  const replaces = input.ledger.champions.some(({ endpoint }) => endpoint === move.endpoint);
  const triggers = move.rollback || !replaces ? [] : preApprovedTriggers(input, move.endpoint);
  const breakGlass = breakGlassNoteOf(input, decision);
  return {
    ...(triggers.length === 0 ? {} : { triggers }),
    ...(breakGlass === null ? {} : { breakGlass }),
  };
}

/** What the ledger holds of this merge, in order. */
export function eventsOf({ ledger, repository, pull, commits }: MergeFacts): readonly LedgerEvent[] {
  return ledger.events.filter(
    ({ data, source }) =>
      // That a merge is not recorded is no record of it.
      !isIncidentEvent(data) &&
      // Nor is it what came by itself later, where the base has not moved since.
      !isByItself(data) &&
      source.repositoryId === repository.id &&
      source.pullRequest === pull.number &&
      source.mergeSha === commits.merge,
  );
}

/** True when this merge was recorded, however things stand now: a rollback since is not undone. */
export const isRecorded = (facts: MergeFacts): boolean => eventsOf(facts).length > 0;

function toSealed(believed: Believed<unknown> | null): Transaction['sealed'] {
  return believed === null ? [] : [{ ...believed.sealed, jwk: believed.key }];
}

function notMerged(number: number): InputError {
  return new InputError(
    'NOT_MERGED',
    `Pull request ${number} is not merged, or GitHub does not say by whom`,
    {
      hint: 'Only a merge is recorded. Look again later.',
    },
  );
}

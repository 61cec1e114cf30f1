import type { RecordRequest } from '../../core/audit/record.ts';
import type { Move } from '../../core/change/change.ts';
import { InputError } from '../../core/error/error.ts';
import type { Decision } from '../../core/policy/decision.ts';
import type { LedgerCommand } from '../../core/registry/command.ts';
import { isIncidentEvent } from '../../core/registry/incident.ts';
import type { LedgerEvent, Transaction } from '../../core/registry/ledger.ts';
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
  return decision.moves.map((move) => ({
    model: move.model,
    command: toCommand(move, facts, decision),
    facts: transaction,
  }));
}

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
  };
}

/** What the ledger holds of this merge, in order. */
export function eventsOf({ ledger, repository, pull, commits }: MergeFacts): readonly LedgerEvent[] {
  return ledger.events.filter(
    ({ data, source }) =>
      // That a merge is not recorded is no record of it.
      !isIncidentEvent(data) &&
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

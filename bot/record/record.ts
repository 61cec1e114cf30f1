import { isInLedger, type LedgerSnapshot, type RecordRequest } from '../../core/audit/record.ts';
import { ConflictError } from '../../core/error/error.ts';
import type { Decision, DecisionInput } from '../../core/policy/decision.ts';
import { requireSameLedger, requireSameUses } from '../../core/registry/same-ledger.ts';
import type { BotDeps } from '../deps.ts';
import type { Facts } from '../gather/facts.ts';
import { placeOf } from '../gather.ts';
import { registersMerge } from '../twins.ts';
import { toRequests } from './commands.ts';
import { type LedgerJob, orderOf, type Written } from './ledger-job.ts';

/**
 * Writes everything that an allowed merge moves into the ledger, with whatever else waits for it, in one commit that is
 * made only if the ledger is still the one that each of them was decided on.
 * @param handedOver called when later merges need not wait for this one any more
 * @throws ConflictError LEDGER_MOVED, LEDGER_CHAMPION_MOVED, LEDGER_STAGE_MOVED, LEDGER_LOOK_MOVED: read again and
 * decide again, never write again
 */
export async function record(
  deps: BotDeps,
  facts: Facts,
  decision: Decision,
  handedOver: () => void,
): Promise<Written> {
  const { number } = facts.pull;
  const writing = deps.ledgerWriter.write(deps, toJob(facts, decision));
  handedOver();
  const written = await writing;
  deps.log.info({ pull: number, commit: written.commit }, 'in the ledger');
  return written;
}

/** A decision that waits to be written: it stands only on a ledger that says the same as the one it was made on. */
export function toJob(facts: Facts, decision: Decision): LedgerJob {
  const { pull, policy, input, commits } = facts;
  const requests = toRequests(facts, decision);
  const { change } = input;
  const model = change.kind === 'request' ? change.model : null;
  return {
    place: placeOf(policy.ledger.branch, pull.base.ref),
    headline: `Record pull request ${pull.number}: ${describe(decision, input)}`,
    url: pull.url,
    order: orderOf(pull),
    anchorOn: commits.merge ?? commits.base,
    plan: (snapshot) => {
      if (requests.some((request) => isInLedger(snapshot, request))) return [];
      requireOneRegistration(requests, snapshot);
      requireSameLedger(input, model === null ? null : (snapshot.states.get(model) ?? null));
      requireSameUses(input, snapshot.states);
      return requests;
    },
  };
}

/** Another pull request that the same merge merged may have been recorded while this one was read. */
function requireOneRegistration(requests: readonly RecordRequest[], snapshot: LedgerSnapshot): void {
  for (const { model, command, facts } of requests) {
    const { pullRequest, mergeSha } = facts.source;
    if (command.kind === 'register' && registersMerge(snapshot, model, pullRequest, mergeSha))
      throw new ConflictError(
        'LEDGER_MERGE_RECORDED',
        `Merge ${mergeSha.slice(0, 12)} was recorded meanwhile`,
        {
          hint: 'Read the ledger again: another pull request with the same content was merged by it.',
        },
      );
  }
}

/** Names of models are checked, so nothing here comes from people. */
function describe({ moves, passedOver }: Decision, { breakGlass }: DecisionInput): string {
  const [move] = moves;
  const [review] = breakGlass?.reviews ?? [];
  if (move === undefined)
    return review === undefined ? 'nothing' : `review of the break-glass of #${review.pullRequest}`;
  const more = moves.length > 1 ? ` and ${moves.length - 1} more` : '';
  if (move.kind === 'registration') return `register ${move.model}${more}`;
  const at = move.endpoint === null ? '' : ` at ${move.endpoint}`;
  const how = passedOver === undefined ? '' : ' by break-glass';
  return `${move.model} v${move.version} to ${move.to}${at}${more}${how}`;
}

import { recordRequests } from '../../core/audit/record.ts';
import type { Decision } from '../../core/policy/decision.ts';
import { ledgerRenderersFor } from '../../core/report/ledger-renderers.ts';
import type { BotDeps } from '../deps.ts';
import type { Facts } from '../gather/facts.ts';
import { toRequests } from './commands.ts';

/**
 * Writes everything that an allowed merge moves into the ledger, in one commit that is made only if the ledger is still
 * the one that the decision saw.
 * @returns id of the ledger commit
 * @throws ConflictError LEDGER_MOVED, LEDGER_CHAMPION_MOVED, LEDGER_STAGE_MOVED, LEDGER_OPERATION_KNOWN: read again and
 * decide again, never write again
 */
export async function record(deps: BotDeps, facts: Facts, decision: Decision): Promise<string> {
  const { ledger, pull } = facts;
  const requests = toRequests(facts, decision);
  const { files } = recordRequests(
    ledger.snapshot,
    requests,
    ledger.layout,
    ledgerRenderersFor(ledger.layout),
  );
  const commit = {
    branch: ledger.branch,
    headline: `Record pull request ${pull.number}: ${describe(decision)}`,
    body: `Written by Gatehouse. ${pull.url}`,
    files: [...files].map(([path, content]) => ({ path, content })),
  };
  const sha =
    ledger.commit === null
      ? await deps.writer.createOrphanBranch(commit)
      : await deps.writer.commitOnBranch({ ...commit, expectedHead: ledger.commit });
  deps.log.info({ pull: pull.number, commit: sha, files: files.size }, 'recorded');
  return sha;
}

/** Names of models are checked, so nothing here comes from people. */
function describe({ moves }: Decision): string {
  const [move] = moves;
  if (move === undefined) return 'nothing';
  const more = moves.length > 1 ? ` and ${moves.length - 1} more` : '';
  if (move.kind === 'registration') return `register ${move.model}${more}`;
  const at = move.endpoint === null ? '' : ` at ${move.endpoint}`;
  return `${move.model} v${move.version} to ${move.to}${at}${more}`;
}

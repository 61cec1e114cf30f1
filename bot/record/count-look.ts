import type { RecordRequest } from '../../core/audit/record.ts';
import { ConflictError } from '../../core/error/error.ts';
import type { JudgementEvidence } from '../../core/evidence/evidence.ts';
import { findLook, type HeldOutLook } from '../../core/registry/held-out-look.ts';
import type { BotDeps } from '../deps.ts';
import type { Believed, Facts } from '../gather/facts.ts';
import { placeOf } from '../gather.ts';
import type { ProvenLedger } from '../ledger/ledger-book.ts';
import { countHeadline } from '../look.ts';

/**
 * Counts what a believed judgement read off the held-out labels, before anybody is shown it (GATE.md rules 17 and 18).
 * The count is in the ledger, because runs can be deleted. Nothing is written for a result that was counted before.
 * @returns the facts with the ledger as it is after that: written by compare-and-swap on the one that was proven
 * @throws ConflictError LEDGER_MOVED: read again, the number may be another one
 */
export async function countLook(deps: BotDeps, facts: Facts): Promise<Facts> {
  const { evidence, input, ledger, commits } = facts;
  const { judgement } = evidence;
  if (judgement === null) return facts;
  const state = ledger.snapshot.states.get(judgement.evidence.model) ?? null;
  const look = findLook(judgement.evidence, input.repositoryId, state);
  if (look === null) return facts;
  // A crash may have come between an entry and its anchor: nothing is written on top of what nobody vouches for.
  await deps.ledgerWriter.ensureAnchor(deps, ledger, commits.base);
  if (look.counted) return facts;
  return { ...facts, ledger: await writeLook(deps, facts, judgement, look) };
}

async function writeLook(
  deps: BotDeps,
  { pull, commits, policy }: Facts,
  judgement: Believed<JudgementEvidence>,
  look: HeldOutLook,
): Promise<ProvenLedger> {
  const { model, repositoryId } = look.facts;
  const request = toRequest(pull, commits.base, judgement, look);
  const { commit, ledger } = await deps.ledgerWriter.write(deps, {
    place: placeOf(policy.ledger.branch, pull.base.ref),
    headline: `${countHeadline}${look.number} on the held-out set of ${model}`,
    url: pull.url,
    anchorOn: commits.base,
    plan: ({ states }) => {
      const now = findLook(judgement.evidence, repositoryId, states.get(model) ?? null);
      if (now === null || now.counted) return [];
      if (now.number !== look.number) throw lookMoved(now.number);
      return [request];
    },
  });
  deps.log.info({ pull: pull.number, commit, model, look: look.number }, 'counted');
  return ledger;
}

function lookMoved(number: number): ConflictError {
  return new ConflictError('LEDGER_LOOK_MOVED', `This would be look ${number} on the held-out set now`, {
    hint: 'Read the ledger again and decide again.',
  });
}

function toRequest(
  pull: Facts['pull'],
  base: string,
  { evidence, sealed, key, run }: Believed<JudgementEvidence>,
  { facts }: HeldOutLook,
): RecordRequest {
  const { heldOut, result, model, repositoryId } = facts;
  return {
    model,
    command: { kind: 'use-held-out', heldOut, result },
    facts: {
      at: run.updatedAt,
      // Whoever started the run is charged; GitHub does not name everybody.
      actor: run.actor ?? pull.author,
      source: {
        repositoryId,
        pullRequest: pull.number,
        headSha: evidence.origin.headSha,
        mergeSha: base,
      },
      approvals: [],
      // It rests on the evidence alone, which is kept sealed.
      decisionInput: null,
      sealed: [{ ...sealed, jwk: key }],
    },
  };
}

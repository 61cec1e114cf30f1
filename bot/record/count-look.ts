import type { RecordRequest } from '../../core/audit/record.ts';
import type { JudgementEvidence } from '../../core/evidence/evidence.ts';
import { findLook, type HeldOutLook, nextCharge } from '../../core/registry/held-out-look.ts';
import type { Person } from '../../core/registry/ledger.ts';
import type { LookCharge } from '../../core/registry/look.ts';
import type { BotDeps } from '../deps.ts';
import { chargedPerson } from '../gather/charged-person.ts';
import type { Believed, Facts } from '../gather/facts.ts';
import { placeOf } from '../gather.ts';
import type { ProvenLedger } from '../ledger/ledger-book.ts';
import { countHeadline } from '../look.ts';

/**
 * Counts what a believed judgement read off the held-out labels, before anybody is shown it, then what other runs of the
 * pull request read (GATE.md rules 17 and 18). The count is in the ledger, because runs can be deleted. Nothing is written
 * for a result that was counted before.
 * @returns the facts with the ledger as it is after that: written by compare-and-swap on the one that was proven
 * @throws ConflictError LEDGER_MOVED when others kept winning: read again
 */
export async function countLook(deps: BotDeps, facts: Facts): Promise<Facts> {
  const { judgement, looks } = facts.evidence;
  let { ledger } = facts;
  // The one that is shown goes first: it has the lowest number.
  for (const each of judgement === null ? looks : [judgement, ...looks]) {
    const state = ledger.snapshot.states.get(each.evidence.model) ?? null;
    const look = findLook(each.evidence, facts.input.repositoryId, state);
    if (look === null) continue;
    // A crash may have come between an entry and its anchor: nothing is written on top of what nobody vouches for.
    await deps.ledgerWriter.ensureAnchor(deps, ledger, facts.commits.base);
    if (!look.counted) ledger = await writeLook(deps, facts, each, look);
  }
  return ledger === facts.ledger ? facts : withItsLook({ ...facts, ledger });
}

/** Another process may have counted in between: what is decided on is what the ledger says. */
function withItsLook(facts: Facts): Facts {
  const { evidence, input, ledger } = facts;
  if (evidence.judgement === null) return facts;
  const judged = evidence.judgement.evidence;
  const look = findLook(judged, input.repositoryId, ledger.snapshot.states.get(judged.model) ?? null);
  if (look?.counted !== true) return facts;
  // What was expected of it must not stay where the ledger says nothing.
  const { heldOutCharge: _, ...rest } = input;
  const charge = look.charged === null ? {} : { heldOutCharge: look.charged };
  return { ...facts, input: { ...rest, heldOutLook: look.number, ...charge } };
}

async function writeLook(
  deps: BotDeps,
  { pull, commits, policy }: Facts,
  judgement: Believed<JudgementEvidence>,
  look: HeldOutLook,
): Promise<ProvenLedger> {
  const { model, repositoryId, heldOut } = look.facts;
  const actor = chargedPerson(judgement.run, pull);
  const { commit, ledger } = await deps.ledgerWriter.write(deps, {
    place: placeOf(policy.ledger.branch, pull.base.ref),
    headline: `${countHeadline}${look.number} on the held-out set of ${model}`,
    url: pull.url,
    anchorOn: commits.base,
    plan: ({ states }) => {
      const now = findLook(judgement.evidence, repositoryId, states.get(model) ?? null);
      if (now === null || now.counted) return [];
      const charged = nextCharge(states.values(), heldOut, actor.id);
      return [toRequest({ pull, base: commits.base, actor, charged }, judgement, look)];
    },
  });
  deps.log.info({ pull: pull.number, commit, model, look: look.number }, 'counted');
  return ledger;
}

interface Charging {
  readonly pull: Facts['pull'];
  readonly base: string;
  readonly actor: Person;
  readonly charged: LookCharge;
}

function toRequest(
  { pull, base, actor, charged }: Charging,
  { evidence, sealed, key, run }: Believed<JudgementEvidence>,
  { facts }: HeldOutLook,
): RecordRequest {
  const { heldOut, result, model, repositoryId } = facts;
  return {
    model,
    command: { kind: 'use-held-out', heldOut, result, charged },
    facts: {
      at: run.updatedAt,
      actor,
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

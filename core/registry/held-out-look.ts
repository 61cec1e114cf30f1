import type { Digest, JudgementEvidence } from '../evidence/evidence.ts';
import { isLook } from '../evidence/held-out-look.ts';
import type { ModelState } from './ledger.ts';
import type { LookCharge } from './look.ts';
import { type LookFacts, operationId } from './operation.ts';
import { nextLook } from './propose.ts';

/** Where one judgement stands among the results of its model on the same held-out labels. */
export interface HeldOutLook {
  readonly facts: LookFacts;
  /** 1 for the first result. */
  readonly number: number;
  /** False: the ledger does not hold it yet, and `number` is the one that it will get. */
  readonly counted: boolean;
  /** What it was charged as beyond its model; null: not counted yet, or counted before that was. */
  readonly charged: LookCharge | null;
}

/**
 * Says which look a judgement is. The same result costs nothing again: a run that was started anew, another pull request
 * with the same bytes, a promotion of what was judged as a proposal.
 * @param state what the ledger says of the model; null: nothing
 * @returns null for a judgement that read nothing off the labels
 */
export function findLook(
  judgement: JudgementEvidence,
  repositoryId: number,
  state: ModelState | null,
): HeldOutLook | null {
  if (!isLook(judgement)) return null;
  const { model, heldOut, resultDigest } = judgement;
  const facts = { repositoryId, model, heldOut: heldOut.labelsDigest, result: resultDigest };
  const operation = operationId(facts);
  const number = state?.looks.get(operation);
  if (number !== undefined) {
    const charged = state?.charges.get(operation)?.charged ?? null;
    return { facts, number, counted: true, charged };
  }
  const next = state === null ? 1 : nextLook(state, facts.heldOut);
  return { facts, number: next, counted: false, charged: null };
}

/**
 * What the next look on these labels is charged as: labels that several models name are worn by all of them, and whoever
 * tries under many names tries as one person.
 * @param states every model of the ledger
 * @param actor id of the account that started the run
 * @see GATE.md rule 18
 */
export function nextCharge(states: Iterable<ModelState>, heldOut: Digest, actor: number): LookCharge {
  const looks = [...states]
    .flatMap(({ charges }) => [...charges.values()])
    .filter((look) => look.heldOut === heldOut);
  return { labels: looks.length + 1, actor: looks.filter((look) => look.actor === actor).length + 1 };
}

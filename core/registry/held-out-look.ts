import type { JudgementEvidence } from '../evidence/evidence.ts';
import { isLook } from '../evidence/held-out-look.ts';
import type { ModelState } from './ledger.ts';
import { type LookFacts, operationId } from './operation.ts';
import { nextLook } from './propose.ts';

/** Where one judgement stands among the results of its model on the same held-out labels. */
export interface HeldOutLook {
  readonly facts: LookFacts;
  /** 1 for the first result. */
  readonly number: number;
  /** False: the ledger does not hold it yet, and `number` is the one that it will get. */
  readonly counted: boolean;
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
  const known = state?.looks.get(operationId(facts));
  if (known !== undefined) return { facts, number: known, counted: true };
  return { facts, number: state === null ? 1 : nextLook(state, facts.heldOut), counted: false };
}

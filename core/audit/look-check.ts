import { z } from 'zod';
import { GatehouseError } from '../error/error.ts';
import { resultDigest } from '../evaluation/result-digest.ts';
import type { JudgementEvidence } from '../evidence/evidence.ts';
import { isLook } from '../evidence/held-out-look.ts';
import type { Finding } from '../finding/finding.ts';
import { canonicalJson } from '../json/canonical.ts';
import { parseStrictJson } from '../json/strict.ts';
import type { LedgerEvent, ModelState } from '../registry/ledger.ts';
import { type LookFacts, operationId } from '../registry/operation.ts';
import type { Entry } from './entries.ts';
import { ledgerFinding } from './verification.ts';

/** The part of sealed evidence that says which look it was. Loose: evidence of older versions has other fields. */
const bound = z.looseObject({
  kind: z.literal('judgement'),
  model: z.string(),
  origin: z.looseObject({ repositoryId: z.int(), pullRequest: z.int(), headSha: z.string() }),
  artifact: z.looseObject({ digest: z.string() }),
  heldOut: z.looseObject({ labelsDigest: z.string() }),
  comparisons: z.array(
    z.looseObject({
      metrics: z.array(z.looseObject({ metric: z.string(), grade: z.string() })),
      gates: z.array(z.looseObject({ metric: z.string() })),
    }),
  ),
});

/**
 * Counts a look again from the evidence that its entry keeps: was there a result, of this model, on these labels, in this
 * pull request, and is it this one? Its number and that it is counted once are checked by the fold.
 */
export function checkLook({ path, transaction }: Entry): readonly Finding[] {
  const [cause] = transaction.events;
  if (cause?.data.type !== 'HeldOutUsed') return [];
  return problemsOf(cause, transaction.sealed, transaction.stream).map((problem) =>
    ledgerFinding(
      'decision',
      path,
      `entry ${cause.gseq} (HeldOutUsed) counts what was not judged: ${problem}`,
    ),
  );
}

/** The part of a decision's input that says which look its judgement was. Entries from before looks were counted have none. */
const counted = z.looseObject({
  repositoryId: z.int(),
  heldOutLook: z.int(),
  heldOutCharge: z.strictObject({ labels: z.int(), actor: z.int() }).optional(),
  judgement: z.looseObject({
    model: z.string(),
    resultDigest: z.string(),
    heldOut: z.looseObject({ labelsDigest: z.string() }),
  }),
});

/** Compares the look that a decision was told of with the one that the ledger had counted by then. */
export function lookProblems(decisionInput: unknown, before: ModelState): readonly string[] {
  const input = counted.safeParse(decisionInput);
  if (!input.success) return [];
  const { repositoryId, heldOutLook, heldOutCharge, judgement } = input.data;
  const { model, resultDigest, heldOut } = judgement;
  const facts = { repositoryId, model, heldOut: heldOut.labelsDigest, result: resultDigest } as LookFacts;
  const operation = operationId(facts);
  const look = before.looks.get(operation);
  if (look !== heldOutLook)
    return [
      `it was told of look ${heldOutLook} on the held-out set; the ledger counted ${look === undefined ? 'none' : `look ${look}`}`,
    ];
  const charged = before.charges.get(operation)?.charged ?? null;
  const isOther = heldOutCharge !== undefined && canonicalJson(heldOutCharge) !== canonicalJson(charged);
  return isOther ? ['it was told of another charge for its look than the ledger has'] : [];
}

function problemsOf(
  { data, source, approvals }: LedgerEvent,
  sealed: Entry['transaction']['sealed'],
  stream: string,
): readonly string[] {
  if (data.type !== 'HeldOutUsed') return [];
  const evidence = sealed.length === 1 ? read(sealed[0]?.text ?? '') : null;
  if (evidence === null) return ['it keeps no evidence that can be read'];
  const { origin } = evidence;
  const problems = [
    ...(evidence.model === stream.slice('model/'.length) ? [] : ['another model was judged']),
    ...(origin.repositoryId === source.repositoryId ? [] : ['it was judged in another repository']),
    ...(origin.pullRequest === source.pullRequest ? [] : ['it was judged in another pull request']),
    ...(evidence.heldOut.labelsDigest === data.heldOut ? [] : ['it was judged on other labels']),
    ...(isLook(evidence) ? [] : ['nothing was computed from the labels']),
    ...(digestOfResult(evidence) === data.result ? [] : ['it found another result']),
  ];
  return approvals.length === 0 ? problems : [...problems, 'a look is approved by nobody'];
}

function read(text: string): JudgementEvidence | null {
  try {
    const result = bound.safeParse(parseStrictJson(text, 'evidence'));
    // Only the fields above are read, and `digestOfResult` takes every other fault for another result.
    return result.success ? (result.data as unknown as JudgementEvidence) : null;
  } catch (error) {
    if (error instanceof GatehouseError) return null;
    throw error;
  }
}

function digestOfResult({ artifact, heldOut, comparisons }: JudgementEvidence): string | null {
  try {
    return resultDigest({ artifactDigest: artifact.digest, heldOut, comparisons });
  } catch (error) {
    if (error instanceof GatehouseError) return null;
    throw error;
  }
}

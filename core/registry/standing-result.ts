import type { JudgementEvidence } from '../evidence/evidence.ts';
import { canonicalJson } from '../json/canonical.ts';
import { findLook } from './held-out-look.ts';
import type { ModelState } from './ledger.ts';

/**
 * Which of several judgements of one content stands. The same question (same bytes, rows, labels, rules and champions) is
 * answered once: the first answer that was counted stays, so that nobody runs the judge again until it is lucky.
 * A judgement that came to no verdict answers nothing, and a gate on what was measured (latency) is asked anew each time.
 * @param judgements of the same content, newest first; all of them believed
 * @param state what the ledger says of the model; null: nothing
 * @see GATE.md rule 18; Dwork et al., "The reusable holdout", Science 349 (2015)
 */
export function standingResult<Each extends { readonly evidence: JudgementEvidence }>(
  judgements: readonly Each[],
  repositoryId: number,
  state: ModelState | null,
): Each | null {
  const [newest] = judgements;
  if (newest === undefined) return null;
  const question = questionOf(newest.evidence);
  const answers = judgements.flatMap((each) => {
    const { evidence } = each;
    if (evidence.verdict === 'not evaluated' || questionOf(evidence) !== question) return [];
    const look = findLook(evidence, repositoryId, state);
    return look?.counted === true ? [{ each, number: look.number }] : [];
  });
  return answers.sort((a, b) => a.number - b.number)[0]?.each ?? newest;
}

/** Two judgements with the same question differ by chance alone. */
export const isSameQuestion = (one: JudgementEvidence, other: JudgementEvidence): boolean =>
  questionOf(one) === questionOf(other);

function questionOf({
  origin,
  artifact,
  version,
  heldOut,
  rulesDigest,
  champions,
  comparisons,
}: JudgementEvidence) {
  return canonicalJson({
    ...{ content: origin.contentDigest, artifact: artifact.digest, version, heldOut, rulesDigest, champions },
    measured: comparisons.map(({ against, metrics, gates }) => {
      const measured = new Set(metrics.filter(({ grade }) => grade !== 'judged').map(({ metric }) => metric));
      return {
        against,
        gates: gates.filter(({ metric }) => measured.has(metric)).map(({ result }) => result),
      };
    }),
  });
}

import type { Digest, GateOutcome, HeldOutFact, JudgementEvidence } from '../evidence/evidence.ts';
import { digestOf } from '../json/canonical.ts';

export interface JudgedResult {
  readonly artifactDigest: Digest;
  readonly heldOut: HeldOutFact;
  readonly comparisons: JudgementEvidence['comparisons'];
}

/**
 * Names what a judgement found, without who ran it and when: artifact, held-out set, gate outcomes, rounded metrics, and
 * what permuted columns cost: that is read off the labels too, from predictions that no metric depends on.
 * A re-run that finds the same has the same digest, so approvals stay.
 */
export function resultDigest({ artifactDigest, heldOut, comparisons }: JudgedResult): Digest {
  return digestOf({
    artifact: artifactDigest,
    heldOut: { features: heldOut.featuresDigest, labels: heldOut.labelsDigest, rows: heldOut.rows },
    comparisons: comparisons.map(({ against, metrics, gates, explanation }) => {
      const judged = metrics.filter(({ grade }) => grade === 'judged');
      const names = new Set(judged.map(({ metric }) => metric));
      return {
        against,
        metrics: judged,
        gates: gates.map((gate) => (names.has(gate.metric) ? gate : withoutFigures(gate))),
        // What the team claims of its model is read off nothing.
        ...(explanation?.grade === 'measured' ? { explanation } : {}),
      };
    }),
  });
}

/** What is measured (latency) is never twice the same to the digit: that it passed is the result. */
const withoutFigures = ({ gate, metric, required, result }: GateOutcome) => ({
  gate,
  metric,
  required,
  result,
});

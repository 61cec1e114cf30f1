import type { Digest, HeldOutFact, JudgementEvidence } from '../evidence/evidence.ts';
import { digestOf } from '../json/canonical.ts';

export interface JudgedResult {
  readonly artifactDigest: Digest;
  readonly heldOut: HeldOutFact;
  readonly comparisons: JudgementEvidence['comparisons'];
}

/**
 * Names what a judgement found, without who ran it and when: artifact, held-out set, gate outcomes, rounded metrics.
 * A re-run that finds the same has the same digest, so approvals stay.
 */
export function resultDigest({ artifactDigest, heldOut, comparisons }: JudgedResult): Digest {
  return digestOf({
    artifact: artifactDigest,
    heldOut: { features: heldOut.featuresDigest, labels: heldOut.labelsDigest, rows: heldOut.rows },
    comparisons: comparisons.map(({ against, metrics, gates }) => ({ against, metrics, gates })),
  });
}

import { GatehouseError } from '../error/error.ts';
import { resultDigest } from '../evaluation/result-digest.ts';
import type { EvidenceOrigin, JudgementEvidence } from './evidence.ts';

/**
 * True when a judgement met the held-out labels. One that could not be computed at all (labels, predictions or a champion
 * missing) tells nobody anything and is free. A number that does not exist does tell: a loss without end says that one
 * row, which whoever predicted chose, has the label that was ruled out.
 * @see Dwork et al., "The reusable holdout: Preserving validity in adaptive data analysis", Science 349 (2015)
 */
export const isLook = ({ comparisons }: Pick<JudgementEvidence, 'comparisons'>): boolean =>
  comparisons.length > 0;

/** True when a number was computed from the labels. */
export const hasJudgedNumber = ({ comparisons }: Pick<JudgementEvidence, 'comparisons'>): boolean =>
  comparisons.some(({ metrics }) => metrics.some(({ grade }) => grade === 'judged'));

/**
 * True when a signed judgement is a look of this pull request that an entry of the ledger can stand for. Its content may
 * be another one by now: what was read off the labels was read.
 * @param own where the app found it
 */
export function isLookOf(
  evidence: JudgementEvidence,
  own: Pick<EvidenceOrigin, 'repositoryId' | 'pullRequest' | 'headSha'>,
): boolean {
  const { origin } = evidence;
  const isOwn =
    origin.repositoryId === own.repositoryId &&
    origin.pullRequest === own.pullRequest &&
    origin.headSha === own.headSha;
  return isOwn && isLook(evidence) && digestOfResult(evidence) === evidence.resultDigest;
}

/** @returns null for numbers that no digest can be made of */
function digestOfResult({ artifact, heldOut, comparisons }: JudgementEvidence): string | null {
  try {
    return resultDigest({ artifactDigest: artifact.digest, heldOut, comparisons });
  } catch (error) {
    if (error instanceof GatehouseError) return null;
    throw error;
  }
}

import type { Digest, EvidenceOrigin } from '../../core/evidence/evidence.ts';
import type { Proposal } from './read-proposal.ts';

/** The run of a trusted workflow, and the head that it is about. */
export interface EvidenceRun {
  readonly pull: { readonly number: number; readonly headSha: string };
  readonly runId: number;
  readonly runAttempt: number;
}

/** What evidence of either kind says about where it comes from. */
export function describeOrigin(
  { pull, runId, runAttempt }: EvidenceRun,
  { repository, commits }: Pick<Proposal, 'repository' | 'commits'>,
  contentDigest: string,
): EvidenceOrigin {
  return {
    repositoryId: repository.id,
    repository: repository.fullName,
    pullRequest: pull.number,
    headSha: pull.headSha,
    baseRef: commits.baseRef,
    baseSha: commits.base,
    runId,
    runAttempt,
    contentDigest: contentDigest as Digest,
  };
}

import type { Finding } from '../finding/finding.ts';
import { disagreements, refusal, rerun } from './disagreement.ts';
import type { EvidenceOrigin } from './evidence.ts';
import type { OriginFacts } from './facts.ts';

/** Where the evidence says that it comes from, against where the app knows that it comes from. */
export function checkOrigin(origin: EvidenceOrigin, facts: OriginFacts): readonly Finding[] {
  return [
    ...(facts.governed ? [] : [ungoverned(facts.baseRef)]),
    ...disagreements([
      bind('repository-id', 'repository id', origin.repositoryId, facts.repositoryId),
      bind('repository', 'repository', origin.repository, facts.repository),
      bind('pull-request', 'pull request', origin.pullRequest, facts.pullRequest),
      bind('head', 'head commit', origin.headSha, facts.headSha),
      bind('base-ref', 'base branch', origin.baseRef, facts.baseRef),
      bind('run', 'run', origin.runId, facts.run.id),
      bind('content', 'content', origin.contentDigest, facts.contentDigest),
    ]),
    ...(facts.baseShas.includes(origin.baseSha) ? [] : [otherBase(origin, facts)]),
    ...(origin.runAttempt === facts.run.latestAttempt ? [] : [otherAttempt(origin, facts)]),
  ];
}

const bind = (check: string, what: string, said: unknown, found: unknown) => ({
  check,
  what,
  said,
  found,
  fix: rerun,
});

const ungoverned = (baseRef: string): Finding =>
  refusal('base-not-governed', `The base branch ${baseRef} is not governed by Gatehouse`, {
    fix: 'Open the pull request against a governed branch, or let governors add this one to .github/gatehouse.yml.',
  });

const otherBase = (origin: EvidenceOrigin, facts: OriginFacts): Finding =>
  refusal(
    'base-commit',
    `The evidence was made against base commit ${origin.baseSha}, which does not govern`,
    {
      found: origin.baseSha,
      allowed: facts.baseShas.join(', ') || 'none',
      fix: 'Update the branch and run the workflow again, so that the rules of the base branch now apply.',
    },
  );

const otherAttempt = (origin: EvidenceOrigin, facts: OriginFacts): Finding =>
  refusal(
    'attempt',
    `The evidence is of attempt ${origin.runAttempt}; the latest is ${facts.run.latestAttempt}`,
    {
      found: String(origin.runAttempt),
      allowed: String(facts.run.latestAttempt),
      fix: 'Only the latest attempt counts: wait for it, or run all jobs again.',
    },
  );

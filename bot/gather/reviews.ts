import type { Dismissal, GitHubReader, PullFacts, ReviewFacts } from '../../adapters/github/reader.ts';
import { diffTrees } from '../../core/change/tree.ts';
import type { Review } from '../../core/policy/decision.ts';
import { type Holders, rolesOf } from './roles.ts';

export const evidenceCheckName = 'gatehouse evidence';
const maxChangedShown = 20;

/**
 * Reads the reviews with what each reviewer could see: the evidence checks at the commit that was reviewed.
 * After the merge only what was said and taken back before it counts: a merge is decided on facts that do not change any
 * more, and whoever may write may press "dismiss".
 */
export async function readReviews(
  reader: GitHubReader,
  pull: PullFacts,
  holders: Holders,
): Promise<readonly Review[]> {
  const all = await reader.reviews(pull.number);
  const said =
    pull.mergedAt === null ? all : all.filter((review) => review.submittedAt <= (pull.mergedAt ?? ''));
  const told = said.some(({ state }) => state === 'DISMISSED') ? await reader.dismissals(pull.number) : [];
  const dismissals = (told ?? []).filter(({ at }) => pull.mergedAt === null || !(at > pull.mergedAt));
  const late = (told ?? []).filter((dismissal) => !dismissals.includes(dismissal));
  const checks = new Map<string, Review['evidenceChecks']>();
  for (const { commit } of said)
    if (!checks.has(commit)) checks.set(commit, await readChecks(reader, commit));
  const reviews: Review[] = [];
  for (const given of said) {
    const review = {
      ...given,
      state: late.find(({ reviewId }) => reviewId === given.id)?.state ?? given.state,
    };
    reviews.push({
      id: review.id,
      reviewer: review.reviewer,
      state: review.state,
      commit: review.commit,
      submittedAt: review.submittedAt,
      roles: rolesOf(holders, review.reviewer),
      evidenceChecks: checks.get(review.commit) ?? [],
      ...dismissalOf(review, dismissals, holders),
      ...(await changedSince(reader, review, pull.head.sha)),
    });
  }
  return reviews;
}

async function readChecks(reader: GitHubReader, commit: string): Promise<Review['evidenceChecks']> {
  // A review may outlive its commit; without the commit there is no check that it could have seen.
  if (commit === '') return [];
  const runs = await reader.checkRuns(commit, evidenceCheckName);
  return runs.flatMap(({ id, status, externalId, completedAt }) =>
    status === 'completed' && completedAt !== null ? [{ id, subject: externalId, completedAt }] : [],
  );
}

function dismissalOf(
  review: ReviewFacts,
  dismissals: readonly Dismissal[],
  holders: Holders,
): Pick<Review, 'stateBeforeDismissal' | 'dismissedByGovernor'> {
  const dismissal = dismissals.findLast(({ reviewId }) => reviewId === review.id);
  if (review.state !== 'DISMISSED' || dismissal === undefined || dismissal.state === 'COMMENTED') return {};
  return {
    stateBeforeDismissal: dismissal.state,
    dismissedByGovernor: rolesOf(holders, dismissal.by).includes('governor'),
  };
}

/** Display only: which files an approval did not see. */
async function changedSince(
  reader: GitHubReader,
  review: ReviewFacts,
  head: string,
): Promise<Pick<Review, 'changedSince'>> {
  if (review.state !== 'APPROVED' || review.commit === '' || review.commit === head) return {};
  try {
    const changed = diffTrees(await reader.tree(review.commit), await reader.tree(head));
    return { changedSince: changed.slice(0, maxChangedShown).map(({ path }) => path) };
  } catch {
    return {}; // a commit that was pushed away may be gone: best effort, nothing is decided by it
  }
}

import { hasRole } from './access.ts';
import type { Hub } from './interface.ts';
import type { CheckRun, Pull, Repository, RequiredCheck, Review } from './world.ts';

const passing: readonly (string | null)[] = ['success', 'neutral', 'skipped'];

/** The newest run of each name by each app at a commit: older ones are history. */
export function latestChecks(repository: Repository, sha: string): CheckRun[] {
  const latest = new Map<string, CheckRun>();
  for (const run of repository.checkRuns.values()) {
    if (run.headSha !== sha) continue;
    const key = `${run.app.id} ${run.name}`;
    const known = latest.get(key);
    if (!known || run.id > known.id) latest.set(key, run);
  }
  return [...latest.values()];
}

function checkBlock(repository: Repository, sha: string, required: RequiredCheck): string | null {
  const runs = latestChecks(repository, sha).filter(
    ({ name, app }) => name === required.name && (required.appId === null || app.id === required.appId),
  );
  if (runs.length === 0) return `Required status check "${required.name}" is expected.`;
  if (runs.some(({ status }) => status !== 'completed'))
    return `Required status check "${required.name}" is in progress.`;
  return runs.every(({ conclusion }) => passing.includes(conclusion))
    ? null
    : `Required status check "${required.name}" is failing.`;
}

/** The last decisive review of each person; a comment decides nothing. */
export function decisiveReviews(pull: Pull): Review[] {
  const latest = new Map<number, Review>();
  for (const review of pull.reviews) {
    if (review.state !== 'COMMENTED' && review.state !== 'PENDING') latest.set(review.author.id, review);
  }
  return [...latest.values()];
}

/** The first rule of the base branch that stands in the way of a merge, or null. */
export function mergeBlock(hub: Hub, base: Repository, pull: Pull): string | null {
  const rules = base.protections.get(pull.baseRef);
  if (!rules) return null;
  for (const required of rules.requiredChecks ?? []) {
    const block = checkBlock(base, pull.headSha, required);
    if (block) return block;
  }
  const needed = rules.requiredApprovals ?? 0;
  if (needed === 0) return null;
  const reviews = decisiveReviews(pull).filter(({ author }) => hasRole(hub.roleOf(author, base), 'write'));
  if (reviews.some(({ state }) => state === 'CHANGES_REQUESTED')) return 'Changes have been requested.';
  const approvals = reviews.filter(({ state }) => state === 'APPROVED').length;
  if (approvals >= needed) return null;
  return `At least ${needed} approving review${needed === 1 ? ' is' : 's are'} required by reviewers with write access.`;
}

import { type Anchor, parseAnchor } from '../../core/audit/anchor.ts';
import { ServiceError } from '../../core/error/error.ts';
import { anchorPrefix } from './checks.ts';
import { statusOf } from './failure.ts';
import type { GitHubReader } from './reader.ts';

/** Name of the decision's check and of the anchor beside it. */
export const checkName = 'gatehouse';
/** How far back the newest anchor is looked for; it is renewed long before. */
const maxCommits = 100;
/** Pull requests, by their last change, whose merges are looked at where no anchor is found so. */
const maxMerges = 50;
/** Two merges may be recorded in the other order: look a little past the first anchor found. */
const beyond = 10;
/** Commits that are asked for at once, after the first ones, which are always asked for. */
const atOnce = 40;

/** An anchor with the commit that carries it, counted from the tip of the branch (0). */
export interface FoundAnchor extends Anchor {
  readonly commit: string;
  readonly distance: number;
  /** ISO 8601 UTC. */
  readonly completedAt: string;
}

/**
 * Looks for the newest anchors: check runs of our app on the commits of the base branch, which whoever may push to the
 * ledger cannot make.
 * @param branch a governed base branch
 * @param hints commits that the ledger itself names; they only add anchors, they cannot hide one
 * @returns newest commit first; empty when there is none within 100 commits, nor on one of the last merges
 */
export async function readAnchors(
  reader: GitHubReader,
  branch: string,
  hints: readonly string[] = [],
): Promise<readonly FoundAnchor[]> {
  const commits = await reader.history(branch, maxCommits);
  const found: FoundAnchor[] = [];
  let last = commits.length;
  for (let at = 0, size = beyond + 1; at < commits.length && at <= last; at += size, size = atOnce) {
    const some = commits.slice(at, Math.min(at + size, last + 1));
    const marks = await Promise.all(some.map((commit) => anchorsAt(reader, commit)));
    for (const [index, commit] of some.entries()) {
      const distance = at + index;
      const here = marks[index] ?? [];
      if (distance > last || here.length === 0) continue;
      last = Math.min(last, distance + beyond);
      found.push(...here.map((anchor) => ({ ...anchor, commit, distance })));
    }
  }
  const seen = new Set(found.map(({ commit }) => commit));
  // One merge may bring more commits than are looked through: an anchor lies on a merge then.
  const merges = found.length > 0 ? [] : await mergesInto(reader, branch);
  const others = [...new Set([...hints, ...merges])].filter((commit) => !seen.has(commit));
  for (const [at, here] of (
    await Promise.all(others.map((commit) => anchorsAtHint(reader, commit)))
  ).entries())
    found.push(...here.map((anchor) => ({ ...anchor, commit: others[at] ?? '', distance: commits.length })));
  return found;
}

/** A job that reads the ledger alone may not list pull requests: it finds fewer anchors, and proves less. */
async function mergesInto(reader: GitHubReader, branch: string): Promise<readonly string[]> {
  try {
    const closed = await reader.pulls({ state: 'closed', base: branch, limit: maxMerges });
    return closed.flatMap(({ mergedAt, mergeCommit }) => (mergedAt === null ? [] : (mergeCommit ?? [])));
  } catch (error) {
    if (isAnswered(error, [403, 404])) return [];
    throw error;
  }
}

function isAnswered(error: unknown, statuses: readonly number[]): boolean {
  const cause: unknown = error instanceof ServiceError ? error.cause : null;
  return statuses.includes(statusOf(cause) ?? 0);
}

/** Whoever wrote to the ledger may have named a commit that is none: it carries no anchor, and stops nobody. */
async function anchorsAtHint(reader: GitHubReader, commit: string): ReturnType<typeof anchorsAt> {
  try {
    return await anchorsAt(reader, commit);
  } catch (error) {
    if (isAnswered(error, [404, 422])) return [];
    throw error;
  }
}

async function anchorsAt(
  reader: GitHubReader,
  commit: string,
): Promise<readonly (Anchor & Pick<FoundAnchor, 'completedAt'>)[]> {
  const runs = await reader.checkRuns(commit, checkName);
  return runs
    .filter((run) => run.externalId.startsWith(anchorPrefix) && run.status === 'completed')
    .map((run) => ({ ...parseAnchor(run.externalId), completedAt: run.completedAt ?? '' }));
}

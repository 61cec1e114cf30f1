import { type Anchor, parseAnchor } from '../../core/audit/anchor.ts';
import { anchorPrefix } from './checks.ts';
import type { GitHubReader } from './reader.ts';

/** Name of the decision's check and of the anchor beside it. */
export const checkName = 'gatehouse';
/** How far back the newest anchor is looked for; it is renewed long before. */
const maxCommits = 100;
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
 * @param branch a governed base branch, or a commit of it
 * @param hints commits that the ledger itself names; they only add anchors, they cannot hide one
 * @returns newest commit first; empty when there is none within 100 commits
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
  for (const commit of new Set(hints)) {
    if (seen.has(commit)) continue;
    const here = await anchorsAt(reader, commit);
    found.push(...here.map((anchor) => ({ ...anchor, commit, distance: commits.length })));
  }
  return found;
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

import type { Hub } from './interface.ts';
import type { Pull, Repository } from './world.ts';

/** Pull requests that a commit belongs to: those it came in by, and those that would bring it in. */
export async function pullsOfCommit(hub: Hub, repository: Repository, sha: string): Promise<readonly Pull[]> {
  const git = hub.git(repository);
  const found: Pull[] = [];
  for (const pull of repository.pulls.values()) {
    const merged = pull.mergedAt !== null && pull.mergeCommitSha === sha;
    const inside =
      merged || ((await git.isAncestor(sha, pull.headSha)) && !(await git.isAncestor(sha, pull.baseSha)));
    if (inside) found.push(pull);
  }
  return found;
}

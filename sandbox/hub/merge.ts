import type { Commit, Git } from './git.ts';
import { HubError } from './hub-error.ts';
import type { Hub } from './interface.ts';
import { mergeBlock } from './merge-rule.ts';
import { headRepository, markMerged, personOf, refreshMerge, signed, webFlow } from './pull.ts';
import { isRestricted, protectionOf, refChanged } from './ref-change.ts';
import type { Account, Caller, Pull, Repository } from './world.ts';

export interface MergeRequest {
  readonly method: string;
  readonly sha: string | undefined;
  readonly title: string | undefined;
  readonly message: string | undefined;
}

/** What stands in the way, answered as GitHub answers. @throws HubError 405 or 409 */
async function checkMerge(
  hub: Hub,
  base: Repository,
  pull: Pull,
  request: MergeRequest,
  caller: Caller,
): Promise<void> {
  if (pull.state !== 'open') throw new HubError(405, 'Pull Request is not mergeable');
  if (request.sha !== undefined && request.sha !== pull.headSha) {
    throw new HubError(409, 'Head branch was modified. Review and try the merge again.');
  }
  if (pull.draft) throw new HubError(405, 'Pull Request is still a draft');
  await refreshMerge(hub, base, pull);
  if (!pull.mergeable) throw new HubError(405, 'Pull Request is not mergeable');
  const protection = protectionOf(base, pull.baseRef);
  if (isRestricted(protection, caller)) {
    throw new HubError(405, 'Repository rule violations found\n\nCannot update this protected ref.\n\n');
  }
  if (caller.kind === 'user' && protection?.bypass?.includes(caller.account.id)) return;
  const block = mergeBlock(hub, base, pull);
  if (block) throw new HubError(405, block);
}

type Draft = Omit<Commit, 'sha'>;

const separator = (title: string, body: string): string => (body === '' ? title : `${title}\n\n${body}`);

async function writeSigned(hub: Hub, git: Git, draft: Draft): Promise<string> {
  const sha = await git.writeCommit(draft);
  hub.world.verifiedCommits.set(sha, signed(sha));
  return sha;
}

async function mergeCommit(
  hub: Hub,
  base: Repository,
  pull: Pull,
  from: string,
  request: MergeRequest,
  actor: Account,
) {
  const git = hub.git(base);
  const tree = await git.mergeTree(from, pull.headSha);
  if (tree === null) throw new HubError(405, 'Pull Request is not mergeable');
  const head = `${headRepository(hub, pull).owner.login}/${pull.headRef}`;
  const squash = request.method === 'squash';
  const title =
    request.title ??
    (squash ? `${pull.title} (#${pull.number})` : `Merge pull request #${pull.number} from ${head}`);
  const message = separator(title, request.message ?? (squash ? (pull.body ?? '') : pull.title));
  return writeSigned(hub, git, {
    tree,
    parents: squash ? [from] : [from, pull.headSha],
    author: personOf(hub, squash ? pull.author : actor),
    committer: webFlow(hub),
    message,
  });
}

/**
 * Replays the commits one by one. A three-way merge with the commit's own parent as base needs no option
 * newer than git 2.38: the tip is dressed as a child of that parent, which makes the parent the merge base.
 */
async function rebaseCommits(
  hub: Hub,
  base: Repository,
  pull: Pull,
  from: string,
  actor: Account,
): Promise<string> {
  const git = hub.git(base);
  let tip = from;
  for (const sha of await git.list(['--reverse', '--no-merges', pull.headSha, `^${from}`])) {
    const [commit, onto] = [await git.commit(sha), await git.commit(tip)];
    if (!commit || !onto) throw new HubError(405, 'Pull Request is not mergeable');
    const dressed = await git.writeCommit({ ...onto, parents: commit.parents });
    const tree = await git.mergeTree(dressed, sha);
    if (tree === null) throw new HubError(405, "This branch can't be rebased");
    tip = await git.writeCommit({ ...commit, tree, parents: [tip], committer: personOf(hub, actor) });
  }
  return tip;
}

/** Merges and tells the world; the base is moved by compare-and-swap. @returns the sha on the base branch */
export async function mergePull(
  hub: Hub,
  base: Repository,
  pull: Pull,
  request: MergeRequest,
  caller: Caller,
  actor: Account,
): Promise<string> {
  await checkMerge(hub, base, pull, request, caller);
  const git = hub.git(base);
  const ref = `refs/heads/${pull.baseRef}`;
  const from = await git.resolve(ref);
  if (from === null) throw new HubError(405, 'Pull Request is not mergeable');
  const after =
    request.method === 'rebase'
      ? await rebaseCommits(hub, base, pull, from, actor)
      : await mergeCommit(hub, base, pull, from, request, actor);
  if (!(await git.updateRef(ref, after, from))) {
    throw new HubError(405, 'Base branch was modified. Review and try the merge again.');
  }
  await markMerged(hub, base, pull, actor, after);
  await refChanged(hub, base, { ref, before: from, after }, actor, 'pr_merge');
  return after;
}

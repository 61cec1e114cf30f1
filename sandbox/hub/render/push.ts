import { type Commit, ZERO } from '../git.ts';
import type { Hub } from '../interface.ts';
import type { RefChange } from '../ref-change.ts';
import type { Account, Repository } from '../world.ts';
import { accountOf } from './commit.ts';
import { webUrl } from './repository.ts';

async function renderPushCommit(hub: Hub, repository: Repository, commit: Commit) {
  const parent = commit.parents[0];
  const files = parent ? await hub.git(repository).diff(parent, commit.sha) : [];
  const named = (...kinds: string[]) =>
    files.filter(({ status }) => kinds.includes(status)).map(({ path }) => path);
  const person = ({ name, email, date }: Commit['author']) => {
    const username = accountOf(hub, { name, email, date })?.login;
    return { name, email, date, ...(username ? { username } : {}) };
  };
  return {
    id: commit.sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: commit.committer.date,
    url: `${webUrl(hub, repository)}/commit/${commit.sha}`,
    author: person(commit.author),
    committer: person(commit.committer),
    added: named('added'),
    removed: named('removed'),
    modified: named('modified', 'renamed', 'changed'),
  };
}

/** The body of the `push` webhook. */
export async function renderPush(
  hub: Hub,
  repository: Repository,
  change: RefChange,
  actor: Account,
  commits: readonly Commit[],
  forced: boolean,
) {
  const rendered = await Promise.all(commits.map((commit) => renderPushCommit(hub, repository, commit)));
  return {
    ref: change.ref,
    before: change.before,
    after: change.after,
    pusher: { name: actor.login, email: actor.email },
    created: change.before === ZERO,
    deleted: change.after === ZERO,
    forced,
    base_ref: null,
    compare: `${webUrl(hub, repository)}/compare/${change.before.slice(0, 12)}...${change.after.slice(0, 12)}`,
    commits: rendered,
    head_commit: rendered.at(-1) ?? null,
  };
}

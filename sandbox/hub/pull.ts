import { HubError } from './hub-error.ts';
import type { Hub } from './interface.ts';
import type { RefChange } from './ref-change.ts';
import { renderEventTeam, renderSimpleTeam } from './render/account.ts';
import { renderPull } from './render/pull.ts';
import type { Account, Pull, Repository } from './world.ts';

export const headRepository = (hub: Hub, pull: Pull): Repository => {
  const repository = hub.world.repositories.get(pull.headRepositoryId);
  if (!repository) throw new HubError(404, 'Not Found');
  return repository;
};

/** GitHub as a committer: what it writes itself, it signs. */
export const webFlow = (hub: Hub) => ({ name: 'GitHub', email: 'noreply@github.com', date: hub.clock.now() });

export const personOf = (hub: Hub, account: Account) => ({
  name: account.name,
  email: account.email,
  date: hub.clock.now(),
});

/** Brings the head into the base repository under refs/pull/N/head. */
export async function fetchHead(hub: Hub, base: Repository, pull: Pull): Promise<void> {
  const git = hub.git(base);
  const ref = `refs/pull/${pull.number}/head`;
  if (pull.headRepositoryId === base.id) await git.setRef(ref, pull.headSha);
  else {
    const from = headRepository(hub, pull).gitDir;
    await git.run(['fetch', '-q', '--no-tags', from, `+${pull.headSha}:${ref}`]);
  }
}

/** Computes mergeability and the test merge for the base as it is now, once for each pair of commits. */
export async function refreshMerge(hub: Hub, base: Repository, pull: Pull): Promise<void> {
  if (pull.state !== 'open') return;
  const git = hub.git(base);
  const baseSha = await git.resolve(`refs/heads/${pull.baseRef}`);
  if (baseSha === null) {
    pull.mergeable = false;
    return;
  }
  const key = `${baseSha} ${pull.headSha}`;
  if (pull.mergeKey === key) return;
  const tree = await git.mergeTree(baseSha, pull.headSha);
  pull.mergeKey = key;
  pull.mergeable = tree !== null;
  if (tree === null) return;
  const sha = await git.writeCommit({
    tree,
    parents: [baseSha, pull.headSha],
    author: personOf(hub, pull.author),
    committer: webFlow(hub),
    message: `Merge ${pull.headSha} into ${baseSha}`,
  });
  await git.setRef(`refs/pull/${pull.number}/merge`, sha);
  hub.world.verifiedCommits.set(sha, signed(sha));
  pull.mergeCommitSha = sha;
}

/** Stands for GitHub's own PGP signature, which nobody outside can check here. */
export const signed = (sha: string) => ({
  payload: `commit ${sha}`,
  signature: '-----BEGIN PGP SIGNATURE-----\n\nsandbox\n-----END PGP SIGNATURE-----\n',
});

/** Writes a line into the story of a pull request. */
export function recordEvent(
  hub: Hub,
  repository: Repository,
  pull: Pull,
  actor: Account,
  event: string,
  detail: Readonly<Record<string, unknown>> = {},
  commit: string | null = null,
): void {
  const app = [...hub.world.apps.values()].find(({ bot }) => bot.id === actor.id);
  repository.events.push({
    id: hub.world.nextId(),
    issue: pull.number,
    actor,
    appId: app?.id ?? null,
    event,
    commit,
    createdAt: hub.clock.now(),
    detail,
  });
}

/** The head moved: the pull request follows, and approvals stay where they were given. */
export async function synchronizePull(
  hub: Hub,
  base: Repository,
  pull: Pull,
  change: RefChange,
  actor: Account,
): Promise<void> {
  pull.headSha = change.after;
  pull.baseSha = (await hub.git(base).resolve(`refs/heads/${pull.baseRef}`)) ?? pull.baseSha;
  pull.updatedAt = hub.clock.now();
  await fetchHead(hub, base, pull);
  await refreshMerge(hub, base, pull);
  const extra = { before: change.before, after: change.after };
  await emitPull(hub, base, pull, 'synchronize', actor, extra);
}

/** Actions whose pull request is told as the API tells it; the others leave more out of its teams. */
const whole: readonly string[] = ['opened', 'edited', 'closed', 'reopened'];

export async function emitPull(
  hub: Hub,
  base: Repository,
  pull: Pull,
  action: string,
  actor: Account,
  extra: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const renderTeam = whole.includes(action) ? renderSimpleTeam : renderEventTeam;
  const requested_teams = pull.requestedTeams.map((team) => renderTeam(hub, team));
  const pull_request = { ...(await renderPull(hub, base, pull)), requested_teams };
  const payload = { number: pull.number, pull_request, ...extra };
  hub.emit('pull_request', action, payload, base, actor);
}

export async function closePull(hub: Hub, base: Repository, pull: Pull, actor: Account): Promise<void> {
  pull.state = 'closed';
  pull.closedAt = hub.clock.now();
  pull.updatedAt = pull.closedAt;
  recordEvent(hub, base, pull, actor, 'closed');
  await emitPull(hub, base, pull, 'closed', actor);
}

export async function markMerged(
  hub: Hub,
  base: Repository,
  pull: Pull,
  actor: Account,
  sha: string,
): Promise<void> {
  pull.state = 'closed';
  pull.closedAt = hub.clock.now();
  pull.updatedAt = pull.closedAt;
  pull.mergedAt = pull.closedAt;
  pull.mergedBy = actor;
  pull.mergeCommitSha = sha;
  recordEvent(hub, base, pull, actor, 'merged', {}, sha);
  recordEvent(hub, base, pull, actor, 'closed');
  await emitPull(hub, base, pull, 'closed', actor);
}

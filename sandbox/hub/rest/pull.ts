import { actorOf } from '../access.ts';
import { HubError, notFound, validationFailed } from '../hub-error.ts';
import type { Access, Answer, Call, Routes } from '../interface.ts';
import { mergePull } from '../merge.ts';
import {
  closePull,
  emitPull,
  fetchHead,
  headRepository,
  personOf,
  recordEvent,
  refreshMerge,
} from '../pull.ts';
import { refChanged } from '../ref-change.ts';
import { renderCommit, renderFiles } from '../render/commit.ts';
import { renderPull, renderSimplePull } from '../render/pull.ts';
import { repositoryUrl } from '../render/repository.ts';
import type { Pull, Repository } from '../world.ts';
import { checkBody } from './issue.ts';
import { createPull } from './new-pull.ts';
import { numberParam, optionalText, paginate } from './page.ts';

const read: Access = { scope: 'pull_requests', level: 'read' };
/** Anybody who can read may open a pull request; apps need the scope. */
const take: Access = { scope: 'pull_requests', level: 'write', user: 'read' };

export function pullOf(call: Call): Pull {
  const pull = call.repository().pulls.get(numberParam(call, 'number'));
  if (!pull) throw notFound();
  return pull;
}

async function showPull(call: Call): Promise<Answer> {
  const base = call.repository();
  const pull = pullOf(call);
  await refreshMerge(call.hub, base, pull);
  return { status: 200, body: await renderPull(call.hub, base, pull) };
}

function listPulls(call: Call): Answer {
  const base = call.repository();
  const state = call.query.get('state') ?? 'open';
  const head = call.query.get('head');
  const baseRef = call.query.get('base');
  const found = [...base.pulls.values()].filter((pull) => {
    const label = `${headRepository(call.hub, pull).owner.login}:${pull.headRef}`;
    return (
      (state === 'all' || pull.state === state) &&
      // GitHub ignores a head that names no owner.
      (head === null || !head.includes(':') || label === head) &&
      (baseRef === null || pull.baseRef === baseRef)
    );
  });
  const updated = call.query.get('sort') === 'updated';
  const ascending = call.query.get('direction') === 'asc';
  const ordered = found.sort((a, b) =>
    updated ? b.updatedAt.localeCompare(a.updatedAt) || b.number - a.number : b.number - a.number,
  );
  if (ascending) ordered.reverse();
  return paginate(
    call,
    ordered.map((pull) => renderSimplePull(call.hub, base, pull)),
  );
}

async function changeBase(
  call: Call,
  pull: Pull,
  wanted: string,
): Promise<Readonly<Record<string, unknown>>> {
  const base = call.repository();
  const sha = await call.hub.git(base).resolve(`refs/heads/${wanted}`);
  if (sha === null) throw validationFailed('PullRequest', 'base', 'base is invalid', 'invalid');
  const from = { ref: { from: pull.baseRef }, sha: { from: pull.baseSha } };
  pull.baseRef = wanted;
  pull.baseSha = sha;
  return { base: from };
}

async function patchPull(call: Call): Promise<Answer> {
  const { hub } = call;
  const body = call.json();
  const base = call.repository();
  const pull = pullOf(call);
  const actor = actorOf(call.caller);
  if (call.caller.kind === 'user' && actor.id !== pull.author.id) {
    hub.authorize(call.caller, base, { ...take, user: 'write' });
  }
  const changes: Record<string, unknown> = {};
  const title = optionalText(body, 'title');
  if (title !== undefined && title !== pull.title) {
    changes.title = { from: pull.title };
    pull.title = title;
  }
  if (body.body !== undefined) {
    changes.body = { from: pull.body ?? '' };
    pull.body = checkBody(optionalText(body, 'body') ?? null, 'PullRequest');
  }
  const wanted = optionalText(body, 'base');
  if (wanted !== undefined && wanted !== pull.baseRef)
    Object.assign(changes, await changeBase(call, pull, wanted));
  pull.updatedAt = hub.clock.now();
  await refreshMerge(hub, base, pull);
  if (Object.keys(changes).length > 0) await emitPull(hub, base, pull, 'edited', actor, { changes });
  await changeState(call, base, pull, optionalText(body, 'state'));
  return { status: 200, body: await renderPull(hub, base, pull) };
}

async function changeState(
  call: Call,
  base: Repository,
  pull: Pull,
  state: string | undefined,
): Promise<void> {
  if (state === undefined || state === pull.state) return;
  const actor = actorOf(call.caller);
  if (state === 'closed') return closePull(call.hub, base, pull, actor);
  if (pull.mergedAt !== null)
    throw validationFailed('PullRequest', 'state', 'state cannot be changed. The pull request was merged.');
  const sha = await call.hub.git(headRepository(call.hub, pull)).resolve(`refs/heads/${pull.headRef}`);
  if (sha === null)
    throw validationFailed(
      'PullRequest',
      'state',
      'state cannot be changed. The head branch has been deleted.',
    );
  pull.state = 'open';
  pull.closedAt = null;
  pull.headSha = sha;
  await fetchHead(call.hub, base, pull);
  await refreshMerge(call.hub, base, pull);
  recordEvent(call.hub, base, pull, actor, 'reopened');
  await emitPull(call.hub, base, pull, 'reopened', actor);
}

async function listPullCommits(call: Call): Promise<Answer> {
  const base = call.repository();
  const pull = pullOf(call);
  const git = call.hub.git(base);
  const from =
    pull.mergedAt === null
      ? pull.baseSha
      : ((await git.mergeBase(pull.baseSha, pull.headSha)) ?? pull.baseSha);
  // Oldest first, and never more than 250: so does GitHub.
  const shas = (await git.list(['--reverse', '--topo-order', pull.headSha, `^${from}`])).slice(0, 250);
  const commits = await Promise.all(shas.map((sha) => git.commit(sha)));
  return paginate(
    call,
    commits.filter((commit) => commit !== null).map((commit) => renderCommit(call.hub, base, commit)),
  );
}

async function listFiles(call: Call): Promise<Answer> {
  const base = call.repository();
  const pull = pullOf(call);
  const git = call.hub.git(base);
  const from = (await git.mergeBase(pull.baseSha, pull.headSha)) ?? pull.baseSha;
  const files = await renderFiles(call.hub, base, from, pull.headSha);
  return paginate(call, files.slice(0, 3000));
}

async function merge(call: Call): Promise<Answer> {
  const body = call.json();
  const method = optionalText(body, 'merge_method') ?? 'merge';
  if (!['merge', 'squash', 'rebase'].includes(method)) throw new HubError(422, 'Invalid merge_method');
  const request = {
    method,
    sha: optionalText(body, 'sha'),
    title: optionalText(body, 'commit_title'),
    message: optionalText(body, 'commit_message'),
  };
  const sha = await mergePull(
    call.hub,
    call.repository(),
    pullOf(call),
    request,
    call.caller,
    actorOf(call.caller),
  );
  return { status: 200, body: { sha, merged: true, message: 'Pull Request successfully merged' } };
}

/** "Update branch": merges the base into the head. */
async function updateBranch(call: Call): Promise<Answer> {
  const { hub } = call;
  const base = call.repository();
  const pull = pullOf(call);
  const head = headRepository(hub, pull);
  const actor = actorOf(call.caller);
  const expected = optionalText(call.json(), 'expected_head_sha');
  if (expected !== undefined && expected !== pull.headSha) {
    throw new HubError(422, `expected head sha didn’t match current head ref.`);
  }
  hub.authorize(call.caller, head, { scope: 'contents', level: 'write' });
  const git = hub.git(head);
  const baseSha = await hub.git(base).resolve(`refs/heads/${pull.baseRef}`);
  if (baseSha === null) throw notFound();
  if (head.id !== base.id) await git.run(['fetch', '-q', '--no-tags', base.gitDir, baseSha]);
  if (await git.isAncestor(baseSha, pull.headSha))
    throw new HubError(422, 'There are no new commits on the base branch.');
  const tree = await git.mergeTree(pull.headSha, baseSha);
  if (tree === null) throw new HubError(422, 'merge conflict between base and head');
  const person = personOf(hub, actor);
  const message = `Merge branch '${pull.baseRef}' into ${pull.headRef}`;
  const sha = await git.writeCommit({
    tree,
    parents: [pull.headSha, baseSha],
    author: person,
    committer: person,
    message,
  });
  const change = { ref: `refs/heads/${pull.headRef}`, before: pull.headSha, after: sha };
  if (!(await git.updateRef(change.ref, sha, change.before))) throw new HubError(422, 'head ref moved');
  await refChanged(hub, head, change, actor);
  const url = `${repositoryUrl(hub, base)}/pulls/${pull.number}`;
  return { status: 202, body: { message: 'Updating pull request branch.', url } };
}

export function mountPulls(routes: Routes): void {
  const path = '/repos/:owner/:repo/pulls';
  routes.add('GET', path, listPulls, read);
  routes.add('POST', path, createPull, take);
  routes.add('GET', `${path}/:number`, showPull, read);
  routes.add('PATCH', `${path}/:number`, patchPull, take);
  routes.add('GET', `${path}/:number/commits`, listPullCommits, read);
  routes.add('GET', `${path}/:number/files`, listFiles, read);
  routes.add('PUT', `${path}/:number/merge`, merge, { scope: 'contents', level: 'write' });
  routes.add('PUT', `${path}/:number/update-branch`, updateBranch, { ...take, user: 'write' });
  routes.add(
    'GET',
    `${path}/:number/merge`,
    (call) => {
      if (pullOf(call).mergedAt === null) throw notFound();
      return { status: 204 };
    },
    read,
  );
}

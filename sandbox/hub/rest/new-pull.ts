import { actorOf } from '../access.ts';
import { HubError, validationFailed } from '../hub-error.ts';
import type { Answer, Call } from '../interface.ts';
import { emitPull, fetchHead, refreshMerge } from '../pull.ts';
import { renderPull } from '../render/pull.ts';
import type { Pull, Repository } from '../world.ts';
import { appIdOf, checkBody } from './issue.ts';
import { optionalText, text } from './page.ts';

interface Head {
  readonly repository: Repository;
  readonly ref: string;
  readonly sha: string;
}

/** `branch`, `owner:branch`: the owner names a fork of the same network. */
async function findHead(call: Call, base: Repository, name: string): Promise<Head> {
  const colon = name.indexOf(':');
  const owner = colon < 0 ? base.owner.login : name.slice(0, colon);
  const ref = name.slice(colon + 1);
  const repository = [...call.hub.world.repositories.values()].find(
    (candidate) =>
      candidate.owner.login === owner && (candidate.id === base.id || candidate.parentId === base.id),
  );
  const sha = repository ? await call.hub.git(repository).resolve(`refs/heads/${ref}`) : null;
  if (!repository || sha === null)
    throw validationFailed('PullRequest', 'head', 'head is invalid', 'invalid');
  return { repository, ref, sha };
}

function refuseDouble(base: Repository, head: Head, baseRef: string): void {
  const open = [...base.pulls.values()].some(
    (pull) =>
      pull.state === 'open' &&
      pull.headRepositoryId === head.repository.id &&
      pull.headRef === head.ref &&
      pull.baseRef === baseRef,
  );
  if (!open) return;
  const label = `${head.repository.owner.login}:${head.ref}`;
  throw new HubError(422, 'Validation Failed', [
    { resource: 'PullRequest', code: 'custom', message: `A pull request already exists for ${label}.` },
  ]);
}

/** A pull request that nobody has looked at yet. */
function draftPull(call: Call, base: Repository, head: Head, baseRef: string, baseSha: string): Pull {
  const { hub } = call;
  const body = call.json();
  const now = hub.clock.now();
  return {
    id: hub.world.nextId(),
    number: base.nextNumber,
    author: actorOf(call.caller),
    appId: appIdOf(call),
    createdAt: now,
    title: text(body, 'title'),
    body: checkBody(optionalText(body, 'body') ?? null, 'PullRequest'),
    state: 'open',
    updatedAt: now,
    closedAt: null,
    labels: [],
    assignees: [],
    headRepositoryId: head.repository.id,
    headRef: head.ref,
    baseRef,
    headSha: head.sha,
    baseSha,
    draft: body.draft === true,
    mergeable: null,
    mergeCommitSha: null,
    mergeKey: '',
    mergedAt: null,
    mergedBy: null,
    reviews: [],
    requestedReviewers: [],
    requestedTeams: [],
  };
}

export async function createPull(call: Call): Promise<Answer> {
  const { hub } = call;
  const body = call.json();
  const base = call.repository();
  const git = hub.git(base);
  const baseRef = text(body, 'base').replace(/^refs\/heads\//, '');
  const baseSha = await git.resolve(`refs/heads/${baseRef}`);
  if (baseSha === null) throw validationFailed('PullRequest', 'base', 'base is invalid', 'invalid');
  const head = await findHead(call, base, text(body, 'head').replace(/^refs\/heads\//, ''));
  refuseDouble(base, head, baseRef);
  if (head.repository.id !== base.id) {
    await git.run(['fetch', '-q', '--no-tags', head.repository.gitDir, head.sha]);
  }
  if (await git.isAncestor(head.sha, baseSha)) {
    throw new HubError(422, 'Validation Failed', [
      { resource: 'PullRequest', code: 'custom', message: `No commits between ${baseRef} and ${head.ref}` },
    ]);
  }
  // Number and entry in one step: two requests at once never share a number.
  const pull = draftPull(call, base, head, baseRef, baseSha);
  base.nextNumber += 1;
  base.pulls.set(pull.number, pull);
  base.issues.set(pull.number, pull);
  await fetchHead(hub, base, pull);
  await refreshMerge(hub, base, pull);
  await emitPull(hub, base, pull, 'opened', pull.author);
  return { status: 201, body: await renderPull(hub, base, pull) };
}

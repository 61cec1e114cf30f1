import { actorOf, hasPermission } from '../access.ts';
import { HubError } from '../hub-error.ts';
import type { Hub } from '../interface.ts';
import { refreshMerge } from '../pull.ts';
import { webUrl } from '../render/repository.ts';
import { nodeId } from '../webhook.ts';
import type { Caller, Pull, Repository, Review } from '../world.ts';
import { connect, type PageArguments } from './connection.ts';
import { toActor, toCommit, toObject } from './object.ts';
import { Refusal } from './refusal.ts';

type Node = Readonly<Record<string, unknown>>;

/** The repository, if this caller may see it. @throws Refusal NOT_FOUND */
export function findRepository(hub: Hub, caller: Caller, fullName: string): Repository {
  try {
    const repository = hub.repository(fullName);
    hub.authorize(caller, repository, { scope: 'metadata', level: 'read' });
    return repository;
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    throw new Refusal('NOT_FOUND', `Could not resolve to a Repository with the name '${fullName}'.`);
  }
}

function need(caller: Caller, repository: Repository, scope: string): void {
  const scoped = caller.kind === 'installation' || caller.kind === 'job';
  if (
    scoped &&
    caller.repositoryIds.has(repository.id) &&
    !hasPermission(caller.permissions, scope, 'read')
  ) {
    throw new Refusal('FORBIDDEN', 'Resource not accessible by integration');
  }
}

export function toRef(hub: Hub, repository: Repository, ref: string, sha: string): Node {
  const prefix = /^refs\/[^/]+\//.exec(ref)?.[0] ?? 'refs/';
  return {
    __typename: 'Ref',
    id: nodeId('Ref', `${repository.id}:${ref}`),
    name: ref.slice(prefix.length),
    prefix,
    target: () => toObject(hub, repository, sha),
  };
}

function toReview(hub: Hub, repository: Repository, review: Review): Node {
  return {
    __typename: 'PullRequestReview',
    id: nodeId('PullRequestReview', review.id),
    databaseId: review.id,
    fullDatabaseId: String(review.id),
    state: review.state,
    body: review.body,
    submittedAt: review.submittedAt,
    author: toActor(hub, review.author),
    commit: async () => {
      const commit = await hub.git(repository).commit(review.commit);
      return commit ? toCommit(hub, repository, commit) : null;
    },
  };
}

const stateOf = (pull: Pull): string => (pull.mergedAt ? 'MERGED' : pull.state.toUpperCase());

function toPull(hub: Hub, repository: Repository, pull: Pull): Node {
  return {
    __typename: 'PullRequest',
    id: nodeId('PullRequest', pull.id),
    databaseId: pull.id,
    number: pull.number,
    title: pull.title,
    body: pull.body ?? '',
    url: `${webUrl(hub, repository)}/pull/${pull.number}`,
    state: stateOf(pull),
    merged: pull.mergedAt !== null,
    mergedAt: pull.mergedAt,
    closed: pull.state === 'closed',
    isDraft: pull.draft,
    createdAt: pull.createdAt,
    updatedAt: pull.updatedAt,
    headRefName: pull.headRef,
    headRefOid: pull.headSha,
    baseRefName: pull.baseRef,
    baseRefOid: pull.baseSha,
    isCrossRepository: pull.headRepositoryId !== repository.id,
    mergeable: pull.mergeable === null ? 'UNKNOWN' : pull.mergeable ? 'MERGEABLE' : 'CONFLICTING',
    author: toActor(hub, pull.author),
    reviews: (page: PageArguments) =>
      connect(
        pull.reviews.filter(({ state }) => state !== 'PENDING'),
        page,
        (review) => toReview(hub, repository, review),
      ),
    mergeCommit: async () => {
      const commit =
        pull.mergedAt && pull.mergeCommitSha ? await hub.git(repository).commit(pull.mergeCommitSha) : null;
      return commit ? toCommit(hub, repository, commit) : null;
    },
  };
}

interface PullsArguments extends PageArguments {
  readonly states?: readonly string[] | null;
  readonly headRefName?: string | null;
  readonly baseRefName?: string | null;
}

function pullFields(hub: Hub, caller: Caller, repository: Repository): Node {
  return {
    pullRequest: async ({ number }: { readonly number: number }) => {
      need(caller, repository, 'pull_requests');
      const pull = repository.pulls.get(number);
      if (!pull)
        throw new Refusal('NOT_FOUND', `Could not resolve to a PullRequest with the number of ${number}.`);
      await refreshMerge(hub, repository, pull);
      return toPull(hub, repository, pull);
    },
    pullRequests: ({ states, headRefName, baseRefName, ...page }: PullsArguments) => {
      need(caller, repository, 'pull_requests');
      const found = [...repository.pulls.values()].filter(
        (pull) =>
          (!states || states.includes(stateOf(pull))) &&
          (!headRefName || pull.headRef === headRefName) &&
          (!baseRefName || pull.baseRef === baseRefName),
      );
      return connect(found, page, (pull) => toPull(hub, repository, pull));
    },
  };
}

function toRepository(hub: Hub, caller: Caller, repository: Repository): Node {
  const git = hub.git(repository);
  const refOf = async (name: string): Promise<Node | null> => {
    need(caller, repository, 'contents');
    const full = name.startsWith('refs/') ? name : `refs/heads/${name}`;
    const sha = await git.resolve(full);
    return sha === null ? null : toRef(hub, repository, full, sha);
  };
  return {
    __typename: 'Repository',
    id: nodeId('Repository', repository.id),
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: repository.fullName,
    isPrivate: repository.private,
    isFork: repository.parentId !== null,
    url: webUrl(hub, repository),
    owner: toActor(hub, repository.owner),
    defaultBranchRef: () => refOf(repository.defaultBranch),
    ref: ({ qualifiedName }: { readonly qualifiedName: string }) => refOf(qualifiedName),
    object: ({ oid, expression }: { readonly oid?: string | null; readonly expression?: string | null }) => {
      need(caller, repository, 'contents');
      return toObject(hub, repository, oid ?? expression ?? '');
    },
    ...pullFields(hub, caller, repository),
  };
}

const RATE = { limit: 5000, cost: 1, remaining: 4999, used: 1, nodeCount: 1 };

/** The fields of `Query` that the hub serves. */
export function createQuery(hub: Hub, caller: Caller): Node {
  return {
    viewer: () => toActor(hub, actorOf(caller)),
    rateLimit: () => ({ ...RATE, resetAt: new Date(Date.now() + 3_600_000).toISOString() }),
    repository: ({ owner, name }: { readonly owner: string; readonly name: string }) =>
      toRepository(hub, caller, findRepository(hub, caller, `${owner}/${name}`)),
  };
}

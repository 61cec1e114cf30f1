import { actorOf } from '../access.ts';
import { HubError } from '../hub-error.ts';
import type { Hub } from '../interface.ts';
import { refreshMerge } from '../pull.ts';
import { webUrl } from '../render/repository.ts';
import { nodeId } from '../webhook.ts';
import type { Caller, Repository } from '../world.ts';
import { type Node, toActor } from './actor.ts';
import { connect, type PageArguments } from './connection.ts';
import { need } from './need.ts';
import { toObject } from './object.ts';
import { findOrganization, findUser } from './people.ts';
import { stateOf, toPull } from './pull.ts';
import { findRef } from './ref.ts';
import { Refusal } from './refusal.ts';

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
      return toPull(hub, caller, repository, pull);
    },
    pullRequests: ({ states, headRefName, baseRefName, ...page }: PullsArguments) => {
      need(caller, repository, 'pull_requests');
      const found = [...repository.pulls.values()].filter(
        (pull) =>
          (!states || states.includes(stateOf(pull))) &&
          (!headRefName || pull.headRef === headRefName) &&
          (!baseRefName || pull.baseRef === baseRefName),
      );
      return connect(found, page, (pull) => toPull(hub, caller, repository, pull));
    },
  };
}

function toRepository(hub: Hub, caller: Caller, repository: Repository): Node {
  const refOf = (name: string): Promise<Node | null> => {
    need(caller, repository, 'contents');
    return findRef(hub, caller, repository, name);
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
      return toObject(hub, caller, repository, oid ?? expression ?? '');
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
    user: ({ login }: { readonly login: string }) => findUser(hub, login),
    organization: ({ login }: { readonly login: string }) => findOrganization(hub, caller, login),
    repository: ({ owner, name }: { readonly owner: string; readonly name: string }) =>
      toRepository(hub, caller, findRepository(hub, caller, `${owner}/${name}`)),
  };
}

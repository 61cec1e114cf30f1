import type { Hub } from '../interface.ts';
import { nodeId } from '../webhook.ts';
import type { Caller, Repository } from '../world.ts';
import type { Node } from './actor.ts';
import { toObject } from './object.ts';

export function toRef(hub: Hub, caller: Caller, repository: Repository, ref: string, sha: string): Node {
  const prefix = /^refs\/[^/]+\//.exec(ref)?.[0] ?? 'refs/';
  return {
    __typename: 'Ref',
    id: nodeId('Ref', `${repository.id}:${ref}`),
    name: ref.slice(prefix.length),
    prefix,
    target: () => toObject(hub, caller, repository, sha),
  };
}

/** A ref of a repository by its name, or null. */
export async function findRef(
  hub: Hub,
  caller: Caller,
  repository: Repository,
  name: string,
): Promise<Node | null> {
  const full = name.startsWith('refs/') ? name : `refs/heads/${name}`;
  const sha = await hub.git(repository).resolve(full);
  return sha === null ? null : toRef(hub, caller, repository, full, sha);
}

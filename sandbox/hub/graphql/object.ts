import type { Commit, GitObject, Person } from '../git.ts';
import type { Hub } from '../interface.ts';
import { accountOf } from '../render/commit.ts';
import { webUrl } from '../render/repository.ts';
import { nodeId } from '../webhook.ts';
import type { Caller, Repository } from '../world.ts';
import { type Node, toActor } from './actor.ts';
import { suitesOf } from './check.ts';
import { connect, type PageArguments } from './connection.ts';
import { pullsOf } from './pull.ts';

function toGitActor(hub: Hub, person: Person): Node {
  const account = accountOf(hub, person);
  return { ...person, user: account?.type === 'User' ? toActor(hub, account) : null };
}

function toSignature(hub: Hub, sha: string, email: string): Node | null {
  const proof = hub.world.verifiedCommits.get(sha);
  if (!proof) return null;
  return {
    __typename: 'GpgSignature',
    email,
    isValid: true,
    state: 'VALID',
    wasSignedByGitHub: true,
    signer: null,
    payload: proof.payload,
    signature: proof.signature,
  };
}

interface HistoryArguments extends PageArguments {
  readonly path?: string | null;
}

/** @param caller whose rights decide what may be asked of the commit beyond git */
export function toCommit(hub: Hub, caller: Caller, repository: Repository, commit: Commit): Node {
  const git = hub.git(repository);
  const commits = async (shas: readonly string[]) =>
    (await Promise.all(shas.map((sha) => git.commit(sha)))).filter((found) => found !== null);
  return {
    __typename: 'Commit',
    id: nodeId('Commit', `${repository.id}:${commit.sha}`),
    oid: commit.sha,
    abbreviatedOid: commit.sha.slice(0, 7),
    url: `${webUrl(hub, repository)}/commit/${commit.sha}`,
    message: commit.message,
    messageHeadline: commit.message.split('\n')[0],
    messageBody: commit.message.split('\n').slice(1).join('\n').trim(),
    authoredDate: commit.author.date,
    committedDate: commit.committer.date,
    author: toGitActor(hub, commit.author),
    committer: toGitActor(hub, commit.committer),
    signature: toSignature(hub, commit.sha, commit.committer.email),
    tree: () => toObject(hub, caller, repository, commit.tree, 'tree'),
    parents: async (page: PageArguments) =>
      connect(await commits(commit.parents), page, (parent) => toCommit(hub, caller, repository, parent)),
    history: async ({ path, ...page }: HistoryArguments) => {
      const shas = await git.list(path ? [commit.sha, '--', path] : [commit.sha]);
      return connect(shas, page, async (sha) => {
        const found = await git.commit(sha);
        return found && toCommit(hub, caller, repository, found);
      });
    },
    repository: () => null,
    checkSuites: suitesOf(hub, caller, repository, commit.sha),
    associatedPullRequests: pullsOf(hub, caller, repository, commit.sha),
  };
}

function toBlob(repository: Repository, object: GitObject): Node {
  const binary = object.bytes.subarray(0, 8000).includes(0);
  return {
    __typename: 'Blob',
    id: nodeId('Blob', `${repository.id}:${object.sha}`),
    oid: object.sha,
    abbreviatedOid: object.sha.slice(0, 7),
    byteSize: object.size,
    isBinary: binary,
    isTruncated: false,
    text: binary ? null : object.bytes.toString('utf8'),
  };
}

async function toTree(hub: Hub, caller: Caller, repository: Repository, sha: string): Promise<Node> {
  const entries = (await hub.git(repository).tree(sha)) ?? [];
  return {
    __typename: 'Tree',
    id: nodeId('Tree', `${repository.id}:${sha}`),
    oid: sha,
    abbreviatedOid: sha.slice(0, 7),
    entries: entries.map((entry) => ({
      name: entry.path,
      path: entry.path,
      mode: Number.parseInt(entry.mode, 8),
      type: entry.type,
      oid: entry.sha,
      size: async () => (await hub.git(repository).size(entry.sha)) ?? 0,
      object: () => toObject(hub, caller, repository, entry.sha),
    })),
  };
}

/** Any git object by name, or null. */
export async function toObject(
  hub: Hub,
  caller: Caller,
  repository: Repository,
  name: string,
  as?: 'tree',
): Promise<Node | null> {
  const git = hub.git(repository);
  const object = await git.read(as === 'tree' ? `${name}^{tree}` : name);
  if (object?.type === 'blob') return toBlob(repository, object);
  if (object?.type === 'tree') return toTree(hub, caller, repository, object.sha);
  const commit = object ? await git.commit(object.sha) : null;
  return commit ? toCommit(hub, caller, repository, commit) : null;
}

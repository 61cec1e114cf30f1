import { actorOf } from '../access.ts';
import type { Commit } from '../git.ts';
import { HubError } from '../hub-error.ts';
import type { Hub } from '../interface.ts';
import { personOf, signed, webFlow } from '../pull.ts';
import { checkRules, refChanged } from '../ref-change.ts';
import { applyChanges } from '../rest/tree.ts';
import type { Caller, Repository } from '../world.ts';
import { toCommit } from './object.ts';
import { findRepository } from './query.ts';
import { toRef } from './ref.ts';
import { Refusal } from './refusal.ts';

interface Input {
  readonly clientMutationId?: string | null;
  readonly branch: {
    readonly id?: string | null;
    readonly repositoryNameWithOwner?: string | null;
    readonly branchName?: string | null;
  };
  readonly expectedHeadOid: string;
  readonly message: { readonly headline: string; readonly body?: string | null };
  readonly fileChanges?: {
    readonly additions?: readonly { readonly path: string; readonly contents: string }[] | null;
    readonly deletions?: readonly { readonly path: string }[] | null;
  } | null;
}

interface Branch {
  readonly repository: Repository;
  readonly ref: string;
}

function findBranch(hub: Hub, caller: Caller, { branch }: Input): Branch {
  if (branch.id) {
    const [, id = '', ...rest] = Buffer.from(branch.id, 'base64url').toString('utf8').split(':');
    const known = hub.world.repositories.get(Number(id));
    if (!known)
      throw new Refusal('NOT_FOUND', `Could not resolve to a node with the global id of '${branch.id}'`);
    return { repository: findRepository(hub, caller, known.fullName), ref: rest.join(':') };
  }
  const name = (branch.branchName ?? '').replace(/^refs\/heads\//, '');
  const repository = findRepository(hub, caller, branch.repositoryNameWithOwner ?? '');
  return { repository, ref: `refs/heads/${name}` };
}

/** REST's refusals, told as GraphQL tells them. */
async function translate<Value>(work: () => Promise<Value> | Value): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    const type = error.status === 404 ? 'NOT_FOUND' : error.status === 422 ? 'UNPROCESSABLE' : 'FORBIDDEN';
    throw new Refusal(type, error.message);
  }
}

const checkPath = (path: string): string => {
  const bad = path
    .split('/')
    .some((part) => part === '' || part === '.' || part === '..' || part.toLowerCase() === '.git');
  if (bad) throw new Refusal('UNPROCESSABLE', `The path "${path}" is malformed`);
  return path;
};

async function writeTree(hub: Hub, repository: Repository, head: Commit, input: Input): Promise<string> {
  const git = hub.git(repository);
  const changes = [];
  for (const { path } of input.fileChanges?.deletions ?? []) {
    if ((await git.entry(head.tree, path)) === null) {
      throw new Refusal(
        'UNPROCESSABLE',
        `A path was requested for deletion which does not exist as of commit oid \`${head.sha}\`: ${path}`,
      );
    }
    changes.push({ path: checkPath(path), mode: '100644', sha: null });
  }
  for (const { path, contents } of input.fileChanges?.additions ?? []) {
    const mode = (await git.entry(head.tree, checkPath(path)))?.mode ?? '100644';
    const sha = await git.writeBlob(Buffer.from(contents, 'base64'));
    changes.push({ path, mode: mode === '040000' ? '100644' : mode, sha });
  }
  return applyChanges(hub, repository, head.tree, changes);
}

const stale = (oid: string): Refusal =>
  new Refusal('STALE_DATA', `Expected branch to point to "${oid}" but it did not. Pull and try again.`);

/** One commit with compare-and-swap on the branch, signed by GitHub, in the caller's name. */
export async function createCommitOnBranch(hub: Hub, caller: Caller, input: Input) {
  const { repository, ref } = findBranch(hub, caller, input);
  await translate(() => hub.authorize(caller, repository, { scope: 'contents', level: 'write' }));
  const git = hub.git(repository);
  const head = await git.commit(ref);
  if (!head) throw new Refusal('NOT_FOUND', `The branch ${ref} does not exist.`);
  if (head.sha !== input.expectedHeadOid) throw stale(input.expectedHeadOid);
  const tree = await writeTree(hub, repository, head, input);
  const actor = actorOf(caller);
  const { headline, body } = input.message;
  const draft = {
    tree,
    parents: [head.sha],
    author: personOf(hub, actor),
    committer: webFlow(hub),
    message: body ? `${headline}\n\n${body}` : headline,
  };
  const sha = await git.writeCommit(draft);
  const change = { ref, before: head.sha, after: sha };
  await translate(() => checkRules(hub, repository, change, caller));
  if (!(await git.updateRef(ref, sha, head.sha))) throw stale(input.expectedHeadOid);
  hub.world.verifiedCommits.set(sha, signed(sha));
  await refChanged(hub, repository, change, actor);
  return {
    clientMutationId: input.clientMutationId ?? null,
    commit: toCommit(hub, caller, repository, { ...draft, sha }),
    ref: toRef(hub, caller, repository, ref, sha),
  };
}

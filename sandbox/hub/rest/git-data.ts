import { actorOf } from '../access.ts';
import { type Commit, type GitObject, type Person, type TreeEntry, ZERO } from '../git.ts';
import { HubError, notFound, validationFailed } from '../hub-error.ts';
import type { Access, Answer, Call, Hub, Routes } from '../interface.ts';
import { personOf, signed, webFlow } from '../pull.ts';
import { checkRules, refChanged } from '../ref-change.ts';
import { renderGitCommit } from '../render/commit.ts';
import { repositoryUrl } from '../render/repository.ts';
import { nodeId } from '../webhook.ts';
import type { Repository } from '../world.ts';
import { list, optionalText, paginate, record, text } from './page.ts';
import { applyChanges, parseTreeChange, type TreeChange } from './tree.ts';

const read: Access = { scope: 'contents', level: 'read' };
const write: Access = { scope: 'contents', level: 'write' };

const isSha = (value: string): boolean => /^[0-9a-f]{40}$/.test(value);

async function need(call: Call, sha: string, type: GitObject['type']): Promise<GitObject> {
  const object = await call.hub.git(call.repository()).read(sha);
  if (object?.type !== type) throw notFound();
  return object;
}

async function showBlob(call: Call): Promise<Answer> {
  const repository = call.repository();
  const sha = call.params.sha ?? '';
  if (!isSha(sha)) throw notFound();
  const { bytes } = await need(call, sha, 'blob');
  if (wantsRaw(call)) return raw(bytes);
  const body = {
    sha,
    node_id: nodeId('Blob', `${repository.id}:${sha}`),
    size: bytes.length,
    url: `${repositoryUrl(call.hub, repository)}/git/blobs/${sha}`,
    content: wrapped(bytes),
    encoding: 'base64',
  };
  return { status: 200, body };
}

/** base64 in lines of 60, as GitHub sends file contents. */
export const wrapped = (bytes: Buffer): string => bytes.toString('base64').replace(/(.{60})/g, '$1\n');

export const wantsRaw = (call: Call): boolean => /\braw\b/.test(String(call.headers.accept ?? ''));

export const raw = (bytes: Buffer): Answer => ({
  status: 200,
  body: bytes,
  headers: { 'content-type': 'application/vnd.github.raw; charset=utf-8' },
});

async function createBlob(call: Call): Promise<Answer> {
  const body = call.json();
  const encoding = optionalText(body, 'encoding') ?? 'utf-8';
  const bytes = Buffer.from(text(body, 'content'), encoding === 'base64' ? 'base64' : 'utf8');
  const repository = call.repository();
  const sha = await call.hub.git(repository).writeBlob(bytes);
  return { status: 201, body: { sha, url: `${repositoryUrl(call.hub, repository)}/git/blobs/${sha}` } };
}

async function renderTreeOf(call: Call, sha: string, entries: readonly TreeEntry[]) {
  const repository = call.repository();
  const url = `${repositoryUrl(call.hub, repository)}/git`;
  const git = call.hub.git(repository);
  const tree = await Promise.all(
    entries.map(async (entry) => ({
      path: entry.path,
      mode: entry.mode,
      type: entry.type,
      sha: entry.sha,
      ...(entry.type === 'blob' ? { size: (await git.size(entry.sha)) ?? 0 } : {}),
      url: `${url}/${entry.type === 'tree' ? 'trees' : 'blobs'}/${entry.sha}`,
    })),
  );
  return { sha, url: `${url}/trees/${sha}`, tree };
}

/** @see https://docs.github.com/en/rest/git/trees#get-a-tree */
const maxTreeEntries = 100_000;
/** GitHub does not say of what; of its JSON is the most careful reading. */
const maxTreeBytes = 7 * 1024 * 1024;

/** A shorter one fits, without a look at each entry. */
const longTree = 5_000;

/** The entries that fit into one answer. */
function cut<Entry>(tree: readonly Entry[]): readonly Entry[] {
  let bytes = 0;
  if (tree.length < longTree) return tree;
  const end = tree.findIndex((entry, at) => {
    bytes += JSON.stringify(entry).length + 1;
    return at >= maxTreeEntries || bytes > maxTreeBytes;
  });
  return end < 0 ? tree : tree.slice(0, end);
}

async function showTree(call: Call): Promise<Answer> {
  const git = call.hub.git(call.repository());
  const sha = await git.resolve(`${call.params.sha}^{tree}`);
  if (sha === null) throw notFound();
  const isWhole = call.query.get('recursive') !== null;
  const entries = isWhole ? await git.walk(sha) : ((await git.tree(sha)) ?? []);
  const rendered = await renderTreeOf(call, sha, entries);
  const tree = isWhole ? cut(rendered.tree) : rendered.tree;
  return { status: 200, body: { ...rendered, tree, truncated: tree.length < rendered.tree.length } };
}

async function createTree(call: Call): Promise<Answer> {
  const body = call.json();
  const repository = call.repository();
  const git = call.hub.git(repository);
  const base = optionalText(body, 'base_tree');
  const baseTree = base === undefined ? null : await git.resolve(`${base}^{tree}`);
  if (base !== undefined && baseTree === null) throw new HubError(404, 'Not Found');
  const changes: TreeChange[] = [];
  for (const value of list(body, 'tree')) changes.push(await parseTreeChange(call, value));
  if (changes.length === 0) throw new HubError(422, 'Invalid tree info');
  const sha = await applyChanges(call.hub, repository, baseTree, changes);
  const rendered = await renderTreeOf(call, sha, (await git.tree(sha)) ?? []);
  return { status: 201, body: { ...rendered, truncated: false } };
}

const parsePerson = (hub: Hub, value: unknown, field: string): Person | undefined => {
  if (value === undefined) return undefined;
  const person = record(value, field);
  const date = optionalText(person, 'date') ?? hub.clock.now();
  return {
    name: text(person, 'name'),
    email: text(person, 'email'),
    date: `${new Date(date).toISOString().slice(0, 19)}Z`,
  };
};

async function createCommit(call: Call): Promise<Answer> {
  const { hub } = call;
  const body = call.json();
  const repository = call.repository();
  const git = hub.git(repository);
  const tree = text(body, 'tree');
  if ((await git.tree(tree)) === null) throw new HubError(422, 'Tree SHA does not exist');
  const parents = list(body, 'parents').map(String);
  for (const parent of parents) {
    if (!isSha(parent) || (await git.commit(parent))?.sha !== parent) {
      throw new HubError(422, 'Parent SHA does not exist or is not a commit object');
    }
  }
  const actor = personOf(hub, actorOf(call.caller));
  const author = parsePerson(hub, body.author, 'author');
  const committer = parsePerson(hub, body.committer, 'committer');
  // GitHub signs what a bot commits without naming anybody.
  const sign = actorOf(call.caller).type === 'Bot' && !author && !committer && body.signature === undefined;
  const commit: Omit<Commit, 'sha'> = {
    tree,
    parents,
    author: author ?? actor,
    committer: sign ? webFlow(hub) : (committer ?? author ?? actor),
    message: text(body, 'message'),
  };
  const sha = await git.writeCommit(commit);
  if (sign) hub.world.verifiedCommits.set(sha, signed(sha));
  return { status: 201, body: renderGitCommit(hub, repository, { ...commit, sha }) };
}

async function showCommit(call: Call): Promise<Answer> {
  const sha = call.params.sha ?? '';
  const repository = call.repository();
  const commit = isSha(sha) ? await call.hub.git(repository).commit(sha) : null;
  if (commit?.sha !== sha) throw notFound();
  return { status: 200, body: renderGitCommit(call.hub, repository, commit) };
}

function renderRef(hub: Hub, repository: Repository, ref: string, sha: string, type = 'commit') {
  const url = `${repositoryUrl(hub, repository)}/git`;
  return {
    ref,
    node_id: nodeId('Ref', `${repository.id}:${ref}`),
    url: `${url}/${ref}`,
    object: { sha, type, url: `${url}/${type}s/${sha}` },
  };
}

async function showRef(call: Call): Promise<Answer> {
  const repository = call.repository();
  const ref = `refs/${call.params.ref}`;
  const found = await call.hub.git(repository).ref(ref);
  if (!found) throw notFound();
  return { status: 200, body: renderRef(call.hub, repository, ref, found.sha, found.type) };
}

async function matchRefs(call: Call): Promise<Answer> {
  const repository = call.repository();
  const prefix = `refs/${call.params.ref}`;
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  const refs = (await call.hub.git(repository).refs(folder)).filter(({ ref }) => ref.startsWith(prefix));
  return paginate(
    call,
    refs.map(({ ref, sha, type }) => renderRef(call.hub, repository, ref, sha, type)),
  );
}

async function createRef(call: Call): Promise<Answer> {
  const { hub, caller } = call;
  const body = call.json();
  const repository = call.repository();
  const git = hub.git(repository);
  const ref = text(body, 'ref');
  const sha = text(body, 'sha');
  if (!/^refs\/[^/]+\/./.test(ref))
    throw new HubError(422, 'Reference name must start with "refs/" and contain at least three components.');
  if (ref.startsWith('refs/pull/') || (await git.run(['check-ref-format', ref])).code !== 0) {
    throw new HubError(422, 'Reference name is not valid');
  }
  if (!isSha(sha) || (await git.resolve(sha)) !== sha) throw new HubError(422, 'Object does not exist');
  const change = { ref, before: ZERO, after: sha };
  await checkRules(hub, repository, change, caller);
  if (!(await git.updateRef(ref, sha, ZERO))) throw new HubError(422, 'Reference already exists');
  await refChanged(hub, repository, change, actorOf(caller));
  return { status: 201, body: renderRef(hub, repository, ref, sha) };
}

async function patchRef(call: Call): Promise<Answer> {
  const { hub, caller } = call;
  const body = call.json();
  const repository = call.repository();
  const git = hub.git(repository);
  const ref = `refs/${call.params.ref}`;
  const sha = text(body, 'sha');
  const before = await git.resolve(ref);
  if (before === null) throw new HubError(422, 'Reference does not exist');
  if (!isSha(sha) || (await git.resolve(sha)) !== sha) throw new HubError(422, 'Object does not exist');
  const forward = await git.isAncestor(before, sha);
  if (!forward && body.force !== true) throw new HubError(422, 'Update is not a fast forward');
  if (!forward && repository.protections.get(ref.slice('refs/heads/'.length))?.forbidForcePush) {
    throw new HubError(422, 'Repository rule violations found\n\nCannot force-push to this branch\n\n');
  }
  const change = { ref, before, after: sha };
  await checkRules(hub, repository, change, caller);
  if (!(await git.updateRef(ref, sha, before))) throw new HubError(422, 'Reference cannot be updated');
  if (before !== sha) await refChanged(hub, repository, change, actorOf(caller));
  return { status: 200, body: renderRef(hub, repository, ref, sha) };
}

async function deleteRef(call: Call): Promise<Answer> {
  const { hub, caller } = call;
  const repository = call.repository();
  const git = hub.git(repository);
  const ref = `refs/${call.params.ref}`;
  const before = await git.resolve(ref);
  if (before === null) throw new HubError(422, 'Reference does not exist');
  if (repository.protections.has(ref.slice('refs/heads/'.length))) {
    throw validationFailed('Reference', 'ref', 'Cannot delete a protected branch');
  }
  const change = { ref, before, after: ZERO };
  if (!(await git.updateRef(ref, ZERO, before))) throw new HubError(422, 'Reference cannot be updated');
  await refChanged(hub, repository, change, actorOf(caller));
  return { status: 204 };
}

export function mountGitData(routes: Routes): void {
  const path = '/repos/:owner/:repo/git';
  routes.add('GET', `${path}/blobs/:sha`, showBlob, read);
  routes.add('POST', `${path}/blobs`, createBlob, write);
  routes.add('GET', `${path}/trees/:sha*`, showTree, read);
  routes.add('POST', `${path}/trees`, createTree, write);
  routes.add('GET', `${path}/commits/:sha`, showCommit, read);
  routes.add('POST', `${path}/commits`, createCommit, write);
  routes.add('GET', `${path}/ref/:ref*`, showRef, read);
  routes.add('GET', `${path}/matching-refs/:ref*`, matchRefs, read);
  routes.add('POST', `${path}/refs`, createRef, write);
  routes.add('PATCH', `${path}/refs/:ref*`, patchRef, write);
  routes.add('DELETE', `${path}/refs/:ref*`, deleteRef, write);
}

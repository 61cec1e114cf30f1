import { pullsOfCommit } from '../commit-pulls.ts';
import type { Commit } from '../git.ts';
import { HubError, notFound } from '../hub-error.ts';
import type { Access, Answer, Call, Routes } from '../interface.ts';
import { renderCommit, renderFiles } from '../render/commit.ts';
import { renderSimplePull } from '../render/pull.ts';
import { repositoryUrl, webUrl } from '../render/repository.ts';
import type { Repository } from '../world.ts';
import { raw, wantsRaw, wrapped } from './git-data.ts';
import { paginate } from './page.ts';

const contents: Access = { scope: 'contents', level: 'read' };

/** The commit that a path names: full sha, branch or tag. @throws HubError 422 as GitHub answers */
export async function commitAt(call: Call, ref: string): Promise<Commit> {
  const git = call.hub.git(call.repository());
  const safe = /^[^-~^:?*[\\ @{][^~^:?*[\\ {]*$/.test(ref) ? ref : '';
  const commit = safe === '' ? null : await git.commit(safe);
  if (!commit) throw new HubError(422, `No commit found for SHA: ${ref}`);
  return commit;
}

async function contentsCommit(call: Call): Promise<Commit> {
  const repository = call.repository();
  const ref = call.query.get('ref') ?? repository.defaultBranch;
  const commit = await call.hub.git(repository).commit(ref);
  if (!commit) throw new HubError(404, `No commit found for the ref ${ref}`);
  return commit;
}

const encode = (path: string): string => encodeURIComponent(path).replaceAll('%2F', '/');

function contentLinks(
  call: Call,
  repository: Repository,
  path: string,
  ref: string,
  sha: string,
  kind: 'blob' | 'tree',
) {
  const url = `${repositoryUrl(call.hub, repository)}/contents/${encode(path)}?ref=${ref}`;
  const git = `${repositoryUrl(call.hub, repository)}/git/${kind}s/${sha}`;
  const html = `${webUrl(call.hub, repository)}/${kind}/${ref}/${encode(path)}`;
  return {
    url,
    git_url: git,
    html_url: html,
    download_url: kind === 'blob' ? `${webUrl(call.hub, repository)}/raw/${ref}/${encode(path)}` : null,
    _links: { self: url, git, html },
  };
}

async function showContents(call: Call): Promise<Answer> {
  const repository = call.repository();
  const git = call.hub.git(repository);
  const commit = await contentsCommit(call);
  const path = call.params.path ?? '';
  const ref = call.query.get('ref') ?? repository.defaultBranch;
  const entry = await git.entry(commit.tree, path);
  if (!entry || entry.type === 'commit') throw notFound();
  if (entry.type === 'tree')
    return { status: 200, body: await listFolder(call, repository, path, ref, entry.sha) };
  const object = await git.read(entry.sha);
  if (!object) throw notFound();
  if (wantsRaw(call)) return raw(object.bytes);
  const tooLarge = object.size > 1024 * 1024;
  const body = {
    type: 'file',
    // Beyond 1 MB the contents API tells size and sha only.
    encoding: tooLarge ? 'none' : 'base64',
    size: object.size,
    name: path.split('/').at(-1),
    path,
    content: tooLarge ? '' : `${wrapped(object.bytes)}\n`,
    sha: entry.sha,
    ...contentLinks(call, repository, path, ref, entry.sha, 'blob'),
  };
  return { status: 200, body };
}

async function listFolder(call: Call, repository: Repository, path: string, ref: string, sha: string) {
  const git = call.hub.git(repository);
  const entries = (await git.tree(sha)) ?? [];
  return Promise.all(
    entries.map(async (entry) => {
      const full = path === '' ? entry.path : `${path}/${entry.path}`;
      const kind = entry.type === 'tree' ? 'tree' : 'blob';
      return {
        type: entry.type === 'tree' ? 'dir' : 'file',
        size: entry.type === 'blob' ? ((await git.size(entry.sha)) ?? 0) : 0,
        name: entry.path,
        path: full,
        sha: entry.sha,
        ...contentLinks(call, repository, full, ref, entry.sha, kind),
      };
    }),
  );
}

async function listCommits(call: Call): Promise<Answer> {
  const repository = call.repository();
  const git = call.hub.git(repository);
  const from = call.query.get('sha') ?? repository.defaultBranch;
  const start = await git.commit(from);
  if (!start) throw new HubError(404, 'Not Found');
  const path = call.query.get('path');
  const since = call.query.get('since');
  const until = call.query.get('until');
  const shas = await git.list([
    ...(since ? [`--since=${since}`] : []),
    ...(until ? [`--until=${until}`] : []),
    start.sha,
    '--',
    ...(path ? [path] : []),
  ]);
  const answer = paginate(call, shas);
  const commits = await Promise.all((answer.body as string[]).map((sha) => git.commit(sha)));
  const body = commits
    .filter((commit) => commit !== null)
    .map((commit) => renderCommit(call.hub, repository, commit));
  return { ...answer, body };
}

/** The tree without entries, which a root commit differs from. */
const EMPTY = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

const filesBetween = (call: Call, repository: Repository, from: string | null, to: string) =>
  renderFiles(call.hub, repository, from ?? EMPTY, to);

async function showCommit(call: Call): Promise<Answer> {
  const repository = call.repository();
  const commit = await commitAt(call, call.params.ref ?? '');
  const files = await filesBetween(call, repository, commit.parents[0] ?? null, commit.sha);
  const sum = (field: 'additions' | 'deletions') => files.reduce((total, file) => total + file[field], 0);
  const stats = {
    total: sum('additions') + sum('deletions'),
    additions: sum('additions'),
    deletions: sum('deletions'),
  };
  return { status: 200, body: { ...renderCommit(call.hub, repository, commit), stats, files } };
}

async function listPullsOfCommit(call: Call): Promise<Answer> {
  const repository = call.repository();
  const { sha } = await commitAt(call, call.params.ref ?? '');
  const found = await pullsOfCommit(call.hub, repository, sha);
  return paginate(
    call,
    found.map((pull) => renderSimplePull(call.hub, repository, pull)),
  );
}

async function compare(call: Call): Promise<Answer> {
  const repository = call.repository();
  const git = call.hub.git(repository);
  const [baseName = '', headName = ''] = (call.params.basehead ?? '').split('...');
  const [base, head] = [await git.commit(baseName), await git.commit(headName.replace(/^[^:]*:/, ''))];
  if (!base || !head) throw notFound();
  const from = await git.mergeBase(base.sha, head.sha);
  const mergeBase = from === null ? null : await git.commit(from);
  if (!mergeBase) throw new HubError(404, `No common ancestor between ${baseName} and ${headName}.`);
  const ahead = await git.list([head.sha, `^${base.sha}`]);
  const behind = await git.list([base.sha, `^${head.sha}`]);
  const commits = await Promise.all([...ahead].reverse().map((sha) => git.commit(sha)));
  const url = `${repositoryUrl(call.hub, repository)}/compare/${call.params.basehead}`;
  const html = `${webUrl(call.hub, repository)}/compare/${call.params.basehead}`;
  const state =
    ahead.length === 0
      ? behind.length === 0
        ? 'identical'
        : 'behind'
      : behind.length === 0
        ? 'ahead'
        : 'diverged';
  const body = {
    url,
    html_url: html,
    permalink_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    base_commit: renderCommit(call.hub, repository, base),
    merge_base_commit: renderCommit(call.hub, repository, mergeBase),
    status: state,
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: commits
      .filter((commit) => commit !== null)
      .map((commit) => renderCommit(call.hub, repository, commit)),
    files: await filesBetween(call, repository, mergeBase.sha, head.sha),
  };
  return { status: 200, body };
}

export function mountCommits(routes: Routes): void {
  const path = '/repos/:owner/:repo';
  routes.add('GET', `${path}/contents/:path*`, showContents, contents);
  routes.add('GET', `${path}/commits`, listCommits, contents);
  routes.add('GET', `${path}/commits/:ref/pulls`, listPullsOfCommit, {
    scope: 'pull_requests',
    level: 'read',
  });
  routes.add('GET', `${path}/compare/:basehead*`, compare, contents);
}

/** `GET commits/{ref}` takes refs with slashes, so it stands behind every longer path. */
export function mountSingleCommit(routes: Routes): void {
  routes.add('GET', '/repos/:owner/:repo/commits/:ref*', showCommit, contents);
}

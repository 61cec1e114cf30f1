import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Repository } from '../hub/world.ts';
import { resolveInside } from './action-file.ts';
import type { Outputs, ReadInput } from './built-in.ts';
import type { JobSession } from './job-session.ts';
import { findRepository } from './source.ts';

const execute = promisify(execFile);

/**
 * Plays actions/checkout: the commit's files and a real `.git` that borrows its objects from the hub's repository.
 * The token must be allowed to read the repository, as when it were fetched.
 */
export async function checkout(session: JobSession, read: ReadInput): Promise<Outputs> {
  const { hub } = session.deps.service;
  const { run } = session.task.plan;
  const token = read('token', session.token);
  const fullName = read('repository', run.repository.fullName);
  const repository = findRepository(hub, fullName, run.repository);
  if (repository === undefined) throw new Error(`Not Found - repository '${fullName}'`);
  hub.authorize(hub.callerOf(token), repository, { scope: 'contents', level: 'read' });
  const own = repository.id === run.repository.id;
  const wanted = read('ref', own ? run.sha : repository.defaultBranch);
  const found = await session.deps.reader.resolve(hub.git(repository), wanted);
  if (found === undefined) throw new Error(`A branch or tag with the name '${wanted}' could not be found`);
  const folder = resolveInside(session.workspace, read('path', '.'));
  if (read('clean', 'true') === 'true') emptyFolder(folder);
  const credentials = read('persist-credentials', 'true') === 'true' ? token : undefined;
  layOutGit(folder, repository, `${hub.url}/${repository.fullName}`, found.sha, credentials);
  const depth = read('fetch-depth', '1');
  if (depth === '1') writeFileSync(join(folder, '.git', 'shallow'), `${found.sha}\n`);
  if (depth === '0') await writeRemoteRefs(session, repository, folder);
  await execute('git', ['reset', '--hard', '--quiet', found.sha], { cwd: folder, env: gitEnv() });
  session.log.write(`HEAD is now at ${found.sha}`);
  if (credentials !== undefined) {
    const forget = () => writeConfig(folder, `${hub.url}/${repository.fullName}`, undefined);
    session.posts.push({ name: 'Post actions/checkout', run: async () => dropCredentials(folder, forget) });
  }
  return { ref: own && read('ref', '') === '' ? run.ref : found.ref, commit: found.sha };
}

function dropCredentials(folder: string, forget: () => void): 'success' {
  // The job may have deleted its own checkout: then there is nothing to forget.
  mkdirSync(join(folder, '.git'), { recursive: true });
  forget();
  return 'success';
}

function emptyFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
}

function layOutGit(
  folder: string,
  repository: Repository,
  url: string,
  sha: string,
  token: string | undefined,
): void {
  const git = join(folder, '.git');
  for (const name of ['objects/info', 'objects/pack', 'refs/heads'])
    mkdirSync(join(git, name), { recursive: true });
  writeFileSync(join(git, 'HEAD'), `${sha}\n`);
  writeFileSync(join(git, 'objects', 'info', 'alternates'), `${join(repository.gitDir, 'objects')}\n`);
  writeConfig(folder, url, token);
}

function writeConfig(folder: string, url: string, token: string | undefined): void {
  const lines = [
    '[core]',
    '\trepositoryformatversion = 0',
    '\tbare = false',
    '[remote "origin"]',
    `\turl = ${url}`,
  ];
  lines.push('\tfetch = +refs/heads/*:refs/remotes/origin/*');
  if (token !== undefined) {
    const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
    lines.push(`[http "${new URL(url).origin}/"]`, `\textraheader = AUTHORIZATION: basic ${basic}`);
  }
  writeFileSync(join(folder, '.git', 'config'), `${lines.join('\n')}\n`);
}

async function writeRemoteRefs(session: JobSession, repository: Repository, folder: string): Promise<void> {
  const git = session.deps.service.hub.git(repository);
  const refs = [...(await git.refs('refs/heads/')), ...(await git.refs('refs/tags/'))];
  const lines = refs
    .map(({ ref, sha }) => `${sha} ${ref.replace('refs/heads/', 'refs/remotes/origin/')}`)
    .sort();
  writeFileSync(join(folder, '.git', 'packed-refs'), `${lines.join('\n')}\n`);
}

function gitEnv(): Record<string, string> {
  return { PATH: process.env.PATH ?? '', GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
}

import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Git } from '../hub/git.ts';

const execute = promisify(execFile);
const SHA = /^[0-9a-f]{40}$/;
const ZERO = /^0+$/;

/** Reads commits of bare repositories; what a commit holds never changes, so answers are kept. */
export interface CommitReader {
  /** `.github/workflows/*.yml` of a commit: path to text. */
  readWorkflows(git: Git, sha: string): Promise<ReadonlyMap<string, string>>;
  readText(git: Git, sha: string, path: string): Promise<string | undefined>;
  /** The commit that a branch, tag or SHA names; undefined when there is none. */
  resolve(git: Git, ref: string): Promise<ResolvedRef | undefined>;
  /** Paths that differ between two commits; since the merge base when asked. */
  changedPaths(git: Git, before: string, after: string, fromMergeBase: boolean): Promise<readonly string[]>;
  /** A folder with the files of a commit, unpacked once. */
  unpack(git: Git, fullName: string, sha: string): Promise<string>;
}

export interface ResolvedRef {
  readonly sha: string;
  /** `refs/heads/main`, `refs/tags/v1`, or the SHA itself. */
  readonly ref: string;
}

/** @param cacheDir folder for unpacked commits. */
export function createCommitReader(cacheDir: string): CommitReader {
  const workflows = new Map<string, Promise<ReadonlyMap<string, string>>>();
  const unpacked = new Map<string, Promise<string>>();
  return {
    readWorkflows: (git, sha) => keep(workflows, sha, () => readWorkflows(git, sha)),
    async readText(git, sha, path) {
      // The object reader takes one name a line, and a workflow chooses this path.
      if (path.includes('\n')) return undefined;
      const object = await git.read(`${sha}:${path}`);
      return object?.type === 'blob' ? object.bytes.toString('utf8') : undefined;
    },
    resolve: resolveRef,
    changedPaths,
    unpack: (git, fullName, sha) =>
      keep(unpacked, `${fullName} ${sha}`, () => unpack(cacheDir, git, fullName, sha)),
  };
}

function keep<T>(kept: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const made = kept.get(key) ?? make();
  kept.set(key, made);
  // A failure is not an answer about the commit: the next one asks again.
  made.catch(() => kept.delete(key));
  return made;
}

async function readWorkflows(git: Git, sha: string): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  const folder = await git.read(`${sha}:.github/workflows`);
  for (const entry of (folder?.type === 'tree' ? await git.tree(folder.sha) : null) ?? []) {
    if (!/\.ya?ml$/.test(entry.path)) continue;
    const object = await git.read(entry.sha);
    if (object?.type === 'blob') texts.set(`.github/workflows/${entry.path}`, object.bytes.toString('utf8'));
  }
  return texts;
}

async function resolveRef(git: Git, ref: string): Promise<ResolvedRef | undefined> {
  if (ref.includes('\n')) return undefined;
  const names = SHA.test(ref) || ref.startsWith('refs/') ? [ref] : [`refs/tags/${ref}`, `refs/heads/${ref}`];
  for (const name of names) {
    const commit = await git.commit(name);
    if (commit !== null) return { sha: commit.sha, ref: name };
  }
  return undefined;
}

async function changedPaths(
  git: Git,
  before: string,
  after: string,
  fromMergeBase: boolean,
): Promise<readonly string[]> {
  const start = ZERO.test(before) ? null : fromMergeBase ? await git.mergeBase(before, after) : before;
  // A new branch has no earlier commit: everything counts as changed.
  const command = start === null ? ['ls-tree', '-r', after] : ['diff', '--no-renames', start, after];
  const { stdout } = await git.run([command[0] ?? '', '--name-only', '-z', ...command.slice(1)]);
  return stdout
    .toString('utf8')
    .split('\0')
    .filter((path) => path !== '');
}

async function unpack(cacheDir: string, git: Git, fullName: string, sha: string): Promise<string> {
  const target = join(cacheDir, ...fullName.split('/'), sha);
  if (existsSync(target)) return target;
  const draft = `${target}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  const env = { PATH: process.env.PATH ?? '', GIT_INDEX_FILE: `${draft}.index` };
  const args = ['--git-dir', git.dir, '--work-tree', draft, 'checkout', '--force', sha, '--', '.'];
  await execute('git', args, { env, cwd: draft });
  rmSync(`${draft}.index`, { force: true });
  renameSync(draft, target);
  return target;
}

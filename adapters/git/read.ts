import type { TreeFile, TreeListing } from '../../core/change/change.ts';
import { InputError, ServiceError } from '../../core/error/error.ts';
import { gitText, runGit } from './git.ts';

/** Reads commits of a local repository, bare or not, without touching a working tree. */

/**
 * Commit id of a ref; null when there is no such ref.
 * @param ref branch, tag or commit as a person typed it; may begin with a dash
 * @throws InputError GIT_NO_REPOSITORY, GIT_FOLDER
 */
export async function resolveRef(dir: string, ref: string): Promise<string | null> {
  const { code, stdout, stderr } = await runGit(dir, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${ref}^{commit}`,
  ]);
  if (code === 0) return stdout.toString().trim();
  if (/not a git repository|dubious ownership/.test(stderr)) throw noRepository(dir, stderr);
  return null;
}

/**
 * Lists every file of a commit.
 * @throws InputError GIT_NO_REPOSITORY, GIT_NO_REF; ServiceError GIT_FAILED when objects are missing
 */
export async function readTree(dir: string, ref: string): Promise<TreeListing> {
  const commit = await needCommit(dir, ref);
  const text = await gitText(dir, ['ls-tree', '-r', '-z', '--full-tree', commit], `list ${ref}`);
  const files = text.split('\0').filter((line) => line !== '');
  return new Map(
    files.map((line): [string, TreeFile] => {
      const tab = line.indexOf('\t');
      const [mode = '', , blob = ''] = line.slice(0, tab).split(' ');
      const path = line.slice(tab + 1);
      return [path, { path, mode, blob }];
    }),
  );
}

/**
 * Reads the files of a commit whose path begins with `prefix` ('' is all of them), in one git process.
 * @returns path -> bytes. What is not a plain file (a link, a submodule, an executable) gives its mode instead of
 * content, so that nobody takes what it points to for what was committed.
 */
export async function readFiles(
  dir: string,
  ref: string,
  prefix = '',
  accept: (path: string) => boolean = () => true,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const tree = await readTree(dir, ref);
  const wanted = [...tree.values()].filter(({ path }) => path.startsWith(prefix) && accept(path));
  const plain = wanted.filter(({ mode }) => mode === '100644');
  const contents = await readBlobs(
    dir,
    plain.map(({ blob }) => blob),
  );
  return new Map(
    wanted.map(({ path, mode, blob }) => {
      const content = mode === '100644' ? contents.get(blob) : Buffer.from(`git mode ${mode}\n`);
      if (content === undefined) throw missing(blob);
      return [path, content];
    }),
  );
}

/** Contents by blob id. */
async function readBlobs(dir: string, ids: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> {
  const unique = [...new Set(ids)];
  if (unique.length === 0) return new Map();
  const { stdout } = await runGit(dir, ['cat-file', '--batch'], `${unique.join('\n')}\n`);
  const blobs = new Map<string, Uint8Array>();
  let at = 0;
  for (const id of unique) {
    const end = stdout.indexOf(0x0a, at);
    const [found, type, size] = stdout
      .subarray(at, end < 0 ? at : end)
      .toString()
      .split(' ');
    const length = Number(size);
    if (found !== id || type !== 'blob' || !Number.isSafeInteger(length)) throw missing(id);
    const content = stdout.subarray(end + 1, end + 1 + length);
    if (content.length !== length) throw missing(id);
    blobs.set(id, content);
    at = end + 1 + length + 1;
  }
  return blobs;
}

/** Name of the default branch: what the remote says, else the branch that is checked out; null when neither is known. */
export async function defaultBranch(dir: string): Promise<string | null> {
  for (const ref of ['refs/remotes/origin/HEAD', 'HEAD']) {
    const { code, stdout } = await runGit(dir, ['symbolic-ref', '--quiet', '--short', ref]);
    const name = stdout.toString().trim();
    if (code === 0 && name !== '') return name.replace(/^origin\//, '');
  }
  return null;
}

/** Address of the remote `origin`; null when there is none. */
export async function remoteUrl(dir: string): Promise<string | null> {
  const { code, stdout } = await runGit(dir, ['config', '--get', 'remote.origin.url']);
  return code === 0 ? stdout.toString().trim() : null;
}

async function needCommit(dir: string, ref: string): Promise<string> {
  const commit = await resolveRef(dir, ref);
  if (commit !== null) return commit;
  throw new InputError('GIT_NO_REF', `there is no branch, tag or commit "${ref}" in ${dir}`, {
    hint: `Fetch it first: git fetch origin ${ref}`,
  });
}

function noRepository(dir: string, stderr: string): InputError {
  return new InputError('GIT_NO_REPOSITORY', `${dir} is no git repository that git will read: ${stderr}`, {
    hint: 'Run this inside a clone of the repository, or name one.',
  });
}

function missing(id: string): ServiceError {
  return new ServiceError('GIT_OBJECT_MISSING', `git object ${id} could not be read`, {
    hint: 'The clone is incomplete: run "git fsck", then fetch again.',
  });
}

import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, ServiceError } from '../../core/error/error.ts';
import { runGit } from './git.ts';

/** What lies on disk in a clone, committed or not. */
export interface WorkTree {
  /** Absolute path of the clone. */
  readonly root: string;
  /** Every path that git tracks or would add; ignored files are not there. */
  readonly paths: readonly string[];
  /** path -> text of the wanted files; a link is not followed and has no text. */
  readonly texts: ReadonlyMap<string, string>;
  /** Wanted paths that are links or no files: nobody reads what they point to. */
  readonly links: readonly string[];
  /** Paths that differ from the commit that is checked out, sorted. */
  readonly uncommitted: readonly string[];
}

/**
 * Reads files of the working tree.
 * @param dir the clone or a folder in it
 * @param wanted whose text is read
 * @throws InputError GIT_NO_WORK_TREE, GIT_FOLDER
 */
export async function readWorkTree(dir: string, wanted: (path: string) => boolean): Promise<WorkTree> {
  const root = await rootOf(dir);
  const listed = await listPaths(root, ['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
  const status = await listPaths(root, ['status', '--porcelain', '-z', '--no-renames', '-uall']);
  const paths: string[] = [];
  const links: string[] = [];
  const texts = new Map<string, string>();
  for (const path of [...new Set(listed)].sort()) {
    // A tracked file that was deleted is listed still.
    const facts = await lstat(join(root, path)).catch(() => null);
    if (facts === null) continue;
    paths.push(path);
    if (!wanted(path)) continue;
    if (facts.isFile()) texts.set(path, await readFile(join(root, path), 'utf8'));
    else links.push(path);
  }
  return { root, paths, texts, links, uncommitted: status.map((line) => line.slice(3)).sort() };
}

/** Newest commit that both have; null when they share none, or the clone is too shallow to tell. */
export async function findMergeBase(dir: string, a: string, b: string): Promise<string | null> {
  const { code, stdout } = await runGit(dir, ['merge-base', '--end-of-options', a, b]);
  return code === 0 ? stdout.toString().trim() : null;
}

async function listPaths(root: string, args: readonly string[]): Promise<readonly string[]> {
  const { code, stdout, stderr } = await runGit(root, args);
  if (code === 0)
    return stdout
      .toString()
      .split('\0')
      .filter((path) => path !== '');
  throw new ServiceError('GIT_FAILED', `git could not list the working tree: ${stderr}`, {
    hint: 'Run "git status" in the clone to see what is wrong.',
  });
}

async function rootOf(dir: string): Promise<string> {
  const { code, stdout, stderr } = await runGit(dir, ['rev-parse', '--show-toplevel']);
  if (code === 0) return stdout.toString().replace(/\r?\n$/, '');
  throw new InputError('GIT_NO_WORK_TREE', `${dir} is no working tree of a git repository: ${stderr}`, {
    hint: 'Run this inside a clone of the repository that has its files checked out.',
  });
}

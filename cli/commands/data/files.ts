import { lstat, mkdir, writeFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import type { DataFile } from '../../../adapters/engine/engine.ts';
import { InputError } from '../../../core/error/error.ts';

/** Files that a person named, as the engine takes them. */
export const toDataFiles = (cwd: string, files: readonly string[]): readonly DataFile[] =>
  files.map((path) => ({ path, local: resolve(cwd, path) }));

/** How a file is called in the repository: from its root, with `/`; as it was typed when it lies outside. */
export function toRepositoryPath(root: string, cwd: string, path: string): string {
  const inside = relative(root, resolve(cwd, path)).replaceAll('\\', '/');
  return inside.startsWith('..') ? path : inside;
}

/**
 * A file that a person named: from the root of the repository where it lies inside, else its whole path.
 * @throws InputError FILE_MISSING: what is not there says nothing about the data
 */
export async function findNamed(root: string, cwd: string, path: string): Promise<string> {
  const local = resolve(cwd, path);
  if ((await lstat(local).catch(() => null)) === null) {
    throw new InputError('FILE_MISSING', `${path} is not there`, {
      hint: 'Name a file that lies on this machine.',
    });
  }
  const inside = toRepositoryPath(root, cwd, path);
  return resolve(root, inside) === local ? inside : local;
}

/**
 * Writes a new file.
 * @throws InputError FILE_EXISTS when it is there and nobody said that it may go
 */
export async function writeNew(path: string, text: string, force: boolean): Promise<void> {
  if (!force && (await lstat(path).catch(() => null)) !== null) {
    throw new InputError('FILE_EXISTS', `${path} is there already`, {
      hint: 'Name another file with --out, or write over it with --force.',
    });
  }
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

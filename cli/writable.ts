import { access, constants, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { InputError } from '../core/error/error.ts';

/**
 * Finds the place of a file that will be written, before anything is computed for it.
 * @param path as it was typed
 * @returns the absolute path
 * @throws InputError FILE_UNWRITABLE
 */
export async function findWritable(cwd: string, path: string): Promise<string> {
  const place = resolve(cwd, path);
  const there = await stat(place).catch(() => null);
  if (there?.isDirectory() === true) throw unwritable(path, 'is a folder');
  const folder = await stat(dirname(place)).catch(() => null);
  if (folder?.isDirectory() !== true) throw unwritable(path, 'is in no folder that exists');
  await access(there === null ? dirname(place) : place, constants.W_OK).catch(() => {
    throw unwritable(path, 'may not be written');
  });
  return place;
}

const unwritable = (path: string, why: string) =>
  new InputError('FILE_UNWRITABLE', `${path} ${why}`, {
    hint: 'Name a file in a folder that exists and that you may write.',
    where: { file: path },
  });

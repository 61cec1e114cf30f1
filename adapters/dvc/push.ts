import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeManifest } from '../../core/dvc/manifest.ts';
import { InputError } from '../../core/error/error.ts';
import type { Place } from '../store/place.ts';
import { copyHashed, hashFile } from '../store/transfer.ts';
import { locateObject } from './object.ts';
import { digestTree } from './tree.ts';

/** What a pointer of pushed data has to say. */
export interface Pushed {
  /** With `.dir` for a folder. */
  readonly md5: string;
  readonly sizeBytes: number;
  /** Of a folder; null for a file. */
  readonly files: number | null;
}

/**
 * Copies a file or folder into a folder remote; a folder's manifest last, so that what is named is there.
 * @throws InputError DVC_UNSUPPORTED for remotes that are no folder and for trees with links, DVC_DIGEST when data changes
 * on the way; ServiceError STORE_MISSING
 */
export async function push(place: Place, path: string): Promise<Pushed> {
  if (!place.address.startsWith('file:')) {
    throw new InputError('DVC_UNSUPPORTED', `Nothing is pushed to ${place.address} by Gatehouse`, {
      hint: 'Run "dvc push" with your own credentials.',
    });
  }
  await place.require();
  const root = fileURLToPath(place.address);
  const found = await stat(path);
  return found.isDirectory() ? pushFolder(root, path) : pushFile(root, path);
}

async function pushFile(root: string, file: string): Promise<Pushed> {
  const { hex, sizeBytes } = await hashFile(file, 'md5');
  await putFile(root, file, hex, sizeBytes);
  return { md5: hex, sizeBytes, files: null };
}

async function pushFolder(root: string, folder: string): Promise<Pushed> {
  const tree = await digestTree(folder);
  for (const { relpath, md5, sizeBytes } of tree.entries) {
    await putFile(root, join(folder, relpath), md5, sizeBytes);
  }
  const target = join(root, locateObject({ hash: 'md5', md5: tree.md5 }));
  await mkdir(dirname(target), { recursive: true });
  const draft = `${target}.${randomUUID()}`;
  await writeFile(draft, writeManifest(tree.entries), { flag: 'wx' });
  await rename(draft, target);
  return { md5: tree.md5, sizeBytes: tree.sizeBytes, files: tree.entries.length };
}

async function putFile(root: string, file: string, md5: string, sizeBytes: number): Promise<void> {
  const target = join(root, locateObject({ hash: 'md5', md5 }));
  const taken = await stat(target).catch(() => null);
  if (taken !== null && taken.size === sizeBytes) return;
  const copied = await copyHashed(createReadStream(file), target, 'md5');
  if (copied.hex === md5) return;
  await rm(target, { force: true });
  throw new InputError('DVC_DIGEST', `${file} changed while it was pushed`, { hint: 'Push it again.' });
}

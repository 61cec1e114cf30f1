import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeManifest } from '../../core/dvc/manifest.ts';
import { InputError } from '../../core/error/error.ts';
import type { Place } from '../store/place.ts';
import { copyHashed, hashBytes, hashFile } from '../store/transfer.ts';
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
 * Copies a file or folder into the remote; a folder's manifest last, so that what is named is there.
 * @throws InputError DVC_UNSUPPORTED for trees with links, DVC_DIGEST when data changes on the way or when other bytes lie
 * there already; ServiceError STORE_MISSING, STORE_FAILED
 */
export async function push(place: Place, path: string): Promise<Pushed> {
  await place.require();
  const keep = place.address.startsWith('file:') ? keepInFolder(fileURLToPath(place.address)) : keepIn(place);
  const found = await stat(path);
  return found.isDirectory() ? pushFolder(keep, path) : pushFile(keep, path);
}

/** Puts a file where DVC looks for its MD5. */
type Keep = (file: string, md5: string, sizeBytes: number) => Promise<void>;

/** On a server or in a bucket, where nothing is ever replaced: what lies there must be what is pushed. */
function keepIn(place: Place): Keep {
  return async (file, md5, sizeBytes) => {
    const path = locateObject({ hash: 'md5', md5 });
    const { hex: sha256 } = await hashFile(file, 'sha256');
    if ((await place.put(path, { file, sha256, sizeBytes })) === 'written') return;
    const bytes = await place.open(path);
    const kept = bytes === null ? null : (await hashBytes(bytes, 'md5')).hex;
    if (kept === md5.slice(0, 32)) return;
    throw new InputError('DVC_DIGEST', `The remote ${place.address} holds other bytes as ${path}`, {
      hint: 'Remove this damaged object from the remote and push again.',
    });
  };
}

async function pushFile(keep: Keep, file: string): Promise<Pushed> {
  const { hex, sizeBytes } = await hashFile(file, 'md5');
  await keep(file, hex, sizeBytes);
  return { md5: hex, sizeBytes, files: null };
}

async function pushFolder(keep: Keep, folder: string): Promise<Pushed> {
  const tree = await digestTree(folder);
  for (const { relpath, md5, sizeBytes } of tree.entries) await keep(join(folder, relpath), md5, sizeBytes);
  const scratch = await mkdtemp(join(tmpdir(), 'gatehouse-dvc-'));
  try {
    const manifest = join(scratch, 'manifest');
    const text = writeManifest(tree.entries);
    await writeFile(manifest, text);
    await keep(manifest, tree.md5, Buffer.byteLength(text));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return { md5: tree.md5, sizeBytes: tree.sizeBytes, files: tree.entries.length };
}

function keepInFolder(root: string): Keep {
  return async (file, md5, sizeBytes) => {
    const target = join(root, locateObject({ hash: 'md5', md5 }));
    const taken = await stat(target).catch(() => null);
    if (taken !== null && taken.size === sizeBytes) return;
    const copied = await copyHashed(createReadStream(file), target, 'md5');
    if (copied.hex === md5.slice(0, 32)) return;
    await rm(target, { force: true });
    throw new InputError('DVC_DIGEST', `${file} changed while it was pushed`, { hint: 'Push it again.' });
  };
}

import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '../../core/error/error.ts';
import {
  copyHashed,
  hashFile,
  maxFileBytes,
  openBytes,
  parsePlace,
  refuseSize,
  requireFolder,
} from '../store/transfer.ts';
import type { DvcPointer } from './pointer.ts';

/** A DVC remote: `<root>/files/md5/<2 hex>/<30 hex>`. What it holds is never trusted, only verified. */
export interface DvcRemote {
  /**
   * Copies the data of a pointer to a local file and verifies size and MD5 on the way.
   * @param source path of the pointer, for messages
   * @throws InputError DVC_OBJECT_MISSING, DVC_DIGEST, FILE_TOO_LARGE; ServiceError STORE_MISSING, STORE_FAILED
   */
  fetch(pointer: DvcPointer, source: string, to: string): Promise<number>;
  /** Copies a file into a folder remote, as `dvc push` does; what a pointer of it has to say. */
  push(file: string): Promise<{ readonly md5: string; readonly sizeBytes: number }>;
}

/** Opens a remote by its address; a folder that is not there is told when it is first used. */
export function openRemote(url: string): DvcRemote {
  const place = parsePlace(url, 'data');
  return {
    fetch: (pointer, source, to) => fetchObject(place, pointer, source, to),
    push: (file) => push(place, file),
  };
}

function locate(md5: string): string {
  return `files/md5/${md5.slice(0, 2)}/${md5.slice(2)}`;
}

async function fetchObject(place: URL, pointer: DvcPointer, source: string, to: string): Promise<number> {
  if (pointer.sizeBytes !== null && pointer.sizeBytes > maxFileBytes) {
    throw refuseSize(`${pointer.path} has ${pointer.sizeBytes} bytes`);
  }
  const bytes = await openBytes(place, locate(pointer.md5));
  if (bytes === null) {
    throw new InputError('DVC_OBJECT_MISSING', `The data of ${source} is not in the remote ${place.href}`, {
      hint: `Run "dvc push ${source}" and start the job again.`,
      where: { file: source },
    });
  }
  const { hex, sizeBytes } = await copyHashed(bytes, to, 'md5');
  const sameSize = pointer.sizeBytes === null || pointer.sizeBytes === sizeBytes;
  if (hex === pointer.md5 && sameSize) return sizeBytes;
  await rm(to, { force: true });
  const found =
    hex === pointer.md5 ? `${sizeBytes} bytes, the pointer says ${pointer.sizeBytes}` : `MD5 ${hex}`;
  throw new InputError(
    'DVC_DIGEST',
    `What the remote holds for ${source} is not what the pointer names: ${found}`,
    {
      hint: `Remove the damaged object from the remote, run "dvc add ${pointer.path}" and "dvc push ${source}" again.`,
      where: { file: source },
    },
  );
}

async function push(place: URL, file: string): Promise<{ readonly md5: string; readonly sizeBytes: number }> {
  if (place.protocol !== 'file:') {
    throw new InputError('DVC_UNSUPPORTED', `Nothing is pushed to ${place.href} by Gatehouse`, {
      hint: 'Run "dvc push" with your own credentials.',
    });
  }
  const root = fileURLToPath(place);
  await requireFolder(root);
  const { hex, sizeBytes } = await hashFile(file, 'md5');
  const target = join(root, locate(hex));
  const taken = await stat(target).catch(() => null);
  if (taken === null || taken.size !== sizeBytes) {
    const copied = await copyHashed(createReadStream(file), target, 'md5');
    if (copied.hex !== hex) {
      await rm(target, { force: true });
      throw new InputError('DVC_DIGEST', `${file} changed while it was pushed`, { hint: 'Push it again.' });
    }
  }
  return { md5: hex, sizeBytes };
}

import { rm } from 'node:fs/promises';
import { Dos2UnixHash } from '../../core/dvc/dos2unix.ts';
import { InputError } from '../../core/error/error.ts';
import type { Place } from '../store/place.ts';
import { copyHashed, maxFileBytes, refuseSize } from '../store/transfer.ts';
import type { DvcPointer } from './pointer.ts';

/** One object of a remote that is wanted, and for whom. */
export interface WantedObject {
  readonly hash: DvcPointer['hash'];
  /** With `.dir` for the manifest of a folder. */
  readonly md5: string;
  /** null when nobody says. */
  readonly sizeBytes: number | null;
  /** Path of the data in the repository, for messages. */
  readonly path: string;
  /** Path of the pointer in the repository, for messages. */
  readonly source: string;
  /** Data that was imported is not pushed by DVC itself. */
  readonly imported: boolean;
  readonly maxBytes?: number;
}

/** Where DVC 3 keeps an object below the root of a remote, and where DVC 2 kept it. */
export function locateObject({ hash, md5 }: Pick<WantedObject, 'hash' | 'md5'>): string {
  const path = `${md5.slice(0, 2)}/${md5.slice(2)}`;
  return hash === 'md5' ? `files/md5/${path}` : path;
}

/**
 * Copies one object to a local file; what is not what its digest and size say is removed again.
 * @returns its size in bytes
 * @throws InputError DVC_OBJECT_MISSING, DVC_DIGEST, FILE_TOO_LARGE; ServiceError STORE_MISSING, STORE_FAILED
 */
export async function fetchObject(place: Place, wanted: WantedObject, to: string): Promise<number> {
  const { md5, path, sizeBytes, maxBytes = maxFileBytes } = wanted;
  if (sizeBytes !== null && sizeBytes > maxBytes) throw refuseSize(`${path} has ${sizeBytes} bytes`);
  const bytes = await place.open(locateObject(wanted));
  if (bytes === null) throw refuseMissing(place, wanted);
  const legacy = wanted.hash === 'md5-dos2unix' ? new Dos2UnixHash() : null;
  const copied = await copyHashed(legacy === null ? bytes : tap(bytes, legacy), to, 'md5', maxBytes);
  const found = legacy?.digest() ?? copied.hex;
  const sameSize = sizeBytes === null || sizeBytes === copied.sizeBytes;
  if (found === md5.slice(0, 32) && sameSize) return copied.sizeBytes;
  await rm(to, { force: true });
  throw refuseDigest(
    wanted,
    sameSize ? `MD5 ${found}` : `${copied.sizeBytes} bytes, the pointer says ${sizeBytes}`,
  );
}

async function* tap(bytes: AsyncIterable<Uint8Array>, hash: Dos2UnixHash): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
}

function refuseMissing(place: Place, { source, path, imported }: WantedObject): InputError {
  return new InputError('DVC_OBJECT_MISSING', `The data of ${source} is not in the remote ${place.address}`, {
    hint: imported
      ? `DVC does not push imported data: take ${path} over with "dvc add" and "dvc push ${source}", and start the job again.`
      : `Run "dvc push ${source}" and start the job again.`,
    where: { file: source },
  });
}

export function refuseDigest(
  { source, path }: Pick<WantedObject, 'source' | 'path'>,
  found: string,
): InputError {
  return new InputError(
    'DVC_DIGEST',
    `What the remote holds for ${source} is not what the pointer names: ${found}`,
    {
      hint: `Remove the damaged object from the remote, run "dvc add ${path}" and "dvc push ${source}" again.`,
      where: { file: source },
    },
  );
}

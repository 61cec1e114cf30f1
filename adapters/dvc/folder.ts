import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ManifestEntry, maxManifestBytes, parseManifest } from '../../core/dvc/manifest.ts';
import type { InputError } from '../../core/error/error.ts';
import type { Place } from '../store/place.ts';
import { maxFileBytes, refuseSize } from '../store/transfer.ts';
import { fetchObject, refuseDigest } from './object.ts';
import type { DvcPointer } from './pointer.ts';

/** A data file that is here: its path in the repository, and where its bytes lie now. */
export interface LocalFile {
  readonly path: string;
  readonly local: string;
}

/** Where the file of a manifest is put; `index` counts from 0 in the order of the manifest. */
export type NameFile = (entry: ManifestEntry, index: number) => string;

/** Files that are fetched at the same time: small ones wait for the remote, not for this machine. */
const parallelFetches = 8;
/** A folder without a size could fill every disk. */
const maxFolderBytes = 32 * maxFileBytes;

/**
 * Copies every file of a folder that lies in a remote, each verified by its MD5, the list of them by the pointer's.
 * @param name where each file goes; the names in a manifest are pull-request controlled, and stay below the folder
 * @returns files by relpath in code-point order
 * @throws InputError DVC_OBJECT_MISSING, DVC_DIGEST, DVC_MANIFEST, FILE_TOO_LARGE; ServiceError
 */
export async function fetchFolder(
  place: Place,
  pointer: DvcPointer,
  source: string,
  name: NameFile,
): Promise<readonly LocalFile[]> {
  const limit = pointer.sizeBytes ?? maxFolderBytes;
  if (limit > maxFolderBytes) throw refuseSize(`the folder ${pointer.path} has ${pointer.sizeBytes} bytes`);
  const entries = await fetchManifest(place, pointer, source);
  if (pointer.files !== null && pointer.files !== entries.length) {
    throw refuseDigest({ source, path: pointer.path }, `${entries.length} files, nfiles is ${pointer.files}`);
  }
  const found: LocalFile[] = new Array(entries.length);
  let sizeBytes = 0;
  await inParallel(entries, async (entry, index) => {
    const path = `${pointer.path}/${entry.relpath}`;
    const local = name(entry, index);
    const wanted = { ...toWanted(pointer, source), md5: entry.md5, path, sizeBytes: null };
    const copied = await fetchObject(place, wanted, local);
    sizeBytes += copied;
    found[index] = { path, local };
    if (sizeBytes > limit) throw refuseSum(pointer, source, `more than ${limit} bytes`);
  });
  if (pointer.sizeBytes !== null && pointer.sizeBytes !== sizeBytes) {
    throw refuseSum(pointer, source, `${sizeBytes} bytes in all, the pointer says ${pointer.sizeBytes}`);
  }
  return found;
}

async function fetchManifest(
  place: Place,
  pointer: DvcPointer,
  source: string,
): Promise<readonly ManifestEntry[]> {
  const scratch = await mkdtemp(join(tmpdir(), 'gatehouse-dvc-'));
  try {
    const file = join(scratch, 'manifest');
    const wanted = { ...toWanted(pointer, source), sizeBytes: null, maxBytes: maxManifestBytes };
    await fetchObject(place, wanted, file);
    return parseManifest(await readFile(file, 'utf8'), source);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function toWanted({ hash, md5, path, imported }: DvcPointer, source: string) {
  return { hash, md5, path, source, imported: imported !== null };
}

function refuseSum(pointer: DvcPointer, source: string, found: string): InputError {
  return refuseDigest({ source, path: pointer.path }, found);
}

/** Stops at the first failure; what is under way then is waited for, so that nothing is written afterwards. */
async function inParallel<T>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  let failed = false;
  const run = async (): Promise<void> => {
    while (!failed && next < items.length) {
      const index = next++;
      try {
        await work(items[index] as T, index);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: parallelFetches }, run));
  const broken = outcomes.find((outcome) => outcome.status === 'rejected');
  if (broken !== undefined) throw broken.reason;
}

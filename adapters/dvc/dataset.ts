import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { DatasetFile } from '../../core/dataset/digest.ts';
import type { ListedFile } from '../../core/dataset/files.ts';
import { maxFileBytes, refuseSize } from '../store/transfer.ts';
import { type DvcPointer, parsePointer } from './pointer.ts';
import type { DvcRemote } from './remote.ts';

/** Reads the bytes of one file of a tree. */
export type ReadBlob = (file: ListedFile) => Promise<Uint8Array>;

/** One file of a dataset: what the tree says of it, before any data is read. */
export interface DataFileFacts {
  readonly fact: DatasetFile;
  /** Path of the data itself in the repository. */
  readonly dataPath: string;
  /** null for a file that lies in git itself. */
  readonly pointer: DvcPointer | null;
  readonly listed: ListedFile;
}

/**
 * Reads what a file of a tree stands for; of a pointer only the pointer is read, not the data.
 * @throws InputError DVC_POINTER, DVC_UNSUPPORTED
 */
export async function readFacts(listed: ListedFile, readBlob: ReadBlob): Promise<DataFileFacts> {
  const { path, blob } = listed;
  if (!path.endsWith('.dvc')) {
    const bytes = await readBlob(listed);
    return {
      fact: { path, md5: null, blob, sizeBytes: bytes.byteLength },
      dataPath: path,
      pointer: null,
      listed,
    };
  }
  const pointer = parsePointer(Buffer.from(await readBlob(listed)).toString('utf8'), path);
  const sizeBytes = pointer.sizeBytes ?? 0;
  return { fact: { path, md5: pointer.md5, blob, sizeBytes }, dataPath: pointer.path, pointer, listed };
}

/**
 * Brings the data of a file to `to`, verified against its pointer.
 * @throws InputError DVC_OBJECT_MISSING, DVC_DIGEST, FILE_TOO_LARGE; ServiceError when the remote is absent or fails
 */
export async function fetchData(
  facts: DataFileFacts,
  to: string,
  remote: DvcRemote,
  readBlob: ReadBlob,
): Promise<void> {
  if (facts.pointer !== null) {
    await remote.fetch(facts.pointer, facts.listed.path, to);
    return;
  }
  const bytes = await readBlob(facts.listed);
  if (bytes.byteLength > maxFileBytes) throw refuseSize(`${facts.listed.path} has ${bytes.byteLength} bytes`);
  await mkdir(dirname(to), { recursive: true });
  await writeFile(to, bytes);
}

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DatasetFile } from '../../core/dataset/digest.ts';
import type { ListedFile } from '../../core/dataset/files.ts';
import { maxFileBytes, refuseSize } from '../store/transfer.ts';
import type { LocalFile } from './folder.ts';
import { type DataSource, type DvcPointer, parsePointer } from './pointer.ts';
import type { DvcRemote } from './remote.ts';

/** Reads the bytes of one file of a tree. */
export type ReadBlob = (file: ListedFile) => Promise<Uint8Array>;

/** One file or folder of a dataset: what the tree says of it, before any data is read. */
export interface DataFileFacts {
  /** Of a folder the digest of its manifest, with `.dir` behind it, and the sum of its sizes. */
  readonly fact: DatasetFile;
  /** Path of the data itself in the repository. */
  readonly dataPath: string;
  /** null for a file that lies in git itself. */
  readonly pointer: DvcPointer | null;
  /** Where the pointer says that the data was imported from. */
  readonly source: DataSource | null;
  readonly listed: ListedFile;
}

/**
 * Reads what a file of a tree stands for; of a pointer only the pointer is read, not the data: git alone answers it.
 * @throws InputError DVC_POINTER, DVC_UNSUPPORTED
 */
export async function readFacts(listed: ListedFile, readBlob: ReadBlob): Promise<DataFileFacts> {
  const { path, blob } = listed;
  const bytes = await readBlob(listed);
  if (!path.endsWith('.dvc')) {
    const fact = { path, md5: null, blob, sizeBytes: bytes.byteLength };
    return { fact, dataPath: path, pointer: null, source: null, listed };
  }
  const pointer = parsePointer(Buffer.from(bytes).toString('utf8'), path);
  return {
    fact: { path, md5: pointer.md5, blob, sizeBytes: pointer.sizeBytes ?? 0 },
    dataPath: pointer.path,
    pointer,
    source: pointer.imported,
    listed,
  };
}

/** How fetched files are called: as in the repository, or by numbers, where a name of the proposer may do harm. */
export type LocalNames = 'repository' | 'numbers';

/**
 * Brings the data of a file or folder here, verified against its pointer.
 * @param to where a single file goes; a folder's files go below it
 * @returns one entry for a file, one for each file of a folder by its path in code-point order
 * @throws InputError DVC_OBJECT_MISSING, DVC_DIGEST, DVC_MANIFEST, FILE_TOO_LARGE; ServiceError when the remote is absent
 * or fails
 */
export async function fetchData(
  facts: DataFileFacts,
  to: string,
  remote: DvcRemote,
  readBlob: ReadBlob,
  names: LocalNames = 'repository',
): Promise<readonly LocalFile[]> {
  const { pointer, dataPath, listed } = facts;
  if (pointer?.kind === 'folder') {
    return remote.fetchFolder(pointer, listed.path, ({ relpath }, index) =>
      join(to, names === 'numbers' ? `${index + 1}` : relpath),
    );
  }
  if (pointer !== null) await remote.fetch(pointer, listed.path, to);
  else await copyBlob(await readBlob(listed), listed.path, to);
  return [{ path: dataPath, local: to }];
}

async function copyBlob(bytes: Uint8Array, path: string, to: string): Promise<void> {
  if (bytes.byteLength > maxFileBytes) throw refuseSize(`${path} has ${bytes.byteLength} bytes`);
  await mkdir(dirname(to), { recursive: true });
  await writeFile(to, bytes);
}

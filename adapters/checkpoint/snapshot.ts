import { type BigIntStats, constants, type Dirent } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, readdir, readlink, realpath, statfs } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { InputError } from '../../core/error/error.ts';
import type { Digest } from '../../core/evidence/evidence.ts';
import {
  type CheckpointFile,
  digestCheckpoint,
  isCheckpointPath,
  maxCheckpointFiles,
  sortCheckpointFiles,
  storedName,
} from '../../core/training/checkpoint.ts';
import { copyHashed } from '../store/transfer.ts';

/** A copy of a folder that nobody changes any more. */
export interface Snapshot {
  readonly kind: 'snapshot';
  readonly digest: Digest;
  readonly files: readonly CheckpointFile[];
  /** Folder of the copies; the first file is `f0001`. */
  readonly folder: string;
}

export type SnapshotOutcome =
  | Snapshot
  /** Nothing is there (yet). */
  | { readonly kind: 'empty' }
  /** As it was when `mark` was taken. */
  | { readonly kind: 'unchanged' }
  /** It is being written: look again soon. */
  | { readonly kind: 'unsettled' }
  /** It cannot be kept as it is. */
  | { readonly kind: 'refused'; readonly because: string };

export interface SnapshotRequest {
  /** The folder lies in it. */
  readonly workspace: string;
  readonly folder: string;
  /** An empty folder for the copies. */
  readonly copies: string;
  readonly limitBytes: number;
  /** Of the last look; null: none. */
  readonly mark: string | null;
  /** Files and folders that are looked through; only tests name another number. */
  readonly mostListed?: number;
}

interface Listed {
  readonly path: string;
  readonly sizeBytes: number;
  /** Changes with every write to the file. */
  readonly mark: string;
}

/** Left free: a checkpoint must not be what fills the disk of the training. */
const marginBytes = 512 * 1024 ** 2;

const usualMostListed = 10 * maxCheckpointFiles;
const readBytes = 1024 * 1024;

/**
 * Copies the folder in which the command keeps its checkpoint. Links are not followed and not kept, wherever on the way
 * from the workspace they are: in a container the command reaches less of the machine than we do.
 * The copy is only used when nothing changed while it was made: half a checkpoint is none.
 * @returns and the mark of this look
 */
export async function takeSnapshot(
  request: SnapshotRequest,
): Promise<{ readonly outcome: SnapshotOutcome; readonly mark: string | null }> {
  const { mostListed = usualMostListed } = request;
  const folder = await findFolder(request);
  const files = folder === null ? [] : await listFolder(folder, mostListed);
  if (files === null) return { outcome: tooMany(mostListed), mark: null };
  if (folder === null || files.length === 0) return { outcome: { kind: 'empty' }, mark: null };
  const mark = markOf(files);
  if (mark === request.mark) return { outcome: { kind: 'unchanged' }, mark };
  const because = await findObstacle(files, request);
  if (because !== null) return { outcome: { kind: 'refused', because }, mark };
  await mkdir(request.copies, { recursive: true });
  const copied: CheckpointFile[] = [];
  for (const [at, file] of files.entries()) {
    const copy = await copyListed(folder, file, join(request.copies, storedName(at)));
    if (copy === null) return { outcome: { kind: 'unsettled' }, mark: null };
    copied.push(copy);
  }
  const after = await listFolder(folder, mostListed);
  if (after === null || markOf(after) !== mark) return { outcome: { kind: 'unsettled' }, mark: null };
  const digest = digestCheckpoint(copied);
  return { outcome: { kind: 'snapshot', digest, files: copied, folder: request.copies }, mark };
}

const tooMany = (most: number): SnapshotOutcome => ({
  kind: 'refused',
  because: `it has more than ${most} files and folders: put them into an archive`,
});

/** Where it really lies; null: it is not there, or a link is on its way. */
async function findFolder({ workspace, folder }: SnapshotRequest): Promise<string | null> {
  if ((await lstat(workspace)).isSymbolicLink()) return null;
  const place = join(await realpath(workspace), relative(workspace, folder));
  return (await realpath(place).catch(() => null)) === place ? place : null;
}

/** @returns null when it is not the file that was listed, or not any more: it is not settled */
async function copyListed(folder: string, file: Listed, copy: string): Promise<CheckpointFile | null> {
  const from = join(folder, file.path);
  // A pipe that nobody writes to would hold the job for good.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const handle = await open(from, flags).catch(() => null);
  if (handle === null) return null;
  try {
    if (!(await isListed(handle, from, file))) return null;
    const bytes = handle.createReadStream({ autoClose: false, highWaterMark: readBytes });
    const { hex, sizeBytes } = await copyHashed(bytes, copy, 'sha256', file.sizeBytes);
    return { path: file.path, sizeBytes, digest: `sha256:${hex}` };
  } catch (error) {
    if (error instanceof InputError) return null; // It grew meanwhile.
    throw error;
  } finally {
    await handle.close();
  }
}

/** A folder above it may have been a link for a moment. What is open tells where it lies, on Linux. */
async function isListed(handle: FileHandle, from: string, { path, mark }: Listed): Promise<boolean> {
  if (describe(path, await handle.stat({ bigint: true })) !== mark) return false;
  const place = await readlink(`/proc/self/fd/${handle.fd}`).catch(() => from);
  return place === from;
}

const markOf = (files: readonly Listed[]): string => files.map(({ mark }) => mark).join('\n');

/** Plain files below a folder, in order; null: too many to be looked through. */
async function listFolder(folder: string, most: number): Promise<readonly Listed[] | null> {
  const found: Listed[] = [];
  const waiting = [''];
  for (let at = 0; at < waiting.length; at += 1) {
    const parent = waiting[at] ?? '';
    // A folder that goes away while it is listed is seen by the second look.
    const entries = await readdir(join(folder, parent), { withFileTypes: true }).catch((): Dirent[] => []);
    if (entries.length + found.length + waiting.length > most) return null;
    for (const entry of entries) {
      const path = parent === '' ? entry.name : `${parent}/${entry.name}`;
      if (entry.isDirectory()) waiting.push(path);
      else if (entry.isFile()) {
        const stats = await lstat(join(folder, path), { bigint: true }).catch(() => null);
        if (stats !== null) found.push({ path, sizeBytes: Number(stats.size), mark: describe(path, stats) });
      }
    }
  }
  return sortCheckpointFiles(found);
}

const describe = (path: string, { size, mtimeNs, ctimeNs, ino }: BigIntStats): string =>
  `${JSON.stringify(path)} ${size} ${mtimeNs} ${ctimeNs} ${ino}`;

async function findObstacle(
  files: readonly Listed[],
  { copies, limitBytes, folder }: SnapshotRequest,
): Promise<string | null> {
  if (files.length > maxCheckpointFiles) {
    return `it has ${files.length} files, at most ${maxCheckpointFiles} are kept: put them into an archive`;
  }
  const odd = files.find(({ path }) => !isCheckpointPath(path));
  if (odd !== undefined) return `a file name of it cannot be kept: ${JSON.stringify(odd.path.slice(0, 80))}`;
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  if (sizeBytes > limitBytes) {
    return `it has ${toMib(sizeBytes)} MiB, at most ${toMib(limitBytes)} MiB are kept: leave older ones out of it`;
  }
  const disk = await statfs(join(copies, '..')).catch(() => statfs(folder));
  const freeBytes = disk.bavail * disk.bsize;
  if (freeBytes < sizeBytes + marginBytes) {
    return `a copy of it needs ${toMib(sizeBytes + marginBytes)} MiB of disk, ${toMib(freeBytes)} MiB are free`;
  }
  return null;
}

const toMib = (bytes: number): number => Math.ceil(bytes / 1024 ** 2);

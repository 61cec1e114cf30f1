import { type BigIntStats, constants, type Dirent } from 'node:fs';
import { copyFile, lstat, mkdir, readdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Digest } from '../../core/evidence/evidence.ts';
import {
  type CheckpointFile,
  digestCheckpoint,
  isCheckpointPath,
  maxCheckpointFiles,
  sortCheckpointFiles,
  storedName,
} from '../../core/training/checkpoint.ts';
import { hashFile } from '../store/transfer.ts';

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
  readonly folder: string;
  /** An empty folder for the copies. */
  readonly copies: string;
  readonly limitBytes: number;
  /** Of the last look; null: none. */
  readonly mark: string | null;
}

interface Listed {
  readonly path: string;
  readonly sizeBytes: number;
  /** Changes with every write to the file. */
  readonly mark: string;
}

/** Left free: a checkpoint must not be what fills the disk of the training. */
const marginBytes = 512 * 1024 ** 2;

/**
 * Copies the folder in which the command keeps its checkpoint. Links are not followed and not kept.
 * The copy is only used when nothing changed while it was made: half a checkpoint is none.
 * @returns and the mark of this look
 */
export async function takeSnapshot(
  request: SnapshotRequest,
): Promise<{ readonly outcome: SnapshotOutcome; readonly mark: string | null }> {
  const files = await listFolder(request.folder);
  if (files.length === 0) return { outcome: { kind: 'empty' }, mark: null };
  const mark = markOf(files);
  if (mark === request.mark) return { outcome: { kind: 'unchanged' }, mark };
  const because = await findObstacle(files, request);
  if (because !== null) return { outcome: { kind: 'refused', because }, mark };
  await mkdir(request.copies, { recursive: true });
  const copied: CheckpointFile[] = [];
  for (const [at, { path }] of files.entries()) {
    const copy = join(request.copies, storedName(at));
    // Where the file system shares blocks the copy costs nothing. A file that went away meanwhile is not settled.
    const done = await copyFile(join(request.folder, path), copy, constants.COPYFILE_FICLONE).then(
      () => true,
      () => false,
    );
    if (!done) return { outcome: { kind: 'unsettled' }, mark: null };
    const { hex, sizeBytes } = await hashFile(copy, 'sha256');
    copied.push({ path, sizeBytes, digest: `sha256:${hex}` });
  }
  if (markOf(await listFolder(request.folder)) !== mark)
    return { outcome: { kind: 'unsettled' }, mark: null };
  const digest = digestCheckpoint(copied);
  return { outcome: { kind: 'snapshot', digest, files: copied, folder: request.copies }, mark };
}

const markOf = (files: readonly Listed[]): string => files.map(({ mark }) => mark).join('\n');

/** Plain files below a folder, in order; a folder that is itself a link has none. */
async function listFolder(folder: string): Promise<readonly Listed[]> {
  const kind = await lstat(folder).catch(() => null);
  if (!kind?.isDirectory()) return [];
  const found: Listed[] = [];
  const open = [''];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    // A folder that goes away while it is listed is seen by the second look.
    const entries = await readdir(join(folder, at), { withFileTypes: true }).catch((): Dirent[] => []);
    for (const entry of entries) {
      const path = at === '' ? entry.name : `${at}/${entry.name}`;
      if (entry.isDirectory()) open.push(path);
      else if (entry.isFile()) {
        const stats = await lstat(join(folder, path), { bigint: true }).catch(() => null);
        if (stats !== null) found.push({ path, sizeBytes: Number(stats.size), mark: describe(path, stats) });
      }
    }
    // Far more than is kept: the rest changes nothing.
    if (found.length > 10 * maxCheckpointFiles) break;
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

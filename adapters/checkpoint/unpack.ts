import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { InputError, ServiceError } from '../../core/error/error.ts';
import type { Digest } from '../../core/evidence/evidence.ts';
import {
  type AttemptLog,
  attemptLogFileName,
  maxAttemptLogBytes,
  parseAttemptLog,
} from '../../core/training/attempt-log.ts';
import {
  broken,
  type Checkpoint,
  type CheckpointName,
  checkpointFileName,
  maxCheckpointFiles,
  maxCheckpointTextBytes,
  parseCheckpoint,
  storedName,
} from '../../core/training/checkpoint.ts';
import { type ArchiveEntry, listArchive } from '../archive/directory.ts';
import { readEntry, readWhole } from '../archive/entry.ts';
import { type ArchiveSource, withFile } from '../archive/source.ts';
import { uploadLimitBytes } from '../artifact/upload.ts';
import { copyHashed } from '../store/transfer.ts';
import type { ArtifactReader, RestoredCheckpoint, RestoreRequest } from './restore.ts';
import type { RunArtifact } from './run-artifacts.ts';

/** One artifact that says it is a checkpoint. */
export interface Candidate {
  readonly artifact: RunArtifact;
  readonly name: CheckpointName;
}

const usualDelaysMs: readonly number[] = [2_000, 15_000];
const marginBytes = 256 * 1024 ** 2;

/**
 * Downloads a checkpoint and unpacks it into `files` of the scratch folder, every file checked against its digest.
 * @throws InputError CHECKPOINT_BROKEN, ARCHIVE_REFUSED, ARTIFACT_MISSING, ARTIFACT_TOO_LARGE; ServiceError when it does not come
 */
export async function unpackCheckpoint(
  { artifact, name }: Candidate,
  { runId, scratch, limitBytes = uploadLimitBytes, delaysMs = usualDelaysMs }: RestoreRequest,
  reader: ArtifactReader,
): Promise<RestoredCheckpoint> {
  const zip = join(scratch, 'checkpoint.zip');
  const { digest } = await download(reader, artifact.id, zip, delaysMs);
  if (artifact.digest !== null && artifact.digest !== digest)
    throw broken('other bytes came than GitHub names');
  return withFile(zip, async (source) => {
    const limits = { entries: maxCheckpointFiles + 2, entryBytes: limitBytes };
    const entries = new Map((await listArchive(source, limits)).map((entry) => [entry.name, entry]));
    const checkpoint = parseCheckpoint(
      await readText(source, entries, checkpointFileName, maxCheckpointTextBytes),
    );
    const named =
      checkpoint.runId === runId &&
      checkpoint.runAttempt === name.runAttempt &&
      checkpoint.number === name.number &&
      checkpoint.digest.startsWith(`sha256:${name.start}`);
    if (!named) throw broken('it is not the one that its name says');
    await checkSpace(checkpoint, scratch, limitBytes);
    await unpackFiles(source, entries, checkpoint, join(scratch, 'files'));
    return { checkpoint, attempts: await readAttempts(source, entries, runId, reader.log) };
  });
}

/** Hours of a GPU are lost where a download is given up too soon. */
async function download(
  reader: ArtifactReader,
  id: number,
  zip: string,
  delaysMs: readonly number[],
): Promise<{ readonly digest: Digest }> {
  for (let attempt = 0; ; attempt += 1) {
    const delayMs = delaysMs[attempt];
    try {
      return await reader.download(id, zip);
    } catch (error) {
      if (delayMs === undefined || !(error instanceof ServiceError)) throw error;
      await sleep(delayMs);
    }
  }
}

async function checkSpace({ files }: Checkpoint, scratch: string, limitBytes: number): Promise<void> {
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  if (sizeBytes > limitBytes) throw broken(`it has ${sizeBytes} bytes, at most ${limitBytes} are taken`);
  const disk = await statfs(scratch);
  if (disk.bavail * disk.bsize < sizeBytes + marginBytes)
    throw broken(`its ${sizeBytes} bytes do not fit on this disk`);
}

async function unpackFiles(
  source: ArchiveSource,
  entries: ReadonlyMap<string, ArchiveEntry>,
  { files }: Checkpoint,
  folder: string,
): Promise<void> {
  for (const [at, { path, sizeBytes, digest }] of files.entries()) {
    const entry = entries.get(storedName(at));
    if (entry?.sizeBytes !== sizeBytes) throw broken('a file of it is missing or has another size');
    // The path was checked by parseCheckpoint, and every folder on its way is made here.
    const { hex } = await copyHashed(readEntry(source, entry), join(folder, path), 'sha256', sizeBytes);
    if (`sha256:${hex}` !== digest) throw broken('a file of it is not what its digest says');
  }
}

async function readText(
  source: ArchiveSource,
  entries: ReadonlyMap<string, ArchiveEntry>,
  name: string,
  maxBytes: number,
): Promise<string> {
  const entry = entries.get(name);
  if (entry === undefined || entry.sizeBytes > maxBytes) throw broken(`it has no ${name} of fitting size`);
  return (await readWhole(source, entry)).toString('utf8');
}

async function readAttempts(
  source: ArchiveSource,
  entries: ReadonlyMap<string, ArchiveEntry>,
  runId: number,
  log: (line: string) => void,
): Promise<AttemptLog | null> {
  try {
    return parseAttemptLog(await readText(source, entries, attemptLogFileName, maxAttemptLogBytes), runId);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    log(error.message);
    return null;
  }
}

import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { GatehouseError } from '../../core/error/error.ts';
import type { Digest } from '../../core/evidence/evidence.ts';
import type { AttemptLog } from '../../core/training/attempt-log.ts';
import { type Checkpoint, parseCheckpointName } from '../../core/training/checkpoint.ts';
import { replaceFolder, requireInside } from './folder.ts';
import type { RunArtifact } from './run-artifacts.ts';
import { type Candidate, unpackCheckpoint } from './unpack.ts';

export interface RestoreRequest {
  /** `trainingKey` of the training. */
  readonly key: string;
  readonly runId: number;
  readonly workspace: string;
  /** Checkpoint folder, relative to the workspace: `train.checkpoint.folder`. */
  readonly folder: string;
  /** A folder outside the workspace. */
  readonly scratch: string;
  /** Of all files together: 2 GiB but in tests. */
  readonly limitBytes?: number;
  /** Waits before a download is tried again. */
  readonly delaysMs?: readonly number[];
}

/** How artifacts of the run are read: `listRunArtifacts` and `downloadArtifact`. */
export interface ArtifactReader {
  readonly list: () => Promise<readonly RunArtifact[]>;
  readonly download: (id: number, file: string) => Promise<{ readonly digest: Digest }>;
  readonly log: (line: string) => void;
}

export interface RestoredCheckpoint {
  readonly checkpoint: Checkpoint;
  /** Null when it tells nothing that can be read. */
  readonly attempts: AttemptLog | null;
}

/** Three broken ones in a row are no accident. */
const maxTried = 3;

/**
 * Puts the newest checkpoint of this run into its folder; a broken one is passed over, which the log tells.
 * What lay in the folder is removed. Every file is checked against its digest before the folder is touched.
 * @returns null: there is none, the training begins anew
 * @throws InputError CHECKPOINT_FOLDER when the folder leads out of the repository; ServiceError when artifacts cannot be listed
 */
export async function restoreCheckpoint(
  request: RestoreRequest,
  reader: ArtifactReader,
): Promise<RestoredCheckpoint | null> {
  const target = await requireInside(request.workspace, request.folder);
  const found = listCheckpoints(request.key, await reader.list());
  for (const candidate of found.slice(0, maxTried)) {
    await rm(request.scratch, { recursive: true, force: true });
    await mkdir(request.scratch, { recursive: true });
    try {
      const restored = await unpackCheckpoint(candidate, request, reader);
      await replaceFolder(join(request.scratch, 'files'), target);
      return restored;
    } catch (error) {
      if (!(error instanceof GatehouseError)) throw error;
      reader.log(`${candidate.artifact.name}: ${error.message}`);
    } finally {
      await rm(request.scratch, { recursive: true, force: true });
    }
  }
  if (found.length > 0) reader.log('No checkpoint of this run can be used: the training begins anew.');
  return null;
}

/** Newest first. */
function listCheckpoints(key: string, artifacts: readonly RunArtifact[]): readonly Candidate[] {
  return artifacts
    .flatMap((artifact) => {
      const name = parseCheckpointName(key, artifact.name);
      return name === null ? [] : [{ artifact, name }];
    })
    .toSorted((a, b) => b.name.runAttempt - a.name.runAttempt || b.name.number - a.name.number);
}

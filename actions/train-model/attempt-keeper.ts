import { join } from 'node:path';
import type { ArtifactUploader } from '../../adapters/artifact/upload.ts';
import {
  type AttemptRecorder,
  openAttemptRecorder,
  readAttemptLog,
} from '../../adapters/checkpoint/attempts.ts';
import { type ArtifactReader, restoreCheckpoint } from '../../adapters/checkpoint/restore.ts';
import { type CheckpointSaver, openCheckpointSaver } from '../../adapters/checkpoint/save.ts';
import { GatehouseError } from '../../core/error/error.ts';
import type { Attempt } from '../../core/training/attempt.ts';
import { type AttemptLog, closeAttempts } from '../../core/training/attempt-log.ts';
import { trainingKey } from '../../core/training/checkpoint.ts';
import type { AttemptKeeper, Restored, TrainingInputs } from './training.ts';

export interface KeeperDeps {
  /** null: nothing can leave this job before its end. */
  readonly uploader: ArtifactUploader | null;
  readonly reader: ArtifactReader;
  /** A folder outside the workspace. */
  readonly scratch: string;
  readonly now: () => Date;
  readonly log: (line: string) => void;
}

/** Keeps checkpoint and attempts of a training as artifacts of its run. */
export function openAttemptKeeper(inputs: TrainingInputs, deps: KeeperDeps): AttemptKeeper {
  const { runId, runAttempt } = inputs;
  const { checkpoint, retry } = inputs.model.train;
  const key = trainingKey(inputs.modelName, inputs.trial?.number ?? null);
  // A training that is never tried again has nobody to tell; with a checkpoint a person may run the job again.
  const uploader = retry.attempts > 1 || checkpoint !== undefined ? deps.uploader : null;
  const common = { key, runId, runAttempt, now: deps.now, log: deps.log };
  let recorder: AttemptRecorder | null = null;
  let saver: CheckpointSaver | null = null;
  return {
    restore: async () => {
      const restored = await restore(key, inputs, deps);
      recorder = openAttemptRecorder({ ...common, earlier: restored.attempts, uploader });
      if (uploader !== null && checkpoint !== undefined) {
        saver = openCheckpointSaver({
          ...common,
          workspace: inputs.workspace,
          folder: join(inputs.workspace, checkpoint.folder),
          scratch: join(deps.scratch, 'save'),
          everyMs: checkpoint.everyMinutes * 60_000,
          uploader,
          attempts: recorder.current,
          restored: restored.digest,
        });
      }
      return restored;
    },
    begin: async (attempt) => recorder?.begin(attempt),
    look: async () => {
      await saver?.look();
      return saver?.newest() ?? null;
    },
    end: async (attempt: Attempt, isOver) => {
      await recorder?.end(attempt);
      return (isOver ? saver?.newest() : await saver?.save()) ?? null;
    },
  };
}

/** What cannot be read is told in the log: the training then begins anew, and is no worse than without it. */
async function restore(key: string, inputs: TrainingInputs, deps: KeeperDeps): Promise<Restored> {
  if (inputs.runAttempt < 2) return { digest: null, attempts: [] };
  try {
    return await readRun(key, inputs, deps);
  } catch (error) {
    if (!(error instanceof GatehouseError)) throw error;
    deps.log(`What an earlier job of this run left could not be read: ${error.message} ${error.hint}`);
    return { digest: null, attempts: [] };
  }
}

async function readRun(key: string, inputs: TrainingInputs, deps: KeeperDeps): Promise<Restored> {
  const { runId, workspace } = inputs;
  const { checkpoint } = inputs.model.train;
  const scratch = join(deps.scratch, 'restore');
  const found =
    checkpoint === undefined
      ? null
      : await restoreCheckpoint({ key, runId, workspace, folder: checkpoint.folder, scratch }, deps.reader);
  const log = newerOf(await readAttemptLog(key, runId, scratch, deps.reader), found?.attempts ?? null);
  const digest = found?.checkpoint.digest ?? null;
  const attempts = log === null ? [] : closeAttempts(log);
  deps.log(`${attempts.length} earlier attempts of this run; ${digest ?? 'no checkpoint'}`);
  return { digest, attempts };
}

function newerOf(a: AttemptLog | null, b: AttemptLog | null): AttemptLog | null {
  if (a === null || b === null) return a ?? b;
  return Date.parse(a.heardAt) >= Date.parse(b.heardAt) ? a : b;
}

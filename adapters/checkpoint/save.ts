import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { GatehouseError } from '../../core/error/error.ts';
import type { Digest } from '../../core/evidence/evidence.ts';
import { type AttemptLog, attemptLogFileName, renderAttemptLog } from '../../core/training/attempt-log.ts';
import {
  type Checkpoint,
  checkpointArtifactName,
  checkpointFileName,
  renderCheckpoint,
  storedName,
} from '../../core/training/checkpoint.ts';
import { type ArtifactUploader, uploadLimitBytes } from '../artifact/upload.ts';
import type { ArtifactFile } from '../artifact/zip-stream.ts';
import { type Snapshot, takeSnapshot } from './snapshot.ts';

export interface SaverOptions {
  /** Checkout in which the command runs; the folder lies in it. */
  readonly workspace: string;
  /** Where the command keeps what it needs to go on. */
  readonly folder: string;
  /** A folder outside the workspace for copies. */
  readonly scratch: string;
  /** `trainingKey` of the training. */
  readonly key: string;
  readonly runId: number;
  readonly runAttempt: number;
  readonly everyMs: number;
  /** 2 GiB less what belongs to the zip, but in tests. */
  readonly limitBytes?: number;
  readonly uploader: Pick<ArtifactUploader, 'upload' | 'remove'>;
  readonly now: () => Date;
  readonly log: (line: string) => void;
  /** What the next job must know besides. */
  readonly attempts: () => AttemptLog;
  /** Digest that the folder was restored from: it is safe already. */
  readonly restored: Digest | null;
}

/** Keeps the checkpoint of a running training safe. Nothing of it fails the training: troubles are told in the log. */
export interface CheckpointSaver {
  /** Saves when it is time, and nothing else is under way. Call it every few seconds. */
  look(): Promise<void>;
  /** Saves now what is not safe yet. @returns digest of the newest checkpoint that is safe, null: none */
  save(): Promise<Digest | null>;
  /** Digest of the newest checkpoint that is safe, null: none. */
  newest(): Digest | null;
}

const usualLimitBytes = uploadLimitBytes - 4 * 1024 ** 2;
/** GitHub takes 500 artifacts of a job; the training has others. */
const maxUploads = 400;
/** A broken one must not be the only one. */
const keptUploads = 2;

/**
 * Opens the saver of one training. The same bytes are never uploaded twice, and of what this job uploads the newest two
 * stay: the others are removed.
 */
export function openCheckpointSaver(options: SaverOptions): CheckpointSaver {
  const { now, everyMs, log } = options;
  const state: SaverState = { mark: null, number: 0, names: [], told: null, newest: options.restored };
  // The first one is kept as soon as it is there: until then everything would be lost.
  let dueAt = now().getTime();
  let running: Promise<void> | null = null;
  const save = (): Promise<void> => {
    running ??= saveOnce(options, state)
      .then((settled) => {
        // What is being written is looked at again soon.
        if (settled) dueAt = now().getTime() + everyMs;
      })
      .catch((error: unknown) => {
        dueAt = now().getTime() + everyMs;
        log(`The checkpoint is not safe yet: ${messageOf(error)}`);
      })
      .finally(() => {
        running = null;
      });
    return running;
  };
  return {
    look: async () => {
      if (running === null && now().getTime() >= dueAt) await save();
    },
    save: async () => {
      if (running !== null) await running;
      await save();
      return state.newest;
    },
    newest: () => state.newest,
  };
}

interface SaverState {
  mark: string | null;
  number: number;
  /** Uploaded and not removed, in order. */
  names: string[];
  /** The refusal that was told last: once is enough. */
  told: string | null;
  newest: Digest | null;
}

/** @returns false when it must be looked at again soon */
async function saveOnce(options: SaverOptions, state: SaverState): Promise<boolean> {
  const copies = join(options.scratch, 'copies');
  await rm(copies, { recursive: true, force: true });
  try {
    const { limitBytes = usualLimitBytes, workspace, folder } = options;
    const { outcome, mark } = await takeSnapshot({ workspace, folder, copies, limitBytes, mark: state.mark });
    if (outcome.kind === 'refused' && state.told !== outcome.because) {
      state.told = outcome.because;
      options.log(`The checkpoint is not kept: ${outcome.because}`);
    }
    if (outcome.kind === 'snapshot') await upload(options, state, outcome);
    // Only what is safe need not be read again.
    if (outcome.kind === 'snapshot' || outcome.kind === 'unchanged') state.mark = mark;
    return outcome.kind !== 'unsettled' && outcome.kind !== 'empty';
  } finally {
    await rm(copies, { recursive: true, force: true });
  }
}

async function upload(options: SaverOptions, state: SaverState, snapshot: Snapshot): Promise<void> {
  const { digest, files } = snapshot;
  if (digest === state.newest) return;
  if (state.number >= maxUploads) throw new Error(`${maxUploads} checkpoints of one job are the most`);
  state.number += 1;
  const checkpoint: Checkpoint = {
    ...{ v: 1, runId: options.runId, runAttempt: options.runAttempt, number: state.number },
    ...{ savedAt: options.now().toISOString(), digest, files },
  };
  const name = checkpointArtifactName(options.key, checkpoint);
  await options.uploader.upload(name, [
    { kind: 'text', name: checkpointFileName, text: renderCheckpoint(checkpoint) },
    { kind: 'text', name: attemptLogFileName, text: renderAttemptLog(options.attempts()) },
    ...files.map(
      (_, at): ArtifactFile => ({
        ...{ kind: 'file', name: storedName(at), path: join(snapshot.folder, storedName(at)) },
      }),
    ),
  ]);
  state.newest = digest;
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  options.log(`Checkpoint ${state.number} is safe: ${files.length} files, ${sizeBytes} bytes, ${digest}`);
  state.names.push(name);
  while (state.names.length > keptUploads) await removeOldest(options, state);
}

async function removeOldest({ uploader, log }: SaverOptions, state: SaverState): Promise<void> {
  const name = state.names.shift() ?? '';
  await uploader
    .remove(name)
    .catch((error: unknown) => log(`${name} could not be removed: ${messageOf(error)}`));
}

function messageOf(error: unknown): string {
  if (error instanceof GatehouseError) return error.message;
  return error instanceof Error ? error.message : String(error);
}

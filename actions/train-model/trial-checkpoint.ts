import { cp, lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { requireInside } from '../../adapters/checkpoint/folder.ts';
import { InputError } from '../../core/error/error.ts';
import { checkpointFolderOf } from './run-attempt.ts';
import type { TrainingInputs } from './training.ts';

/** Name of the checkpoint in the artifact of a trial. */
const folderName = 'checkpoint';

/** Puts in place what the same trial left on the rung below; the workflow downloaded it. @returns false: it begins anew */
export async function takeTrialCheckpoint(inputs: TrainingInputs, resumeFolder: string): Promise<boolean> {
  const target = checkpointFolderOf(inputs);
  if (target === null || inputs.trial === null || inputs.trial.resumeFrom === null) return false;
  return copyPlain(join(resumeFolder, folderName), target);
}

/** Leaves the checkpoint beside the record, for the rung above; one behind a link is none, and the rung begins anew. */
export async function leaveTrialCheckpoint(inputs: TrainingInputs): Promise<void> {
  const { checkpoint } = inputs.model.train;
  if (checkpoint === undefined || inputs.trial === null || inputs.trial.resource === null) return;
  const source = await requireInside(inputs.workspace, checkpoint.folder).catch((error: unknown) => {
    if (!(error instanceof InputError)) throw error;
    return null;
  });
  if (source !== null) await copyPlain(source, join(inputs.outputFolder, folderName));
}

/** The command is the proposer's: a link would bring any file of the runner along. */
async function copyPlain(source: string, target: string): Promise<boolean> {
  const found = await lstat(source).catch(() => null);
  if (found === null || !found.isDirectory()) return false;
  await cp(source, target, {
    recursive: true,
    filter: async (path) => {
      const kind = await lstat(path);
      return kind.isFile() || kind.isDirectory();
    },
  });
  return true;
}

import type { TrainConfig } from '../../core/config/train.ts';
import type { ParameterValue, RunRecord } from '../../core/evidence/evidence.ts';
import { listChangedFiles } from '../git/changed-files.ts';
import { pickVariables } from './allowed-variables.ts';
import { readLockFiles } from './lock-files.ts';
import { readParameterFiles, readWrittenParameters } from './parameter-files.ts';
import { type AskProgram, captureSoftware, type Software } from './software.ts';

export interface CaptureInputs {
  /** Checkout of the commit. */
  readonly workspace: string;
  readonly modelName: string;
  readonly train: TrainConfig;
  /** Environment of the command. */
  readonly env: Readonly<NodeJS.ProcessEnv>;
  /** Of a trial: its parameters win over those of files. */
  readonly trial?: { readonly parameters: Readonly<Record<string, ParameterValue>> } | null;
}

/** What a run record says of the world around the command. */
export interface Captured extends Pick<RunRecord, 'changedFiles' | 'lockFiles' | 'environment'> {
  /** Sentences for the log. */
  readonly notes: readonly string[];
  /** After the command, which may install packages. Nothing of it fails. @param ask of the container, when it ran in one */
  readSoftware(ask?: AskProgram): Promise<Software>;
  /** After the command: parameter files as they were before, the trial's, and `parameters.json` of its output folder. */
  readParameters(outputFolder: string): Promise<RunRecord['parameters']>;
}

/**
 * Captures what must be known before the command runs. Call it before anything is changed in the checkout.
 * @throws InputError LOCK_FILE, PARAMETERS_INVALID; ServiceError GIT_FAILED
 */
export async function captureEnvironment(inputs: CaptureInputs): Promise<Captured> {
  const { workspace, train, env, trial } = inputs;
  const changedFiles = await listChangedFiles(workspace);
  const lockFiles = await readLockFiles(workspace, inputs.modelName, train.lockFiles);
  const files = await readParameterFiles(workspace, train.parameters);
  const changed = changedFiles.length === 0 ? [] : [`not as in the commit: ${changedFiles.join(', ')}`];
  return {
    changedFiles,
    lockFiles,
    environment: pickVariables(env, train.environment),
    notes: [...files.notes, ...changed],
    readSoftware: (ask) => captureSoftware(workspace, env, ask),
    readParameters: async (outputFolder) => ({
      ...files.values,
      ...trial?.parameters,
      ...(await readWrittenParameters(outputFolder)),
    }),
  };
}

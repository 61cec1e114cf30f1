import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClusterTraining, openClusterTraining } from '../../adapters/cluster/cluster-training.ts';
import { trainingKey } from '../../core/training/checkpoint.ts';
import type { TrainingInputs } from './training.ts';

/** Where the command works: folders of this machine, or those that it shares with an engine. */
export interface Site {
  /** With the folders of the command in place of those of the runner. */
  readonly inputs: TrainingInputs;
  /** The command's own folder: parameters.json in it is recorded. */
  readonly scratch: string;
  /** null: the command runs on this machine. */
  readonly cluster: ClusterTraining | null;
  close(): Promise<void>;
}

/** @throws InputError CONFIG_INVALID, SHARED_FOLDER for an engine that cannot be used */
export async function openSite(inputs: TrainingInputs): Promise<Site> {
  const { cluster } = inputs.model.train;
  if (cluster !== undefined) return openClusterSite(inputs, { ...inputs.model.train, cluster });
  const scratch = await mkdtemp(join(tmpdir(), 'gatehouse-output-'));
  return { inputs, scratch, cluster: null, close: () => rm(scratch, { recursive: true, force: true }) };
}

async function openClusterSite(
  inputs: TrainingInputs,
  train: Parameters<typeof openClusterTraining>[0],
): Promise<Site> {
  const { runId, runAttempt, workspace, network, env, modelName, trial } = inputs;
  const cluster = await openClusterTraining(train, {
    ...{ runId, runAttempt, workspace, network, env },
    part: trainingKey(modelName, trial?.number ?? null),
    read: (path) => readFileSync(join(workspace, path), 'utf8'),
  });
  const { work, data, output } = cluster.folder.here;
  return {
    inputs: { ...inputs, workspace: work, dataFolder: data },
    scratch: output,
    cluster,
    close: () => cluster.folder.remove(),
  };
}

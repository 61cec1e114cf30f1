import type { ClusterConfig } from '../../core/config/cluster.ts';
import type { TrainConfig } from '../../core/config/train.ts';
import { clusterJobName } from '../../core/training/cluster-name.ts';
import { systemClock } from './clock.ts';
import type { ClusterClock, ClusterEngine } from './engine.ts';
import { type EngineParts, openEngine } from './open-engine.ts';
import { type ClusterEnd, runOnCluster } from './run-on-cluster.ts';
import { type ClusterFolder, openSharedFolder, writeClusterJob } from './shared-folder.ts';

export interface ClusterTrainingParts extends EngineParts {
  readonly runId: number;
  readonly runAttempt: number;
  /** What tells trainings of one run apart: model, trial, matrix entry. */
  readonly part: string;
  /** The checkout: copied onto the shared folder. */
  readonly workspace: string;
}

/** A training that an engine does: all its attempts work in one folder. */
export interface ClusterTraining {
  /** What stands in for workspace, data folder and GATEHOUSE_OUTPUT of a training on the runner: `here` of it. */
  readonly folder: ClusterFolder;
  run(attempt: TrainingAttempt): Promise<ClusterEnd>;
}

export interface TrainingAttempt {
  /** Number of the attempt: 1, 2, 3 ... */
  readonly number: number;
  /** Environment of the command as on the runner, with paths as the runner sees them. */
  readonly env: Readonly<NodeJS.ProcessEnv>;
  /** What is left of the time limit. */
  readonly timeoutMs: number;
  readonly log: (line: string) => void;
  readonly cancel: AbortSignal;
}

/**
 * Opens what a training on an engine needs: its files are checked first, then the checkout is copied.
 * Call `folder.remove()` at the end.
 * @throws InputError CONFIG_INVALID, SHARED_FOLDER
 */
export async function openClusterTraining(
  train: TrainConfig & { readonly cluster: ClusterConfig },
  parts: ClusterTrainingParts,
): Promise<ClusterTraining> {
  const clock = parts.clock ?? systemClock;
  const engine = openEngine(train.cluster, parts);
  const name = clusterJobName({ ...parts, attempt: 0 });
  const folder = await openSharedFolder(train.cluster.shared, name, parts.workspace);
  return { folder, run: (attempt) => runAttempt(train, parts, { engine, folder, clock }, attempt) };
}

interface Opened {
  readonly engine: ClusterEngine;
  readonly folder: ClusterFolder;
  readonly clock: ClusterClock;
}

async function runAttempt(
  train: TrainConfig,
  parts: ClusterTrainingParts,
  { engine, folder, clock }: Opened,
  { number, env, timeoutMs, log, cancel }: TrainingAttempt,
): Promise<ClusterEnd> {
  const job = await writeClusterJob(train, folder, {
    name: clusterJobName({ ...parts, attempt: number }),
    env: carryEnvironment(env, train.environment, folder),
    timeoutMs,
  });
  return runOnCluster({ engine, job, log, cancel }, clock);
}

/** Only what is ours or declared goes along: PATH and HOME of the runner mean nothing elsewhere. Paths are those of there. */
function carryEnvironment(
  env: Readonly<NodeJS.ProcessEnv>,
  declared: readonly string[],
  { root }: ClusterFolder,
): Record<string, string> {
  const carried = Object.entries(env).filter(
    ([name]) => /^GATEHOUSE_[A-Z0-9_]+$/.test(name) || declared.includes(name),
  );
  const translate = (value: string): string =>
    value === root.here || value.startsWith(`${root.here}/`)
      ? `${root.there}${value.slice(root.here.length)}`
      : value;
  return Object.fromEntries(
    carried.flatMap(([name, value]) => (value === undefined ? [] : [[name, translate(value)]])),
  );
}

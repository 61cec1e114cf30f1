import { mkdir } from 'node:fs/promises';
import type { ModelConfig } from '../../core/config/model.ts';
import { InputError, ServiceError } from '../../core/error/error.ts';
import type { ArtifactFact, RunRecord } from '../../core/evidence/evidence.ts';
import type { Machine } from '../../core/training/machine.ts';
import { neededGpus } from '../../core/training/preflight.ts';
import type { Rerun } from '../../core/training/reproduction.ts';
import { requireInside } from '../checkpoint/folder.ts';
import { runPipeline } from '../dvc/pipeline.ts';
import type { DvcRemote } from '../dvc/remote.ts';
import { captureEnvironment } from '../environment/capture.ts';
import { askContainer } from '../environment/container-software.ts';
import { probeMachine } from '../machine/probe.ts';
import { pickEnvironment } from '../process/environment.ts';
import { clearClaimedMetrics, readClaimedMetrics } from '../training/claimed-metrics.ts';
import { clearOutput, takeArtifact } from '../training/output.ts';
import { type CommandPlace, type CommandResult, chooseEngine, runRecorded } from './recorded-command.ts';

export interface RerunInputs {
  readonly run: RunRecord;
  /** model.yml of the recorded commit. */
  readonly model: ModelConfig;
  /** Checkout of the recorded commit. */
  readonly worktree: string;
  /** Holds the data. */
  readonly dataFolder: string;
  /** What the data is now. */
  readonly datasets: RunRecord['datasets'];
  /** Where data and outputs of a pipeline come from. */
  readonly remote: DvcRemote;
  /** An empty folder for the model file. */
  readonly outputFolder: string;
  /** An empty folder: GATEHOUSE_OUTPUT. */
  readonly scratch: string;
  readonly env: Readonly<NodeJS.ProcessEnv>;
}

export interface RerunDeps {
  readonly log: (line: string) => void;
  readonly now: () => Date;
}

/**
 * Runs a recorded training command again in its own commit: the same seed, variables and image, no token in reach.
 * @returns what it did; `artifact` is null when the command said itself that it failed, or left no model
 * @throws InputError when its results are not as declared; ServiceError REPRODUCE_STOPPED when the machine, not the code,
 * ended it
 */
export async function rerunTraining(inputs: RerunInputs, deps: RerunDeps): Promise<Rerun> {
  const { run, model, worktree, scratch } = inputs;
  const { artifact, metrics } = model.train;
  const env = await makeEnvironment(inputs);
  const captured = await captureEnvironment({
    ...{ workspace: worktree, modelName: model.model, train: model.train, env },
  });
  await clearOutput(worktree, artifact);
  if (metrics !== undefined) await clearClaimedMetrics(worktree, metrics);
  const machine = await probeMachine(env, worktree);
  const place = await placeOf(inputs, env, machine, deps);
  const startedAt = deps.now();
  const end = await runAll(inputs, place, deps.log);
  const durationMs = deps.now().getTime() - startedAt.getTime();
  const { changedFiles, lockFiles, environment } = captured;
  const { engine } = place;
  const software =
    engine === null || end.image === null ? undefined : askContainer(engine, end.image, place.runId);
  const facts = {
    ...{ changedFiles, lockFiles, environment, image: end.image, machine, durationMs, how: end.how },
    ...(await captured.readSoftware(software)),
    ...{ seed: run.seed, datasets: inputs.datasets },
  };
  if (end.kind === 'failed') return { ...facts, artifact: null, metrics: {}, parameters: run.parameters };
  const taken = await takeModel(worktree, artifact, inputs.outputFolder);
  return {
    ...facts,
    artifact: taken,
    metrics:
      taken === null || metrics === undefined ? {} : (await readClaimedMetrics(worktree, metrics)).metrics,
    parameters: await captured.readParameters(scratch),
  };
}

/** The recorded values of variables win over those of this machine; one that was not set then is not set now. */
async function makeEnvironment(inputs: RerunInputs): Promise<NodeJS.ProcessEnv> {
  const { run, model, worktree, scratch, dataFolder } = inputs;
  const { checkpoint, environment } = model.train;
  // A link of the commit could lead out of it.
  const folder = checkpoint === undefined ? null : await requireInside(worktree, checkpoint.folder);
  if (folder !== null) await mkdir(folder, { recursive: true });
  // Names that model.yml of the commit declares: what a record may say beyond them is claimed by who knows whom.
  const recorded = environment.flatMap((name) => {
    const value = Object.hasOwn(run.environment, name) ? run.environment[name] : undefined;
    return value === undefined ? [] : [[name, value] as const];
  });
  const env = pickEnvironment(inputs.env, {
    ...Object.fromEntries(recorded),
    GATEHOUSE_DATA: dataFolder,
    GATEHOUSE_OUTPUT: scratch,
    ...(run.seed === null ? {} : { GATEHOUSE_SEED: String(run.seed) }),
    ...(folder === null ? {} : { GATEHOUSE_CHECKPOINT: folder }),
  });
  const unset = new Set(environment.filter((name) => !Object.hasOwn(run.environment, name)));
  return Object.fromEntries(Object.entries(env).filter(([name]) => !unset.has(name)));
}

async function placeOf(
  inputs: RerunInputs,
  env: NodeJS.ProcessEnv,
  { gpuTool }: Machine,
  { log }: RerunDeps,
): Promise<CommandPlace> {
  const { run, model, worktree, dataFolder, scratch } = inputs;
  const gpu = gpuTool === 'rocm-smi' ? 'amd' : 'nvidia';
  return {
    env,
    engine: run.image === null ? null : await chooseEngine(run.image, inputs.env, log),
    image: run.image,
    mounts: [worktree, dataFolder, scratch],
    home: scratch,
    gpus: gpuTool === null || neededGpus(model.train.needs) === 0 ? 'none' : gpu,
    timeoutMs: model.train.timeoutMinutes * 60_000,
    runId: Number(inputs.env.GITHUB_RUN_ID) || 0,
  };
}

/** A pipeline is run whole: what its lock says was made is what is in question. */
async function runAll(
  { run, model, worktree, remote }: RerunInputs,
  place: CommandPlace,
  log: (line: string) => void,
): Promise<CommandResult> {
  const { pipeline } = model.train;
  if (pipeline === undefined) return requireOwnEnd(await runRecorded(run.command, worktree, place, log));
  let image: string | null = null;
  const result = await runPipeline({
    ...{ file: pipeline, workspace: worktree, remote, log, all: true },
    runCommand: async (text, folder) => {
      const end = await runRecorded(text, folder, place, log);
      image = end.image;
      return end;
    },
  });
  return requireOwnEnd(result.kind === 'done' ? { kind: 'done', how: 'exit code 0', image } : result.end);
}

/** What the machine did to it says nothing about the model. */
function requireOwnEnd(end: CommandResult): CommandResult {
  if (end.kind !== 'stopped') return end;
  throw new ServiceError('REPRODUCE_STOPPED', `The training was ended from outside: ${end.how}`, {
    hint: 'Run it again, on a machine with more time, memory or disk where that was the cause.',
  });
}

/** null: a command that ends well and leaves no model has not done what it did then. */
async function takeModel(worktree: string, path: string, folder: string): Promise<ArtifactFact | null> {
  await mkdir(folder, { recursive: true });
  try {
    return await takeArtifact(worktree, path, folder);
  } catch (error) {
    if (error instanceof InputError && error.code === 'ARTIFACT_MISSING') return null;
    throw error;
  }
}

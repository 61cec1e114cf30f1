import { mkdir, rm } from 'node:fs/promises';
import { requireInside } from '../../adapters/checkpoint/folder.ts';
import { captureEnvironment } from '../../adapters/environment/capture.ts';
import { askContainer } from '../../adapters/environment/container-software.ts';
import type { AskProgram } from '../../adapters/environment/software.ts';
import { makeRunMark } from '../../adapters/machine/processes.ts';
import { type ContainerEngine, findContainerEngine } from '../../adapters/process/container-engine.ts';
import { clearClaimedMetrics } from '../../adapters/training/claimed-metrics.ts';
import { clearOutput } from '../../adapters/training/output.ts';
import { fetchDatasets } from '../../adapters/training/training-data.ts';
import { modelPath } from '../../core/config/layout.ts';
import { InputError } from '../../core/error/error.ts';
import type { Machine } from '../../core/training/machine.ts';
import type { RunMark } from '../../core/training/run-mark.ts';
import { type Attempts, runAttempts } from './attempt-loop.ts';
import { makeEnvironment } from './environment.ts';
import { leaveMachine, prepareMachine } from './prepare-machine.ts';
import { finishTraining } from './record.ts';
import { checkpointFolderOf } from './run-attempt.ts';
import { openSite, type Site } from './site.ts';
import type { Training, TrainingDeps, TrainingInputs } from './training.ts';
import { takeTrialCheckpoint } from './trial-checkpoint.ts';

/**
 * Runs the team's training command on its data and records the run. Everything in the record is claimed:
 * it was made beside pull-request code.
 * @returns the record, whatever the outcome; `run.json` (canonical JSON of it) and, when it is done, the model file lie
 * in the output folder
 * @throws InputError when data, command, model file or metrics are not as declared; ServiceError when the remote fails or
 * the machine is not what the training needs
 */
export async function runTraining(inputs: TrainingInputs, deps: TrainingDeps): Promise<Training> {
  const mark = await makeRunMark(inputs.runId, inputs.runAttempt);
  const site = await openSite(inputs);
  const env = await makeEnvironment(site.inputs, site.scratch, mark);
  try {
    return await runOn(site, { inputs, env, mark }, deps);
  } finally {
    await site.close();
    await leaveMachine(inputs, env, mark, deps.log);
  }
}

interface Begun {
  /** As the runner has it: commit and checkout. */
  readonly inputs: TrainingInputs;
  readonly env: NodeJS.ProcessEnv;
  readonly mark: RunMark;
}

async function runOn(site: Site, begun: Begun, deps: TrainingDeps): Promise<Training> {
  const { inputs, env, mark } = begun;
  const { model, trial } = inputs;
  const clock = new PhaseClock(deps.now);
  const machine = await clock.time('machine', () => prepareMachine(inputs, env, mark, deps.log));
  const datasets = await clock.time('data', () =>
    fetchDatasets({ ...site.inputs, datasets: model.datasets }, deps),
  );
  const captured = await captureEnvironment({ ...inputs, train: model.train, env, trial });
  for (const note of captured.notes) deps.log(note);
  await clearOutputs(site.inputs);
  const container = await findEngine(inputs);
  const attempts = await clock.time('command', () => train(site, { env, machine, mark, container }, deps));
  // Of the machines of an engine nothing is known here.
  const software =
    site.cluster === null
      ? await captured.readSoftware(askOf(container, inputs))
      : { runtimes: {}, packages: [] };
  const { phases } = clock;
  return finishTraining({ site, machine, datasets, captured, software, attempts, phases }, deps);
}

const findEngine = async ({ model, env }: TrainingInputs): Promise<ContainerEngine | null> =>
  model.train.image === undefined ? null : findContainerEngine(env);

const askOf = (engine: ContainerEngine | null, { model, runId }: TrainingInputs): AskProgram | undefined =>
  engine === null || model.train.image === undefined
    ? undefined
    : askContainer(engine, model.train.image, runId);

interface Started {
  readonly env: NodeJS.ProcessEnv;
  readonly machine: Machine;
  readonly mark: RunMark;
  readonly container: ContainerEngine | null;
}

async function train(
  { inputs, scratch, cluster }: Site,
  started: Started,
  deps: TrainingDeps,
): Promise<Attempts> {
  const checkpointFolder = checkpointFolderOf(inputs);
  const { checkpoint } = inputs.model.train;
  if (checkpoint !== undefined) {
    refuseCommitted(inputs, checkpoint.folder);
    // A link in the checkout could lead out of it.
    const folder = await requireInside(inputs.workspace, checkpoint.folder);
    // What another training left there is none of this one's.
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
  }
  if (await takeTrialCheckpoint(inputs, inputs.resumeFolder))
    deps.log('the trial goes on from its checkpoint');
  const keeper = deps.openKeeper?.(inputs) ?? null;
  return runAttempts({ ...started, scratch, cluster, keeper, checkpointFolder }, inputs, deps);
}

/** The folder begins empty: nothing that was committed may lie in it. */
function refuseCommitted({ listing, modelName }: TrainingInputs, folder: string): void {
  const [path] = [...listing.keys()].filter((one) => one === folder || one.startsWith(`${folder}/`));
  if (path === undefined) return;
  throw new InputError('CHECKPOINT_FOLDER', `${folder} holds files of the commit, such as ${path}`, {
    hint: 'Name a folder of its own in train.checkpoint.folder, and put it into .gitignore.',
    where: { file: modelPath(modelName) },
  });
}

async function clearOutputs({ workspace, model }: TrainingInputs): Promise<void> {
  const { artifact, metrics, pipeline } = model.train;
  // Of a pipeline what lies there is held against its lock.
  if (pipeline !== undefined) return;
  await clearOutput(workspace, artifact);
  if (metrics !== undefined) await clearClaimedMetrics(workspace, metrics);
}

/** Measures how long each part took. */
class PhaseClock {
  readonly phases: { name: string; durationMs: number }[] = [];
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  async time<T>(name: string, work: () => Promise<T>): Promise<T> {
    const from = this.#now().getTime();
    try {
      return await work();
    } finally {
      this.phases.push({ name, durationMs: this.#now().getTime() - from });
    }
  }
}

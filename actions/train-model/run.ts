import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireInside } from '../../adapters/checkpoint/folder.ts';
import type { StageRun } from '../../adapters/dvc/pipeline.ts';
import { pickVariables } from '../../adapters/environment/allowed-variables.ts';
import { type Captured, captureEnvironment } from '../../adapters/environment/capture.ts';
import { askContainer } from '../../adapters/environment/container-software.ts';
import type { AskProgram, Software } from '../../adapters/environment/software.ts';
import { makeRunMark } from '../../adapters/machine/processes.ts';
import { type ContainerEngine, findContainerEngine } from '../../adapters/process/container-engine.ts';
import { hideSecrets, listSecrets, pickEnvironment } from '../../adapters/process/environment.ts';
import { parseClaimedMetrics } from '../../adapters/training/claimed-metrics.ts';
import { clearOutput, readOutput, takeArtifact } from '../../adapters/training/output.ts';
import { fetchDatasets } from '../../adapters/training/training-data.ts';
import { cleanRecord } from '../../core/evidence/clean-record.ts';
import type { RunRecord } from '../../core/evidence/evidence.ts';
import { canonicalJson } from '../../core/json/canonical.ts';
import { priceRun } from '../../core/training/cost.ts';
import type { Machine } from '../../core/training/machine.ts';
import { markVariable, type RunMark, renderRunMark } from '../../core/training/run-mark.ts';
import { type Attempts, runAttempts } from './attempt-loop.ts';
import { leaveMachine, prepareMachine } from './prepare-machine.ts';
import { checkpointFolderOf } from './run-attempt.ts';
import { lockPathOf } from './run-stages.ts';
import type { Training, TrainingDeps, TrainingInputs } from './training.ts';
import { leaveTrialCheckpoint, takeTrialCheckpoint } from './trial-checkpoint.ts';

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
  // The command's own folder: parameters.json in it is recorded.
  const scratch = await mkdtemp(join(tmpdir(), 'gatehouse-output-'));
  const env = await makeEnvironment(inputs, scratch, mark);
  const clock = new PhaseClock(deps.now);
  try {
    const machine = await clock.time('machine', () => prepareMachine(inputs, env, mark, deps.log));
    const datasets = await clock.time('data', () =>
      fetchDatasets({ ...inputs, datasets: inputs.model.datasets }, deps),
    );
    const captured = await captureEnvironment({
      ...inputs,
      train: inputs.model.train,
      env,
      trial: inputs.trial,
    });
    for (const note of captured.notes) deps.log(note);
    await clearOutputs(inputs);
    const container = await findEngine(inputs);
    const started = { inputs, env, machine, mark, scratch, container };
    const attempts = await clock.time('command', () => train(started, deps));
    const software = await captured.readSoftware(askOf(container, inputs));
    const { phases } = clock;
    return await finish({ machine, datasets, captured, software, attempts, phases }, inputs, deps, scratch);
  } finally {
    await rm(scratch, { recursive: true, force: true });
    await leaveMachine(inputs, env, mark, deps.log);
  }
}

interface Started {
  readonly inputs: TrainingInputs;
  readonly env: NodeJS.ProcessEnv;
  readonly machine: Machine;
  readonly mark: RunMark;
  readonly scratch: string;
  readonly container: ContainerEngine | null;
}

const findEngine = async ({ model, env }: TrainingInputs): Promise<ContainerEngine | null> =>
  model.train.image === undefined ? null : findContainerEngine(env);

const askOf = (engine: ContainerEngine | null, { model, runId }: TrainingInputs): AskProgram | undefined =>
  engine === null || model.train.image === undefined
    ? undefined
    : askContainer(engine, model.train.image, runId);

async function train(started: Started, deps: TrainingDeps): Promise<Attempts> {
  const { inputs, ...plan } = started;
  const checkpointFolder = checkpointFolderOf(inputs);
  const { checkpoint } = inputs.model.train;
  // A link in the checkout could lead out of it.
  if (checkpoint !== undefined)
    await mkdir(await requireInside(inputs.workspace, checkpoint.folder), { recursive: true });
  if (await takeTrialCheckpoint(inputs, inputs.resumeFolder))
    deps.log('the trial goes on from its checkpoint');
  return runAttempts({ ...plan, checkpointFolder }, inputs, deps);
}

async function clearOutputs({ workspace, model }: TrainingInputs): Promise<void> {
  const { artifact, metrics, pipeline } = model.train;
  // Of a pipeline what lies there is held against its lock.
  if (pipeline !== undefined) return;
  for (const path of [artifact, ...(metrics === undefined ? [] : [metrics])])
    await clearOutput(workspace, path);
}

async function makeEnvironment(
  inputs: TrainingInputs,
  scratch: string,
  mark: RunMark,
): Promise<NodeJS.ProcessEnv> {
  const { seed, environment } = inputs.model.train;
  const checkpoint = checkpointFolderOf(inputs);
  return pickEnvironment(inputs.env, {
    ...pickVariables(inputs.env, environment),
    GATEHOUSE_DATA: inputs.dataFolder,
    GATEHOUSE_OUTPUT: scratch,
    [markVariable]: renderRunMark(mark),
    ...(seed === undefined ? {} : { GATEHOUSE_SEED: String(seed) }),
    ...(checkpoint === null ? {} : { GATEHOUSE_CHECKPOINT: checkpoint }),
    ...(await handTrial(inputs, scratch)),
  });
}

/** Parameters of a trial reach the command as a file. */
async function handTrial({ trial }: TrainingInputs, scratch: string): Promise<Record<string, string>> {
  if (trial === null) return {};
  const file = join(scratch, 'trial.json');
  await writeFile(file, JSON.stringify(trial.parameters));
  return {
    GATEHOUSE_PARAMETERS: file,
    ...(trial.resource === null ? {} : { GATEHOUSE_RESOURCE: String(trial.resource) }),
  };
}

interface Known {
  readonly machine: Machine;
  readonly datasets: RunRecord['datasets'];
  readonly captured: Captured;
  readonly software: Software;
  readonly attempts: Attempts;
  readonly phases: RunRecord['phases'];
}

async function finish(
  known: Known,
  inputs: TrainingInputs,
  deps: TrainingDeps,
  scratch: string,
): Promise<Training> {
  const { workspace, outputFolder } = inputs;
  const { metrics, artifact } = inputs.model.train;
  const { outcome } = known.attempts.last.attempt;
  const isDone = outcome === 'done';
  await mkdir(outputFolder, { recursive: true });
  const result = {
    outcome,
    parameters: await known.captured.readParameters(scratch),
    metrics:
      !isDone || metrics === undefined
        ? {}
        : parseClaimedMetrics(await readOutput(workspace, metrics), metrics),
    artifact: isDone ? await takeArtifact(workspace, artifact, outputFolder) : null,
  };
  if (isDone) {
    await leaveTrialCheckpoint(inputs);
    await leaveLock(inputs, deps);
  }
  const secrets = listSecrets(inputs.env);
  const hide = (text: string): string => hideSecrets(text, secrets);
  const record = cleanRecord({ ...describe(known, inputs), ...result }, hide);
  await writeFile(join(outputFolder, 'run.json'), canonicalJson(record));
  return { record, lastLines: known.attempts.last.lastLines.map(hide) };
}

/** The rewritten lock belongs into the repository: the job cannot push it, its author can. */
async function leaveLock({ model, workspace }: TrainingInputs, { leaveFile }: TrainingDeps): Promise<void> {
  const { pipeline } = model.train;
  if (pipeline !== undefined) await leaveFile('gatehouse-dvc-lock', join(workspace, lockPathOf(pipeline)));
}

function describe(
  { machine, datasets, captured, software, attempts, phases }: Known,
  inputs: TrainingInputs,
): Omit<RunRecord, 'outcome' | 'parameters' | 'metrics' | 'artifact'> {
  const { all, last, usage } = attempts;
  const { train, featureVersion } = inputs.model;
  const own = all.filter(({ runAttempt }) => runAttempt === inputs.runAttempt);
  const command = phases.find(({ name }) => name === 'command')?.durationMs ?? 0;
  const { changedFiles, lockFiles, environment } = captured;
  const { runtimes, packages } = software;
  return {
    v: 2,
    grade: 'claimed',
    model: inputs.modelName,
    commit: inputs.commit,
    changedFiles,
    runId: inputs.runId,
    runAttempt: inputs.runAttempt,
    trigger: inputs.trigger,
    command: train.command,
    image: last.image,
    startedAt: own[0]?.startedAt ?? last.attempt.startedAt,
    durationMs: command,
    runner: last.attempt.runner,
    machine,
    ...{ runtimes, packages, lockFiles, environment },
    seed: train.seed ?? null,
    history: last.progress.points,
    phases: [...phases, ...last.stages.map(toPhase)],
    usage,
    cost: priceRun(
      inputs.prices,
      train.runsOn,
      all.map(({ durationMs }) => durationMs),
    ),
    attempts: all,
    datasets,
    featureVersion,
    outputs: [],
  };
}

/** Reasons are words of files that the proposer wrote: bounded with the record. */
const toPhase = ({ name, action, reasons, durationMs }: StageRun): RunRecord['phases'][number] => ({
  name: `stage ${name}: ${action}${reasons.length === 0 ? '' : ` (${reasons.join('; ')})`}`.slice(0, 200),
  durationMs,
});

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

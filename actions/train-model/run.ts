import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReadBlob } from '../../adapters/dvc/dataset.ts';
import { hideSecrets, listSecrets, pickEnvironment } from '../../adapters/process/environment.ts';
import { type CommandEnd, runTeamCommand } from '../../adapters/process/team-command.ts';
import { parseClaimedMetrics, parseParameters } from '../../adapters/training/claimed-metrics.ts';
import { clearOutput, readOutput, takeArtifact } from '../../adapters/training/output.ts';
import { fetchDatasets } from '../../adapters/training/training-data.ts';
import type { Contract } from '../../core/config/contract.ts';
import type { ModelConfig } from '../../core/config/model.ts';
import type { NetworkRule } from '../../core/config/network.ts';
import type { ListedFile } from '../../core/dataset/files.ts';
import { InputError } from '../../core/error/error.ts';
import { requireFinished } from '../../core/evidence/claimed-run.ts';
import { cleanRecord } from '../../core/evidence/clean-record.ts';
import type { FinishedRun, RunRecord } from '../../core/evidence/evidence.ts';
import { canonicalJson } from '../../core/json/canonical.ts';
import { describeMachine } from './machine.ts';

export interface TrainingInputs {
  readonly modelName: string;
  readonly model: ModelConfig;
  /** Contracts of the model's datasets, one for each name in `model.datasets`. */
  readonly contracts: readonly Contract[];
  /** Tree of the commit that is trained. */
  readonly listing: ReadonlyMap<string, ListedFile>;
  /** 40 hex characters. */
  readonly commit: string;
  /** Checkout of that commit. */
  readonly workspace: string;
  /** An empty folder for the data: GATEHOUSE_DATA. */
  readonly dataFolder: string;
  /** `data` of the policy. */
  readonly dataUrl: string;
  /** What the policy lets a job reach. */
  readonly network: NetworkRule;
  /** An empty folder for what is uploaded: the model file and run.json. */
  readonly outputFolder: string;
  readonly runId: number;
  readonly runAttempt: number;
  /** Name of the runner, `unknown` when it has none. */
  readonly runner: string;
  readonly env: Readonly<NodeJS.ProcessEnv>;
}

export interface TrainingDeps {
  readonly readBlob: ReadBlob;
  readonly now: () => Date;
  readonly log: (line: string) => void;
}

/**
 * Runs the team's training command on its data and records the run. Everything in the record is claimed:
 * it was made beside pull-request code.
 * @returns the record; the model file and `run.json` (canonical JSON of the record) lie in the output folder
 * @throws InputError when data, command, model file or metrics are not as declared; ServiceError when the remote fails
 */
export async function runTraining(inputs: TrainingInputs, deps: TrainingDeps): Promise<FinishedRun> {
  const datasets = await fetchDatasets({ ...inputs, datasets: inputs.model.datasets }, deps);
  // The command's own folder: parameters.json in it is recorded.
  const scratch = await mkdtemp(join(tmpdir(), 'gatehouse-output-'));
  try {
    return await train(inputs, deps, datasets, scratch);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function train(
  inputs: TrainingInputs,
  deps: TrainingDeps,
  datasets: RunRecord['datasets'],
  scratch: string,
): Promise<FinishedRun> {
  const { workspace } = inputs;
  const { artifact, metrics, command, timeoutMinutes } = inputs.model.train;
  for (const path of [artifact, ...(metrics === undefined ? [] : [metrics])])
    await clearOutput(workspace, path);
  const env = pickEnvironment(inputs.env, { GATEHOUSE_DATA: inputs.dataFolder, GATEHOUSE_OUTPUT: scratch });
  const startedAt = deps.now();
  const timeoutMs = timeoutMinutes * 60_000;
  requireSuccess(
    await runTeamCommand({ text: command, folder: workspace, env, timeoutMs, log: deps.log }),
    timeoutMinutes,
  );
  const durationMs = deps.now().getTime() - startedAt.getTime();
  const runner = inputs.runner || 'unknown';
  await mkdir(inputs.outputFolder, { recursive: true });
  const record: FinishedRun = {
    v: 2,
    grade: 'claimed',
    model: inputs.modelName,
    commit: inputs.commit,
    changedFiles: [],
    runId: inputs.runId,
    runAttempt: inputs.runAttempt,
    trigger: inputs.env.GITHUB_EVENT_NAME || 'unknown',
    command,
    image: null,
    startedAt: startedAt.toISOString(),
    durationMs,
    runner,
    machine: await describeMachine(env),
    runtimes: { node: process.version },
    packages: [],
    lockFiles: [],
    environment: {},
    seed: null,
    parameters: await readParameters(scratch),
    metrics: metrics === undefined ? {} : parseClaimedMetrics(await readOutput(workspace, metrics), metrics),
    history: [],
    phases: [{ name: 'command', durationMs }],
    usage: null,
    cost: null,
    attempts: [
      {
        number: 1,
        runAttempt: inputs.runAttempt,
        runner,
        startedAt: startedAt.toISOString(),
        durationMs,
        outcome: 'done',
        how: 'exit code 0',
        resumedFrom: null,
      },
    ],
    outcome: 'done',
    datasets,
    featureVersion: inputs.model.featureVersion,
    artifact: await takeArtifact(workspace, artifact, inputs.outputFolder),
    outputs: [],
  };
  return writeRecord(record, inputs);
}

function requireSuccess(end: CommandEnd, timeoutMinutes: number): void {
  if (end.kind === 'timeout') {
    throw new InputError(
      'TRAIN_TIMEOUT',
      `The training command did not end within ${timeoutMinutes} minutes`,
      {
        hint: 'Raise train.timeout-minutes in model.yml, or train less.',
      },
    );
  }
  if (end.kind === 'failed') {
    throw new InputError('TRAIN_FAILED', `The training command ended with ${end.how}`, {
      hint: 'Read the log above; the same command runs on a laptop with GATEHOUSE_DATA and GATEHOUSE_OUTPUT set.',
    });
  }
}

/** Parameters are optional: a command that writes none has none recorded. */
async function readParameters(scratch: string): Promise<RunRecord['parameters']> {
  const name = 'parameters.json';
  const text = await readOutput(scratch, name).catch((error: unknown) => {
    if (error instanceof InputError && error.code === 'METRICS_MISSING') return null;
    throw error;
  });
  return text === null ? {} : parseParameters(text, name);
}

async function writeRecord(record: FinishedRun, inputs: TrainingInputs): Promise<FinishedRun> {
  const secrets = listSecrets(inputs.env);
  const clean = requireFinished(cleanRecord(record, (text) => hideSecrets(text, secrets)));
  await writeFile(join(inputs.outputFolder, 'run.json'), canonicalJson(clean));
  return clean;
}

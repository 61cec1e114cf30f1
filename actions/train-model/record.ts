import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../../adapters/cluster/clock.ts';
import { collectOutputs } from '../../adapters/cluster/collect.ts';
import type { StageRun } from '../../adapters/dvc/pipeline.ts';
import type { Captured } from '../../adapters/environment/capture.ts';
import type { Software } from '../../adapters/environment/software.ts';
import { hideSecrets, listSecrets } from '../../adapters/process/environment.ts';
import { readClaimedMetrics } from '../../adapters/training/claimed-metrics.ts';
import { takeArtifact } from '../../adapters/training/output.ts';
import { cleanRecord } from '../../core/evidence/clean-record.ts';
import type { RunRecord } from '../../core/evidence/evidence.ts';
import { canonicalJson } from '../../core/json/canonical.ts';
import { priceRun } from '../../core/training/cost.ts';
import type { Machine } from '../../core/training/machine.ts';
import type { Attempts } from './attempt-loop.ts';
import { lockPathOf } from './run-stages.ts';
import type { Site } from './site.ts';
import type { Training, TrainingDeps, TrainingInputs } from './training.ts';
import { leaveTrialCheckpoint } from './trial-checkpoint.ts';

/** All that is known of a training that has ended. */
export interface Known {
  readonly site: Site;
  readonly machine: Machine;
  readonly datasets: RunRecord['datasets'];
  readonly captured: Captured;
  readonly software: Software;
  readonly attempts: Attempts;
  readonly phases: RunRecord['phases'];
}

/**
 * Takes what the command left and writes the record, whatever the outcome.
 * @throws InputError when model file, metrics or parameters are not as declared
 */
export async function finishTraining(known: Known, deps: TrainingDeps): Promise<Training> {
  const { inputs, scratch } = known.site;
  const { outputFolder } = inputs;
  const { outcome } = known.attempts.last.attempt;
  const isDone = outcome === 'done';
  await mkdir(outputFolder, { recursive: true });
  const result = {
    outcome,
    parameters: await known.captured.readParameters(scratch),
    ...(isDone ? await takeResults(known.site, deps) : { metrics: {}, artifact: null }),
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

async function takeResults(
  { inputs, cluster }: Site,
  deps: TrainingDeps,
): Promise<Pick<RunRecord, 'metrics' | 'artifact'>> {
  const { workspace, outputFolder } = inputs;
  const { train } = inputs.model;
  const { metrics } = train;
  // A network file system may show the files of another machine late.
  const taken =
    cluster === null
      ? {
          artifact: await takeArtifact(workspace, train.artifact, outputFolder),
          metrics: metrics === undefined ? null : await readClaimedMetrics(workspace, metrics),
        }
      : await collectOutputs(workspace, train, outputFolder, systemClock);
  for (const note of taken.metrics?.notes ?? []) deps.log(note);
  return { artifact: taken.artifact, metrics: taken.metrics?.metrics ?? {} };
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

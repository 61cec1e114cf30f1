import { join } from 'node:path';
import type { ClusterTraining } from '../../adapters/cluster/cluster-training.ts';
import { type Sampler, startSampler } from '../../adapters/machine/sampler.ts';
import { containerName, runInContainer } from '../../adapters/process/container.ts';
import type { ContainerEngine } from '../../adapters/process/container-engine.ts';
import { watchTeamCommand } from '../../adapters/process/team-command.ts';
import { readProgressFiles } from '../../adapters/training/progress-files.ts';
import type { Digest } from '../../core/evidence/evidence.ts';
import type { Attempt } from '../../core/training/attempt.ts';
import type { Machine, Usage } from '../../core/training/machine.ts';
import { classifyEnd, type EndFacts } from '../../core/training/outcome.ts';
import { neededGpus } from '../../core/training/preflight.ts';
import type { Progress } from '../../core/training/progress.ts';
import { parseProgressLine } from '../../core/training/progress-line.ts';
import { addFilePoints, addPoint, startProgress } from '../../core/training/progress-log.ts';
import { type RunMark, renderRunMark } from '../../core/training/run-mark.ts';
import { type Ran, type RunText, runStages } from './run-stages.ts';
import type { AttemptKeeper, TrainingDeps, TrainingInputs } from './training.ts';

/** One attempt to be made. */
export interface AttemptPlan {
  readonly number: number;
  readonly resumedFrom: Attempt['resumedFrom'];
  /** Environment of the command. */
  readonly env: NodeJS.ProcessEnv;
  readonly machine: Machine;
  readonly mark: RunMark;
  /** null: the command runs on the machine itself. */
  readonly container: ContainerEngine | null;
  /** null: it runs here. */
  readonly cluster: ClusterTraining | null;
  readonly keeper: AttemptKeeper | null;
  /** The command's own folder, besides workspace, data and checkpoint. */
  readonly scratch: string;
  readonly checkpointFolder: string | null;
  /** By the clock of `performance`. */
  readonly deadlineMs: number;
}

export interface AttemptEnd {
  readonly attempt: Attempt;
  readonly progress: Progress;
  readonly usage: Usage | null;
  /** What ran, by digest; null: no container, or the engine did not tell. */
  readonly image: string | null;
  /** Of a pipeline: what each stage did and why. */
  readonly stages: Ran['stages'];
  /** Last lines of the log. */
  readonly lastLines: readonly string[];
}

const sampleMs = 10_000;

/** Runs the command once and watches it: progress, use of the machine, checkpoints. */
export async function runAttempt(
  plan: AttemptPlan,
  inputs: TrainingInputs,
  deps: TrainingDeps,
): Promise<AttemptEnd> {
  const startedAt = deps.now();
  const begun = {
    number: plan.number,
    runAttempt: inputs.runAttempt,
    runner: inputs.runner || 'unknown',
    startedAt: startedAt.toISOString(),
    resumedFrom: plan.resumedFrom,
  };
  const watch = new AttemptWatch(plan, inputs, deps, begun.startedAt);
  await plan.keeper?.begin(begun);
  let sampler: Sampler | undefined;
  const started = (pid: number): void => {
    sampler = startSampler({
      pid,
      env: plan.env,
      everyMs: sampleMs,
      mark: renderRunMark(plan.mark),
    });
  };
  watch.start();
  let ran: Ran;
  try {
    ran = await runCommand(plan, inputs, deps, { log: watch.take, started });
  } finally {
    await watch.stop();
  }
  const usage = (await sampler?.stop()) ?? null;
  const attempt: Attempt = {
    ...begun,
    durationMs: deps.now().getTime() - startedAt.getTime(),
    ...ran.end,
  };
  await watch.finish(attempt);
  return {
    attempt,
    progress: watch.progress,
    usage,
    image: ran.image,
    stages: ran.stages,
    lastLines: ran.lastLines,
  };
}

type Own = { readonly log: (line: string) => void; readonly started: (pid: number) => void };

/** The command, or the stages of a pipeline that changed. */
async function runCommand(
  plan: AttemptPlan,
  inputs: TrainingInputs,
  { cancel }: TrainingDeps,
  own: Own,
): Promise<Ran> {
  const { workspace } = inputs;
  const { command, pipeline } = inputs.model.train;
  const runOne: RunText = (text, folder) => runText({ text, folder, cancel, ...own }, plan, inputs);
  return pipeline === undefined ? runOne(command, workspace) : runStages(pipeline, inputs, own.log, runOne);
}

interface OneCommand extends Own {
  readonly text: string;
  readonly folder: string;
  readonly cancel: AbortSignal;
}

async function runText(one: OneCommand, plan: AttemptPlan, inputs: TrainingInputs): Promise<Ran> {
  const { workspace, dataFolder, runId, runAttempt } = inputs;
  const { train } = inputs.model;
  const { env, container, scratch, checkpointFolder } = plan;
  const command = { ...one, env, timeoutMs: Math.max(0, plan.deadlineMs - performance.now()) };
  if (plan.cluster !== null) {
    const { lastLines, ...end } = await plan.cluster.run({ ...command, number: plan.number });
    return { end, lastLines, image: null, stages: [] };
  }
  if (container === null || train.image === undefined) {
    return toRan(await watchTeamCommand(command), null);
  }
  const { end, image } = await runInContainer({
    ...command,
    engine: container,
    image: train.image,
    mounts: [workspace, dataFolder, scratch, ...(checkpointFolder === null ? [] : [checkpointFolder])],
    home: scratch,
    gpus: gpusOf(plan.machine, neededGpus(train.needs)),
    name: containerName(runId, runAttempt, plan.number, plan.mark.start),
    runId,
  });
  const ran = image === null ? null : `${train.image.split('@')[0]}@${image.digest}`;
  return toRan(end, ran);
}

function toRan(facts: EndFacts, image: string | null): Ran {
  return { end: classifyEnd(facts), lastLines: facts.lastLines, image, stages: [] };
}

function gpusOf({ gpuTool }: Machine, needed: number): 'none' | 'nvidia' | 'amd' {
  if (needed === 0) return 'none';
  return gpuTool === 'rocm-smi' ? 'amd' : 'nvidia';
}

/** What is looked at while the command runs: never a reason for it to fail. */
class AttemptWatch {
  progress: Progress;
  readonly #inputs: TrainingInputs;
  readonly #deps: TrainingDeps;
  readonly #keeper: AttemptKeeper | null;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();

  constructor(plan: AttemptPlan, inputs: TrainingInputs, deps: TrainingDeps, startedAt: string) {
    const { modelName: model, commit, runId, runAttempt } = inputs;
    const { attempts } = inputs.model.train.retry;
    const start = { model, commit, runId, runAttempt, attempt: plan.number, attempts, startedAt };
    this.progress = startProgress(start);
    this.#inputs = inputs;
    this.#deps = deps;
    this.#keeper = plan.keeper;
  }

  /** Takes a line that the command printed. */
  readonly take = (line: string): void => {
    const point = parseProgressLine(line, this.#deps.now().toISOString());
    if (point !== null) this.progress = addPoint(this.progress, point);
    this.#deps.log(line);
  };

  start(): void {
    const again = (): void => {
      this.#timer = setTimeout(() => {
        this.#looking = this.#look().then(again);
      }, this.#deps.lookMs);
      this.#timer.unref();
    };
    again();
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#looking;
    clearTimeout(this.#timer);
  }

  /** Leaves the last state, and what a further attempt goes on from. */
  async finish(attempt: Attempt): Promise<void> {
    await this.#readFiles();
    const { outcome } = attempt;
    const isOver = outcome === 'done' || outcome === 'failed';
    this.#note(await this.#keeper?.end(attempt, isOver));
    await this.#deps.shelf?.finish(this.progress);
  }

  async #look(): Promise<void> {
    await this.#readFiles();
    this.#note(await this.#keeper?.look());
    await this.#deps.shelf?.offer(this.progress);
  }

  async #readFiles(): Promise<void> {
    const { progress } = this.#inputs.model.train;
    if (progress.length === 0) return;
    const at = this.#deps.now().toISOString();
    const points = await readProgressFiles(this.#inputs.workspace, progress, at);
    this.progress = addFilePoints(this.progress, points);
  }

  #note(checkpoint: Digest | null | undefined): void {
    if (checkpoint) this.progress = { ...this.progress, checkpoint };
  }
}

/** Where the command keeps what it needs to go on; null: model.yml names no such folder. */
export function checkpointFolderOf(inputs: TrainingInputs): string | null {
  const { checkpoint } = inputs.model.train;
  return checkpoint === undefined ? null : join(inputs.workspace, checkpoint.folder);
}

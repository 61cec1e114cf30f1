import { join, posix } from 'node:path';
import { performance } from 'node:perf_hooks';
import { type LockedStage, parseLock, updateLock } from '../../core/dvc/lock.ts';
import { listStages, type RunnableStage } from '../../core/dvc/stage-list.ts';
import { type OrderedStage, orderStages } from '../../core/dvc/stage-order.ts';
import { listWanted, type PlannedStage, planStages } from '../../core/dvc/stage-plan.ts';
import { judgeStage } from '../../core/dvc/stage-state.ts';
import { InputError } from '../../core/error/error.ts';
import type { DvcRemote } from './remote.ts';
import {
  fetchDependency,
  fetchOutput,
  lockStage,
  prepareStage,
  replaceFile,
  type StageSite,
} from './stage-files.ts';
import { readFacts, readRepositoryText } from './workspace.ts';

/** How a command ended; `done` is well, everything else stops the pipeline. */
export interface StageEnd {
  readonly kind: string;
}

export interface PipelineInputs<End extends StageEnd> {
  /** Path of dvc.yaml in the repository; dvc.lock lies beside it. */
  readonly file: string;
  /** Absolute: the root of the repository. */
  readonly workspace: string;
  /** Where missing outputs and data come from, by digest; null: nothing is fetched. */
  readonly remote: DvcRemote | null;
  /** Runs one command line of a stage. @param folder absolute */
  readonly runCommand: (text: string, folder: string) => Promise<End>;
  readonly log: (line: string) => void;
  /** Every stage runs, changed or not; frozen ones still do not. */
  readonly all?: boolean;
}

/** One stage as it went. */
export interface StageRun {
  readonly name: string;
  readonly action: 'ran' | 'skipped' | 'failed';
  /** In words, why it ran or why not. */
  readonly reasons: readonly string[];
  readonly durationMs: number;
  /** Paths in the repository that came from the remote. */
  readonly fetched: readonly string[];
}

/** An output that is new and that DVC would push. */
export interface NewStageOutput {
  /** In the repository. */
  readonly at: string;
  /** With `.dir` for a folder. */
  readonly md5: string;
  readonly sizeBytes: number | null;
}

export type PipelineResult<End extends StageEnd = StageEnd> =
  | {
      readonly kind: 'done';
      readonly stages: readonly StageRun[];
      readonly outputs: readonly NewStageOutput[];
    }
  | {
      readonly kind: 'stopped';
      /** The last of them did not end well. */
      readonly stages: readonly StageRun[];
      /** Of the stages before it. */
      readonly outputs: readonly NewStageOutput[];
      readonly end: End;
    };

/**
 * Runs the stages of a dvc.yaml again whose command, dependencies, parameters or outputs changed, as "dvc repro" does,
 * and keeps dvc.lock after each of them. What a skipped stage made is fetched when it is not here.
 * @throws InputError DVC_PIPELINE, DVC_TEMPLATE, DVC_LOCK, DVC_HANDWRITTEN before anything runs; DVC_DEPENDENCY, DVC_OUTPUT,
 * DVC_PARAMETERS, DVC_DIGEST; ServiceError when the remote fails
 * @see https://github.com/iterative/dvc dvc/stage/__init__.py reproduce
 */
export async function runPipeline<End extends StageEnd>(
  inputs: PipelineInputs<End>,
): Promise<PipelineResult<End>> {
  const run = new PipelineRun(inputs);
  for (const one of run.plan.ordered) {
    const end = await run.next(one);
    if (end !== null) return { kind: 'stopped', stages: run.stages, outputs: run.outputs, end };
  }
  return { kind: 'done', stages: run.stages, outputs: run.outputs };
}

/** Says what would run, without running anything. @throws InputError as `runPipeline` before anything runs */
export async function planPipeline(
  inputs: Pick<PipelineInputs<StageEnd>, 'file' | 'workspace'>,
): Promise<readonly PlannedStage[]> {
  const { ordered, locked } = readPlan(inputs.file, inputs.workspace);
  return planStages(ordered, locked, await readFacts(inputs.workspace, listWanted(ordered, locked)));
}

const emptyStage: LockedStage = { command: ['true'], dependencies: [], parameters: new Map(), outputs: [] };

interface Plan {
  readonly ordered: readonly OrderedStage[];
  readonly locked: ReadonlyMap<string, LockedStage>;
  readonly lockFile: string;
  readonly lockText: string | null;
}

function readPlan(file: string, workspace: string): Plan {
  const text = readRepositoryText(workspace, file);
  if (text === null) {
    throw new InputError('FILE_MISSING', `${file} is not in the checkout`, {
      hint: `Add ${file}, or take train.pipeline out of model.yml.`,
      where: { file },
    });
  }
  const ordered = orderStages(
    listStages(text, file, (path) => readRepositoryText(workspace, path)),
    file,
  );
  const lockFile = posix.join(posix.dirname(file), 'dvc.lock');
  const lockText = readRepositoryText(workspace, lockFile);
  if (lockText === null) return { ordered, locked: new Map(), lockFile, lockText };
  const { stages } = parseLock(lockText, lockFile);
  // A lock that cannot be written anew is told now and not after hours of training.
  updateLock(lockText, lockFile, 'none', emptyStage);
  return { ordered, locked: stages, lockFile, lockText };
}

class PipelineRun<End extends StageEnd> {
  readonly inputs: PipelineInputs<End>;
  readonly site: StageSite;
  readonly plan: Plan;
  readonly stages: StageRun[] = [];
  readonly outputs: NewStageOutput[] = [];
  lockText: string | null;

  constructor(inputs: PipelineInputs<End>) {
    this.inputs = inputs;
    this.site = { workspace: inputs.workspace, remote: inputs.remote };
    this.plan = readPlan(inputs.file, inputs.workspace);
    this.lockText = this.plan.lockText;
  }

  /** @returns null when the stage was skipped or ended well */
  async next({ stage, upstream }: OrderedStage): Promise<End | null> {
    const startedMs = performance.now();
    const fetched: string[] = [];
    const tell = (action: StageRun['action'], reasons: readonly string[]): void => {
      const durationMs = Math.round(performance.now() - startedMs);
      this.stages.push({ name: stage.name, action, reasons, durationMs, fetched });
      this.inputs.log(`stage ${stage.name} ${action}: ${reasons.join('; ')}`);
    };
    const reasons = await this.judge(stage, fetched);
    if (stage.frozen || reasons.length === 0) {
      tell('skipped', stage.frozen ? ['frozen', ...reasons] : [this.explainSkip(upstream)]);
      return null;
    }
    this.inputs.log(`stage ${stage.name} runs: ${reasons.join('; ')}`);
    const end = await this.run(stage);
    tell(end === null ? 'ran' : 'failed', reasons);
    return end;
  }

  /** Why it has to run; what is missing and can be had is fetched first. */
  async judge(stage: RunnableStage, fetched: string[]): Promise<readonly string[]> {
    const locked = this.plan.locked.get(stage.name);
    for (const { at } of stage.dependencies) {
      const path = await fetchDependency(this.site, at);
      if (path !== null) fetched.push(path);
    }
    const wanted = listWanted([{ stage, upstream: [] }], this.plan.locked);
    const state = judgeStage(stage, locked, await readFacts(this.inputs.workspace, wanted));
    const reasons = [
      ...(this.inputs.all === true ? ['every stage is run'] : []),
      ...state.reasons,
      ...state.missingDependencies.map(({ path }) => `deps ${path} missing`),
    ];
    // What a stage makes anew need not be fetched.
    if (reasons.length > 0 && !stage.frozen) return reasons;
    for (const { output, entry } of state.missingOutputs) {
      if (await fetchOutput(this.site, output, entry, this.plan.lockFile)) fetched.push(output.at);
      else reasons.push(`output ${output.path} missing`);
    }
    return reasons;
  }

  explainSkip(upstream: readonly string[]): string {
    const ran = upstream.filter((name) =>
      this.stages.some((one) => one.name === name && one.action === 'ran'),
    );
    return ran.length === 0
      ? 'nothing changed'
      : `nothing changed: ${ran.join(', ')} made what it made before`;
  }

  async run(stage: RunnableStage): Promise<End | null> {
    await prepareStage(this.site, stage);
    for (const line of stage.command) {
      const end = await this.inputs.runCommand(line, join(this.inputs.workspace, stage.folder));
      if (end.kind !== 'done') return end;
    }
    const locked = await lockStage(this.site, stage, this.plan.locked.get(stage.name));
    await this.keep(stage, locked);
    return null;
  }

  async keep(stage: RunnableStage, locked: LockedStage): Promise<void> {
    const { lockFile } = this.plan;
    const text = updateLock(this.lockText, lockFile, stage.name, locked);
    if (text !== this.lockText) await replaceFile(this.inputs.workspace, lockFile, text);
    this.lockText = text;
    const places = new Map(stage.outputs.filter(({ kept }) => kept).map(({ path, at }) => [path, at]));
    for (const { path, hash, sizeBytes } of locked.outputs) {
      const at = places.get(path);
      if (at !== undefined && hash !== null) this.outputs.push({ at, md5: hash.value, sizeBytes });
    }
  }
}

import type { Conclusion } from '../actions-service/run.ts';
import { typeInputs, type WorkflowTree } from './call.ts';
import {
  booleanFunction,
  evaluateCondition,
  interpolate,
  isTruthy,
  resolveValue,
  type Scope,
} from './expression.ts';
import { JobLauncher, type LauncherDeps } from './job-launcher.ts';
import type { JobOutcome, Result, RunPlan } from './job-task.ts';
import { type Combination, expandMatrix, matrixSuffix } from './matrix.ts';
import { defaultPermissions, type Permissions, restrictToFork } from './permission.ts';
import { type Job, type Mapping, mappingOf } from './workflow.ts';

/** One workflow file being executed: the run's own, or one that a job of it calls. */
interface Level {
  readonly tree: WorkflowTree;
  readonly inputs: Mapping;
  readonly secrets: Readonly<Record<string, string>>;
  /** What the calling job may give; undefined at the top. */
  readonly granted: Permissions | undefined;
  /** `caller / ` */
  readonly prefix: string;
  /** It is called by a job that runs again, so everything in it does. */
  readonly isFresh: boolean;
  readonly ended: Map<string, Promise<Ended>>;
}

/** A job's end as those that need it see it. */
interface Ended extends JobOutcome {
  /** Its own result and those of everything that it needed. */
  readonly lineage: readonly Result[];
  /** It, or something that it needed, ran in this attempt: whatever depends on it runs again. */
  readonly isFresh: boolean;
}

/** A job whose condition holds, in one combination of its matrix. */
interface Candidate {
  readonly level: Level;
  readonly job: Job;
  readonly needs: Mapping;
  readonly matrix: Combination | undefined;
  readonly strategy: Mapping;
  /** Something that it needs ran in this attempt. */
  readonly isFresh: boolean;
}

/** Executes one attempt of a run. */
export class RunMachine {
  readonly plan: RunPlan;
  /** Waits for its concurrency group. */
  waiting = false;
  /** Outcomes by job name, for a later rerun of what failed. */
  readonly outcomes = new Map<string, JobOutcome>();
  /** Jobs that ran in this attempt, by prefix and id. */
  readonly #ran = new Set<string>();
  readonly #launcher: JobLauncher;
  readonly #keep: ReadonlyMap<string, JobOutcome>;
  #cancelled = false;

  /** @param keep outcomes of an earlier attempt that are not done again (rerun of failed jobs). */
  constructor(plan: RunPlan, deps: LauncherDeps, keep: ReadonlyMap<string, JobOutcome>) {
    this.plan = plan;
    this.#launcher = new JobLauncher(plan, deps);
    this.#keep = keep;
  }

  /** Nothing of it can move on by itself: every open job waits for a runner that nobody registered. */
  isStuck(): boolean {
    return !this.waiting && this.#launcher.isStuck();
  }

  /** Interrupts what runs and drops what waits; `always()` jobs still follow, unless it is for good. */
  cancel(forGood = false): void {
    this.#cancelled = true;
    this.#launcher.cancel(forGood);
  }

  /** Runs every job of a workflow. @param inputs those of a manual start. */
  async execute(tree: WorkflowTree, inputs: Mapping): Promise<Conclusion> {
    const { settings, restricted } = this.plan;
    const secrets = restricted ? {} : settings.secrets;
    const level = { tree, inputs, secrets, granted: undefined, prefix: '', isFresh: false, ended: new Map() };
    return (await this.#executeLevel(level)).result;
  }

  async #executeLevel(level: Level): Promise<JobOutcome> {
    const { jobs, on } = level.tree.workflow;
    const ended = new Map<string, Ended>();
    await Promise.all([...jobs.values()].map(async (job) => ended.set(job.id, await this.#end(level, job))));
    const named = Object.fromEntries([...ended].map(([id, one]) => [id, toContext(one)]));
    const scope = this.#scope(level, [], { jobs: named });
    const outputs: Record<string, string> = {};
    for (const [name, spec] of Object.entries(mappingOf(mappingOf(on.workflow_call).outputs))) {
      outputs[name] = interpolate(String(mappingOf(spec).value ?? ''), scope);
    }
    return { result: combine([...ended.values()].map((one) => one.result)), outputs };
  }

  #end(level: Level, job: Job): Promise<Ended> {
    const made = level.ended.get(job.id) ?? this.#decide(level, job);
    level.ended.set(job.id, made);
    return made;
  }

  async #decide(level: Level, job: Job): Promise<Ended> {
    const needed = job.needs.flatMap((id) => level.tree.workflow.jobs.get(id) ?? []);
    const ended = await Promise.all(needed.map((need) => this.#end(level, need)));
    const lineage = ended.flatMap((one) => one.lineage);
    const needs = Object.fromEntries(needed.map(({ id }, index) => [id, toContext(ended[index])]));
    const isFresh = level.isFresh || ended.some((one) => one.isFresh);
    const outcome = await this.#perform(level, job, needs, this.#scope(level, lineage, { needs }), isFresh);
    const ran = isFresh || this.#ran.has(level.prefix + job.id);
    return { ...outcome, lineage: [...lineage, outcome.result], isFresh: ran };
  }

  async #perform(
    level: Level,
    job: Job,
    needs: Mapping,
    scope: Scope,
    isFresh: boolean,
  ): Promise<JobOutcome> {
    try {
      if (!evaluateCondition(job.if, scope)) {
        const result = this.#cancelled ? 'cancelled' : 'skipped';
        return this.#launcher.note(level.prefix + skippedTitle(job, scope), result);
      }
      const strategy = mappingOf(resolveValue(job.strategy, scope));
      const candidate = { level, job, needs, matrix: undefined, strategy: {}, isFresh };
      if (strategy.matrix === undefined) return await this.#performOne(candidate);
      return await this.#performMatrix(candidate, expandMatrix(strategy.matrix), strategy);
    } catch (error) {
      this.plan.run.message = error instanceof Error ? error.message : String(error);
      return this.#launcher.note(level.prefix + (job.name ?? job.id), 'failure');
    }
  }

  async #performMatrix(
    candidate: Candidate,
    rows: readonly Combination[],
    asked: Mapping,
  ): Promise<JobOutcome> {
    const { 'fail-fast': failFast = true, 'max-parallel': max = rows.length } = asked;
    const shared = { 'fail-fast': failFast, 'job-total': rows.length, 'max-parallel': max };
    const outcomes: JobOutcome[] = [];
    const rest = [...rows.entries()];
    let stop = false;
    const lane = async () => {
      for (let next = rest.shift(); next !== undefined; next = rest.shift()) {
        const [index, matrix] = next;
        const strategy = { ...shared, 'job-index': index };
        const outcome = stop ? NOT_STARTED : await this.#performOne({ ...candidate, matrix, strategy });
        outcomes[index] = outcome;
        if (outcome.result === 'failure' && isTruthy(failFast)) stop = true;
      }
    };
    await Promise.all(Array.from({ length: Math.max(1, Math.min(Number(max) || 1, rows.length)) }, lane));
    const outputs = Object.assign({}, ...outcomes.map((outcome) => outcome.outputs));
    return { result: combine(outcomes.map((outcome) => outcome.result)), outputs };
  }

  async #performOne(candidate: Candidate): Promise<JobOutcome> {
    const { level, job, needs, matrix, strategy } = candidate;
    const scope = this.#scope(level, [], { needs, matrix: matrix ?? null, strategy });
    const name = level.prefix + titleOf(job, scope, matrix);
    const kept = candidate.isFresh ? undefined : this.#keep.get(name);
    if (kept === undefined) this.#ran.add(level.prefix + job.id);
    // GitHub shows the job of the earlier attempt in the new one as well.
    if (kept !== undefined && job.uses === undefined) this.#launcher.note(name, kept.result);
    const outcome = kept ?? (await this.#start(candidate, scope, name));
    this.outcomes.set(name, outcome);
    const tolerated = outcome.result === 'failure' && isTruthy(resolveValue(job.continueOnError, scope));
    return tolerated ? { ...outcome, result: 'success' } : outcome;
  }

  #start(candidate: Candidate, scope: Scope, name: string): Promise<JobOutcome> {
    const { level, job } = candidate;
    const called = level.tree.called.get(job.id);
    if (called !== undefined) return this.#call(candidate, called, scope, name);
    const { workflow, source } = level.tree;
    const { inputs, secrets } = level;
    const asked = this.#permissionsOf(level, job);
    const permissions = this.plan.restricted ? restrictToFork(asked) : asked;
    return this.#launcher.launch(
      { ...candidate, name, workflow, source, inputs, secrets, permissions },
      scope,
    );
  }

  #call(
    { level, job, isFresh }: Candidate,
    tree: WorkflowTree,
    scope: Scope,
    name: string,
  ): Promise<JobOutcome> {
    const declared = mappingOf(mappingOf(tree.workflow.on.workflow_call).inputs);
    const inputs = typeInputs(declared, mappingOf(resolveValue(job.with, scope)));
    const open = { ...scope, contexts: new Map([...scope.contexts, ['secrets', level.secrets]]) };
    const passed = Object.entries(mappingOf(job.secrets)).map(([key, value]) => [
      key,
      interpolate(String(value), open),
    ]);
    // Secrets are handed over one by one, or all with `inherit`; nothing passes by itself.
    const secrets = job.secrets === 'inherit' ? level.secrets : Object.fromEntries(passed);
    const granted = this.#permissionsOf(level, job);
    return this.#executeLevel({
      tree,
      inputs,
      secrets,
      granted,
      prefix: `${name} / `,
      isFresh,
      ended: new Map(),
    });
  }

  #permissionsOf(level: Level, job: Job): Permissions {
    const policy = this.plan.settings.defaultPermissions;
    return job.permissions ?? level.tree.workflow.permissions ?? level.granted ?? defaultPermissions(policy);
  }

  #scope(level: Level, lineage: readonly Result[], more: Mapping): Scope {
    const { github, settings } = this.plan;
    const base = { github, inputs: level.inputs, vars: settings.vars, needs: {} };
    const ok = () => !this.#cancelled && lineage.every((result) => result === 'success');
    const failed = () => !this.#cancelled && lineage.includes('failure');
    const functions = new Map([
      ['success', booleanFunction('success', ok)],
      ['failure', booleanFunction('failure', failed)],
      ['always', booleanFunction('always', () => true)],
      ['cancelled', booleanFunction('cancelled', () => this.#cancelled)],
    ]);
    return { contexts: new Map<string, unknown>(Object.entries({ ...base, ...more })), functions };
  }
}

const NOT_STARTED: JobOutcome = { result: 'cancelled', outputs: {} };

// A name with an expression says itself which combination it is; any other gets it appended.
function titleOf(job: Job, scope: Scope, matrix: Combination | undefined): string {
  const suffix = matrix === undefined || job.name?.includes('${{') ? '' : matrixSuffix(matrix);
  return interpolate(job.name ?? job.id, scope) + suffix;
}

// A matrix that was never expanded leaves its name as it is written.
function skippedTitle(job: Job, scope: Scope): string {
  try {
    return titleOf(job, scope, undefined);
  } catch {
    return job.name ?? job.id;
  }
}

function toContext(ended: Ended | undefined): Mapping {
  return { result: ended?.result ?? 'skipped', outputs: ended?.outputs ?? {} };
}

function combine(results: readonly Result[]): Result {
  if (results.includes('failure')) return 'failure';
  if (results.includes('cancelled')) return 'cancelled';
  return results.every((result) => result === 'skipped') ? 'skipped' : 'success';
}

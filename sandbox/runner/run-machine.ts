import type { Conclusion, RunJob } from '../actions-service/run.ts';
import { typeInputs, type WorkflowTree } from './call.ts';
import { type ConcurrencyGroups, parseConcurrency } from './concurrency.ts';
import {
  booleanFunction,
  evaluateCondition,
  interpolate,
  isTruthy,
  resolveValue,
  type Scope,
} from './expression.ts';
import { type RunningJob, startJob } from './job.ts';
import type { JobOutcome, Result, RunnerDeps, RunPlan } from './job-task.ts';
import { type Combination, expandMatrix, matrixSuffix } from './matrix.ts';
import { defaultPermissions, type Permissions, restrictToFork } from './permission.ts';
import type { Demand, RunnerPool } from './runner-pool.ts';
import { type Job, listOf, type Mapping, mappingOf } from './workflow.ts';

export interface MachineDeps extends RunnerDeps {
  readonly pool: RunnerPool;
  readonly groups: ConcurrencyGroups;
}

/** One workflow file being executed: the run's own, or one that a job of it calls. */
interface Level {
  readonly tree: WorkflowTree;
  readonly inputs: Mapping;
  readonly secrets: Readonly<Record<string, string>>;
  /** What the calling job may give; undefined at the top. */
  readonly granted: Permissions | undefined;
  /** `caller / ` */
  readonly prefix: string;
  readonly ended: Map<string, Promise<Ended>>;
}

/** A job's end as those that need it see it. */
interface Ended extends JobOutcome {
  /** Its own result and those of everything that it needed. */
  readonly lineage: readonly Result[];
}

/** Executes one attempt of a run. */
export class RunMachine {
  readonly plan: RunPlan;
  /** Jobs that wait for a runner that does not exist. */
  stalled = 0;
  /** Jobs that are queued or running. */
  open = 0;
  /** Waits for its concurrency group. */
  waiting = false;
  readonly #deps: MachineDeps;
  readonly #root: WorkflowTree;
  readonly #inputs: Mapping;
  readonly #running = new Set<RunningJob>();
  readonly #queued = new AbortController();
  readonly #keep: ReadonlyMap<string, JobOutcome>;
  #cancelled = false;

  /** @param keep outcomes of an earlier attempt that are not done again (rerun of failed jobs). */
  constructor(
    plan: RunPlan,
    root: WorkflowTree,
    inputs: Mapping,
    deps: MachineDeps,
    keep: ReadonlyMap<string, JobOutcome>,
  ) {
    this.plan = plan;
    this.#root = root;
    this.#inputs = inputs;
    this.#deps = deps;
    this.#keep = keep;
  }

  /** Outcomes by job name, for a later rerun of what failed. */
  readonly outcomes = new Map<string, JobOutcome>();

  /** Nothing of it can move on by itself: every open job waits for a runner that nobody registered. */
  isStuck(): boolean {
    return !this.waiting && this.open > 0 && this.open === this.stalled;
  }

  cancel(): void {
    this.#cancelled = true;
    this.#queued.abort();
    for (const job of this.#running) job.cancel();
  }

  async execute(): Promise<Conclusion> {
    const { settings, restricted } = this.plan;
    const secrets = restricted ? {} : settings.secrets;
    const level: Level = {
      ...{
        tree: this.#root,
        inputs: this.#inputs,
        secrets,
        granted: undefined,
        prefix: '',
        ended: new Map(),
      },
    };
    const { result } = await this.#executeLevel(level);
    return result === 'skipped' ? 'skipped' : result;
  }

  async #executeLevel(level: Level): Promise<JobOutcome> {
    const { jobs, on } = level.tree.workflow;
    const ids = [...jobs.keys()];
    const ended = await Promise.all(ids.map((id) => this.#end(level, id)));
    const results = ended.map((one) => one.result);
    const outputs: Record<string, string> = {};
    const named = Object.fromEntries(ids.map((id, index) => [id, toContext(ended[index])]));
    const scope = this.#scope(level, [], [['jobs', named]]);
    for (const [name, spec] of Object.entries(mappingOf(mappingOf(on.workflow_call).outputs))) {
      outputs[name] = interpolate(String(mappingOf(spec).value ?? ''), scope);
    }
    return { result: combine(results), outputs };
  }

  #end(level: Level, id: string): Promise<Ended> {
    const known = level.ended.get(id);
    if (known !== undefined) return known;
    const job = level.tree.workflow.jobs.get(id);
    if (job === undefined) throw new Error(`no job ${id}`);
    const made = this.#decide(level, job);
    level.ended.set(id, made);
    return made;
  }

  async #decide(level: Level, job: Job): Promise<Ended> {
    const needed = await Promise.all(job.needs.map((id) => this.#end(level, id)));
    const lineage = needed.flatMap((one) => one.lineage);
    const needs = Object.fromEntries(job.needs.map((id, index) => [id, toContext(needed[index])]));
    const scope = this.#scope(level, lineage, [['needs', needs]]);
    const outcome = await this.#perform(level, job, needs, scope);
    return { ...outcome, lineage: [...lineage, outcome.result] };
  }

  async #perform(level: Level, job: Job, needs: Mapping, scope: Scope): Promise<JobOutcome> {
    try {
      if (!evaluateCondition(job.if, scope)) {
        const record = this.#record(level.prefix + this.#titleOf(job, scope, undefined), []);
        const result = this.#cancelled ? 'cancelled' : 'skipped';
        this.#close(record, result);
        return { result, outputs: {} };
      }
      const matrix = resolveValue(job.strategy.matrix, scope);
      if (matrix === undefined) return await this.#performOne(level, job, needs, undefined, {});
      return await this.#performMatrix(
        level,
        job,
        needs,
        expandMatrix(matrix),
        resolveValue(job.strategy, scope),
      );
    } catch (error) {
      const record = this.#record(level.prefix + (job.name ?? job.id), []);
      this.plan.run.message = error instanceof Error ? error.message : String(error);
      this.#close(record, 'failure');
      return { result: 'failure', outputs: {} };
    }
  }

  async #performMatrix(
    level: Level,
    job: Job,
    needs: Mapping,
    rows: readonly Combination[],
    strategy: unknown,
  ): Promise<JobOutcome> {
    const { 'fail-fast': failFast = true, 'max-parallel': max = rows.length } = mappingOf(strategy);
    const shared = { 'fail-fast': failFast, 'job-total': rows.length, 'max-parallel': max };
    const outcomes: JobOutcome[] = [];
    let stop = false;
    const rest = [...rows.entries()];
    const lane = async () => {
      for (let next = rest.shift(); next !== undefined; next = rest.shift()) {
        const [index, row] = next;
        const outcome: JobOutcome = stop
          ? { result: 'cancelled', outputs: {} }
          : await this.#performOne(level, job, needs, row, { ...shared, 'job-index': index });
        outcomes[index] = outcome;
        if (outcome.result === 'failure' && isTruthy(failFast)) stop = true;
      }
    };
    await Promise.all(Array.from({ length: Math.max(1, Math.min(Number(max) || 1, rows.length)) }, lane));
    const outputs = Object.assign({}, ...outcomes.map((outcome) => outcome.outputs));
    return { result: combine(outcomes.map((outcome) => outcome.result)), outputs };
  }

  async #performOne(
    level: Level,
    job: Job,
    needs: Mapping,
    matrix: Combination | undefined,
    strategy: Mapping,
  ): Promise<JobOutcome> {
    const scope = this.#scope(
      level,
      [],
      [
        ['needs', needs],
        ['matrix', matrix ?? null],
        ['strategy', strategy],
      ],
    );
    const name = level.prefix + this.#titleOf(job, scope, matrix);
    const kept = this.#keep.get(name);
    if (kept !== undefined) {
      // GitHub shows the job of the earlier attempt in the new one as well.
      if (job.uses === undefined) this.#close(this.#record(name, []), kept.result);
      this.outcomes.set(name, kept);
      return kept;
    }
    const outcome =
      job.uses === undefined
        ? await this.#performJob(level, job, needs, matrix, strategy, scope, name)
        : await this.#performCall(level, job, scope, name);
    this.outcomes.set(name, outcome);
    const tolerated = outcome.result === 'failure' && isTruthy(resolveValue(job.continueOnError, scope));
    return tolerated ? { ...outcome, result: 'success' } : outcome;
  }

  #performCall(level: Level, job: Job, scope: Scope, name: string): Promise<JobOutcome> {
    const tree = level.tree.called.get(job.id);
    if (tree === undefined) throw new Error(`workflow of job ${job.id} was not loaded`);
    const declared = mappingOf(mappingOf(tree.workflow.on.workflow_call).inputs);
    const inputs = typeInputs(declared, mappingOf(resolveValue(job.with, scope)));
    const withSecrets: Scope = {
      ...scope,
      contexts: new Map([...scope.contexts, ['secrets', level.secrets]]),
    };
    const secrets =
      job.secrets === 'inherit'
        ? level.secrets
        : Object.fromEntries(
            Object.entries(mappingOf(job.secrets)).map(([key, value]) => [
              key,
              interpolate(String(value), withSecrets),
            ]),
          );
    const granted = this.#permissionsOf(level, job);
    return this.#executeLevel({ tree, inputs, secrets, granted, prefix: `${name} / `, ended: new Map() });
  }

  async #performJob(
    level: Level,
    job: Job,
    needs: Mapping,
    matrix: Combination | undefined,
    strategy: Mapping,
    scope: Scope,
    name: string,
  ): Promise<JobOutcome> {
    const demand = parseDemand(resolveValue(job.runsOn, scope));
    const record = this.#record(name, demand.labels);
    const group = parseConcurrency(resolveValue(job.concurrency, scope));
    const leave = await this.#enter(group, record);
    const runner = leave === undefined ? undefined : await this.#waitForRunner(demand);
    if (runner === undefined || leave === undefined) {
      leave?.();
      return this.#close(record, 'cancelled');
    }
    try {
      const environment = parseEnvironment(job.environment, scope);
      const secrets = this.#secretsFor(level, environment);
      const permissions = this.#restrict(this.#permissionsOf(level, job));
      this.#begin(
        record,
        runner.name,
        runner.group ?? (runner.environment === 'self-hosted' ? 'Default' : 'GitHub Actions'),
      );
      const running = startJob(
        {
          ...{
            plan: this.plan,
            job,
            record,
            needs,
            matrix,
            strategy,
            secrets,
            permissions,
            environment,
            runner,
          },
          ...{ workflow: level.tree.workflow, source: level.tree.source, inputs: level.inputs },
        },
        this.#deps,
      );
      this.#running.add(running);
      const outcome = await running.outcome;
      this.#running.delete(running);
      return this.#close(record, outcome.result, outcome.outputs);
    } catch (error) {
      this.plan.run.message = error instanceof Error ? error.message : String(error);
      return this.#close(record, 'failure');
    } finally {
      this.#deps.pool.release(runner);
      leave();
    }
  }

  async #enter(
    group: ReturnType<typeof parseConcurrency>,
    record: RunJob,
  ): Promise<(() => void) | undefined> {
    if (group === undefined) return () => {};
    const key = `job ${this.plan.run.repository.id} ${group.group}`;
    record.status = 'pending';
    const leave = await this.#deps.groups.enter(key, group.cancel, () => this.cancel());
    record.status = 'queued';
    return leave;
  }

  async #waitForRunner(demand: Demand) {
    const hopeless = !this.#deps.pool.canServe(demand);
    if (hopeless) this.stalled += 1;
    const runner = await this.#deps.pool.acquire(demand, this.#queued.signal);
    if (hopeless) this.stalled -= 1;
    return runner;
  }

  #secretsFor(level: Level, environment: string | undefined): Readonly<Record<string, string>> {
    if (environment === undefined) return level.secrets;
    const { run, settings, restricted } = this.plan;
    const rule = Object.hasOwn(settings.environments, environment)
      ? settings.environments[environment]
      : undefined;
    const branch = run.ref.replace('refs/heads/', '');
    if (rule?.branches !== undefined && !rule.branches.includes(branch)) {
      throw new Error(
        `Branch "${branch}" is not allowed to deploy to ${environment} due to environment protection rules.`,
      );
    }
    return restricted ? {} : { ...level.secrets, ...rule?.secrets };
  }

  #permissionsOf(level: Level, job: Job): Permissions {
    const { defaultPermissions: policy } = this.plan.settings;
    return job.permissions ?? level.tree.workflow.permissions ?? level.granted ?? defaultPermissions(policy);
  }

  #restrict(permissions: Permissions): Permissions {
    return this.plan.restricted ? restrictToFork(permissions) : permissions;
  }

  #record(name: string, labels: readonly string[]): RunJob {
    this.open += 1;
    return this.#deps.service.addJob({ run: this.plan.run, name, labels });
  }

  #begin(record: RunJob, runnerName: string, runnerGroup: string): void {
    const { service } = this.#deps;
    Object.assign(record, {
      status: 'in_progress',
      runnerName,
      runnerGroup,
      startedAt: service.hub.clock.now(),
    });
    if (this.plan.run.status !== 'in_progress') service.moveRun(this.plan.run, 'in_progress');
  }

  #close(record: RunJob, result: Result, outputs: JobOutcome['outputs'] = {}): JobOutcome {
    this.open -= 1;
    Object.assign(record, {
      status: 'completed',
      conclusion: result,
      completedAt: this.#deps.service.hub.clock.now(),
    });
    return { result, outputs };
  }

  #titleOf(job: Job, scope: Scope, matrix: Combination | undefined): string {
    // A name with an expression says itself which combination it is; any other gets it appended.
    const suffix = matrix === undefined || job.name?.includes('${{') ? '' : matrixSuffix(matrix);
    return interpolate(job.name ?? job.id, scope) + suffix;
  }

  #scope(level: Level, lineage: readonly Result[], more: readonly (readonly [string, unknown])[]): Scope {
    const contexts = new Map<string, unknown>([
      ['github', this.plan.github],
      ['inputs', level.inputs],
      ['vars', this.plan.settings.vars],
      ['needs', {}],
      ['matrix', null],
      ['strategy', {}],
      ...more,
    ]);
    const ok = () => !this.#cancelled && lineage.every((result) => result === 'success');
    const failed = () => !this.#cancelled && lineage.includes('failure');
    const functions = new Map([
      ['success', booleanFunction('success', ok)],
      ['failure', booleanFunction('failure', failed)],
      ['always', booleanFunction('always', () => true)],
      ['cancelled', booleanFunction('cancelled', () => this.#cancelled)],
    ]);
    return { contexts, functions };
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

function parseDemand(value: unknown): Demand {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { labels: listOf(value), group: undefined };
  const { group, labels } = mappingOf(value);
  return { labels: listOf(labels), group: group === undefined ? undefined : String(group) };
}

function parseEnvironment(value: unknown, scope: Scope): string | undefined {
  const resolved = resolveValue(value, scope);
  const name = typeof resolved === 'object' && resolved !== null ? mappingOf(resolved).name : resolved;
  return name === undefined || name === null || name === '' ? undefined : String(name);
}

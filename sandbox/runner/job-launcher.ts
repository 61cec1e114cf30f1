import type { RunJob } from '../actions-service/run.ts';
import { type ConcurrencyGroups, parseConcurrency } from './concurrency.ts';
import { resolveValue, type Scope } from './expression.ts';
import { type RunningJob, startJob } from './job.ts';
import type { JobOutcome, JobTask, Result, Runner, RunnerDeps, RunPlan } from './job-task.ts';
import type { Demand, RunnerPool } from './runner-pool.ts';
import { listOf, mappingOf } from './workflow.ts';

export interface LauncherDeps extends RunnerDeps {
  readonly pool: RunnerPool;
  readonly groups: ConcurrencyGroups;
  /** Tells which job a runner has taken. */
  readonly onBusy: (runner: Runner, job: RunningJob) => void;
}

/** A job whose needs and conditions are met; `secrets` are those without an environment's own. */
export type ReadyJob = Omit<JobTask, 'plan' | 'record' | 'runner' | 'environment'> & {
  readonly name: string;
};

interface Stoppable {
  cancel: () => void;
}

/** Takes the ready jobs of one run to runners and keeps their records. */
export class JobLauncher {
  readonly #plan: RunPlan;
  readonly #deps: LauncherDeps;
  readonly #running = new Set<RunningJob>();
  #queued = new AbortController();
  /** Jobs that are queued or running, and those among them that wait for a runner that does not exist. */
  #open = 0;
  #stalled = 0;

  constructor(plan: RunPlan, deps: LauncherDeps) {
    this.#plan = plan;
    this.#deps = deps;
  }

  /** Every open job waits for a runner that nobody registered. */
  isStuck(): boolean {
    return this.#open > 0 && this.#open === this.#stalled;
  }

  /** Drops what waits and interrupts what runs. @param forGood nothing may start afterwards either. */
  cancel(forGood: boolean): void {
    this.#queued.abort();
    if (!forGood) this.#queued = new AbortController();
    for (const job of this.#running) job.cancel();
  }

  /** Records a job that does not run. */
  note(name: string, result: Result): JobOutcome {
    return this.#close(this.#record(name, []), result);
  }

  /** Queues a job, waits for its concurrency group and a runner, and runs it. */
  async launch(ready: ReadyJob, scope: Scope): Promise<JobOutcome> {
    const demand = parseDemand(resolveValue(ready.job.runsOn, scope));
    const record = this.#record(ready.name, demand.labels);
    // A newer job of the same concurrency group may stop this one, and only this one.
    const own: Stoppable = { cancel: () => {} };
    const leave = await this.#enter(resolveValue(ready.job.concurrency, scope), record, () => own.cancel());
    const runner = leave === undefined ? undefined : await this.#waitForRunner(demand);
    if (runner === undefined || leave === undefined) {
      leave?.();
      return this.#close(record, 'cancelled');
    }
    try {
      return await this.#run(ready, scope, record, runner, own);
    } catch (error) {
      this.#plan.run.message = error instanceof Error ? error.message : String(error);
      return this.#close(record, 'failure');
    } finally {
      this.#deps.pool.release(runner);
      leave();
    }
  }

  async #run(
    ready: ReadyJob,
    scope: Scope,
    record: RunJob,
    runner: Runner,
    own: Stoppable,
  ): Promise<JobOutcome> {
    const environment = parseEnvironment(resolveValue(ready.job.environment, scope));
    const secrets = { ...ready.secrets, ...this.#environmentSecrets(environment) };
    this.#begin(record, runner);
    const running = startJob(
      { ...ready, plan: this.#plan, record, runner, environment, secrets },
      this.#deps,
    );
    this.#running.add(running);
    own.cancel = () => running.cancel();
    this.#deps.onBusy(runner, running);
    const outcome = await running.outcome;
    this.#running.delete(running);
    return this.#close(record, outcome.result, outcome.outputs);
  }

  async #enter(value: unknown, record: RunJob, onConflict: () => void): Promise<(() => void) | undefined> {
    const group = parseConcurrency(value);
    if (group === undefined) return () => {};
    record.status = 'pending';
    const key = `job ${this.#plan.run.repository.id} ${group.group}`;
    const leave = await this.#deps.groups.enter(key, group.cancel, onConflict);
    record.status = 'queued';
    return leave;
  }

  async #waitForRunner(demand: Demand): Promise<Runner | undefined> {
    const hopeless = !this.#deps.pool.canServe(demand);
    if (hopeless) this.#stalled += 1;
    const runner = await this.#deps.pool.acquire(demand, this.#queued.signal);
    if (hopeless) this.#stalled -= 1;
    return runner;
  }

  #environmentSecrets(environment: string | undefined): Readonly<Record<string, string>> {
    const { run, settings, restricted } = this.#plan;
    if (environment === undefined || !Object.hasOwn(settings.environments, environment)) return {};
    const rule = settings.environments[environment];
    const branch = run.ref.replace('refs/heads/', '');
    if (rule?.branches !== undefined && !rule.branches.includes(branch)) {
      throw new Error(
        `Branch "${branch}" is not allowed to deploy to ${environment} due to environment protection rules.`,
      );
    }
    return restricted ? {} : (rule?.secrets ?? {});
  }

  #record(name: string, labels: readonly string[]): RunJob {
    this.#open += 1;
    return this.#deps.service.addJob({ run: this.#plan.run, name, labels });
  }

  #begin(record: RunJob, runner: Runner): void {
    const { service } = this.#deps;
    const hosted = runner.environment === 'github-hosted';
    const runnerGroup = runner.group ?? (hosted ? 'GitHub Actions' : 'Default');
    const runnerId = this.#deps.pool.runners.indexOf(runner) + 1;
    const startedAt = service.hub.clock.now();
    service.moveJob(record, {
      status: 'in_progress',
      runnerName: runner.name,
      runnerId,
      runnerGroup,
      startedAt,
    });
    if (this.#plan.run.status !== 'in_progress') service.moveRun(this.#plan.run, 'in_progress');
  }

  #close(record: RunJob, result: Result, outputs: JobOutcome['outputs'] = {}): JobOutcome {
    this.#open -= 1;
    const { service } = this.#deps;
    const completedAt = service.hub.clock.now();
    service.moveJob(record, { status: 'completed', conclusion: result, completedAt });
    return { result, outputs };
  }
}

function parseDemand(value: unknown): Demand {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { labels: listOf(value), group: undefined };
  const { group, labels } = mappingOf(value);
  return { labels: listOf(labels), group: group === undefined ? undefined : String(group) };
}

function parseEnvironment(value: unknown): string | undefined {
  const name = typeof value === 'object' && value !== null ? mappingOf(value).name : value;
  return name === undefined || name === null || name === '' ? undefined : String(name);
}

import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { mountRoutes } from '../actions-service/routes.ts';
import type { Run } from '../actions-service/run.ts';
import { type ActionsService, createService, type ListedRunner } from '../actions-service/service.ts';
import type { Hub } from '../hub/interface.ts';
import { createCommitReader } from './commit-reader.ts';
import { ConcurrencyGroups } from './concurrency.ts';
import { Dispatcher } from './dispatcher.ts';
import { scheduleOccasion, toOccasion } from './event.ts';
import type { RunningJob } from './job.ts';
import type { RepositorySettings, Runner } from './job-task.ts';
import { ProcessGroups } from './process-group.ts';
import { createPool, OWN_LABELS, type RunnerPool } from './runner-pool.ts';
import type { MovingRef } from './source.ts';

export interface ActionsOptions {
  readonly hub: Hub;
  /** Folder for logs, artifacts, workspaces, unpacked actions. */
  readonly workRoot: string;
  readonly runners?: readonly Runner[];
  /** RUNNER_TOOL_CACHE of every job; may be filled beforehand. */
  readonly toolCache?: string;
  /** Jobs that run at the same time; 2 by default. */
  readonly maxParallel?: number;
}

/** Actions of one hub: service and runners together. */
export interface Actions {
  readonly service: ActionsService;
  readonly runs: ReadonlyMap<number, Run>;
  /** Every `uses:` met so far that named a branch or tag instead of a full SHA. */
  readonly movingRefs: readonly MovingRef[];
  /** Secrets, variables, default permissions and environments of a repository: its settings page. */
  configure(fullName: string, settings: Partial<RepositorySettings>): void;
  addRunner(runner: Runner): void;
  /**
   * A machine goes away, in the middle of its job if it has one: the job ends as GitHub's service ends it when it hears
   * nothing any more, at once. @throws Error for a name that no runner has
   */
  loseRunner(name: string): void;
  /** The machine is back and takes jobs again. */
  returnRunner(name: string): void;
  /** The hour strikes: starts every workflow of the default branch that has a schedule, whatever its cron says. */
  strike(fullName: string, login: string): Promise<void>;
  /**
   * Waits until no run is queued or running. A job that no registered runner can take does not count:
   * it would wait for ever.
   */
  idle(): Promise<void>;
  /** Log of each job of a run's newest attempt, by job name. */
  logsOf(runId: number): ReadonlyMap<string, string>;
  /** Job summaries of a run's newest attempt, one after the other. */
  summaryOf(runId: number): string;
  /** Tells of every run when it is requested and when it is completed. @returns a function that stops it. */
  onRun(listener: (run: Run) => void): () => void;
  /** Cancels everything, kills what runs, waits for the end. */
  close(): Promise<void>;
}

export const HOSTED_RUNNER: Runner = {
  name: 'GitHub Actions 1',
  labels: ['ubuntu-latest', 'ubuntu-24.04'],
  environment: 'github-hosted',
};

/** Starts service and runners on a hub: from now on its events start workflow runs. */
export function startActions(options: ActionsOptions): Actions {
  const { hub, workRoot } = options;
  const folders = makeFolders(workRoot, options.toolCache);
  const processes = new ProcessGroups();
  const reader = createCommitReader(join(workRoot, 'actions'));
  const pool = createPool(options.runners ?? [HOSTED_RUNNER], options.maxParallel ?? 2);
  const work = new Map<Runner, RunningJob>();
  const runnerOf = (name: string): Runner => {
    const runner = pool.runners.find((one) => one.name === name);
    if (runner === undefined) throw new Error(`there is no runner ${name}`);
    return runner;
  };
  const movingRefs: MovingRef[] = [];
  const onMoving = (moving: MovingRef) => {
    const known = movingRefs.some(({ uses, sha }) => uses === moving.uses && sha === moving.sha);
    if (!known) movingRefs.push(moving);
  };
  const service = createService(hub, join(workRoot, 'service'), {
    dispatch: (workflow, ref, inputs, sender) => dispatcher.dispatch(workflow, ref, inputs, sender),
    rerun: (run, onlyFailed, sender) => dispatcher.rerun(run, onlyFailed, sender),
    approve: (run, sender) => dispatcher.approve(run, sender),
    cancel: (run) => dispatcher.cancel(run),
    runners: () => listRunners(pool),
  });
  const dispatcher: Dispatcher = new Dispatcher({
    ...{ service, reader, processes, folders, onMoving, pool, groups: new ConcurrencyGroups() },
    onBusy: (runner, job) => work.set(runner, job),
  });
  mountRoutes(service);
  const stopListening = hub.on((event, action, payload, repository) => {
    const occasion = toOccasion(hub, reader, event, action, payload, repository);
    if (occasion !== undefined) dispatcher.take(occasion);
  });
  const stopWatching = killOnSignal(processes);
  return {
    ...{ service, runs: service.runs, movingRefs },
    configure: (fullName, settings) => dispatcher.configure(hub.repository(fullName), settings),
    addRunner: (runner) => pool.add(runner),
    loseRunner(name) {
      const runner = runnerOf(name);
      pool.setOnline(runner, false);
      if (pool.isBusy(runner)) work.get(runner)?.lose();
    },
    returnRunner: (name) => pool.setOnline(runnerOf(name), true),
    async strike(fullName, login) {
      const repository = hub.repository(fullName);
      const found = await reader.resolve(hub.git(repository), repository.defaultBranch);
      if (found === undefined) throw new Error(`${fullName} has no commit.`);
      dispatcher.take(scheduleOccasion(repository, found.sha, '0 6 * * *', hub.account(login)));
    },
    idle: () => dispatcher.idle(),
    logsOf: (runId) => readLogs(service, runId),
    summaryOf: (runId) => readSummaries(folders.logs, service, runId),
    onRun: (listener) => dispatcher.onRun(listener),
    async close() {
      stopListening();
      await dispatcher.close();
      processes.close();
      stopWatching();
    },
  };
}

/** Self-hosted runners with every label that they have. Their ids are those that jobs name. */
function listRunners(pool: RunnerPool): readonly ListedRunner[] {
  return pool.runners.flatMap((runner, index) =>
    runner.environment === 'github-hosted'
      ? []
      : [
          {
            ...{
              id: index + 1,
              name: runner.name,
              isOnline: pool.isOnline(runner),
              isBusy: pool.isBusy(runner),
            },
            labels: [
              ...OWN_LABELS.map((name) => ({ name, type: 'read-only' as const })),
              ...runner.labels.map((name) => ({ name, type: 'custom' as const })),
            ],
          },
        ],
  );
}

function makeFolders(workRoot: string, toolCache: string | undefined) {
  mkdirSync(workRoot, { recursive: true });
  // Workflows compare paths with what git and node resolve: no symbolic link on the way.
  const root = realpathSync(workRoot);
  const folders = {
    jobs: join(root, 'jobs'),
    runners: join(root, 'runners'),
    logs: join(root, 'logs'),
    toolCache: toolCache ?? join(root, 'tools'),
    nodeDir: findNode(),
  };
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true });
  return folders;
}

/** Folder of a Node 24: the one that runs us, or the project's own. */
function findNode(): string {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= 24) return dirname(process.execPath);
  const own = join(dirname(createRequire(import.meta.url).resolve('node/package.json')), 'bin');
  return existsSync(join(own, 'node')) ? own : dirname(process.execPath);
}

// Children are leaders of their own groups: the terminal's Ctrl-C does not reach them.
function killOnSignal(processes: ProcessGroups): () => void {
  const stop = (signal: NodeJS.Signals) => {
    processes.killAll();
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  const signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.once(signal, stop);
  return () => {
    for (const signal of signals) process.removeListener(signal, stop);
  };
}

function readLogs(service: ActionsService, runId: number): ReadonlyMap<string, string> {
  const logs = new Map<string, string>();
  for (const job of service.jobs.values()) {
    if (job.run.id !== runId || job.attempt !== job.run.attempt || job.logFile === undefined) continue;
    logs.set(job.name, readFileSync(job.logFile, 'utf8'));
  }
  return logs;
}

function readSummaries(logs: string, service: ActionsService, runId: number): string {
  const folder = join(logs, String(runId), String(service.runs.get(runId)?.attempt ?? 1));
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.summary.md')) : [];
  return files
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}

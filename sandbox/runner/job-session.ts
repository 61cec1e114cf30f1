import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { IdentityGrant } from '../actions-service/identity.ts';
import type { RuntimeGrant } from '../actions-service/results.ts';
import { type JobLog, JobLog as Log } from './job-log.ts';
import type { JobTask, Result, RunnerDeps } from './job-task.ts';
import type { Mapping, Step } from './workflow.ts';

/** What a step leaves in the `steps` context. */
export interface StepRecord {
  readonly outputs: Readonly<Record<string, string>>;
  readonly outcome: Result;
  readonly conclusion: Result;
}

/** Work that a step's action does at the end of the job, last first. */
export interface PostStep {
  readonly name: string;
  readonly run: () => Promise<Result>;
}

/** The state of one job while it runs on its runner. */
export class JobSession {
  readonly task: JobTask;
  readonly deps: RunnerDeps;
  readonly log: JobLog;
  readonly folder: string;
  readonly workspace: string;
  readonly temp: string;
  readonly token: string;
  readonly identity: IdentityGrant | undefined;
  /** For actions only: a `run:` step is not given it. */
  readonly runtime: RuntimeGrant;
  /** Added by GITHUB_ENV; wins over the workflow's and the job's `env`. */
  readonly exported = new Map<string, string>();
  /** Added by GITHUB_PATH, first one first. */
  readonly extraPath: string[] = [];
  readonly posts: PostStep[] = [];
  readonly summaries: string[] = [];
  /** Evaluated `env` of workflow and job. */
  env: Readonly<Record<string, string>> = {};
  status: 'success' | 'failure' = 'success';
  /** Set by a cancel or the job's time limit: from now on only always() and cancelled() steps run. */
  cancelled: 'cancel' | 'timeout' | undefined;
  /** The machine is gone: nothing runs any more, and nothing that it knew is told. */
  lost = false;
  readonly #mark: string;
  readonly #states = new Map<Step, Map<string, string>>();
  #current: AbortController | undefined;
  #counter = 0;

  constructor(task: JobTask, deps: RunnerDeps, token: string, identity: IdentityGrant | undefined) {
    const { run } = task.plan;
    const { repository } = run;
    const slug = task.record.name.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 80);
    this.task = task;
    this.deps = deps;
    this.token = token;
    this.identity = identity;
    this.runtime = deps.service.grantRuntime(run);
    this.#mark = deps.processes.mark();
    this.folder = join(deps.folders.jobs, `${run.id}-${task.plan.attempt}-${task.record.id}`);
    this.temp = join(this.folder, '_temp');
    const home =
      task.runner.environment === 'self-hosted' ? join(deps.folders.runners, task.runner.name) : this.folder;
    this.workspace = join(home, repository.name, repository.name);
    const name = `${task.record.id}-${slug}.txt`;
    this.log = new Log(
      join(deps.folders.logs, String(run.id), String(task.plan.attempt), name),
      () => new Date(),
    );
    for (const folder of [this.workspace, join(this.temp, '_home'), join(this.temp, '_commands')]) {
      mkdirSync(folder, { recursive: true });
    }
  }

  /** GITHUB_STATE of a step's action: what one of its parts saves, the later ones see. */
  stateOf(step: Step): Map<string, string> {
    const state = this.#states.get(step) ?? new Map<string, string>();
    this.#states.set(step, state);
    return state;
  }

  /** A fresh path for a step's command file or script. */
  newFile(suffix: string): string {
    this.#counter += 1;
    return join(this.temp, '_commands', `${this.#counter}${suffix}`);
  }

  /** Runs something that a cancel can interrupt; what begins after the cancel runs freely. */
  async interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    this.#current = controller;
    try {
      return await work(controller.signal);
    } finally {
      this.#current = undefined;
    }
  }

  /** Stops the current step; steps that always run still do. */
  interrupt(why: 'cancel' | 'timeout'): void {
    this.cancelled ??= why;
    this.#current?.abort();
  }

  /** Takes the machine away in the middle of whatever it does. */
  lose(): void {
    this.lost = true;
    this.#current?.abort('lost');
    this.deps.processes.killAllOf(this.#mark);
  }

  /** Removes what does not outlive the job. */
  cleanUp(): void {
    this.identity?.revoke();
    this.runtime.revoke();
    // A job's token dies with the job.
    this.deps.service.hub.world.tokens.delete(this.token);
    this.deps.processes.sweep(this.#mark);
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The process environment that every step shares: nothing of this process but its PATH. */
  systemEnv(github: Mapping): Record<string, string> {
    const { task, deps } = this;
    const path = (process.env.PATH ?? '/usr/bin:/bin')
      .split(':')
      .filter((part) => !part.includes('node_modules'));
    const env: Record<string, string> = {
      PATH: [...this.extraPath, deps.folders.nodeDir, ...path].join(':'),
      HOME: join(this.temp, '_home'),
      LANG: 'C.UTF-8',
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_PATH: join(this.temp, '_github_event.json'),
      RUNNER_NAME: task.runner.name,
      RUNNER_OS: 'Linux',
      RUNNER_ARCH: process.arch === 'arm64' ? 'ARM64' : 'X64',
      RUNNER_ENVIRONMENT: task.runner.environment,
      RUNNER_TEMP: this.temp,
      RUNNER_TOOL_CACHE: deps.folders.toolCache,
      RUNNER_WORKSPACE: join(this.workspace, '..'),
      RUNNER_TRACKING_ID: this.#mark,
      // Of the runner itself, as its node is: what every action loads is compiled once.
      NODE_COMPILE_CACHE: join(deps.folders.toolCache, 'compiled'),
    };
    for (const name of GITHUB_VARIABLES) {
      const value = github[name];
      if (value !== undefined && value !== null) env[`GITHUB_${name.toUpperCase()}`] = String(value);
    }
    if (this.identity !== undefined) {
      env.ACTIONS_ID_TOKEN_REQUEST_URL = this.identity.requestUrl;
      env.ACTIONS_ID_TOKEN_REQUEST_TOKEN = this.identity.requestToken;
    }
    return env;
  }
}

// The token is not among them: a step sees it only where the workflow puts it.
const GITHUB_VARIABLES = [
  ...['action', 'action_path', 'action_ref', 'action_repository', 'actor', 'actor_id', 'api_url', 'base_ref'],
  ...[
    'event_name',
    'graphql_url',
    'head_ref',
    'job',
    'ref',
    'ref_name',
    'ref_protected',
    'ref_type',
    'repository',
  ],
  ...['repository_id', 'repository_owner', 'repository_owner_id', 'retention_days', 'run_attempt', 'run_id'],
  ...[
    'run_number',
    'server_url',
    'sha',
    'triggering_actor',
    'workflow',
    'workflow_ref',
    'workflow_sha',
    'workspace',
  ],
];

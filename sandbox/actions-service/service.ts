import { join } from 'node:path';
import type { Hub } from '../hub/interface.ts';
import type { Account, Repository } from '../hub/world.ts';
import {
  type ArtifactShelf,
  type BlobLinks,
  createArtifactShelf,
  createBlobLinks,
} from './artifact-shelf.ts';
import { type IdentityGrant, type JobIdentity, mountIdentity } from './identity.ts';
import { createIssuer, type Issuer } from './issuer.ts';
import { showJob } from './job-check.ts';
import { type LabelShelf, mountLabels } from './label-shelf.ts';
import { mountResults, type RuntimeGrant } from './results.ts';
import type { Conclusion, Run, RunJob, WorkflowFile } from './run.ts';
import { createAnnouncer } from './webhook.ts';

/** What the runner does when somebody asks through the API. */
export interface RunnerHooks {
  dispatch(
    workflow: WorkflowFile,
    ref: string,
    inputs: Readonly<Record<string, unknown>>,
    sender: Account,
  ): Promise<Run>;
  rerun(run: Run, onlyFailed: boolean, sender: Account): void;
  approve(run: Run, sender: Account): void;
  cancel(run: Run): void;
  /** Self-hosted runners; absent: there are none. */
  readonly runners?: () => readonly ListedRunner[];
}

/** A self-hosted runner as its page shows it. */
export interface ListedRunner {
  readonly id: number;
  readonly name: string;
  readonly isOnline: boolean;
  readonly isBusy: boolean;
  readonly labels: readonly { readonly name: string; readonly type: 'read-only' | 'custom' }[];
}

export type NewRun = Pick<
  Run,
  | 'repository'
  | 'headRepository'
  | 'workflow'
  | 'event'
  | 'headBranch'
  | 'headSha'
  | 'ref'
  | 'sha'
  | 'pullNumber'
  | 'actor'
  | 'title'
>;

/** The server side of Actions: runs, jobs, artifacts, identity tokens and labels of one hub. */
export interface ActionsService {
  readonly hub: Hub;
  readonly runs: ReadonlyMap<number, Run>;
  readonly jobs: ReadonlyMap<number, RunJob>;
  readonly artifacts: ArtifactShelf;
  readonly links: BlobLinks;
  readonly issuer: Issuer;
  readonly labels: LabelShelf;
  readonly hooks: RunnerHooks;
  readonly workflows: ReadonlyMap<number, WorkflowFile>;
  workflow(repository: Repository, path: string, name: string): WorkflowFile;
  grantIdentity(identity: JobIdentity): IdentityGrant;
  /** Lets the actions of a job upload artifacts while it runs. */
  grantRuntime(run: Run): RuntimeGrant;
  createRun(run: NewRun): Run;
  /** Moves a run on and tells `workflow_run` listeners. */
  moveRun(run: Run, status: Run['status'], conclusion?: Conclusion): void;
  /** Begins the next attempt of a completed run. */
  nextAttempt(run: Run, by: Account): void;
  /** Waits until every webhook about runs was emitted. */
  settle(): Promise<void>;
  addJob(job: Pick<RunJob, 'run' | 'name' | 'labels'>): RunJob;
  /** Changes a job's record and its check run. */
  moveJob(job: RunJob, change: Partial<RunJob>): void;
}

/** Creates the service's state and mounts issuer and labels; `mountRoutes` adds the REST pages. */
export function createService(hub: Hub, folder: string, hooks: RunnerHooks): ActionsService {
  const runs = new Map<number, Run>();
  const jobs = new Map<number, RunJob>();
  const workflows = new Map<number, WorkflowFile>();
  const numbers = new Map<number, number>();
  const announcer = createAnnouncer(hub);
  const issuer = createIssuer(hub.url);
  const grantIdentity = mountIdentity(hub, issuer);
  const nextId = () => hub.world.nextId();
  const artifacts = createArtifactShelf(join(folder, 'artifacts'), nextId, () => hub.clock.now());
  return {
    ...{ hub, runs, jobs, workflows, issuer, hooks, grantIdentity, artifacts },
    grantRuntime: mountResults(hub, artifacts),
    settle: announcer.settle,
    links: createBlobLinks(),
    labels: mountLabels(hub, issuer),
    workflow(repository, path, name) {
      const known = [...workflows.values()].find(
        (one) => one.repositoryId === repository.id && one.path === path,
      );
      if (known !== undefined) return Object.assign(known, { name });
      const file = { id: nextId(), repositoryId: repository.id, path, name, createdAt: hub.clock.now() };
      workflows.set(file.id, file);
      return file;
    },
    createRun(wanted) {
      const number = (numbers.get(wanted.workflow.id) ?? 0) + 1;
      numbers.set(wanted.workflow.id, number);
      const run = startRun(wanted, nextId(), number, hub.clock.now());
      runs.set(run.id, run);
      announcer.announce(run, 'requested');
      return run;
    },
    moveRun(run, status, conclusion) {
      const began = run.status !== 'in_progress' && status === 'in_progress';
      Object.assign(run, { status, conclusion: conclusion ?? null, updatedAt: hub.clock.now() });
      if (began) announcer.announce(run, 'in_progress');
      if (status === 'completed') announcer.announce(run, 'completed');
    },
    nextAttempt(run, by) {
      const { attempt, status, conclusion, startedAt, updatedAt, triggeringActor, referenced } = run;
      run.earlier.set(attempt, {
        attempt,
        status,
        conclusion,
        startedAt,
        updatedAt,
        triggeringActor,
        referenced,
      });
      const now = hub.clock.now();
      Object.assign(run, {
        attempt: attempt + 1,
        status: 'queued',
        conclusion: null,
        startedAt: now,
        updatedAt: now,
      });
      Object.assign(run, { triggeringActor: by, message: undefined });
      announcer.announce(run, 'requested');
    },
    addJob(wanted) {
      const job = startJob(wanted, nextId(), hub.clock.now());
      jobs.set(job.id, job);
      showJob(hub, job);
      return job;
    },
    moveJob(job, change) {
      Object.assign(job, change);
      showJob(hub, job);
    },
  };
}

function startRun(wanted: NewRun, id: number, number: number, now: string): Run {
  return {
    ...wanted,
    ...{
      id,
      number,
      createdAt: now,
      startedAt: now,
      updatedAt: now,
      attempt: 1,
      status: 'queued',
      conclusion: null,
    },
    triggeringActor: wanted.actor,
    referenced: [],
    message: undefined,
    earlier: new Map(),
  };
}

function startJob(wanted: Pick<RunJob, 'run' | 'name' | 'labels'>, id: number, now: string): RunJob {
  return {
    ...wanted,
    ...{ id, attempt: wanted.run.attempt, createdAt: now, startedAt: now, completedAt: null },
    ...{ status: 'queued', conclusion: null, runnerName: null, runnerId: null, runnerGroup: null },
    steps: [],
    annotations: [],
    logFile: undefined,
  };
}

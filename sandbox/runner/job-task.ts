import type { Run, RunJob } from '../actions-service/run.ts';
import type { ActionsService } from '../actions-service/service.ts';
import type { CommitReader } from './commit-reader.ts';
import type { Permissions } from './permission.ts';
import type { ProcessGroups } from './process-group.ts';
import type { MovingRef, Source } from './source.ts';
import type { Job, Mapping, Workflow } from './workflow.ts';

export type Result = 'success' | 'failure' | 'cancelled' | 'skipped';

/** A machine that takes jobs. A hosted one stands for any number of fresh machines. */
export interface Runner {
  readonly name: string;
  readonly labels: readonly string[];
  readonly group?: string;
  readonly environment: 'github-hosted' | 'self-hosted';
}

/** What a repository's settings page holds for Actions. */
export interface RepositorySettings {
  readonly secrets: Readonly<Record<string, string>>;
  readonly vars: Readonly<Record<string, string>>;
  readonly defaultPermissions: 'read' | 'write';
  /** Environments by name; a job from a ref that is not listed is refused. */
  readonly environments: Readonly<
    Record<
      string,
      { readonly branches?: readonly string[]; readonly secrets?: Readonly<Record<string, string>> }
    >
  >;
}

/** Everything of a run that all its jobs share. */
export interface RunPlan {
  readonly run: Run;
  readonly attempt: number;
  /** The `github` context without what belongs to a job or step. */
  readonly github: Mapping;
  readonly settings: RepositorySettings;
  /** A pull request from a fork: no secrets, no id-token, reading only. */
  readonly restricted: boolean;
}

/** One job, ready for a runner. */
export interface JobTask {
  readonly plan: RunPlan;
  readonly job: Job;
  readonly record: RunJob;
  /** The file that defines the job. */
  readonly workflow: Workflow;
  readonly source: Source;
  readonly needs: Mapping;
  readonly inputs: Mapping;
  readonly matrix: Mapping | undefined;
  readonly strategy: Mapping;
  readonly secrets: Readonly<Record<string, string>>;
  readonly permissions: Permissions;
  readonly environment: string | undefined;
  readonly runner: Runner;
}

export interface JobOutcome {
  readonly result: Result;
  readonly outputs: Readonly<Record<string, string>>;
}

/** What jobs are executed with. */
export interface RunnerDeps {
  readonly service: ActionsService;
  readonly reader: CommitReader;
  readonly processes: ProcessGroups;
  readonly folders: Folders;
  readonly onMoving: (moving: MovingRef) => void;
}

export interface Folders {
  /** Temporary files and hosted workspaces: removed after each job. */
  readonly jobs: string;
  /** Workspaces of self-hosted runners: stay. */
  readonly runners: string;
  /** Logs and summaries: stay. */
  readonly logs: string;
  readonly toolCache: string;
  /** Folder of the Node binary that steps and actions run with. */
  readonly nodeDir: string;
}

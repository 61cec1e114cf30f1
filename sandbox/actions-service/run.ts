import type { Account, Repository } from '../hub/world.ts';

export type RunStatus = 'queued' | 'in_progress' | 'completed' | 'waiting' | 'pending';
export type Conclusion =
  | 'success'
  | 'failure'
  | 'cancelled'
  | 'skipped'
  | 'timed_out'
  | 'action_required'
  | 'startup_failure';
export type StepStatus = 'queued' | 'in_progress' | 'completed';

/** A workflow file of a repository; its id stays the same across commits. */
export interface WorkflowFile {
  readonly id: number;
  readonly repositoryId: number;
  readonly path: string;
  readonly createdAt: string;
  name: string;
}

export interface ReferencedWorkflow {
  /** `owner/repo/.github/workflows/f.yml@ref` as written in the caller. */
  readonly path: string;
  readonly sha: string;
  readonly ref: string | undefined;
}

/** One run; a rerun raises `attempt` and keeps the rest. */
export interface Run {
  readonly id: number;
  readonly number: number;
  readonly repository: Repository;
  readonly headRepository: Repository;
  readonly workflow: WorkflowFile;
  readonly event: string;
  readonly headBranch: string | null;
  /** On pull_request the head of the pull request, as GitHub reports it; not the merge commit. */
  readonly headSha: string;
  /** The ref that the workflow runs on: `refs/pull/3/merge`, `refs/heads/main`. */
  readonly ref: string;
  /** The commit of that ref: on pull_request the merge commit. */
  readonly sha: string;
  readonly pullNumber: number | undefined;
  readonly actor: Account;
  readonly createdAt: string;
  title: string;
  triggeringActor: Account;
  attempt: number;
  status: RunStatus;
  conclusion: Conclusion | null;
  startedAt: string;
  updatedAt: string;
  referenced: readonly ReferencedWorkflow[];
  /** Why it did not start, in GitHub's words. */
  message: string | undefined;
  /** What ended earlier: status and times of each attempt before this one. */
  readonly earlier: Map<number, RunAttempt>;
}

export type RunAttempt = Pick<
  Run,
  'attempt' | 'status' | 'conclusion' | 'startedAt' | 'updatedAt' | 'triggeringActor' | 'referenced'
>;

export interface JobStep {
  readonly number: number;
  readonly name: string;
  status: StepStatus;
  conclusion: Conclusion | null;
  startedAt: string | null;
  completedAt: string | null;
}

/** What a job pointed out: an annotation of its check run. */
export interface JobAnnotation {
  readonly level: 'notice' | 'warning' | 'failure';
  readonly path: string;
  readonly line: number;
  readonly title: string;
  readonly message: string;
}

export interface RunJob {
  readonly id: number;
  readonly run: Run;
  readonly attempt: number;
  readonly name: string;
  readonly labels: readonly string[];
  readonly createdAt: string;
  status: RunStatus;
  conclusion: Conclusion | null;
  startedAt: string;
  completedAt: string | null;
  runnerName: string | null;
  runnerId: number | null;
  runnerGroup: string | null;
  steps: JobStep[];
  annotations: readonly JobAnnotation[];
  /** Log file on this machine; undefined until the job starts. */
  logFile: string | undefined;
}

export interface Artifact {
  readonly id: number;
  readonly name: string;
  readonly run: Run;
  /** Of the run, in which it was uploaded. */
  readonly attempt: number;
  readonly sizeBytes: number;
  /** `sha256:<hex>` of the zip. */
  readonly digest: string;
  readonly file: string;
  readonly createdAt: string;
  readonly expiresAt: string;
}

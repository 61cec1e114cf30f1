import type { Prices, TrainingRule } from '../config/policy.ts';
import type { TrainConfig } from '../config/train.ts';
import type { JobFacts } from './job-end.ts';

/** A job that trains, of one attempt of a workflow run. All times are ISO 8601 UTC, as GitHub tells them. */
export interface SweptJob extends JobFacts {
  readonly name: string;
  /** Attempt of the run that it belongs to. */
  readonly attempt: number;
  /** What it asks of a runner. */
  readonly labels: readonly string[];
  /** null: none has taken it. */
  readonly runner: string | null;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly completedAt: string | null;
}

/** A run of the team's workflow. */
export interface SweptRun {
  readonly id: number;
  readonly attempt: number;
  readonly status: string;
  readonly conclusion: string | null;
  readonly url: string;
  /** What it trains; null: not to be told, and then the most patient model counts. */
  readonly model: string | null;
  /** Its commit is still the head of an open pull request, or it was started without one. */
  readonly isNewest: boolean;
  /** Jobs that train, of all attempts. */
  readonly jobs: readonly SweptJob[];
}

export interface SweptModel {
  readonly model: string;
  readonly train: TrainConfig;
}

/** A self-hosted runner. */
export interface SweptRunner {
  readonly name: string;
  readonly online: boolean;
  readonly busy: boolean;
  readonly labels: readonly string[];
}

/** What sweeps tell each other. It lies in an issue that whoever has write access can edit: it only delays. */
export interface SweepMemory {
  /** When it was written; empty: never. */
  readonly seen: string;
  /** Since when each runner is idle, by name. */
  readonly idle: Readonly<Record<string, string>>;
  readonly asked: readonly Asked[];
}

/** What was asked of GitHub for one attempt of a run. */
export interface Asked {
  readonly run: number;
  readonly attempt: number;
  readonly what: 'cancel' | 're-run';
  readonly at: string;
}

export const emptyMemory: SweepMemory = { seen: '', idle: {}, asked: [] };

export interface SweepInput {
  /** ISO 8601 UTC. */
  readonly now: string;
  readonly runs: readonly SweptRun[];
  /** null: the token may not list them. */
  readonly runners: readonly SweptRunner[] | null;
  readonly models: readonly SweptModel[];
  readonly policy: TrainingRule & { readonly prices?: Prices };
  readonly memory: SweepMemory;
}

export interface SweepAction {
  readonly kind: 'cancel' | 're-run';
  readonly run: number;
  readonly attempt: number;
  readonly url: string;
  /** A sentence for people. */
  readonly because: string;
}

export interface IdleRunner {
  readonly name: string;
  readonly labels: readonly string[];
  readonly since: string;
}

/** A job that no runner takes. */
export interface UnservedJob {
  readonly run: number;
  readonly url: string;
  readonly job: string;
  readonly labels: readonly string[];
  readonly since: string;
  /** Labels that no online runner has; null: the runners are not told. */
  readonly missing: readonly string[] | null;
}

/** A run that was asked to end and goes on. */
export interface StubbornRun {
  readonly run: number;
  readonly url: string;
  readonly since: string;
}

export interface Sweep {
  readonly actions: readonly SweepAction[];
  readonly idle: readonly IdleRunner[];
  readonly unserved: readonly UnservedJob[];
  readonly stubborn: readonly StubbornRun[];
  /** false: the token may not list runners, so nothing is known of idle ones. */
  readonly runnersTold: boolean;
  readonly memory: SweepMemory;
}

import type { ReadBlob } from '../../adapters/dvc/dataset.ts';
import type { ProgressShelf } from '../../adapters/training/progress-shelf.ts';
import type { TrainingData } from '../../adapters/training/training-data.ts';
import type { ModelConfig } from '../../core/config/model.ts';
import type { Prices } from '../../core/config/policy.ts';
import type { Digest, RunRecord } from '../../core/evidence/evidence.ts';
import type { HandedTrial } from '../../core/search/search-plan.ts';
import type { Attempt } from '../../core/training/attempt.ts';
import type { OpenAttempt } from '../../core/training/attempt-log.ts';

export interface TrainingInputs extends Omit<TrainingData, 'datasets'> {
  readonly modelName: string;
  readonly model: ModelConfig;
  /** 40 hex characters. */
  readonly commit: string;
  /** Checkout of that commit. */
  readonly workspace: string;
  /** An empty folder for what is uploaded: the model file and run.json. */
  readonly outputFolder: string;
  /** Folders in which this and earlier jobs made their work folders: they are looked through for what was left. */
  readonly tempFolders: readonly string[];
  readonly runId: number;
  readonly runAttempt: number;
  /** Event that started the run. */
  readonly trigger: string;
  /** Name of the runner, `unknown` when it has none. */
  readonly runner: string;
  /** `prices` of the policy; undefined: none. */
  readonly prices: Prices | undefined;
  /** One trial of a search; null: the training of a proposal. */
  readonly trial: HandedTrial | null;
  /** Where the workflow puts what the same trial left on the rung below. */
  readonly resumeFolder: string;
  readonly env: Readonly<NodeJS.ProcessEnv>;
}

/** What an earlier job of the run left for this one. */
export interface Restored {
  /** The checkpoint that lies in the folder now; null: the training begins anew. */
  readonly digest: Digest | null;
  readonly attempts: readonly Attempt[];
}

/** Keeps what a further attempt goes on from, outside this machine. Troubles are told in the log: they fail no training. */
export interface AttemptKeeper {
  /** Before the first attempt. */
  restore(): Promise<Restored>;
  begin(attempt: OpenAttempt): Promise<void>;
  /** Keeps the checkpoint when it is time. @returns digest of the newest one that is safe */
  look(): Promise<Digest | null>;
  /** @param isOver nothing goes on from here: the checkpoint need not be kept now */
  end(attempt: Attempt, isOver: boolean): Promise<Digest | null>;
}

export interface TrainingDeps {
  readonly readBlob: ReadBlob;
  readonly now: () => Date;
  /** Ends early when the job is cancelled. */
  readonly wait: (ms: number) => Promise<void>;
  readonly log: (line: string) => void;
  /** The job was cancelled. */
  readonly cancel: AbortSignal;
  /** Between two looks at files, progress and checkpoint while the command runs. */
  readonly lookMs: number;
  /** null: this runner cannot upload while a job runs. */
  readonly shelf: ProgressShelf | null;
  /** For a training in these folders; null: nothing is kept. */
  readonly openKeeper: ((inputs: TrainingInputs) => AttemptKeeper) | null;
  /** Leaves a file in the run as an artifact of its own, where that can be done; never throws. */
  readonly leaveFile: (name: string, file: string) => Promise<void>;
}

/** A training that was started, however it ended. */
export interface Training {
  readonly record: RunRecord;
  /** Last lines of the log of the last attempt, secrets hidden. */
  readonly lastLines: readonly string[];
}

import type { RetryCause } from '../config/train.ts';
import type { Digest } from '../evidence/evidence.ts';

/**
 * How an attempt ended. `done`: the command ended well. `failed`: it said itself that it failed, which is about the code.
 * All others say nothing about the model.
 */
export type AttemptOutcome = 'done' | 'failed' | 'cancelled' | 'timed-out' | RetryCause;

/** One attempt to train, of one job or of an earlier one of the same run. */
export interface Attempt {
  /** 1, 2, 3 ... over all jobs of the run. */
  readonly number: number;
  /** Attempt of the workflow run in which it ran. */
  readonly runAttempt: number;
  readonly runner: string;
  /** ISO 8601 UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly outcome: AttemptOutcome;
  /** Display text, for example `exit code 3` or `signal SIGKILL`. */
  readonly how: string;
  /** Digest of the checkpoint it went on from; null: from the beginning. */
  readonly resumedFrom: Digest | null;
}

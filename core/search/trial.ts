import type { SearchValue } from '../config/search.ts';

/** A point of the space: a value for each name. */
export type Parameters = Readonly<Record<string, SearchValue>>;

/** A training that is to be run: one job of the matrix. */
export interface PlannedTrial {
  /** The point, from 1; the same on every rung and when it is repeated. */
  readonly number: number;
  /** From 0; above 0 only with halving and hyperband. */
  readonly rung: number;
  readonly parameters: Parameters;
  /** How much of the resource it gets in all, from the beginning; null: the search has none. */
  readonly resource: number | null;
  /** Artifact of the same trial on the rung below, with its checkpoint; null: it begins anew. */
  readonly resumeFrom: string | null;
}

/**
 * `done`: it left the metric. `failed`: it would fail again with the same parameters. `lost`: it says nothing about the
 * parameters (no result, a lost runner, a service that did not answer), so it is asked for again.
 */
export type TrialState = 'done' | 'failed' | 'lost';

/** A training that was planned in an earlier round and runs no more. */
export interface FinishedTrial {
  readonly number: number;
  readonly rung: number;
  /** From 1; in the name of its artifact. */
  readonly round: number;
  readonly parameters: Parameters;
  readonly resource: number | null;
  readonly state: TrialState;
  /** How it ended, for people. */
  readonly how: string;
  /** Of the metric, finite: there exactly when it is done. */
  readonly value: number | null;
  readonly hours: number;
  /** In the currency of the policy's prices; null: nobody knows. */
  readonly cost: number | null;
}

/** A trial is asked for so many times at most. */
export const mostAttempts = 3;

export const trialArtifact = (round: number, number: number): string => `gatehouse-trial-${round}-${number}`;

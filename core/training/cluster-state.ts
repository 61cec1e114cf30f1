import type { AttemptOutcome } from './attempt.ts';

/** Where a job is that was handed to an engine: one set for all engines. */
export const clusterStates = [
  'submitted',
  'waiting',
  'running',
  'done',
  'failed',
  'cancelled',
  'lost',
] as const;
export type ClusterState = (typeof clusterStates)[number];

/** What an engine says about a job. */
export interface ClusterReport {
  readonly state: ClusterState;
  /** Null while the job has not ended. */
  readonly outcome: AttemptOutcome | null;
  /** Of the command, null: the engine does not say. */
  readonly exitCode: number | null;
  /** The engine's own word and reason: display text, untrusted. */
  readonly how: string;
}

/** One line of a table: a word of an engine in ours. */
export interface StateMeaning {
  readonly state: ClusterState;
  /** Where it differs from what the state means by itself. */
  readonly outcome?: AttemptOutcome;
}

const ends: Readonly<Record<ClusterState, AttemptOutcome | null>> = {
  submitted: null,
  waiting: null,
  running: null,
  done: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
  // Node, cluster or job gone: a runner that is lost, only further away.
  lost: 'lost-runner',
};

/** True for a job that runs and waits no more. */
export function isEnded(state: ClusterState): boolean {
  return ends[state] !== null;
}

/** How an attempt ended whose job is in this state; null: it has not. A success is `done` and nothing else. */
export function outcomeOf({ state, outcome }: StateMeaning): AttemptOutcome | null {
  const own = ends[state];
  if (own === null || own === 'done') return own;
  return outcome === undefined || outcome === 'done' ? own : outcome;
}

export function makeReport(
  meaning: StateMeaning,
  how: string,
  exitCode: number | null = null,
): ClusterReport {
  return { state: meaning.state, outcome: outcomeOf(meaning), exitCode, how };
}

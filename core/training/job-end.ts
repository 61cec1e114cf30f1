/** A step of a job, as GitHub lists it. */
export interface SweptStep {
  readonly status: string;
  readonly conclusion: string | null;
}

/** A job as GitHub lists it. Its annotations can be written by the job itself: hints, never proof. */
export interface JobFacts {
  readonly status: string;
  readonly conclusion: string | null;
  readonly steps: readonly SweptStep[];
  /** Messages of the failure annotations of its check run; null: they could not be read, which is not "none". */
  readonly notes: readonly string[] | null;
}

/** `unknown`: not to be told, and so no reason to do anything. */
export type JobEnd = 'open' | 'done' | 'failed' | 'timed out' | 'cancelled' | 'lost runner' | 'unknown';

const timeLimit = /exceeded the maximum execution time/i;
const askedFor = /\b(?:run|job) was cancell?ed by\b|^canceling since\b/i;
const lost = /lost communication with the server|has received a shutdown signal/i;
/** The runner itself says it of a step that it was told to stop: by a person, a limit, or its own machine. */
const stopped = /^the operation was cancell?ed\.?$/i;

/**
 * Tells how a job ended. A lost machine leaves a step that never ended, or one cut off; a command that fails leaves a
 * failed step and all others ended in order, whatever its annotations say. A time limit looks like a lost machine but
 * for its annotation, so without annotations nothing is told.
 * @see https://github.com/actions/runner/issues/2624 "lost communication with the server"
 * @see https://github.com/actions/runner/issues/2427 "has received a shutdown signal", then "The operation was canceled."
 */
export function endOfJob({ status, conclusion, steps, notes }: JobFacts): JobEnd {
  if (status !== 'completed') return 'open';
  if (conclusion === 'timed_out') return 'timed out';
  if (conclusion !== 'failure' && conclusion !== 'cancelled') return 'done';
  if (notes === null) return 'unknown';
  if (notes.some((note) => timeLimit.test(note))) return 'timed out';
  if (notes.some((note) => askedFor.test(note.trim()))) return 'cancelled';
  if (endedInOrder(steps)) return 'failed';
  if (notes.some((note) => lost.test(note))) return 'lost runner';
  // A run that is cancelled ends its jobs the same way, and somebody wanted it so.
  if (conclusion === 'cancelled') return 'cancelled';
  const cutOff = steps.length > 0 && steps.every((step) => step.conclusion !== 'failure');
  if (cutOff || notes.some((note) => stopped.test(note.trim()))) return 'lost runner';
  return 'failed';
}

/** Every step ended, none was cut off, and one failed. */
function endedInOrder(steps: readonly SweptStep[]): boolean {
  const ended = steps.every(
    ({ status, conclusion }) => status === 'completed' && conclusion !== null && conclusion !== 'cancelled',
  );
  return ended && steps.some(({ conclusion }) => conclusion === 'failure');
}

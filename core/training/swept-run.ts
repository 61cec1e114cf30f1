import type { SweptJob, SweptModel, SweptRun } from './sweep-facts.ts';

const minuteMs = 60_000;

/** What a training may take, where its model cannot be told for certain: the most patient one counts. */
export interface Limits {
  readonly timeoutMinutes: number;
  readonly queueMinutes: number;
  /** Attempts in all; 1: a lost runner is no reason to try again. */
  readonly attempts: number;
  readonly backoffSeconds: number;
}

/**
 * Limits of one job: those of the model that the run trains, else of the models whose labels the job asks for, else of
 * all. Waits are the longest and attempts the fewest of them, so that a guess never ends or repeats anybody's work.
 * @returns null when there is no model at all
 */
export function limitsOf(run: SweptRun, job: SweptJob, models: readonly SweptModel[]): Limits | null {
  const own = models.filter(({ model }) => model === run.model);
  const asking = models.filter(({ train: { runsOn } }) => runsOn.length > 0 && hasAll(job.labels, runsOn));
  const trains = (own.length > 0 ? own : asking.length > 0 ? asking : models).map(({ train }) => train);
  if (trains.length === 0) return null;
  const retries = trains.map(({ retry }) => (retry.causes.includes('lost-runner') ? retry.attempts : 1));
  return {
    timeoutMinutes: Math.max(...trains.map(({ timeoutMinutes }) => timeoutMinutes)),
    queueMinutes: Math.max(...trains.map(({ queueMinutes }) => queueMinutes)),
    attempts: Math.min(...retries),
    backoffSeconds: Math.max(...trains.map(({ retry }) => retry.backoffSeconds)),
  };
}

/** Labels are compared as GitHub does: without case. */
export function hasAll(labels: readonly string[], wanted: readonly string[]): boolean {
  const has = new Set(labels.map((label) => label.toLowerCase()));
  return wanted.every((label) => has.has(label.toLowerCase()));
}

/** Jobs of the newest attempt. */
export const newestJobs = ({ jobs, attempt }: SweptRun): readonly SweptJob[] =>
  jobs.filter((job) => job.attempt === attempt);

/** Minutes from one instant to another; null when one of them is no instant, and then nothing may rest on it. */
export function minutesBetween(from: string | null, to: string): number | null {
  const [start, end] = [Date.parse(from ?? ''), Date.parse(to)];
  return Number.isFinite(start) && Number.isFinite(end) ? (end - start) / minuteMs : null;
}

/** Hours that all jobs of a run took on their machines so far. A job that a later attempt took over counts once. */
export function hoursOf({ jobs }: SweptRun, now: string): number {
  const once = new Map(jobs.map((job) => [`${job.name} ${job.startedAt}`, job]));
  const minutes = [...once.values()].map((job) =>
    job.runner === null ? 0 : (minutesBetween(job.startedAt, job.completedAt ?? now) ?? 0),
  );
  return minutes.reduce((sum, one) => sum + Math.max(0, one), 0) / 60;
}

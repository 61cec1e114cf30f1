import { priceRun } from './cost.ts';
import type { SweepInput, SweptJob, SweptModel, SweptRun } from './sweep-facts.ts';

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

/** Why a run is over the budget of the policy; null: it is not. */
export function overBudget(
  run: SweptRun,
  { policy, now }: Pick<SweepInput, 'policy' | 'now'>,
): string | null {
  const { budgetHours, budgetCost, prices } = policy;
  const machines = machinesOf(run, now);
  const hours = machines.reduce((sum, { ms }) => sum + ms, 0) / (60 * minuteMs);
  if (budgetHours !== undefined && hours > budgetHours)
    return `Its jobs took ${hours.toFixed(1)} hours together; training.budget-hours of the policy allows ${budgetHours}.`;
  const cost = machines.reduce(
    (sum, { labels, ms }) => sum + (priceRun(prices, labels, [ms])?.amount ?? 0),
    0,
  );
  if (budgetCost === undefined || prices === undefined || !(cost > budgetCost)) return null;
  const { currency } = prices;
  return `Its jobs cost ${cost.toFixed(2)} ${currency} together; training.budget-cost of the policy allows ${budgetCost}.`;
}

/** Time that each job of a run had a machine so far. A job that a later attempt took over counts once. */
function machinesOf({ jobs }: SweptRun, now: string) {
  const once = new Map(jobs.map((job) => [`${job.name} ${job.startedAt}`, job]));
  return [...once.values()].flatMap(({ runner, labels, startedAt, completedAt }) => {
    const minutes = minutesBetween(startedAt, completedAt ?? now);
    return runner === null || minutes === null ? [] : [{ labels, ms: Math.max(0, minutes) * minuteMs }];
  });
}

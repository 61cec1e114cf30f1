import { endOfJob } from './job-end.ts';
import type {
  Asked,
  StubbornRun,
  Sweep,
  SweepAction,
  SweepInput,
  SweepMemory,
  SweptRun,
} from './sweep-facts.ts';
import { idleSince, listIdle, listUnserved } from './sweep-runners.ts';
import { limitsOf, minutesBetween, newestJobs, overBudget } from './swept-run.ts';

/** The job's own `timeout-minutes` and the action come first; the sweeper is for those that did not. */
export const graceMinutes = 10;
/** A run that was asked to end this long ago and goes on needs a person. */
export const stubbornMinutes = 15;
const askedHours = 24;
const mostAsked = 200;

/**
 * What to do about trainings: end those over their limit or budget, run those again whose runner was lost, tell of idle
 * runners and of jobs that no runner takes. A second look at the same facts does nothing more.
 */
export function planSweep(input: SweepInput): Sweep {
  const { runs, memory, now, runners } = input;
  const fresh = runs.flatMap((run) => planRun(run, input)).filter((action) => !wasAsked(memory, action));
  const asked = fresh.map(({ kind, run, attempt }): Asked => ({ what: kind, run, attempt, at: now }));
  const idle = runners === null ? {} : idleSince({ ...input, runners });
  return {
    actions: fresh,
    idle: runners === null ? [] : listIdle(input, runners, idle),
    unserved: listUnserved(input),
    stubborn: runs.flatMap((run) => findStubborn(run, input)),
    runnersTold: runners !== null,
    memory: {
      seen: now,
      idle,
      asked: [...memory.asked.filter((one) => isRecent(one, now)), ...asked].slice(-mostAsked),
    },
  };
}

function planRun(run: SweptRun, input: SweepInput): readonly SweepAction[] {
  const { id, attempt, url } = run;
  const frame = { run: id, attempt, url };
  if (run.status !== 'completed') {
    const because = overLimit(run, input);
    return because === null ? [] : [{ ...frame, kind: 'cancel', because }];
  }
  const because = lostRunner(run, input);
  return because === null ? [] : [{ ...frame, kind: 're-run', because }];
}

/** Why a run that goes on must end; null: it may go on. */
function overLimit(run: SweptRun, { models, policy, now }: SweepInput): string | null {
  const trains = newestJobs(run).some(({ status }) => status === 'in_progress');
  for (const job of newestJobs(run)) {
    if (job.status !== 'in_progress') continue;
    const limit = limitsOf(run, job, models)?.timeoutMinutes;
    const minutes = minutesBetween(job.startedAt, now);
    if (limit !== undefined && minutes !== null && minutes > limit + graceMinutes)
      return `It trains for ${Math.floor(minutes)} minutes; train.timeout-minutes allows ${limit}.`;
  }
  return trains ? overBudget(run, { policy, now }) : null;
}

/** Why a run that ended is tried again; null: it is not. A failure of the code never is. */
function lostRunner(run: SweptRun, { models, policy, now }: SweepInput): string | null {
  if (run.conclusion !== 'failure' || !run.isNewest) return null;
  const ended = newestJobs(run).map((job) => ({ job, end: endOfJob(job) }));
  const lost = ended.filter(({ end }) => end === 'lost runner');
  const [first] = lost;
  if (first === undefined || ended.some(({ end }) => end !== 'lost runner' && end !== 'done')) return null;
  for (const { job } of lost) {
    const limits = limitsOf(run, job, models);
    const waited = minutesBetween(job.completedAt, now);
    if (limits === null || waited === null || run.attempt >= limits.attempts) return null;
    if (waited * 60 < limits.backoffSeconds * 2 ** (run.attempt - 1)) return null;
  }
  // What is over its budget would be ended again at once.
  if (overBudget(run, { policy, now }) !== null) return null;
  return `The runner of ${lost.length} of its jobs was lost; train.retry allows attempt ${run.attempt + 1}.`;
}

const wasAsked = ({ asked }: SweepMemory, { run, attempt, kind }: SweepAction): boolean =>
  asked.some((one) => one.run === run && one.attempt === attempt && one.what === kind);

function isRecent({ at }: Asked, now: string): boolean {
  const minutes = minutesBetween(at, now);
  return minutes !== null && minutes < askedHours * 60;
}

function findStubborn(run: SweptRun, { memory, now }: SweepInput): readonly StubbornRun[] {
  const { id, url, attempt } = run;
  if (run.status === 'completed') return [];
  const one = memory.asked.find(
    (asked) => asked.run === id && asked.attempt === attempt && asked.what === 'cancel',
  );
  const minutes = one === undefined ? null : minutesBetween(one.at, now);
  if (one === undefined || minutes === null || minutes < stubbornMinutes) return [];
  return [{ run: id, url, since: one.at }];
}

import { type ClusterReport, isEnded } from '../../core/training/cluster-state.ts';
import { makeDeferred } from '../process/deferred.ts';
import type { ClusterClock, ClusterEngine, ClusterHandle, ClusterJob } from './engine.ts';
import { oneLine } from './tool.ts';

export interface ClusterRun {
  readonly engine: ClusterEngine;
  readonly job: ClusterJob;
  /** Takes the log line by line: what the engine says of the job, and what the job prints. */
  readonly log: (line: string) => void;
  /** The job on GitHub was cancelled. */
  readonly cancel: AbortSignal;
  /** Between two questions about the state: 10 seconds where nothing is said. */
  readonly pollMs?: number;
}

/** How watching ended. `said`: what the engine said last, display text. */
export type Watched =
  | { readonly kind: 'ended'; readonly report: ClusterReport }
  | { readonly kind: 'timeout' | 'cancel'; readonly said: string };

const defaultPollMs = 10_000;
/** So many questions in a row without an answer, and the job counts as lost. */
const mostSilent = 6;
const drainMs = 30_000;

/** Follows log and state of a job until it has ended, its time is over, or the job on GitHub is cancelled. */
export async function watchJob(
  run: ClusterRun,
  handle: ClusterHandle,
  deadline: number,
  clock: ClusterClock,
): Promise<Watched> {
  const ended = new AbortController();
  let following: Promise<void> | null = null;
  const startLog = (): void => {
    following ??= run.engine
      .followLog(handle, run.log, ended.signal)
      .catch((error: unknown) => run.log(`the log could not be followed: ${describeError(error)}`));
  };
  try {
    const end = await askUntilEnded(run, handle, deadline, clock, startLog);
    // A job that was over at once has a log too.
    if (end.kind === 'ended') startLog();
    return end;
  } finally {
    ended.abort();
    // A cancelled job on GitHub has seconds: they are for the engine, not for the log.
    if (!run.cancel.aborted) await Promise.race([following, clock.wait(drainMs)]);
  }
}

async function askUntilEnded(
  run: ClusterRun,
  handle: ClusterHandle,
  deadline: number,
  clock: ClusterClock,
  startLog: () => void,
): Promise<Watched> {
  let silent = 0;
  let said = '';
  for (;;) {
    if (run.cancel.aborted) return { kind: 'cancel', said };
    if (!(clock.now().getTime() < deadline)) return { kind: 'timeout', said };
    const answer = await askState(run, handle);
    if (answer.kind === 'cancel') return { ...answer, said };
    if (answer.kind === 'silent') {
      silent += 1;
      if (silent >= mostSilent) return { kind: 'ended', report: lost(answer.why) };
    } else {
      silent = 0;
      const { report } = answer;
      const now = `${report.state} (${oneLine(report.how)})`;
      if (now !== said) run.log(`cluster: ${now}`);
      said = now;
      if (isEnded(report.state)) return answer;
      if (report.state === 'running') startLog();
    }
    const leftMs = deadline - clock.now().getTime();
    await clock.wait(Math.max(Math.min(run.pollMs ?? defaultPollMs, leftMs), 0), run.cancel);
  }
}

type Answer =
  | { readonly kind: 'ended'; readonly report: ClusterReport }
  | { readonly kind: 'silent'; readonly why: string }
  | { readonly kind: 'cancel' };

/** One question, which a cancelled job does not wait for. `ended` holds whatever report came. */
async function askState({ engine, cancel }: ClusterRun, handle: ClusterHandle): Promise<Answer> {
  const heard = makeDeferred<Answer>();
  const onAbort = (): void => heard.resolve({ kind: 'cancel' });
  cancel.addEventListener('abort', onAbort, { once: true });
  const asked = engine.state(handle).then(
    (report): Answer => (report === null ? { kind: 'silent', why: '' } : { kind: 'ended', report }),
    (error: unknown): Answer => ({ kind: 'silent', why: describeError(error) }),
  );
  try {
    return await Promise.race([asked, heard.promise]);
  } finally {
    cancel.removeEventListener('abort', onAbort);
  }
}

function lost(why: string): ClusterReport {
  const how = `nothing is known of the job${why === '' ? '' : `: ${why}`}`;
  return { state: 'lost', outcome: 'lost-runner', exitCode: null, how };
}

export function describeError(error: unknown): string {
  return oneLine(error instanceof Error ? error.message : String(error));
}

import { randomUUID } from 'node:crypto';
import { InputError } from '../../core/error/error.ts';
import type { ClusterReport } from '../../core/training/cluster-state.ts';
import { classifyEnd, type EndOfAttempt } from '../../core/training/outcome.ts';
import { makeDeferred } from '../process/deferred.ts';
import { keepLastLines } from '../process/line-stream.ts';
import type { ClusterClock, ClusterHandle } from './engine.ts';
import { oneLine } from './tool.ts';
import { type ClusterRun, describeError, watchJob } from './watch-job.ts';

export interface ClusterEnd extends EndOfAttempt {
  /** Of the log, in order. */
  readonly lastLines: readonly string[];
}

/** A cancelled job has 7.5 seconds: an answer that is under way is waited for less than that. */
const graceMs = 3_000;
const keptLines = 50;

/**
 * Hands a job to an engine and follows it to its end. On every path, the good one included, the engine is told at the
 * end to cancel it, so that nothing of it is left: success, failure, time limit, cancelled, lost, an engine that fails.
 * Nothing that the job prints is read as a command by the runner.
 * @throws InputError when the engine refuses the job as it is
 */
export async function runOnCluster(run: ClusterRun, clock: ClusterClock): Promise<ClusterEnd> {
  const last = keepLastLines(keptLines);
  if (run.cancel.aborted)
    return { outcome: 'cancelled', how: 'cancelled before it was handed over', lastLines: [] };
  const stopWord = randomUUID();
  let open = true;
  const log = (line: string): void => {
    if (!open) return; // A log that comes too late: the stop word has been said.
    last.add(line);
    run.log(line);
  };
  run.log(`::stop-commands::${stopWord}`);
  try {
    const end = await follow({ ...run, log }, clock, last.list);
    return { ...end, lastLines: last.list() };
  } finally {
    open = false;
    run.log(`::${stopWord}::`);
  }
}

async function follow(
  run: ClusterRun,
  clock: ClusterClock,
  lastLines: () => readonly string[],
): Promise<EndOfAttempt> {
  const { engine, job } = run;
  const deadline = clock.now().getTime() + (Number.isFinite(job.timeoutMs) ? job.timeoutMs : 0);
  // Known before the engine answers.
  let handle: ClusterHandle = { name: job.name, id: null };
  const submitting = engine.submit(job);
  try {
    handle = await submitted(submitting, run.cancel, clock);
    run.log(`handed over as ${handle.name}`);
    const watched = await watchJob(run, handle, deadline, clock);
    if (watched.kind === 'ended') return toEnd(watched.report, lastLines());
    if (watched.kind === 'cancel') return { outcome: 'cancelled', how: 'cancelled' };
    return { outcome: 'timed-out', how: `the time limit ended it; ${watched.said || 'no answer yet'}` };
  } catch (error) {
    if (error instanceof InputError) throw error;
    if (run.cancel.aborted) return { outcome: 'cancelled', how: 'cancelled' };
    return { outcome: 'service', how: describeError(error) };
  } finally {
    await takeAway(run, handle, clock);
    // An answer that comes after all: the job may have been made after it was cancelled by name.
    submitting.then(
      (late) => (late.id === handle.id ? undefined : engine.cancel(late).catch(() => undefined)),
      () => undefined,
    );
  }
}

/** Waits for the engine's answer, but not longer than a cancelled job can. */
async function submitted(
  submitting: Promise<ClusterHandle>,
  cancel: AbortSignal,
  clock: ClusterClock,
): Promise<ClusterHandle> {
  const heard = makeDeferred<null>();
  const onAbort = (): void => heard.resolve(null);
  cancel.addEventListener('abort', onAbort, { once: true });
  if (cancel.aborted) onAbort(); // Meanwhile.
  const handle = await Promise.race([submitting, heard.promise]).finally(() =>
    cancel.removeEventListener('abort', onAbort),
  );
  if (handle !== null) return handle;
  const late = await Promise.race([submitting, clock.wait(graceMs)]);
  if (late !== undefined) return late;
  throw new Error('cancelled while it was handed over');
}

/** A command that failed is looked at like one on a runner: memory, disk and driver are no failure of the code. */
function toEnd(report: ClusterReport, lastLines: readonly string[]): EndOfAttempt {
  const how = oneLine(report.how);
  if (report.outcome !== 'failed') return { outcome: report.outcome ?? 'service', how };
  const facts = { signal: null, startFault: null, timedOut: false, cancelled: false };
  const exitCode = report.exitCode === null || report.exitCode === 0 ? 1 : report.exitCode;
  const own = classifyEnd({ ...facts, exitCode, lastLines, oomKills: null, diskFreeMib: null });
  return own.outcome === 'failed' ? { outcome: 'failed', how } : { ...own, how: `${how}: ${own.how}` };
}

/** Cancels on every path, and again when the engine does not answer; what it could not be told is said loudly. */
async function takeAway(
  { engine, log }: ClusterRun,
  handle: ClusterHandle,
  clock: ClusterClock,
): Promise<void> {
  for (const pauseMs of [500, 1_500, null]) {
    try {
      await engine.cancel(handle);
      return;
    } catch (error) {
      if (pauseMs === null) {
        log(`${handle.name} could not be cancelled and may still run: ${describeError(error)}`);
        return;
      }
      await clock.wait(pauseMs);
    }
  }
}

import { Agent } from 'node:http';
import { availableParallelism } from 'node:os';
import type { RequestConfig } from '../../core/config/latency.ts';
import type { Schedule } from '../../core/load/schedule.ts';
import { type LoadTarget, sendRequest } from './request.ts';

export interface Load {
  readonly port: number;
  readonly request: RequestConfig;
  /** Taken in turns; empty: requests have no body. */
  readonly bodies: readonly Buffer[];
  readonly schedule: Schedule;
  readonly timeoutMs: number;
  /** Gives up: the server is gone. */
  readonly stop: AbortSignal;
}

/** What the counted requests came to. */
export interface LoadRun {
  /** From the moment at which each was due; errors and timeouts have the timeout. */
  readonly latenciesMs: Float64Array;
  readonly errors: number;
  readonly timeouts: number;
  readonly lateStarts: number;
  /** Of the counted part, to the end of its schedule or its last answer. */
  readonly seconds: number;
}

/** Connections at once: below the limit of open files that most machines have. Further requests wait for one, and that counts. */
const mostSockets = 900;
/** Sent later than this after it was due: the measuring side's own delay is then in the latency. */
const lateMs = 5;
/** Timers of Node fire up to a millisecond late; the last one is waited out by looking at the clock. */
const lookMs = 1;
/** Looking at the clock takes a core at high rates: done below, or where there are cores to spare. */
const lookBelowRate = 250;
const manyCores = 4;

/**
 * Sends every request when it is due, whether or not earlier ones were answered, and measures from that moment: what a
 * stalled server does to those who come meanwhile is in the numbers (no coordinated omission).
 * @see https://github.com/giltene/wrk2 whose README describes the error and this way out of it
 */
export async function driveLoad(load: Load): Promise<LoadRun> {
  const agent = new Agent({
    keepAlive: true,
    maxSockets: mostSockets,
    maxFreeSockets: mostSockets,
  });
  const tally = new Tally(load.schedule, load.timeoutMs);
  const target: LoadTarget = { ...load, agent };
  const open: Promise<void>[] = [];
  try {
    await keepSchedule(load, (at, dueAt) => {
      const body = load.bodies.length === 0 ? null : (load.bodies[at % load.bodies.length] as Buffer);
      const isLate = performance.now() - dueAt > lateMs;
      open.push(
        sendRequest(target, body, dueAt).then((end) => tally.add(at, end, performance.now() - dueAt, isLate)),
      );
    });
    await Promise.race([Promise.all(open), aborted(load.stop)]);
    return tally.toRun();
  } finally {
    agent.destroy();
  }
}

/** Calls `send` for each request when it is due. Resolves after the last one. */
function keepSchedule({ schedule, stop }: Load, send: (at: number, dueAt: number) => void): Promise<void> {
  const { dueMs, endMs } = schedule;
  const rate = dueMs.length / (endMs / 1000);
  const margin = rate <= lookBelowRate || availableParallelism() >= manyCores ? lookMs : 0;
  const start = performance.now() + lookMs;
  let next = 0;
  return new Promise((resolve) => {
    const look = (): void => {
      let wait = 0;
      while (next < dueMs.length && !stop.aborted) {
        const dueAt = start + (dueMs[next] as number);
        wait = dueAt - performance.now();
        if (wait > 0) break;
        send(next, dueAt);
        next += 1;
      }
      if (next === dueMs.length || stop.aborted) resolve();
      else if (wait < margin + 1 && margin > 0) setImmediate(look);
      // A stop is seen within the second.
      else setTimeout(look, Math.min(Math.max(wait - margin, 1), 1_000));
    };
    look();
  });
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });

class Tally {
  private readonly latenciesMs: Float64Array;
  private readonly schedule: Schedule;
  private readonly timeoutMs: number;
  private errors = 0;
  private timeouts = 0;
  private lateStarts = 0;
  private lastMs = 0;

  constructor(schedule: Schedule, timeoutMs: number) {
    this.schedule = schedule;
    this.timeoutMs = timeoutMs;
    this.latenciesMs = new Float64Array(schedule.dueMs.length - schedule.counted);
  }

  add(at: number, end: 'answered' | 'error' | 'timeout', latencyMs: number, isLate: boolean): void {
    const { counted, dueMs } = this.schedule;
    if (at < counted) return;
    // An answer can come before a timer that is late itself.
    const how = end === 'answered' && latencyMs > this.timeoutMs ? 'timeout' : end;
    if (how === 'error') this.errors += 1;
    if (how === 'timeout') this.timeouts += 1;
    if (isLate) this.lateStarts += 1;
    this.latenciesMs[at - counted] = how === 'answered' ? latencyMs : this.timeoutMs;
    this.lastMs = Math.max(this.lastMs, (dueMs[at] ?? 0) + latencyMs);
  }

  toRun(): LoadRun {
    const { schedule, errors, timeouts, lateStarts, latenciesMs } = this;
    const startMs = schedule.endMs - schedule.countedMs;
    const seconds = (Math.max(schedule.endMs, this.lastMs) - startMs) / 1000;
    return { latenciesMs, errors, timeouts, lateStarts, seconds };
  }
}

import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import type { EndFacts } from '../../core/training/outcome.ts';
import { keepLastLines, readLines } from './line-stream.ts';

export interface WatchedProcess {
  readonly file: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly timeoutMs: number;
  /** Takes the log line by line. */
  readonly log: (line: string) => void;
  /** Ends it: the job was cancelled. */
  readonly cancel?: AbortSignal | undefined;
  /** Between SIGTERM and SIGKILL: 5 seconds, which is what GitHub leaves a cancelled job. */
  readonly graceMs?: number | undefined;
  /** Lines of the log that are kept: 50. */
  readonly keepLines?: number | undefined;
  /** Told the process id as soon as it runs. */
  readonly started?: ((pid: number) => void) | undefined;
  /** Signals what really works, where that is no child of ours. False: it is not there (yet). */
  readonly signal?: ((name: StopSignal) => Promise<boolean>) | undefined;
}

export type StopSignal = 'SIGTERM' | 'SIGKILL';
/** What a process tells about its own end. */
export type ProcessEnd = Omit<EndFacts, 'oomKills' | 'diskFreeMib'>;

const defaultGraceMs = 5_000;
const drainMs = 2_000;
const defaultKeepLines = 50;

/** Runs a process to its end in a process group of its own; nothing of that group outlives it. */
export async function runWatchedProcess(command: WatchedProcess): Promise<ProcessEnd> {
  const last = keepLastLines(command.keepLines ?? defaultKeepLines);
  if (command.cancel?.aborted) {
    return { ...ended(null, null), timedOut: false, cancelled: true, lastLines: [] };
  }
  const child = spawn(command.file, command.args, {
    cwd: command.folder,
    env: command.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { pid } = child;
  const stop = planStop(command, pid);
  const streams = [child.stdout, child.stderr];
  const take = (line: string): void => {
    last.add(line);
    command.log(line);
  };
  const closed = Promise.all(streams.map((stream) => readLines(stream, take)));
  const end = await new Promise<ReturnType<typeof ended>>((resolve) => {
    child.once('error', ({ message }) => resolve(ended(null, null, message)));
    child.once('exit', (code, signal) => resolve(ended(code, signal)));
    if (pid !== undefined) command.started?.(pid);
  });
  const why = stop.close();
  signalGroup(pid, 'SIGKILL');
  // A daemon that left the group may hold the pipes open for good: what it prints later is not waited for.
  await Promise.race([closed, wait(drainMs, undefined, { ref: false })]);
  for (const stream of streams) stream.destroy();
  return {
    ...end,
    timedOut: why === 'timeout',
    cancelled: why === 'cancel',
    lastLines: last.list(),
  };
}

/** Ends the process at its time limit or on cancel: asked first, then forced. */
function planStop(
  command: WatchedProcess,
  pid: number | undefined,
): { readonly close: () => 'timeout' | 'cancel' | null } {
  const graceMs = command.graceMs ?? defaultGraceMs;
  const timers: NodeJS.Timeout[] = [];
  let why: 'timeout' | 'cancel' | null = null;
  const send = (name: StopSignal): void => {
    const sent = command.signal === undefined ? Promise.resolve(false) : command.signal(name);
    sent.then(
      (heard) => heard || signalGroup(pid, name),
      () => signalGroup(pid, name),
    );
  };
  const stop = (reason: 'timeout' | 'cancel'): void => {
    if (why !== null) return;
    why = reason;
    send('SIGTERM');
    timers.push(setTimeout(() => send('SIGKILL'), graceMs));
    // The client of a container engine that does not answer is left alone no longer.
    timers.push(setTimeout(() => signalGroup(pid, 'SIGKILL'), 2 * graceMs));
  };
  const onCancel = (): void => stop('cancel');
  command.cancel?.addEventListener('abort', onCancel, { once: true });
  timers.push(setTimeout(() => stop('timeout'), command.timeoutMs));
  return {
    close() {
      for (const timer of timers) clearTimeout(timer);
      command.cancel?.removeEventListener('abort', onCancel);
      return why;
    },
  };
}

function ended(exitCode: number | null, signal: string | null, startFault: string | null = null) {
  return { exitCode, signal, startFault };
}

function signalGroup(pid: number | undefined, signal: StopSignal): void {
  if (pid === undefined) return; // It never started.
  try {
    process.kill(-pid, signal);
  } catch {
    // Best effort: the group has ended already.
  }
}

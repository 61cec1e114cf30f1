import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';

export interface TeamCommand {
  /** The team's own command line, run by bash in the workspace; pull-request controlled. */
  readonly text: string;
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly timeoutMs: number;
  /** Takes the log line by line. */
  readonly log: (line: string) => void;
}

const graceMs = 5_000;
const drainMs = 2_000;

/** How a command ended; `how` is display text, for example `exit code 3`. */
export type CommandEnd =
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly how: string }
  | { readonly kind: 'timeout' };

/**
 * Runs a command to its end and streams what it prints.
 * Nothing that it prints is read as a command by the runner; nothing of its process group outlives it.
 */
export async function runTeamCommand(command: TeamCommand): Promise<CommandEnd> {
  const stopWord = randomUUID();
  command.log(`::stop-commands::${stopWord}`);
  try {
    return await run(command);
  } finally {
    command.log(`::${stopWord}::`);
  }
}

async function run({ text, folder, env, timeoutMs, log }: TeamCommand): Promise<CommandEnd> {
  const child = spawn('bash', ['-eo', 'pipefail', '-c', text], {
    cwd: folder,
    env,
    // A process group of its own, so that all of it can be ended.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { pid } = child;
  let timedOut = false;
  const ask = setTimeout(() => {
    timedOut = true;
    signalGroup(pid, 'SIGTERM');
  }, timeoutMs);
  const force = setTimeout(() => signalGroup(pid, 'SIGKILL'), timeoutMs + graceMs);
  const streams = [child.stdout, child.stderr];
  const closed = Promise.all(streams.map((stream) => pipeLines(stream, log)));
  const end = await new Promise<CommandEnd>((resolve) => {
    child.once('error', ({ message }) => resolve({ kind: 'failed', how: message }));
    child.once('exit', (code, signal) => resolve(toEnd(code, signal)));
  });
  clearTimeout(ask);
  clearTimeout(force);
  signalGroup(pid, 'SIGKILL');
  // A daemon that left the group may hold the pipes open for good: what it prints later is not waited for.
  await Promise.race([closed, wait(drainMs, undefined, { ref: false })]);
  for (const stream of streams) stream.destroy();
  return timedOut ? { kind: 'timeout' } : end;
}

function toEnd(code: number | null, signal: string | null): CommandEnd {
  if (code === 0) return { kind: 'done' };
  return { kind: 'failed', how: code === null ? `signal ${signal}` : `exit code ${code}` };
}

function pipeLines(stream: Readable, log: (line: string) => void): Promise<unknown> {
  const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
  lines.on('line', log);
  return once(lines, 'close');
}

function signalGroup(pid: number | undefined, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (pid === undefined) return; // It never started.
  try {
    process.kill(-pid, signal);
  } catch {
    // Best effort: the group has ended already.
  }
}

import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { InputError } from '../../core/error/error.ts';

export interface Command {
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

/**
 * Runs a command to its end and streams what it prints.
 * Nothing that it prints is read as a command by the runner; nothing that it started outlives it.
 * @throws InputError TRAIN_FAILED, TRAIN_TIMEOUT: the command is the team's
 */
export async function runCommand(command: Command): Promise<void> {
  const stopWord = randomUUID();
  command.log(`::stop-commands::${stopWord}`);
  try {
    await run(command);
  } finally {
    command.log(`::${stopWord}::`);
  }
}

async function run({ text, folder, env, timeoutMs, log }: Command): Promise<void> {
  const child = spawn('bash', ['-eo', 'pipefail', '-c', text], {
    cwd: folder,
    env,
    // A process group of its own, so that all of it can be ended.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { pid } = child;
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    if (pid === undefined) return;
    signalGroup(pid, 'SIGTERM');
    setTimeout(() => signalGroup(pid, 'SIGKILL'), graceMs).unref();
  }, timeoutMs);
  const streams = [child.stdout, child.stderr];
  const closed = Promise.all(streams.map((stream) => pipeLines(stream, log)));
  const ended = await new Promise<Ended>((resolve) => {
    child.once('error', (error) => resolve({ code: null, signal: null, error }));
    child.once('exit', (code, signal) => resolve({ code, signal, error: null }));
  });
  clearTimeout(timer);
  if (pid !== undefined) signalGroup(pid, 'SIGKILL');
  // A daemon that left the group may hold the pipes open for good: what it prints later is not waited for.
  await Promise.race([closed, wait(drainMs, undefined, { ref: false })]);
  for (const stream of streams) stream.destroy();
  judgeEnd(ended, timedOut, timeoutMs);
}

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly error: Error | null;
}

function pipeLines(stream: Readable, log: (line: string) => void): Promise<unknown> {
  const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
  lines.on('line', log);
  return once(lines, 'close');
}

function signalGroup(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Best effort: the group has ended already.
  }
}

function judgeEnd({ code, signal, error }: Ended, timedOut: boolean, timeoutMs: number): void {
  if (timedOut) {
    throw new InputError(
      'TRAIN_TIMEOUT',
      `The training command did not end within ${timeoutMs / 60_000} minutes`,
      {
        hint: 'Raise train.timeout-minutes in model.yml, or train less.',
      },
    );
  }
  if (code === 0 && error === null) return;
  const how = error === null ? (code === null ? `signal ${signal}` : `exit code ${code}`) : error.message;
  throw new InputError('TRAIN_FAILED', `The training command ended with ${how}`, {
    hint: 'Read the log above; the same command runs on a laptop with GATEHOUSE_DATA and GATEHOUSE_OUTPUT set.',
    ...(error === null ? {} : { cause: error }),
  });
}

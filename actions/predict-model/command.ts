import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as setTimeoutPromise } from 'node:timers/promises';
import { refuse } from '../../core/evaluation/refusal.ts';

export interface TeamCommand {
  /** Line for the shell, from model.yml: the team's own code. */
  readonly command: string;
  readonly folder: string;
  /** Everything that the command sees: nothing is inherited. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeLimitMs: number;
  /** Gets every line that the command prints. */
  readonly print: (line: string) => void;
}

/**
 * Runs the team's command in a process group of its own and ends the whole group, background processes included.
 * @throws InputError PREDICT_TIMEOUT, PREDICT_COMMAND_FAILED
 */
export async function runTeamCommand(team: TeamCommand): Promise<void> {
  const { command, folder, environment, timeLimitMs, print } = team;
  // What the command prints must not be read as orders to the runner; the word that ends this is not guessable.
  const resume = randomUUID();
  print(`::stop-commands::${resume}`);
  const child = spawn('/bin/sh', ['-c', command], {
    cwd: folder,
    env: { ...environment },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', print);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    endGroup(child.pid);
  }, timeLimitMs);
  try {
    const ending = await new Promise<string>((settle, fail) => {
      child.on('error', fail);
      child.on('exit', (code, signal) => settle(signal ?? String(code)));
    });
    endGroup(child.pid);
    await drain(child);
    if (late) throw timedOut(timeLimitMs);
    if (ending !== '0') throw failed(ending);
  } finally {
    clearTimeout(timer);
    endGroup(child.pid);
    print(`::${resume}::`);
  }
}

/** Waits for the last lines. A process that left the group may hold the pipes open: not longer than a second. */
async function drain(child: ChildProcessByStdio<null, Readable, Readable>): Promise<void> {
  const closed = once(child, 'close');
  await Promise.race([closed, setTimeoutPromise(1_000, undefined, { ref: false })]);
  child.stdout.destroy();
  child.stderr.destroy();
}

/** Ends every process of the group; none left is as good. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function timedOut(timeLimitMs: number) {
  return refuse(
    'predict/timeout',
    `The predict command ran longer than ${timeLimitMs / 60_000} minutes and was ended`,
    'Make it faster, or raise predict.timeout-minutes in model.yml.',
  );
}

function failed(ending: string) {
  return refuse(
    'predict/command-failed',
    `The predict command ended with ${ending}`,
    'See the lines that it printed above; run it on your machine with the same three variables set.',
  );
}

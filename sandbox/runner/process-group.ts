import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment: nothing of this process is added. */
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs?: number | undefined;
  /** Ends it: asked first, or at once when the reason is `lost`. */
  readonly signal?: AbortSignal | undefined;
  /** Between SIGINT and SIGTERM, and between SIGTERM and the kill; GitHub leaves 7500 and 2500 ms. */
  readonly graceMs?: readonly [number, number] | undefined;
  readonly onLine: (line: string) => void;
}

export interface Ending {
  readonly code: number;
  readonly reason: 'exit' | 'timeout' | 'cancelled';
}

/** The shell of a `run:` step hears nothing while its command runs: waiting longer would tell the tests nothing. */
const SHORT_GRACE_MS = [100, 50] as const;

/** How long the last output of a step is read when somebody outside of its group keeps its pipe open. */
const drainMs = 2_000;

/** A line longer than this is cut into pieces, so that output without line ends cannot fill the memory. */
const MAX_LINE = 65_536;

/** Starts children in process groups of their own and can kill them all, grandchildren included. */
export class ProcessGroups {
  readonly #children = new Set<ChildProcess>();
  readonly #marks = new Set<string>();
  #closed = false;
  readonly #onExit = () => this.killAll();

  constructor() {
    process.once('exit', this.#onExit);
  }

  /** Runs a command to its end; on timeout or abort its whole group is killed. */
  run(command: Command): Promise<Ending> {
    if (this.#closed || command.signal?.aborted) return Promise.resolve({ code: 130, reason: 'cancelled' });
    const child = spawn(command.file, command.args, {
      cwd: command.cwd,
      env: command.env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#children.add(child);
    let reason: Ending['reason'] = 'exit';
    const [interruptMs, endMs] = command.graceMs ?? SHORT_GRACE_MS;
    const timers: NodeJS.Timeout[] = [];
    // As GitHub's runner: the entry process alone is asked, twice, then the tree is killed.
    const stop = (why: Ending['reason']) => {
      reason = why;
      child.kill('SIGINT');
      timers.push(setTimeout(() => child.kill('SIGTERM'), interruptMs));
      timers.push(setTimeout(() => killGroup(child), interruptMs + endMs));
    };
    const onAbort = () => {
      stop('cancelled');
      if (command.signal?.reason === 'lost') killGroup(child);
    };
    const timer =
      command.timeoutMs === undefined ? undefined : setTimeout(() => stop('timeout'), command.timeoutMs);
    command.signal?.addEventListener('abort', onAbort);
    const flushes = [child.stdout, child.stderr].map((stream) => readLines(stream, command.onLine));
    return new Promise((resolve) => {
      const finish = (code: number) => {
        clearTimeout(timer);
        for (const one of timers) clearTimeout(one);
        command.signal?.removeEventListener('abort', onAbort);
        child.removeAllListeners('close');
        this.#children.delete(child);
        for (const flush of flushes) flush();
        resolve({ code, reason });
      };
      child.once('error', (error) => {
        command.onLine(`##[error]${error.message}`);
        finish(127);
      });
      child.once('exit', (code, signal) => {
        // Its last words may still lie in the pipe: they end when everybody who holds it is gone.
        killGroup(child);
        const end = () => finish(code ?? (signal === null ? 1 : 137));
        // A grandchild that left the group and keeps the pipe open must not keep the step open.
        timers.push(setTimeout(end, drainMs));
        child.once('close', end);
      });
    });
  }

  /** Kills every group that is still running, and what left its group. */
  killAll(): void {
    for (const child of this.#children) killGroup(child);
    for (const mark of this.#marks) killMarked(mark);
  }

  /** Makes a value for RUNNER_TRACKING_ID: whoever has it in its environment belongs to the job. */
  mark(): string {
    const mark = `github_${randomUUID()}`;
    this.#marks.add(mark);
    return mark;
  }

  /** Kills what a job left behind in groups of its own (setsid, daemons). */
  sweep(mark: string): void {
    killMarked(mark);
    this.#marks.delete(mark);
  }

  /** Kills what belongs to a job, which goes on. */
  killAllOf(mark: string): void {
    killMarked(mark);
  }

  /** Kills everything and starts nothing any more. */
  close(): void {
    this.#closed = true;
    this.killAll();
    process.removeListener('exit', this.#onExit);
  }
}

function killGroup(child: ChildProcess): void {
  if (child.pid !== undefined) killProcess(-child.pid);
}

const MAX_SWEEPS = 5;

// As GitHub's runner does: a process cannot leave its environment behind, but it can leave its group.
function killMarked(mark: string): void {
  if (!existsSync('/proc/self/environ')) return;
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep += 1) {
    const found = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && hasMark(pid, mark));
    if (found.length === 0) return;
    for (const pid of found) killProcess(Number(pid));
  }
}

function hasMark(pid: string, mark: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`RUNNER_TRACKING_ID=${mark}`);
  } catch {
    // Gone, or another user's.
    return false;
  }
}

function killProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}

function readLines(stream: NodeJS.ReadableStream, onLine: (line: string) => void): () => void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line.replace(/\r$/u, ''));
    for (; rest.length > MAX_LINE; rest = rest.slice(MAX_LINE)) onLine(rest.slice(0, MAX_LINE));
  });
  return () => {
    if (rest !== '') onLine(rest);
    rest = '';
  };
}

import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';

/** One program to run, with all that it may see. */
export interface HelperTask {
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly input: string | Uint8Array;
}

export interface HelperAnswer {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

/** What goes to the helper, and what comes back: `failed` when git could not be started. */
export type HelperRequest = HelperTask & { readonly id: number };
export type HelperReply = { readonly id: number } & (
  | { readonly code: number | null; readonly stdout: Uint8Array; readonly stderr: Uint8Array }
  | { readonly failed: string }
);

interface Waiting {
  resolve(answer: HelperAnswer): void;
  reject(error: Error): void;
}

interface Helper {
  readonly child: ChildProcess;
  readonly waiting: Map<number, Waiting>;
}

let helper: Helper | undefined;
let lastId = 0;

/** A helper nobody waits for must not keep the process alive. */
function letGo({ child, waiting }: Helper): void {
  if (waiting.size > 0) return;
  child.unref();
  child.channel?.unref();
}

function answer(of: Helper, reply: HelperReply): void {
  const waiter = of.waiting.get(reply.id);
  of.waiting.delete(reply.id);
  if ('failed' in reply) waiter?.reject(new Error(reply.failed));
  else
    waiter?.resolve({
      code: reply.code,
      stdout: Buffer.from(reply.stdout),
      stderr: Buffer.from(reply.stderr),
    });
  letGo(of);
}

function startHelper(): Helper {
  const child = fork(join(import.meta.dirname, 'helper-process.ts'), {
    serialization: 'advanced',
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const started: Helper = { child, waiting: new Map() };
  child.on('message', (reply: HelperReply) => answer(started, reply));
  child.on('exit', (code, signal) => {
    if (helper === started) helper = undefined;
    for (const waiter of started.waiting.values())
      waiter.reject(new Error(`the process that starts git ended (${signal ?? code})`));
    started.waiting.clear();
  });
  return started;
}

/**
 * Runs git from a small process that stays: starting a program copies the page tables of whoever starts it, which a
 * process of 1 GB pays with 25 ms of standing still, each time.
 */
export function runInHelper(task: HelperTask): Promise<HelperAnswer> {
  helper ??= startHelper();
  const { child, waiting } = helper;
  lastId += 1;
  const id = lastId;
  child.ref();
  child.channel?.ref();
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    child.send({ ...task, id } satisfies HelperRequest);
  });
}

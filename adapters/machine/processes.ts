import { readFileSync } from 'node:fs';
import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import {
  type ProcessFact,
  type ProcessMemory,
  parseProcessStat,
  parseProcessStatus,
} from '../../core/training/process-table.ts';
import { type MarkHost, markVariable, type RunMark } from '../../core/training/run-mark.ts';

/** Most of an environment that is read: one variable of Linux has 128 KiB at most, all together some MiB. */
const environmentLimit = 8 * 1024 ** 2;
/** The kernel lets readers of an environment wait while its process is stuck. */
const environmentLimitMs = 2000;

/** Every process that this system tells of. @returns null where there is no /proc (not Linux) */
export async function readProcesses(): Promise<readonly ProcessFact[] | null> {
  const names = await readdir('/proc').catch(() => null);
  const facts: ProcessFact[] = [];
  for (const name of names ?? []) {
    const fact = /^\d+$/.test(name) ? await readProcess(Number(name)) : null;
    if (fact !== null) facts.push(fact);
  }
  return facts.length === 0 ? null : facts;
}

/** @returns null when there is no such process (any more) */
export async function readProcess(pid: number): Promise<ProcessFact | null> {
  const text = await readText(`/proc/${pid}/stat`);
  return text === null ? null : parseProcessStat(text);
}

export async function readMemory(pid: number): Promise<ProcessMemory> {
  return parseProcessStatus((await readText(`/proc/${pid}/status`)) ?? '');
}

/**
 * The mark that a process was started with. Only of processes of our own user, and only what it was started with: it
 * cannot take somebody else's process in, and a process that drops the variable is not found by it.
 * @see https://man7.org/linux/man-pages/man5/proc_pid_environ.5.html
 */
export async function readMark(pid: number, variable = markVariable): Promise<string | null> {
  const owner = await stat(`/proc/${pid}`).catch(() => null);
  if (owner === null || owner.uid !== process.getuid?.()) return null;
  const text = await readEnvironment(pid);
  if (text === null || text.length > environmentLimit) return null;
  const start = `${variable}=`;
  return (
    text
      .split('\0')
      .find((entry) => entry.startsWith(start))
      ?.slice(start.length) ?? null
  );
}

async function readEnvironment(pid: number): Promise<string | null> {
  const read = new AbortController();
  const late = wait(environmentLimitMs, null, { signal: read.signal }).catch(() => null);
  try {
    return await Promise.race([readText(`/proc/${pid}/environ`), late]);
  } finally {
    read.abort();
  }
}

/** The mark of this process, for what it starts. Not on Linux: one that proves nothing. */
export async function makeRunMark(runId: number, runAttempt: number): Promise<RunMark> {
  const { pid } = process;
  const { boot, space } = await readMarkHost();
  const start = (await readProcess(pid))?.start ?? '0';
  return { runId, runAttempt, boot, space, pid, start };
}

/** What tells whether the owner of a mark is still there: looked up anew each time, since jobs come and go. */
export async function readMarkHost(): Promise<MarkHost> {
  const boot = await readText('/proc/sys/kernel/random/boot_id');
  const space = await readlink('/proc/self/ns/pid').catch(() => '');
  return {
    boot: /^[0-9a-f-]{36}\n?$/.test(boot ?? '') ? (boot ?? '').trim().replaceAll('-', '') : '0',
    space: /^pid:\[(\d{1,20})\]$/.exec(space)?.[1] ?? '0',
    startOf,
  };
}

function startOf(pid: number): string | null | undefined {
  try {
    return parseProcessStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.start;
  } catch (error) {
    // Any other failure is no proof that the process is gone.
    const gone =
      error instanceof Error && 'code' in error && ['ENOENT', 'ESRCH'].includes(String(error.code));
    return gone ? null : undefined;
  }
}

/** Processes end while they are looked at: that is no failure. */
async function readText(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null);
}

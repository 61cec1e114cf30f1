import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from './clock.ts';
import type { ClusterClock, ClusterJob } from './engine.ts';

/**
 * A clock of which a wait moves the hands by itself.
 * @param share of a wait that it really takes: where a server or a program must come to its turn
 */
export function makeClock(share = 0): ClusterClock {
  let now = Date.parse('2026-01-01T00:00:00Z');
  return {
    now: () => new Date(now),
    async wait(ms, signal) {
      await systemClock.wait(ms * share, signal);
      if (!signal?.aborted) now += ms;
    },
  };
}

export function makeJob(own: Partial<ClusterJob> = {}): ClusterJob {
  return {
    name: 'gatehouse-7-1-1-0a1b2c3d',
    command: 'python train.py',
    folder: '/shared/g/work',
    env: { GATEHOUSE_DATA: '/shared/g/data' },
    script: '/shared/g/train.sh',
    timeoutMs: 600_000,
    logFile: { here: '/nowhere/g.log', there: '/shared/g/g.log' },
    gpus: 0,
    memoryGib: null,
    ...own,
  };
}

/** Puts stand-ins for an engine's commands into a folder: each notes its arguments and standard input in `calls`. */
export async function writeTools(
  folder: string,
  tools: Readonly<Record<string, string>>,
): Promise<{ readonly env: NodeJS.ProcessEnv; readonly calls: string }> {
  const bin = join(folder, 'bin');
  const calls = join(folder, 'calls');
  await mkdir(bin, { recursive: true });
  for (const [name, body] of Object.entries(tools)) {
    const text = ['#!/bin/bash', `cd ${folder}`, `echo "${name} $*" >> ${calls}`, body, ''].join('\n');
    await writeFile(join(bin, name), text);
    await chmod(join(bin, name), 0o755);
  }
  return { env: { PATH: `${bin}:/usr/bin:/bin`, HOME: folder }, calls };
}

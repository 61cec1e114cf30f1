import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { renderRunMark } from '../../core/training/run-mark.ts';
import { makeRunMark } from './processes.ts';
import { startSampler } from './sampler.ts';
import { gpuLine, ToolBench } from './tool-stand-in.fixture.ts';

let bench: ToolBench;
beforeAll(async () => {
  bench = await ToolBench.open();
});
afterAll(() => bench.close());
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) {
    try {
      process.kill(-(child.pid ?? 0), 'SIGKILL');
    } catch {
      // It has ended.
    }
  }
});

/** A command that leads its group. */
function start(script: string, env: NodeJS.ProcessEnv = {}): number {
  const child = spawn('bash', ['-c', script], {
    detached: true,
    stdio: 'ignore',
    env: { PATH: process.env.PATH, ...env },
  });
  children.push(child);
  return child.pid ?? 0;
}

/** Holds as much memory as it is told, in MiB, and says when it does. */
const hold = (mib: number) =>
  `${process.execPath} -e "const held = Buffer.alloc(${mib} * 1024 ** 2, 1); fs.writeFileSync('${held(mib)}', String(process.pid)); setTimeout(() => held.length, 20000)"`;
const held = (mib: number) => join(bench.folder, `held-${mib}`);

describe.runIf(process.platform === 'linux')('startSampler', () => {
  it('sees memory of the command and of what it started, and of a process that left it but carries the mark', async () => {
    const mark = renderRunMark(await makeRunMark(1, 1));
    const pid = start(`${hold(150)} & setsid ${hold(130)} & exec sleep 20`, {
      GATEHOUSE_RUN: mark,
    });
    const alone = start('exec sleep 20');
    const marked = startSampler({ pid: alone, env: bench.env(), everyMs: 100, mark });
    const family = startSampler({ pid, env: bench.env(), everyMs: 100 });
    while (![150, 130].every((mib) => existsSync(held(mib)))) await wait(50);
    await wait(300);
    const usage = await family.stop();
    const marks = await marked.stop();
    // It left the group, and would outlive the test.
    process.kill(Number(await readFile(held(130), 'utf8')));
    // How many fit into the time is a matter of the machine; the last one saw all of them.
    expect(usage.samples).toBeGreaterThan(0);
    expect(usage.peakMemoryMib).toBeGreaterThan(280);
    expect(usage).toMatchObject({ gpuUtilisation: null, gpuPeakMemoryMib: null, gpuEnergyWh: null });
    expect(marks.peakMemoryMib).toBeGreaterThan(280);
  });

  it('sees GPUs of the command: use, memory, energy', async () => {
    await bench.writeNvidia([gpuLine(0, 900), gpuLine(1, 700)]);
    const sampler = startSampler({ pid: start('exec sleep 20'), env: bench.env(), everyMs: 100 });
    const started = performance.now();
    await wait(900);
    const usage = await sampler.stop();
    const passedMs = performance.now() - started;
    expect(usage).toMatchObject({ gpuUtilisation: 0.5, gpuPeakMemoryMib: 900 });
    expect(usage.gpuEnergyWh).toBeGreaterThan(0);
    // Two GPUs at 300 W.
    expect(usage.gpuEnergyWh).toBeLessThanOrEqual((600 * passedMs) / 3_600_000);
  });

  it('never fails: a command that is gone, a tool that breaks, limits that are no numbers', async () => {
    await bench.write('nvidia-smi', 'echo broken; exit 1');
    const pid = start('exit 0');
    for (const everyMs of [Number.NaN, -5, 100]) {
      const sampler = startSampler({ pid, env: bench.env(), everyMs });
      await wait(200);
      const usage = await sampler.stop();
      expect(usage.gpuEnergyWh).toBeNull();
      expect(usage.samples).toBeGreaterThan(0);
      expect(await sampler.stop()).toEqual(usage);
    }
  });

  it('asks a tool that stopped answering three times, and then no more', async () => {
    const log = `${bench.folder}/asked`;
    await bench.write(
      'nvidia-smi',
      `case "$*" in *--query-gpu*) echo x >> ${log}; test -f ${log}.broken && exit 1; echo '${gpuLine(0)}'; echo > ${log}.broken ;; esac`,
    );
    const sampler = startSampler({ pid: start('exec sleep 20'), env: bench.env(), everyMs: 100 });
    await wait(1500);
    const usage = await sampler.stop();
    expect(usage.gpuPeakMemoryMib).toBe(4);
    expect(usage.samples).toBeGreaterThan(5);
    expect((await readFile(log, 'utf8')).trim().split('\n')).toHaveLength(4);
  });
});

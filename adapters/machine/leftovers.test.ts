import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isFailure } from '../../core/finding/finding.ts';
import { type RunMark, renderRunMark } from '../../core/training/run-mark.ts';
import { claimFolder, removeFolders } from './folders.ts';
import { type CleanInputs, cleanMachine } from './leftovers.ts';
import { makeRunMark, readMarkHost } from './processes.ts';
import { gpuLine, ToolBench } from './tool-stand-in.fixture.ts';

const variable = `GATEHOUSE_TEST_${process.pid}`;
let bench: ToolBench;
let parent: string;
let own: RunMark;
/** Of a job whose action is gone: its number is ours, but started at another time. */
let gone: RunMark;
/** Of a job that works right now on another runner of this machine. */
let busy: RunMark;
beforeAll(async () => {
  bench = await ToolBench.open();
  own = await makeRunMark(1, 1);
  gone = { ...own, runId: 8_001, start: '1' };
  busy = { ...own, runId: 8_002 };
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.clear();
  parent = await mkdtemp(join(tmpdir(), 'gatehouse-leftovers-'));
});
const children: ChildProcess[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(parent, { recursive: true, force: true });
});

const clean = (more: Partial<CleanInputs> = {}) =>
  cleanMachine({
    when: 'before',
    mark: own,
    variable,
    env: bench.env(),
    folders: [parent],
    keep: [],
    gpus: 0,
    ...more,
  });

/** A process of its own group and session. @param script ends with `echo`, when it is ready */
async function start(
  mark: string | null,
  script = 'echo; exec sleep 30',
  more: { uid?: number } = {},
): Promise<number> {
  const child = spawn('bash', ['-c', script], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { PATH: process.env.PATH, ...(mark === null ? {} : { [variable]: mark }) },
    cwd: '/',
    ...more,
  });
  children.push(child);
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  return child.pid ?? 0;
}

const isAlive = (pid: number) =>
  children.some((child) => child.pid === pid && child.exitCode === null && child.signalCode === null);
const about = (findings: Awaited<ReturnType<typeof clean>>, what: string) =>
  findings
    .filter(({ found }) => found?.includes(what))
    .map(({ code, severity, message }) => `${severity} ${code}: ${message}`);

describe.runIf(process.platform === 'linux')('processes', () => {
  it('of a job that is over are ended, those of a running job, without a mark or of an unknown job are not', async () => {
    const left = await start(renderRunMark(gone));
    const alone = [
      await start(renderRunMark(busy)),
      await start(renderRunMark({ ...gone, space: '1' })),
      await start(renderRunMark({ ...gone, boot: 'ab' })),
      await start(renderRunMark(own)),
      await start(null),
      await start('nonsense'),
    ];
    const findings = await clean();
    await wait(50);
    expect(isAlive(left)).toBe(false);
    expect(alone.map(isAlive)).toEqual([true, true, true, true, true, true]);
    expect(about(findings, `process ${left} of run 8001`)).toEqual([
      'note training/leftover-process: A process of a training that is over was ended',
    ]);
    expect(about(findings, `process ${alone[0]} of run 8002`)).toEqual([
      'note training/leftover-process: Another training works on this machine right now',
    ]);
    for (const pid of alone.slice(1, 3))
      expect(about(findings, `process ${pid} `)[0]).toMatch(/^warn .* left alone$/);
    for (const pid of alone.slice(3)) expect(about(findings, `process ${pid} `)).toEqual([]);
    expect(findings.filter(({ where, found }) => where !== undefined || found === undefined)).toEqual([]);
  });

  it('that do not listen, or start another one when asked to end, are ended too', async () => {
    const mark = renderRunMark({ ...gone, runId: 8_003 });
    const deaf = await start(mark, 'trap "" TERM; echo; while :; do sleep 1; done');
    const hydra = await start(mark, `trap 'setsid sleep 31 & exit' TERM; echo; while :; do sleep 0.1; done`);
    const findings = await clean();
    await wait(50);
    expect([deaf, hydra].map(isAlive)).toEqual([false, false]);
    const ended = about(findings, 'of run 8003');
    expect(ended.length).toBeGreaterThanOrEqual(3);
    for (const each of ended) expect(each).toMatch(/was ended$/);
    expect(about(await clean(), 'of run 8003')).toEqual([]);
  });

  it('of this very run are ended after it', async () => {
    const mine = await start(renderRunMark(own));
    const other = await start(renderRunMark({ ...gone, runId: 8_004 }));
    const findings = await clean({ when: 'after' });
    await wait(50);
    expect([mine, other].map(isAlive)).toEqual([false, true]);
    expect(about(findings, `process ${mine} of run 1`)).toHaveLength(1);
    expect(findings.some(isFailure)).toBe(false);
  });

  it.runIf(process.getuid?.() === 0)('of another user are not ours, whatever they carry', async () => {
    const other = await start(renderRunMark({ ...gone, runId: 8_005 }), undefined, { uid: 65_534 });
    expect(about(await clean(), 'of run 8005')).toEqual([]);
    expect(isAlive(other)).toBe(true);
  });
});

async function make(name: string, mark: RunMark | null): Promise<string> {
  const folder = join(parent, name);
  await mkdir(folder);
  await writeFile(join(folder, 'part'), 'data');
  if (mark !== null) await claimFolder(folder, mark);
  return folder;
}

describe.runIf(process.platform === 'linux')('folders', () => {
  it('of a job that is over are removed, all others stay', async () => {
    const left = await make('gatehouse-data-a', gone);
    const stays = [
      await make('gatehouse-data-b', busy),
      await make('gatehouse-data-c', own),
      await make('gatehouse-data-abcdef', null),
      await make('elsewhere', gone),
    ];
    const unknown = await make('gatehouse-data-d', { ...gone, space: '1' });
    const findings = await clean();
    expect(existsSync(left)).toBe(false);
    expect([...stays, unknown].every((folder) => existsSync(join(folder, 'part')))).toBe(true);
    expect(about(findings, left)).toEqual([
      'note training/leftover-folder: A work folder of a job that is over was removed',
    ]);
    expect(about(findings, unknown)[0]).toMatch(/^note .* left alone$/);
    expect(about(findings, stays[0] ?? '')).toEqual([]);
    expect((await readdir(parent)).filter((name) => name.startsWith('gatehouse-data-a.'))).toEqual([]);
  });

  it('of another boot of this machine are removed', async () => {
    const left = await make('gatehouse-data-a', { ...gone, boot: 'ab', space: '1' });
    await clean();
    expect(existsSync(left)).toBe(false);
  });

  it('of this run are removed after it, but for those that are needed', async () => {
    const [data, output] = [await make('gatehouse-data-a', own), await make('gatehouse-model-b', own)];
    const other = await make('gatehouse-data-c', gone);
    await clean({ when: 'after', keep: [output] });
    expect([data, output, other].map((folder) => existsSync(folder))).toEqual([false, true, true]);
  });

  it('that a program has locked are removed too', async () => {
    const left = await make('gatehouse-data-a', gone);
    await mkdir(join(left, 'cache'));
    await writeFile(join(left, 'cache', 'module'), '');
    await chmod(join(left, 'cache'), 0o500);
    await clean();
    expect(existsSync(left)).toBe(false);
  });

  it('are never followed: what a link points to stays', async () => {
    const target = await make('target', null);
    const left = await make('gatehouse-data-a', gone);
    await symlink(target, join(left, 'link'));
    await symlink(target, join(parent, 'gatehouse-data-b'));
    await claimFolder(join(parent, 'gatehouse-data-b'), gone);
    await clean();
    expect(existsSync(left)).toBe(false);
    expect(existsSync(join(target, 'part'))).toBe(true);
    expect((await readdir(parent)).includes('gatehouse-data-b')).toBe(true);
  });

  it('without a mark go when no job can be that old, and only those that a training makes', async () => {
    const folders = await Promise.all(
      ['gatehouse-data-abcdef', 'gatehouse-engine-abcdef', 'gatehouse-data-x'].map((name) =>
        make(name, null),
      ),
    );
    const sixDaysMs = 6 * 24 * 3_600_000;
    const host = await readMarkHost();
    const search = { parents: [parent], own: renderRunMark(own), keep: [], host } as const;
    expect(await removeFolders({ ...search, when: 'before', now: Date.now() })).toEqual([]);
    expect(await removeFolders({ ...search, when: 'after', now: Date.now() + sixDaysMs })).toEqual([]);
    const removed = await removeFolders({ ...search, when: 'before', now: Date.now() + sixDaysMs });
    expect(removed).toEqual([{ path: folders[0], fate: 'removed' }]);
    expect(folders.map((folder) => existsSync(folder))).toEqual([false, true, true]);
  });

  it('forgets the mark of a folder that is gone', async () => {
    await claimFolder(join(parent, 'gatehouse-data-a'), gone);
    await claimFolder(join(parent, 'gatehouse-data-b'), busy);
    expect(await clean()).toEqual([]);
    expect(await readdir(parent)).toEqual(['gatehouse-data-b.gatehouse-run']);
  });

  it.runIf(process.getuid?.() !== 0)('that cannot be removed refuse the training', async () => {
    const left = await make('gatehouse-data-a', gone);
    await chmod(parent, 0o500);
    const findings = await clean();
    await chmod(parent, 0o700);
    expect(about(findings, left)[0]).toMatch(/^fail training\/leftover-folder/);
  });
});

describe('GPUs', () => {
  const gpus = (more: Partial<CleanInputs> = {}) =>
    clean({ gpus: 1, ...more }).then((findings) =>
      findings.filter(({ code }) => code === 'training/gpu-unclean'),
    );

  it('with memory in use by somebody refuse the training, and only those that the command can use', async () => {
    const line = gpuLine(0, 9000);
    await bench.writeNvidia([line, gpuLine(1)], ['GPU-a000, 4242, /usr/bin/ollama, 8996']);
    const [finding, ...rest] = await gpus();
    expect(finding).toMatchObject({
      severity: 'fail',
      message: 'GPU 0 is in use before the training starts',
      found: '9000 MiB, /usr/bin/ollama (process 4242, 8996 MiB)',
    });
    expect(rest).toEqual([]);
    expect(await gpus({ env: bench.env({ CUDA_VISIBLE_DEVICES: '1' }) })).toEqual([]);
    expect(await gpus({ toleranceMib: 9000 })).toEqual([]);
    expect(await gpus({ gpus: 0 })).toMatchObject([{ severity: 'note' }]);
  });

  it('may take a moment after a training to give memory back', async () => {
    const seen = join(bench.folder, 'seen');
    await bench.write(
      'nvidia-smi',
      `case "$*" in *--query-gpu*) if test -f ${seen}; then echo '${gpuLine(0)}'; else echo > ${seen}; echo '${gpuLine(0, 9000)}'; fi ;; esac`,
    );
    expect(await gpus({ when: 'after' })).toEqual([]);
  });
});

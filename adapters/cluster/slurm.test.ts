import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SlurmConfig } from '../../core/config/cluster.ts';
import { quoteWord } from '../../core/training/cluster-script.ts';
import { makeClock, makeJob, writeTools } from './cluster.fixture.ts';
import { openSlurm } from './slurm.ts';

const bash = promisify(execFile);
const config: SlurmConfig = {
  kind: 'slurm',
  options: ['--nodes=2', '--gres=gpu:8'],
  partition: 'gpu',
  shared: { folder: '/shared', seenAs: '/shared' },
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-slurm-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Answers as the manuals of sbatch, squeue, sacct and scancel write them. */
async function open(tools: Readonly<Record<string, string>>) {
  const { env, calls } = await writeTools(folder, {
    sbatch: 'cat > script; echo 4711',
    squeue: 'exit 1',
    sacct: 'exit 1',
    scancel: 'true',
    ...tools,
  });
  const asked = async () => (await readFile(calls, 'utf8').catch(() => '')).trim().split('\n');
  return { engine: openSlurm(config, env, makeClock()), asked };
}
const handle = { name: makeJob().name, id: '4711' };

describe('a job for Slurm', () => {
  it('is handed over with options of the team, limits of ours, and its script on standard input', async () => {
    const { engine, asked } = await open({});
    expect(await engine.submit(makeJob())).toEqual(handle);
    expect(await asked()).toEqual([
      `sbatch --nodes=2 --gres=gpu:8 --partition=gpu --parsable --job-name=${handle.name} ` +
        '--output=/shared/g/g.log --chdir=/shared/g/work --time=11 --no-requeue --export=NONE',
    ]);
    expect((await readFile(join(folder, 'script'), 'utf8')).split('\n')).toEqual([
      '#!/bin/bash',
      'set -eo pipefail',
      "cd '/shared/g/work'",
      "export GATEHOUSE_DATA='/shared/g/data'",
      "export SLURM_EXPORT_ENV='ALL'",
      "exec timeout -k 30 600 bash -eo pipefail -c 'python train.py'",
      '',
    ]);
  });

  it('has a script in which no directive of the team stands before the first command', async () => {
    const { engine } = await open({});
    await engine.submit(makeJob({ command: "#SBATCH --uid=0\n'; id; '\necho it\\'s" }));
    const [first, second, ...rest] = (await readFile(join(folder, 'script'), 'utf8')).split('\n');
    expect([first, second]).toEqual(['#!/bin/bash', 'set -eo pipefail']);
    expect(rest.findIndex((line) => line.includes('#SBATCH'))).toBeGreaterThan(0);
  });

  it('runs its command as it is, with its variables, and ends it at its limit', async () => {
    await mkdir(join(folder, 'work'));
    const { engine } = await open({});
    const command = `echo "$GATEHOUSE_DATA|it's|$(pwd)"; exit 3`;
    const env = { GATEHOUSE_DATA: "a 'b' $(c) \\" };
    const job = makeJob({ command, env, folder: join(folder, 'work') });
    await engine.submit(job);
    await expect(bash('bash', [join(folder, 'script')])).rejects.toMatchObject({
      code: 3,
      stdout: `a 'b' $(c) \\|it's|${join(folder, 'work')}\n`,
    });
    await engine.submit({ ...job, command: 'sleep 20', timeoutMs: 100 });
    await expect(bash('bash', [join(folder, 'script')])).rejects.toMatchObject({ code: 124 });
  });

  it.each([
    ['4711', '4711'],
    ['Welcome to the cluster\n4711;north\n', '4711;north'],
  ])('takes the number from %j', async (said, id) => {
    const { engine } = await open({ sbatch: `cat > script; printf ${quoteWord(said)}` });
    expect(await engine.submit(makeJob())).toMatchObject({ id });
  });

  it('that Slurm refuses is the reader’s to mend; an answer without a number is not', async () => {
    const refusing = await open({
      sbatch: 'cat > script; echo "sbatch: error: invalid partition specified: gpu" >&2; exit 1',
    });
    await expect(refusing.engine.submit(makeJob())).rejects.toMatchObject({
      kind: 'input',
      code: 'CLUSTER_REFUSED',
      message: 'Slurm did not take the job: sbatch: error: invalid partition specified: gpu',
    });
    const silent = await open({ sbatch: 'cat > script; echo "--all"' });
    await expect(silent.engine.submit(makeJob())).rejects.toMatchObject({ code: 'CLUSTER_FAILED' });
    const env = { PATH: join(folder, 'nothing') };
    await expect(openSlurm(config, env, makeClock()).submit(makeJob())).rejects.toMatchObject({
      kind: 'service',
      code: 'TOOL_MISSING',
    });
  });
});

describe('the state', () => {
  it('is that of the queue while it is known there', async () => {
    const { engine, asked } = await open({ squeue: 'echo "PENDING|Resources"' });
    expect(await engine.state(handle)).toMatchObject({ state: 'waiting', how: 'PENDING (Resources)' });
    expect(await asked()).toEqual(['squeue --jobs=4711 --noheader --states=all --format=%T|%r']);
  });

  it('of another cluster is asked for there', async () => {
    const { engine, asked } = await open({ squeue: 'printf "CLUSTER: north\\nRUNNING|None\\n"' });
    expect(await engine.state({ ...handle, id: '4711;north' })).toMatchObject({
      state: 'running',
      how: 'RUNNING',
    });
    await engine.cancel({ ...handle, id: '4711;north' });
    expect((await asked()).map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
      'squeue --clusters=north --jobs=4711',
      'scancel --clusters=north 4711',
    ]);
  });

  it('is that of the accounting once the queue has forgotten it, or where it failed', async () => {
    const gone = await open({
      squeue: 'echo "slurm_load_jobs error: Invalid job id specified" >&2; exit 1',
      sacct: 'echo "FAILED|3:0"',
    });
    expect(await gone.engine.state(handle)).toMatchObject({ outcome: 'failed', exitCode: 3 });
    expect((await gone.asked())[1]).toBe(
      'sacct --jobs=4711 --noheader --parsable2 --allocations --format=State,ExitCode',
    );
    const failed = await open({ squeue: 'echo "FAILED|NonZeroExitCode"', sacct: 'echo "FAILED|7:0"' });
    expect(await failed.engine.state(handle)).toMatchObject({ exitCode: 7 });
    const late = await open({ squeue: 'echo "FAILED|NonZeroExitCode"', sacct: 'echo "RUNNING|0:0"' });
    expect(await late.engine.state(handle)).toMatchObject({ outcome: 'failed', exitCode: null });
  });

  it('is unknown without both, and without a number', async () => {
    const { engine } = await open({ sacct: 'echo "Slurm accounting storage is disabled" >&2; exit 1' });
    expect(await engine.state(handle)).toBeNull();
    expect(await engine.state({ ...handle, id: null })).toBeNull();
  });
});

describe('cancel', () => {
  it('goes by number, by name where no number came, and takes a job that is gone for cancelled', async () => {
    const { engine, asked } = await open({
      scancel: 'echo "scancel: error: Kill job error on job id 4711: Invalid job id specified" >&2; exit 1',
    });
    await engine.cancel(handle);
    await engine.cancel({ ...handle, id: null });
    expect(await asked()).toEqual(['scancel 4711', `scancel --name=${handle.name}`]);
    const failing = await open({ scancel: 'echo "Unable to contact slurm controller" >&2; exit 1' });
    await expect(failing.engine.cancel(handle)).rejects.toMatchObject({ code: 'CLUSTER_FAILED' });
  });
});

describe('the log', () => {
  it('is read from its file as it grows, and its last line without a line end at the end', async () => {
    const { engine } = await open({});
    const here = join(folder, 'g.log');
    await engine.submit(makeJob({ logFile: { here, there: '/shared/g/g.log' } }));
    const lines: string[] = [];
    const ended = new AbortController();
    const following = engine.followLog(
      handle,
      (line) => {
        lines.push(line);
        if (line === 'two') ended.abort();
      },
      ended.signal,
    );
    await writeFile(here, 'one\ntwo\nhalf');
    await following;
    expect(lines).toEqual(['one', 'two', 'half']);
  });

  it('is followed up to 64 MiB: a file with holes does not hold the runner', async () => {
    const { engine } = await open({});
    const here = join(folder, 'g.log');
    await writeFile(here, 'one\n');
    await truncate(here, 2 ** 40);
    await engine.submit(makeJob({ logFile: { here, there: '/shared/g/g.log' } }));
    let length = 0;
    await engine.followLog(handle, (line) => (length += line.length), AbortSignal.abort());
    expect(length).toBe(64 * 2 ** 20 - 1);
  });

  it('is no file of the runner that the job put a link to, and no pipe', async () => {
    const { engine } = await open({});
    const secret = join(folder, 'secret');
    await writeFile(secret, 'secret\n');
    const over = AbortSignal.abort();
    const lines: string[] = [];
    for (const [name, put] of [
      ['link', (here: string) => symlink(secret, here)],
      ['pipe', (here: string) => bash('mkfifo', [here])],
    ] as const) {
      const here = join(folder, `${name}.log`);
      await put(here);
      await engine.submit(makeJob({ logFile: { here, there: '/shared/g/g.log' } }));
      await engine.followLog(handle, (line) => lines.push(line), over);
    }
    expect(lines).toEqual([]);
  });
});

describe('quoteWord', () => {
  it('is one word for a shell, whatever is in it', async () => {
    const text = fc
      .sample(fc.string({ unit: 'binary', minLength: 1 }), 40)
      .map((one) => one.replaceAll('\0', ''));
    const hostile = [`'; id; '`, '$(id)', '`id`', '\\', '\n', "'\\''", '!!', ...text];
    const { stdout } = await bash('bash', ['-c', `printf '%s\\0' ${hostile.map(quoteWord).join(' ')}`]);
    expect(stdout.split('\0').slice(0, -1)).toEqual(hostile.map((one) => one.toWellFormed()));
  });
});

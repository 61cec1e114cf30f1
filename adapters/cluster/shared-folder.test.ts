import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeTrain } from '../../core/config/train.fixture.ts';
import { makeClock, writeTools } from './cluster.fixture.ts';
import { collectOutputs } from './collect.ts';
import { openEngine } from './open-engine.ts';
import { runOnCluster } from './run-on-cluster.ts';
import { openSharedFolder, writeClusterJob } from './shared-folder.ts';

const bash = promisify(execFile);
let folder: string;
let workspace: string;
let shared: { readonly folder: string; readonly seenAs: string };
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-shared-'));
  workspace = join(folder, 'checkout');
  shared = { folder: join(folder, 'mnt'), seenAs: '/seen' };
  await mkdir(join(workspace, '.git'), { recursive: true });
  await mkdir(shared.folder);
  await writeFile(join(workspace, '.git', 'config'), 'token');
  await writeFile(join(workspace, 'train.py'), 'print(1)');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('openSharedFolder', () => {
  it('brings the checkout without .git, and links as links', async () => {
    await symlink('/etc/passwd', join(workspace, 'link'));
    const { here, there, remove } = await openSharedFolder(shared, 'g', workspace);
    expect((await readdir(here.work)).sort()).toEqual(['link', 'train.py']);
    expect(await readlink(join(here.work, 'link'))).toBe('/etc/passwd');
    expect(there).toEqual({ work: '/seen/g/work', data: '/seen/g/data', output: '/seen/g/output' });
    expect(await readdir(here.data)).toEqual([]);
    await remove();
    expect(await readdir(shared.folder)).toEqual([]);
  });

  it('inside the checkout would be copied into itself, and is refused', async () => {
    const inside = { folder: join(workspace, 'mnt'), seenAs: '/seen' };
    await mkdir(inside.folder);
    await expect(openSharedFolder(inside, 'g', workspace)).rejects.toMatchObject({
      code: 'SHARED_FOLDER',
      message: expect.stringContaining('inside the checkout'),
    });
    expect(await readdir(inside.folder)).toEqual([]);
  });

  it('that is not mounted, or is taken, is refused and left as it is', async () => {
    const elsewhere = { ...shared, folder: join(folder, 'nowhere') };
    await expect(openSharedFolder(elsewhere, 'g', workspace)).rejects.toMatchObject({
      code: 'SHARED_FOLDER',
      message: expect.stringContaining('is not there'),
    });
    await mkdir(join(shared.folder, 'g'));
    await writeFile(join(shared.folder, 'g', 'other'), '');
    await expect(openSharedFolder(shared, 'g', workspace)).rejects.toMatchObject({ code: 'SHARED_FOLDER' });
    expect(await readdir(join(shared.folder, 'g'))).toEqual(['other']);
  });
});

describe('collectOutputs', () => {
  const train = { artifact: 'out/model.bin', metrics: 'out/metrics.json' };
  let work: string;
  let output: string;
  beforeEach(async () => {
    [work, output] = [join(folder, 'work'), join(folder, 'output')];
    await mkdir(join(work, 'out'), { recursive: true });
    await mkdir(output);
  });

  it('takes model and metrics by digest, and waits for a file that shows late', async () => {
    await writeFile(join(work, 'out', 'metrics.json'), '{"auc": 0.7}');
    const clock = makeClock();
    const slow = {
      ...clock,
      wait: async (ms: number) => {
        await clock.wait(ms);
        if (ms === 3_000) await writeFile(join(work, 'out', 'model.bin'), 'weights');
      },
    };
    expect(await collectOutputs(work, train, output, slow)).toEqual({
      artifact: {
        digest: `sha256:${createHash('sha256').update('weights').digest('hex')}`,
        sizeBytes: 7,
        name: 'model.bin',
      },
      metrics: '{"auc": 0.7}',
    });
    expect(await readFile(join(output, 'model.bin'), 'utf8')).toBe('weights');
  });

  it('takes no link, at once, and says in the end what is missing', async () => {
    await symlink('/etc/passwd', join(work, 'out', 'model.bin'));
    await expect(collectOutputs(work, train, output, makeClock())).rejects.toMatchObject({
      code: 'ARTIFACT_KIND',
    });
    await rm(join(work, 'out', 'model.bin'));
    await expect(collectOutputs(work, train, output, makeClock())).rejects.toMatchObject({
      code: 'ARTIFACT_MISSING',
    });
    await writeFile(join(work, 'out', 'model.bin'), 'weights');
    await expect(collectOutputs(work, train, output, makeClock())).rejects.toMatchObject({
      code: 'METRICS_MISSING',
    });
    expect(await collectOutputs(work, { artifact: train.artifact }, output, makeClock())).toMatchObject({
      metrics: null,
    });
  });
});

describe('a training from beginning to end', () => {
  it('by Slurm: the script runs in the copy with its data, and model, metrics and log come back', async () => {
    // One machine plays runner and cluster: the folder is the same for both.
    const config = {
      kind: 'slurm',
      options: ['--gres=gpu:1'],
      shared: { ...shared, seenAs: shared.folder },
    } as const;
    const train = makeTrain({
      command:
        'mkdir -p out; cat "$GATEHOUSE_DATA/a" > out/model.json; echo "{}" > out/m.json; echo seed $GATEHOUSE_SEED; pwd',
      metrics: 'out/m.json',
      cluster: config,
    });
    const { env, calls } = await writeTools(folder, {
      sbatch: `cat > script
        for one in "$@"; do case $one in --output=*) log=\${one#--output=} ;; esac; done
        if env -i PATH="$PATH" bash script > "$log" 2>&1; then echo 'COMPLETED|None' > state; else echo 'FAILED|x' > state; fi
        echo 7`,
      squeue: 'cat state',
      sacct: 'exit 1',
      scancel: 'true',
    });
    const name = 'gatehouse-1-1-1-00000000';
    const place = await openSharedFolder(config.shared, name, workspace);
    await writeFile(join(place.here.data, 'a'), 'weights');
    const job = await writeClusterJob(train, place, {
      name,
      env: { GATEHOUSE_SEED: '7' },
      timeoutMs: 60_000,
    });
    expect((await bash('bash', ['-n', job.script])).stderr).toBe('');
    const clock = makeClock(0.001);
    const read = () => '';
    const engine = openEngine(config, { network: { hosts: [], privateHosts: [] }, env, read, clock });
    const log: string[] = [];
    const cancel = new AbortController().signal;
    const end = await runOnCluster({ engine, job, log: (line) => log.push(line), cancel }, clock);
    expect(end).toMatchObject({ outcome: 'done' });
    expect(log).toEqual(expect.arrayContaining(['seed 7', place.there.work]));
    const output = join(folder, 'output');
    await mkdir(output);
    expect(await collectOutputs(place.here.work, train, output, clock)).toMatchObject({
      artifact: { name: 'model.json', sizeBytes: 7 },
      metrics: '{}\n',
    });
    await place.remove();
    expect((await readFile(calls, 'utf8')).trim().split('\n').at(-1)).toBe('scancel 7');
    expect(await readdir(shared.folder)).toEqual([]);
  });
});

import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeClock } from './cluster.fixture.ts';
import { collectOutputs } from './collect.ts';
import { openSharedFolder, writeClusterJob } from './shared-folder.ts';

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
      metrics: { metrics: { auc: 0.7 }, notes: [] },
    });
    expect(await readFile(join(output, 'model.bin'), 'utf8')).toBe('weights');
  });

  it('takes nothing of the runner when the job moves the checkout away, nor writes through its links', async () => {
    const key = join(folder, 'runner', 'id_rsa');
    await mkdir(join(folder, 'runner'));
    await writeFile(key, 'secret');
    const opened = await openSharedFolder(shared, 'g', workspace);
    const { work } = opened.here;
    await symlink(key, join(opened.root.here, 'g-2.sh'));
    const attempt = { name: 'g-2', env: {}, timeoutMs: 1_000 };
    await writeClusterJob({ command: 'true', needs: { gpus: 0 } }, opened, attempt);
    expect(await readFile(key, 'utf8')).toBe('secret');
    expect(await readFile(join(opened.root.here, 'g-2.sh'), 'utf8')).toContain('timeout');
    await rm(work, { recursive: true });
    await symlink(join(folder, 'runner'), work);
    const taken = collectOutputs(work, { artifact: 'id_rsa' }, join(folder, 'taken'), makeClock());
    await expect(taken).rejects.toMatchObject({ code: 'ARTIFACT_KIND' });
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

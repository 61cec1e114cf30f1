import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { clearClaimedMetrics, readClaimedMetrics } from './claimed-metrics.ts';

let folder: string;
let workspace: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'metrics-'));
  workspace = join(folder, 'work');
  await mkdir(workspace);
});
afterEach(() => rm(folder, { recursive: true }));

const run = 'a'.repeat(32);
async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(workspace, path)), { recursive: true });
  await writeFile(join(workspace, path), text);
}

it('reads a file by its name and a folder by what lies in it', async () => {
  await put('out/m.yaml', 'auc: 0.7\n');
  await put('dvclive/metrics.json', '{"val": {"auc": 0.8}}');
  await put(`mlruns/0/${run}/metrics/auc`, '1 0.9 0\n');
  await put(`mlruns/0/${run}/meta.yaml`, 'run_name: x\n');
  expect((await readClaimedMetrics(workspace, 'out/m.yaml')).metrics).toEqual({ auc: 0.7 });
  expect((await readClaimedMetrics(workspace, 'dvclive')).metrics).toEqual({ 'val.auc': 0.8 });
  expect((await readClaimedMetrics(workspace, 'mlruns')).metrics).toEqual({ auc: 0.9 });
  await expect(readClaimedMetrics(workspace, 'gone')).rejects.toMatchObject({ code: 'METRICS_MISSING' });
});

it('clears of a folder what would be read, and nothing else', async () => {
  await put('out/metrics.json', '{}');
  await put('out/model.bin', 'weights');
  await put('out/plots/metrics/a.tsv', 'step\ta\n');
  await clearClaimedMetrics(workspace, 'out');
  expect(await readdir(join(workspace, 'out'))).toEqual(['model.bin', 'plots']);
  await expect(readClaimedMetrics(workspace, 'out')).rejects.toMatchObject({ code: 'CLAIMED_METRICS' });
  await clearClaimedMetrics(workspace, 'out/model.bin');
  expect(await readdir(join(workspace, 'out'))).toEqual(['plots']);
});

it('neither reads nor clears what a link leads to', async () => {
  const outside = join(folder, 'outside');
  await mkdir(outside);
  await writeFile(join(outside, 'metrics.json'), '{"secret": 1}');
  await symlink(outside, join(workspace, 'out'));
  await put('mine/readme', '');
  await symlink(join(outside, 'metrics.json'), join(workspace, 'mine/metrics.json'));
  await expect(readClaimedMetrics(workspace, 'out')).rejects.toMatchObject({ code: 'ARTIFACT_KIND' });
  await expect(readClaimedMetrics(workspace, 'mine')).rejects.toMatchObject({ code: 'CLAIMED_METRICS' });
  await clearClaimedMetrics(workspace, 'mine');
  await clearClaimedMetrics(workspace, 'out');
  expect(await readdir(outside)).toEqual(['metrics.json']);
});

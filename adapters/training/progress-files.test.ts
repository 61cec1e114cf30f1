import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readProgressFiles } from './progress-files.ts';

const at = '2026-11-21T10:00:00Z';
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-progress-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

const read = async (...paths: string[]) =>
  (await readProgressFiles(folder, paths, at)).map(({ epoch, step, metrics }) => ({ epoch, step, metrics }));

it('reads a folder of dvclive, its histories before its summary', async () => {
  await write('dvclive/metrics.json', '{"step": 1, "val": {"loss": 0.9}}');
  await write('dvclive/plots/metrics/train/loss.tsv', 'step\tloss\n0\t0.4\n1\t0.2\n');
  await write('dvclive/plots/metrics/val/loss.tsv', 'timestamp\tstep\tloss\n1623671484747\t1\t0.5\n');
  expect(await read('dvclive')).toEqual([
    { epoch: null, step: 0, metrics: { 'train/loss': 0.4 } },
    { epoch: null, step: 1, metrics: { 'train/loss': 0.2, 'val/loss': 0.5 } },
  ]);
});

it('reads the summary alone where no history is written', async () => {
  await write('dvclive/metrics.json', '{"step": 1, "val": {"loss": 0.9}}');
  const summary = [{ epoch: null, step: 1, metrics: { 'val/loss': 0.9 } }];
  expect(await read('dvclive')).toEqual(summary);
  expect(await read('dvclive/metrics.json')).toEqual(summary);
});

it('reads the newest run of a store of MLflow', async () => {
  const [old, ours] = ['a'.repeat(32), 'b'.repeat(32)];
  await write(`mlruns/0/${old}/metrics/loss`, '1700000000000 9 0\n');
  await write(`mlruns/0/${ours}/metrics/loss`, '1700000000000 0.4 0\n1700000000001 0.3 1\n');
  await write(`mlruns/0/${ours}/metrics/val/auc`, '1700000000001 0.7 1\n');
  await write(`mlruns/0/${ours}/meta.yaml`, 'run_id: b\n');
  await utimes(join(folder, `mlruns/0/${old}/metrics/loss`), 1, 1);
  const run = [
    { epoch: null, step: 0, metrics: { loss: 0.4 } },
    { epoch: null, step: 1, metrics: { loss: 0.3, 'val/auc': 0.7 } },
  ];
  expect(await read('mlruns')).toEqual(run);
  expect(await read(`mlruns/0/${ours}`)).toEqual(run);
});

it('reads lines of progress in any other file', async () => {
  await write('train.log', 'start\ngatehouse: epoch=1/3 loss=0.4\nnoise\ngatehouse: epoch=2/3\n');
  await write('loss.tsv', 'step\tloss\n7\t0.4\n');
  expect(await read('train.log', 'loss.tsv')).toEqual([
    { epoch: 1, step: null, metrics: { loss: 0.4 } },
    { epoch: 2, step: null, metrics: {} },
    { epoch: null, step: 7, metrics: { loss: 0.4 } },
  ]);
});

it('reads the end of a file that is too long', async () => {
  const lines = Array.from({ length: 40_000 }, (_, step) => `1700000000000 0.5 ${step}\n`).join('');
  await write(`mlruns/0/${'c'.repeat(32)}/metrics/loss`, lines);
  const points = await read('mlruns');
  expect(points.length).toBeGreaterThan(5000);
  expect(points.length).toBeLessThan(12_000);
  expect(points.at(-1)?.step).toBe(39_999);
});

it('says nothing of what is not there, broken, a link, a pipe, or outside', async () => {
  const outside = await mkdtemp(join(tmpdir(), 'gatehouse-outside-'));
  await writeFile(join(outside, 'loss.tsv'), 'step\tloss\n0\t42\n');
  await write('dvclive/metrics.json', '{"step": 1,');
  await write('here/metrics.json/x', '');
  await symlink(outside, join(folder, 'way-out'));
  await symlink(join(outside, 'loss.tsv'), join(folder, 'here/loss.tsv'));
  await promisify(execFile)('mkfifo', [join(folder, 'here/pipe.tsv'), join(folder, 'pipe.tsv')]);
  const paths = [
    'missing',
    'dvclive',
    'way-out',
    'way-out/loss.tsv',
    'here',
    'here/loss.tsv',
    'pipe.tsv',
    '..',
  ];
  expect(await read(...paths)).toEqual([]);
  await rm(outside, { recursive: true });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ShardBench } from '../../adapters/dataset/shard.fixture.ts';
import { run } from './run.ts';

const contract = `version: 1
description: flights
owner: { users: [omar] }
source: a table
legal-basis: public data
approved-by: omar
expires: "2030-01-01"
access: ["*"]
files: [data/*.csv.dvc, extra.csv]
rows: { min: 1 }
columns:
  - { name: delay, type: integer }
`;
const commits = { rulesAt: 'a'.repeat(40), dataAt: 'b'.repeat(40) };
const inputs = { dataset: 'flights', maxShards: '2', commits, today: '2026-11-21', leastSliceBytes: 1e9 };

let bench: ShardBench;
beforeEach(async () => {
  bench = new ShardBench(await mkdtemp(join(tmpdir(), 'gatehouse-plan-')));
  bench.commit('datasets/flights.yml', contract);
  bench.commit('.github/gatehouse.yml', policyOf(bench));
  await bench.track('data/small.csv', 'delay\n1\n');
  await bench.track('data/big.csv', `delay\n${'12345\n'.repeat(100)}`);
  await bench.track('data/middle.csv', `delay\n${'12345\n'.repeat(9)}`);
  bench.commit('extra.csv', 'delay\n2\n');
});
afterEach(() => rm(bench.folder, { recursive: true }));

const policyOf = ({ remoteUrl }: ShardBench): string => `version: 1
preset: small-team
roles: { reviewer: { users: [rita] }, governor: { users: [ada] } }
store: ${remoteUrl}
data: ${remoteUrl}
trusted: { repository: acme/gatehouse, shas: [${'0'.repeat(40)}] }
`;

test('deals whole files out by size, and says the plan that every later job reads', async () => {
  const { plan, tasks, files } = await run(inputs, bench.reader);
  expect(plan).toEqual({ v: 1, dataset: 'flights', ...commits, shards: 2 });
  expect(tasks).toEqual([
    { number: 1, files: ['data/big.csv.dvc'], slices: [] },
    { number: 2, files: ['data/middle.csv.dvc', 'data/small.csv.dvc', 'extra.csv'], slices: [] },
  ]);
  expect(files).toBe(4);
});

test('never makes more shards than files', async () => {
  expect((await run({ ...inputs, maxShards: '256' }, bench.reader)).tasks.length).toBe(4);
});

test('cuts a CSV file that is larger than a fair share, unless a rule needs all rows of a private column', async () => {
  const cut = await run({ ...inputs, maxShards: '3', leastSliceBytes: 100 }, bench.reader);
  expect(cut.tasks.flatMap(({ slices }) => slices)).toEqual([
    { path: 'data/big.csv.dvc', number: 1, of: 3 },
    { path: 'data/big.csv.dvc', number: 2, of: 3 },
    { path: 'data/big.csv.dvc', number: 3, of: 3 },
  ]);
  expect(cut.tasks.map(({ files }) => files.length)).toEqual([0, 1, 2].map(() => expect.any(Number)));
  const unique = 'privacy: personal, unique: true }';
  bench.commit('datasets/flights.yml', contract.replace('type: integer }', `type: integer, ${unique}`));
  const whole = await run({ ...inputs, maxShards: '3', leastSliceBytes: 100 }, bench.reader);
  expect(whole.tasks.flatMap(({ slices }) => slices)).toEqual([]);
});

test.each(['0', '257', '-1', '1.5', '', 'many', '1e2'])('refuses max-shards %j', async (maxShards) => {
  await expect(run({ ...inputs, maxShards }, bench.reader)).rejects.toMatchObject({ code: 'SHARDS_INVALID' });
});

test('starts no machine for data that has expired or is not there', async () => {
  await expect(run({ ...inputs, today: '2030-01-02' }, bench.reader)).rejects.toMatchObject({
    code: 'DATA_REFUSED',
    findings: [expect.objectContaining({ code: 'data/expired' })],
  });
  bench.listing.delete('extra.csv');
  await expect(run(inputs, bench.reader)).rejects.toMatchObject({
    code: 'DATA_REFUSED',
    findings: [expect.objectContaining({ code: 'data/file-missing' })],
  });
});

test('refuses a dataset without a contract', async () => {
  await expect(run({ ...inputs, dataset: 'weather' }, bench.reader)).rejects.toMatchObject({
    code: 'CONTRACT_MISSING',
    where: { file: 'datasets/weather.yml' },
  });
});

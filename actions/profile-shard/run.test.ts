import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { plainEngine, ShardBench } from '../../adapters/dataset/shard.fixture.ts';
import { parseShard } from '../../core/dataset/shard.ts';
import { ServiceError } from '../../core/error/error.ts';
import { run } from './run.ts';

const contract = `version: 1
description: flights
owner: { users: [omar] }
source: a table
legal-basis: public data
approved-by: omar
expires: "2030-01-01"
access: ["*"]
files: [data/*.csv.dvc]
rows: { min: 1 }
columns:
  - { name: delay, type: integer }
  - { name: name, type: text, privacy: secret }
rules:
  - { name: seen, rule: overlap, with: held-out.csv, columns: [delay] }
`;
const plan = JSON.stringify({
  v: 1,
  dataset: 'flights',
  rulesAt: 'a'.repeat(40),
  dataAt: 'b'.repeat(40),
  shards: 2,
});

let bench: ShardBench;
beforeEach(async () => {
  bench = new ShardBench(await mkdtemp(join(tmpdir(), 'gatehouse-shard-')));
  bench.commit('datasets/flights.yml', contract);
  bench.commit(
    '.github/gatehouse.yml',
    `version: 1
preset: small-team
roles: { reviewer: { users: [rita] }, governor: { users: [ada] } }
store: ${bench.remoteUrl}
data: ${bench.remoteUrl}
trusted: { repository: acme/gatehouse, shas: [${'0'.repeat(40)}] }
`,
  );
  await bench.track('data/1.csv', 'delay,name\n1,CANARY\n2,CANARY\n');
  await bench.track('data/2.csv', 'delay,name\nx,\n');
  bench.commit('held-out.csv', 'delay\n2\n');
});
afterEach(() => rm(bench.folder, { recursive: true }));

const work = () => join(bench.folder, 'work');
const shard = (files: readonly string[], engine = plainEngine, given = plan) =>
  run(
    {
      plan: given,
      shard: JSON.stringify({ number: 2, files, slices: [] }),
      workdir: work(),
      folder: join(bench.folder, 'out'),
      keys: join(bench.folder, 'keys'),
    },
    { reader: bench.reader, openEngine: engine, say: () => {} },
  );

test('measures each file for itself, leaves a small result without private values, and removes the data', async () => {
  await shard(['data/1.csv.dvc', 'data/2.csv.dvc']);
  const text = await readFile(join(bench.folder, 'out', 'shard.json'), 'utf8');
  const { number, parts, engine } = parseShard(text, 'shard.json');
  expect([number, engine]).toEqual([2, 'plain 1']);
  expect(parts.map(({ fact, measured }) => [fact.path, measured.rows])).toEqual([
    ['data/1.csv.dvc', 2],
    ['data/2.csv.dvc', 1],
  ]);
  expect(parts[1]?.measured.columns[0]?.tallies.type).toMatchObject({
    count: 1,
    firstRow: 1,
    examples: ['x'],
  });
  expect(parts[0]?.measured.rules).toMatchObject([{ name: 'seen', tally: { count: 1, firstRow: 2 } }]);
  expect(text).not.toContain('CANARY');
  // Only the table that every file is compared with stays.
  expect(await readdir(work())).toEqual(['data-1']);
});

test('refuses a file that is not of the dataset', async () => {
  await expect(shard(['held-out.csv'])).rejects.toMatchObject({ code: 'SHARD_INVALID' });
  await expect(shard(['.github/gatehouse.yml'])).rejects.toMatchObject({ code: 'SHARD_INVALID' });
});

test('carries what could not be had, beside what was measured', async () => {
  const md5 = createHash('md5').update('delay,name\nx,\n').digest('hex');
  await rm(join(bench.folder, 'remote', 'files', 'md5', md5.slice(0, 2), md5.slice(2)));
  await shard(['data/1.csv.dvc', 'data/2.csv.dvc']);
  const text = await readFile(join(bench.folder, 'out', 'shard.json'), 'utf8');
  const { parts, failures } = parseShard(text, 'shard.json');
  expect(parts.map(({ fact }) => fact.path)).toEqual(['data/1.csv.dvc']);
  expect(failures).toMatchObject([
    { path: 'data/2.csv.dvc', md5, evaluated: true, findings: [{ code: 'data/dvc-object-missing' }] },
  ]);
  expect(() => parseShard(text.replace('"severity":"fail"', '"severity":"none"'), 's')).toThrow(
    expect.objectContaining({ code: 'SHARD_INVALID' }),
  );
});

test('leaves nothing when the engine cannot be had', async () => {
  const missing = () =>
    Promise.reject(new ServiceError('ENGINE_MISSING', 'no engine', { hint: 'Give one.' }));
  await expect(shard(['data/1.csv.dvc'], missing)).rejects.toMatchObject({ code: 'ENGINE_MISSING' });
  await expect(readFile(join(bench.folder, 'out', 'shard.json'))).rejects.toMatchObject({ code: 'ENOENT' });
});

test.each([
  ['no JSON', 'flights'],
  ['another version', plan.replace('"v":1', '"v":2')],
  ['a branch instead of a commit', plan.replace('a'.repeat(40), 'main')],
  ['a name that leads elsewhere', plan.replace('"flights"', '"../flights"')],
])('refuses a plan that is %s', async (_, text) => {
  await expect(shard(['data/1.csv.dvc'], plainEngine, text)).rejects.toMatchObject({ code: 'SHARD_INVALID' });
});

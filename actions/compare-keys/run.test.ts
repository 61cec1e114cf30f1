import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ShardBench } from '../../adapters/dataset/shard.fixture.ts';
import { readShardedDataset } from '../../adapters/dataset/shard-dataset.ts';
import { measureShard } from '../../adapters/dataset/shard-measure.ts';
import { validateShards } from '../../adapters/dataset/shard-merge.ts';
import { openDuckDb } from '../../adapters/engine/duckdb.ts';
import { keyPartitions } from '../../core/dataset/key-question.ts';
import type { ShardPlan, ShardResult } from '../../core/dataset/shard.ts';
import { parseAnswers, renderAnswers, type ShardAnswers } from '../../core/dataset/shard-answers.ts';
import { digestBytes } from '../../core/json/canonical.ts';
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
  - { name: id, type: integer, unique: true }
  - { name: late, type: boolean }
  - { name: name, type: text, privacy: personal }
rules:
  - { name: label, rule: label-conflicts, label: late, features: [id] }
  - { name: kinds, rule: distinct, column: late, min: 2, max: 2 }
`;
const plan: ShardPlan = {
  v: 1,
  dataset: 'flights',
  rulesAt: 'a'.repeat(40),
  dataAt: 'b'.repeat(40),
  shards: 3,
};

let bench: ShardBench;
beforeEach(async () => {
  bench = new ShardBench(await mkdtemp(join(tmpdir(), 'gatehouse-compare-')));
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
});
afterEach(() => rm(bench.folder, { recursive: true }));

const openEngine = () => openDuckDb({ workdir: join(bench.folder, 'spill') });

/** Both rounds, as the workflow runs them: each file, or each of `of` slices of it, on a machine of its own. */
async function validate(
  tables: readonly string[],
  lose: (keys: string) => Promise<void> = async () => {},
  skip: readonly number[] = [],
  of = 1,
) {
  for (const [at, rows] of tables.entries()) await bench.track(`data/${at}.csv`, `id,late,name\n${rows}`);
  const dataset = await readShardedDataset(bench.reader, plan);
  const keys = join(bench.folder, 'keys');
  const results: ShardResult[] = [];
  const slices = Array.from({ length: of }, (_, at) => ({ number: at + 1, of }));
  const units = [...tables.keys()].flatMap((at) =>
    slices.map((slice) => ({ path: `data/${at}.csv.dvc`, slice })),
  );
  for (const [at, { path, slice }] of units.entries()) {
    const engine = await openEngine();
    const own = of === 1 ? { files: [path], slices: [] } : { files: [], slices: [{ path, ...slice }] };
    const task = { number: at + 1, ...own };
    const workdir = join(bench.folder, 'work');
    results.push(await measureShard({ plan, task, dataset, engine, workdir, keys }));
    engine.close();
  }
  await lose(keys);
  const answers: ShardAnswers[] = [];
  for (let partition = 1; partition <= keyPartitions; partition++) {
    if (skip.includes(partition)) continue;
    const given = {
      plan: JSON.stringify(plan),
      partition: String(partition),
      folder: join(bench.folder, 'out'),
    };
    const answer = await run(
      { ...given, keys: join(keys, `part=${partition}`) },
      { reader: bench.reader, openEngine },
    );
    answers.push(parseAnswers(renderAnswers(answer), 'answers.json'));
  }
  const origin = {
    ...{ repository: 'acme/flights', repositoryId: 1, runId: 3, runAttempt: 1 },
    ...{ pullRequest: 0, headSha: '', baseRef: '', baseSha: '', contentDigest: digestBytes('') },
  };
  const { evidence } = await validateShards(
    {
      ...{ plan, dataset, results, answers, origin },
      workdir: join(bench.folder, 'merge'),
      now: '2026-11-21T12:00:00Z',
    },
    { references: null, putRecord: null, refused: [] },
  );
  const [validation] = evidence.datasets;
  if (validation === undefined) throw new TypeError('no validation');
  return validation;
}

test('keys that are unique over all files pass', async () => {
  const { verdict, findings } = await validate(['1,true,Ada\n2,false,Ada\n', '3,1,Ada\n', '4,0,Ada\n']);
  expect(findings).toEqual([]);
  expect(verdict).toBe('pass');
});

test('a key of one file that stands in another is found, with its row in the whole table', async () => {
  const { verdict, findings } = await validate([
    '1,true,Ada\n2,true,Bo\n',
    '02,false,Cy\n',
    '5,true,Di\n1,true,Ed\n',
  ]);
  expect(verdict).toBe('data invalid');
  expect(findings).toMatchObject([
    { code: 'data/unique', column: 'id', count: 2, firstRow: 3, total: 5 },
    { code: 'data/label-conflicts', rule: 'label', count: 2, firstRow: 2 },
  ]);
});

test('a key of one slice of a file that stands in another is found, with its row in the whole table', async () => {
  const rows = Array.from({ length: 60 }, (_, at) => `${at === 57 ? 3 : at},${at % 2},"A\n${at}"\n`).join('');
  const { verdict, findings } = await validate([rows, '100,1,Z\n'], undefined, [], 3);
  expect(verdict).toBe('data invalid');
  expect(findings).toMatchObject([{ code: 'data/unique', column: 'id', count: 1, firstRow: 58, total: 61 }]);
});

test('one file that was cut has keys that are compared too', async () => {
  const rows = Array.from({ length: 60 }, (_, at) => `${at},${at % 2},A\n`).join('');
  expect(await validate([rows], undefined, [], 2)).toMatchObject({ verdict: 'pass', rows: 60 });
});

test('a broken file is not cut, and what is wrong with it is told once, by its line', async () => {
  const cut = await validate(['1,true,Ada\n2,true\n'], undefined, [], 3);
  expect(cut.verdict).toBe('data invalid');
  expect(cut.findings).toHaveLength(1);
  expect(cut.findings).toEqual((await validate(['1,true,Ada\n2,true\n'])).findings);
});

test('a partition that is missing gives no verdict', async () => {
  const { verdict, findings } = await validate(['1,true,Ada\n', '2,false,Bo\n'], undefined, [2]);
  expect(verdict).toBe('not evaluated');
  expect(findings).toMatchObject([{ code: 'data/shard-missing' }]);
});

test('keys that were lost on the way leave the rules unmeasured, which fails', async () => {
  const { verdict, findings } = await validate(['1,true,Ada\n', '1,false,Bo\n'], async (keys) => {
    const [part = ''] = await readdir(keys);
    for (const name of await readdir(join(keys, part))) await rm(join(keys, part, name));
  });
  expect(verdict).toBe('data invalid');
  expect(findings.some(({ message }) => message.includes('not compared'))).toBe(true);
});

test('other files in the folder are not read, and other partitions not accepted', async () => {
  bench.commit('data/x.csv.dvc', '');
  const keys = join(bench.folder, 'keys');
  await mkdir(keys);
  await writeFile(join(keys, 'other.parquet'), 'PAR1');
  const inputs = { plan: JSON.stringify(plan), partition: '1', keys, folder: join(bench.folder, 'out') };
  const deps = { reader: bench.reader, openEngine };
  expect((await run(inputs, deps)).answers.map(({ rows }) => rows)).toEqual([0, 0, 0]);
  for (const partition of ['0', '5', 'x', '']) {
    await expect(run({ ...inputs, partition }, deps)).rejects.toMatchObject({ code: 'SHARD_INVALID' });
  }
});

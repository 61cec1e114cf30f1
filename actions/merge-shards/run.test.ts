import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plainEngine, ShardBench } from '../../adapters/dataset/shard.fixture.ts';
import { readShardedDataset } from '../../adapters/dataset/shard-dataset.ts';
import { measureShard } from '../../adapters/dataset/shard-measure.ts';
import { type DatasetResult, runValidation } from '../../adapters/dataset/validate.ts';
import { networkOf } from '../../core/config/network.ts';
import { renderShard, type ShardPlan } from '../../core/dataset/shard.ts';
import { planShards } from '../../core/dataset/shard-plan.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import { run } from './run.ts';

const now = '2026-11-21T12:00:00Z';
const commits = { rulesAt: 'a'.repeat(40), dataAt: 'b'.repeat(40) };
const job = { repository: 'acme/flights', repositoryId: 1, runId: 3, runAttempt: 1 };

const contract = (rules = ''): string => `version: 1
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
  - { name: delay, type: integer, min: -100, max: 2000 }
  - { name: origin, type: text, privacy: personal }
  - { name: at, type: timestamp, nullable: true }
${rules}`;

let bench: ShardBench;
beforeEach(async () => {
  bench = new ShardBench(await mkdtemp(join(tmpdir(), 'gatehouse-merge-')));
  bench.commit('datasets/flights.yml', contract());
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
  await bench.track('data/1.csv', 'delay,origin,at\n1,LAX,2024-01-01\n20,JFK,\n');
  await bench.track('data/2.csv', 'delay,origin,at\n-3,JFK,2024-01-02\n');
  await bench.track('data/3.csv', `delay,origin,at\n${'5,CANARY,2023-12-31\n'.repeat(5)}`);
  bench.commit('extra.csv', 'at,delay,origin\n2024-06-01,7,LAX\n');
});
afterEach(() => rm(bench.folder, { recursive: true }));

/** What one job finds in the same data. */
async function inOnePass(): Promise<{ result: DatasetResult; record: string | null }> {
  const dataset = await readShardedDataset(bench.reader, { dataset: 'flights', ...commits });
  let record: string | null = null;
  const { results } = await runValidation(
    {
      contracts: [dataset.text],
      known: dataset.known,
      listing: dataset.listing,
      origin: {
        ...job,
        pullRequest: 0,
        headSha: '',
        baseRef: '',
        baseSha: '',
        contentDigest: digestBytes(''),
      },
      model: null,
      dataUrl: bench.remoteUrl,
      network: networkOf(dataset.policy),
      workdir: join(bench.folder, 'one'),
      now,
    },
    {
      openEngine: plainEngine,
      readBlob: dataset.readBlob,
      references: null,
      refused: [],
      putRecord: async (text) => {
        record = text;
        return digestBytes(text);
      },
    },
  );
  const [result] = results;
  if (result === undefined) throw new TypeError('no result');
  return { result, record };
}

/** Runs every shard and leaves their artifacts in a folder. @returns the plan, as text */
async function runShards(
  most: number,
  skip: readonly number[] = [],
): Promise<{ plan: string; shards: string }> {
  const dataset = await readShardedDataset(bench.reader, { dataset: 'flights', ...commits });
  const paths = [...bench.listing.keys()].filter((path) => /csv/.test(path)).sort();
  const dealt = planShards(
    paths.map((path, at) => ({ path, sizeBytes: at % 3 })),
    most,
  );
  const plan: ShardPlan = { v: 1, dataset: 'flights', ...commits, shards: dealt.length };
  const shards = await mkdtemp(join(bench.folder, 'shards-'));
  for (const [at, files] of dealt.entries()) {
    if (skip.includes(at + 1)) continue;
    const result = await measureShard({
      plan,
      task: { number: at + 1, files: files.map(({ path }) => path) },
      dataset,
      engine: await plainEngine(),
      workdir: join(shards, '..', 'work'),
      keys: join(shards, '..', 'keys'),
    });
    await mkdir(join(shards, `gatehouse-shard-${at + 1}`));
    await writeFile(join(shards, `gatehouse-shard-${at + 1}`, 'shard.json'), renderShard(result));
  }
  return { plan: JSON.stringify(plan), shards };
}

async function merge({ plan, shards }: { plan: string; shards: string }) {
  const recordFolder = join(shards, '..', 'record');
  await rm(recordFolder, { recursive: true, force: true });
  const merged = await run(
    {
      ...{ plan, shards, recordFolder, now },
      answers: join(bench.folder, 'answers'),
      workdir: join(bench.folder, 'merge'),
      run: job,
    },
    bench.reader,
  );
  const record = await readFile(join(recordFolder, 'dataset-record.json'), 'utf8').catch(() => null);
  return { ...merged, record };
}

describe('merging shards', () => {
  it.each([1, 2, 3, 4])(
    'of %i shards gives the validation and the record of one pass, byte for byte',
    async (most) => {
      const whole = await inOnePass();
      const merged = await merge(await runShards(most));
      expect(merged.validation).toEqual(whole.result.validation);
      expect(merged.validation).toMatchObject({ verdict: 'pass', rows: 9 });
      expect(merged.record).toBe(whole.record);
      expect(merged.validation.record).toBe(digestBytes(merged.record ?? ''));
      expect(merged.summary).toContain('✅ Pass');
    },
  );

  it('tells damage as one pass does: rows of the whole table, by file', async () => {
    await bench.track('data/2.csv', 'delay,origin,at\n-3,JFK,2024-01-02\n9999,XXX,2024-01-02\n');
    await bench.track('data/3.csv', 'delay,origin,at\n,JFK,2024-01-02\n-9999,JFK,noon\n');
    const whole = await inOnePass();
    const merged = await merge(await runShards(3));
    expect(merged.validation).toEqual(whole.result.validation);
    expect(merged.validation.verdict).toBe('data invalid');
    const range = merged.validation.findings.find(({ code }) => code === 'data/range');
    expect(range).toMatchObject({ count: 2, firstRow: 4, examples: ['9999', '-9999'] });
    expect(merged.record).toBeNull();
  });

  it('judges rules on statistics as one pass does', async () => {
    bench.commit(
      'datasets/flights.yml',
      contract(`rules:
  - { name: average, rule: mean, column: delay, min: 6, max: 6 }
  - { name: median, rule: quantile, column: delay, at: 0.5, max: 5 }
`),
    );
    const whole = await inOnePass();
    const merged = await merge(await runShards(4));
    expect(merged.validation).toEqual(whole.result.validation);
    expect(merged.validation.findings).toHaveLength(1);
    expect(merged.validation.findings[0]).toMatchObject({ code: 'data/mean', rule: 'average' });
  });

  it('fails a rule that needs all values beside each other: nobody looked', async () => {
    const rules = 'rules:\n  - { name: leak, rule: leakage, label: delay, features: [at], max: 0.9 }\n';
    bench.commit('datasets/flights.yml', contract(rules));
    const merged = await merge(await runShards(2));
    expect(merged.validation.verdict).toBe('data invalid');
    expect(merged.validation.findings).toMatchObject([{ rule: 'leak', severity: 'fail' }]);
  });

  it('has no verdict on keys without the second round', async () => {
    bench.commit(
      'datasets/flights.yml',
      contract('rules:\n  - { name: key, rule: unique, columns: [delay] }\n'),
    );
    const merged = await merge(await runShards(2));
    expect(merged.validation.verdict).toBe('not evaluated');
    expect(merged.validation.findings).toMatchObject([{ code: 'data/shard-missing' }]);
  });

  it('fails a statistic of a private column: its values never left the shards', async () => {
    bench.commit(
      'datasets/flights.yml',
      contract('rules:\n  - { name: half, rule: class-ratio, column: origin, value: LAX, max: 0.9 }\n'),
    );
    const shards = await runShards(2);
    const merged = await merge(shards);
    expect(merged.validation.findings).toMatchObject([{ rule: 'half', severity: 'fail' }]);
    const left = await Promise.all(
      [1, 2].map((number) =>
        readFile(join(shards.shards, `gatehouse-shard-${number}`, 'shard.json'), 'utf8'),
      ),
    );
    expect(left.join()).toContain('"origin"');
    expect(left.join()).not.toContain('CANARY');
    expect(JSON.stringify(merged)).not.toContain('CANARY');
  });
});

describe('results that are not whole are never a pass', () => {
  it('a shard is missing', async () => {
    const merged = await merge(await runShards(3, [2]));
    expect(merged.validation.verdict).toBe('not evaluated');
    expect(merged.validation.findings[0]).toMatchObject({ code: 'data/shard-missing', severity: 'fail' });
    expect(merged.record).toBeNull();
  });

  it('there is no shard at all', async () => {
    const { plan } = await runShards(1);
    const merged = await merge({ plan, shards: join(bench.folder, 'nothing') });
    expect(merged.validation.verdict).toBe('not evaluated');
  });

  const change = async (shards: string, edit: (text: string) => string): Promise<void> => {
    const file = join(shards, 'gatehouse-shard-1', 'shard.json');
    await writeFile(file, edit(await readFile(file, 'utf8')));
  };

  it.each([
    ['of another contract', /"contractDigest":"sha256:..../, '"contractDigest":"sha256:0000'],
    ['of other commits', /"dataAt":"b/, '"dataAt":"c'],
    ['of another version of a file', /"blob":"...../, '"blob":"00000'],
    ['by another engine', /"engine":"plain 1"/, '"engine":"plain 2"'],
    ['of another file', /"path":"(?:data\/\d|extra)/, '"path":"data/9'],
  ])('a shard is %s', async (_, form, other) => {
    const given = await runShards(3);
    await change(given.shards, (text) => {
      expect(text).toMatch(form);
      return text.replace(form, other);
    });
    const merged = await merge(given);
    expect(merged.validation.verdict).toBe('not evaluated');
    expect(merged.validation.findings[0]?.code).toMatch(/^data\/shard-(?:mismatch|missing)$/);
    expect(merged.record).toBeNull();
  });

  it('a shard is there twice', async () => {
    const given = await runShards(3);
    await cp(join(given.shards, 'gatehouse-shard-1'), join(given.shards, 'gatehouse-shard-4'), {
      recursive: true,
    });
    const merged = await merge(given);
    expect(merged.validation).toMatchObject({ verdict: 'not evaluated' });
    expect(merged.validation.findings[0]).toMatchObject({ code: 'data/shard-mismatch' });
  });

  it.each([
    ['cut off', (text: string) => text.slice(0, -20)],
    ['with a further key', (text: string) => text.replace('{', '{"more":1,')],
    [
      'with fewer rows than it counted',
      (text: string) => text.replace(/"rows":\d+,"rules"/, '"rows":1000,"rules"'),
    ],
    [
      'with a fault and no first row',
      (text: string) => text.replace('"count":0,"examples"', '"count":1,"examples"'),
    ],
    [
      'with a profile of other rows',
      (text: string) => text.replace(/"rows":\d+,"v":1\}/, '"rows":77,"v":1}'),
    ],
  ])('a result is %s', async (_, edit) => {
    const given = await runShards(2);
    await change(given.shards, (text) => {
      const changed = edit(text);
      expect(changed).not.toBe(text);
      return changed;
    });
    await expect(merge(given)).rejects.toMatchObject({
      code: expect.stringMatching(/^(?:SHARD|PROFILE)_INVALID$/),
    });
  });
});

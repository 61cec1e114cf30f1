import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plainEngine, ShardBench } from '../../adapters/dataset/shard.fixture.ts';
import { readShardedDataset } from '../../adapters/dataset/shard-dataset.ts';
import { measureShard } from '../../adapters/dataset/shard-measure.ts';
import { type DatasetResult, runValidation } from '../../adapters/dataset/validate.ts';
import type { LedgerFiles } from '../../adapters/github/reader.ts';
import { readTrainedVersions } from '../../adapters/proposal/dataset-history.ts';
import { networkOf } from '../../core/config/network.ts';
import type { RefusedBatch } from '../../core/dataset/history.ts';
import { renderShard, type ShardPlan } from '../../core/dataset/shard.ts';
import { planShards, type ShardUnit } from '../../core/dataset/shard-plan.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import { type MergeOutputs, run } from './run.ts';

const now = '2026-11-21T12:00:00Z';
const commits = { rulesAt: 'a'.repeat(40), dataAt: 'b'.repeat(40) };
const job = { repository: 'acme/flights', repositoryId: 1, runId: 3, runAttempt: 1 };

/** A contract of a small table in several files. @param more further keys */
export const contract = (more = ''): string => `version: 1
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
${more}`;

/** What is known from before: accepted versions, their records, refused data. */
export interface History {
  readonly ledger: LedgerFiles | null;
  readonly store: ReadonlyMap<string, string>;
  readonly refused: readonly RefusedBatch[];
}

export const noHistory: History = { ledger: null, store: new Map(), refused: [] };

/** A dataset of four files that can be validated in one pass and over shards. */
export class MergeBench {
  readonly bench: ShardBench;
  /** Tree of the rules; null: that of the data. */
  governing: ShardBench['listing'] | null = null;

  private constructor(bench: ShardBench) {
    this.bench = bench;
  }

  static async open(): Promise<MergeBench> {
    const bench = new ShardBench(await mkdtemp(join(tmpdir(), 'gatehouse-merge-')));
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
    return new MergeBench(bench);
  }

  close(): Promise<void> {
    return rm(this.bench.folder, { recursive: true });
  }

  get #reader() {
    const { bench, governing } = this;
    const tree = async (commit: string) =>
      commit === commits.rulesAt ? (governing ?? bench.listing) : bench.listing;
    return { ...bench.reader, tree };
  }

  /** What one job finds in the same data. */
  async inOnePass(history = noHistory): Promise<{ result: DatasetResult; record: string | null }> {
    const { bench } = this;
    const dataset = await readShardedDataset(this.#reader, { dataset: 'flights', ...commits });
    let record: string | null = null;
    const { results } = await runValidation(
      {
        ...{ contracts: [dataset.text], known: dataset.known, listing: dataset.listing, model: null, now },
        governing: this.governing ?? dataset.listing,
        origin: {
          ...{ ...job, pullRequest: 0, headSha: '', baseRef: '', baseSha: '' },
          contentDigest: digestBytes(''),
        },
        ...{ dataUrl: bench.remoteUrl, network: networkOf(dataset.policy) },
        workdir: join(bench.folder, 'one'),
      },
      {
        openEngine: plainEngine,
        readBlob: dataset.readBlob,
        references: {
          trainedVersions: (name) => readTrainedVersions(history.ledger, name),
          get: async (digest) => Buffer.from(history.store.get(digest) ?? ''),
          readFile: (path) => bench.reader.file(path, commits.rulesAt),
        },
        refused: history.refused,
        putRecord: async (text) => {
          record = text;
          return digestBytes(text);
        },
      },
    );
    await rm(join(bench.folder, 'one'), { recursive: true, force: true });
    const [result] = results;
    if (result === undefined) throw new TypeError('no result');
    return { result, record };
  }

  /** Runs every shard and leaves their artifacts in a folder. @param of slices of each tracked file @returns the plan, as text */
  async runShards(
    most: number,
    skip: readonly number[] = [],
    of = 1,
  ): Promise<{ plan: string; shards: string }> {
    const { bench } = this;
    const dataset = await readShardedDataset(this.#reader, { dataset: 'flights', ...commits });
    const paths = [...bench.listing.keys()].filter((path) => /^(?:data|extra).*csv/.test(path)).sort();
    const files = paths.map((path, at) => ({ path, sizeBytes: at % 3, slice: null }));
    const slices = Array.from({ length: of }, (_, at) => ({ number: at + 1, of }));
    const cut = files.flatMap((file): readonly ShardUnit[] =>
      of > 1 && file.path.endsWith('.dvc') ? slices.map((slice) => ({ ...file, slice })) : [file],
    );
    const dealt = planShards<ShardUnit>(cut, most);
    const plan: ShardPlan = { v: 1, dataset: 'flights', ...commits, shards: dealt.length };
    const shards = await mkdtemp(join(bench.folder, 'shards-'));
    for (const [at, units] of dealt.entries()) {
      if (skip.includes(at + 1)) continue;
      const result = await measureShard({
        plan,
        task: {
          number: at + 1,
          files: units.flatMap(({ path, slice }) => (slice === null ? [path] : [])),
          slices: units.flatMap(({ path, slice }) => (slice === null ? [] : [{ path, ...slice }])),
        },
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

  async merge(
    { plan, shards }: { readonly plan: string; readonly shards: string },
    history = noHistory,
  ): Promise<MergeOutputs & { readonly record: string | null }> {
    const { bench } = this;
    const recordFolder = join(shards, '..', 'record');
    await rm(recordFolder, { recursive: true, force: true });
    const merged = await run(
      {
        ...{ plan, shards, recordFolder, now, run: job },
        answers: join(bench.folder, 'answers'),
        workdir: join(bench.folder, 'merge'),
      },
      {
        reader: { ...this.#reader, ledgerFiles: async () => history.ledger },
        openStore: async () => ({ get: async (digest) => Buffer.from(history.store.get(digest) ?? '') }),
        readRefused: async () => history.refused,
      },
    );
    const record = await readFile(join(recordFolder, 'dataset-record.json'), 'utf8').catch(() => null);
    return { ...merged, record };
  }
}

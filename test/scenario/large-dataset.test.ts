import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readShardedDataset } from '../../adapters/dataset/shard-dataset.ts';
import { runValidation } from '../../adapters/dataset/validate.ts';
import { writePointer } from '../../adapters/dvc/pointer.ts';
import { openRemote } from '../../adapters/dvc/remote.ts';
import { openDuckDb } from '../../adapters/engine/duckdb.ts';
import { networkOf } from '../../core/config/network.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import { readArtifact } from '../../sandbox/actions-service/artifact-shelf.ts';
import { flights, startWorld, type World } from '../../sandbox/demo/world.ts';

const minute = 60_000;

const caller = (sha: string): string => `name: large
on: { push: { branches: [large, damaged] } }
permissions: {}
jobs:
  flights:
    permissions: { contents: read, pull-requests: read, issues: read }
    uses: acme/gatehouse/.github/workflows/validate-large-dataset.yml@${sha}
    with: { dataset: flights, max-shards: '3' }
`;

describe('a dataset over a matrix of jobs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-large-'));
  let world: World;

  beforeAll(async () => {
    world = await startWorld({ folder: join(folder, 'world'), every: 300, contract: false });
    await world.people.ada.push(flights, 'main', 'Start', { ...world.setup, ...world.pointers }, null);
  }, 2 * minute);

  afterAll(async () => {
    await world?.close();
    rmSync(folder, { recursive: true, force: true });
  }, minute);

  const push = async (branch: string, more: Readonly<Record<string, string>> = {}) => {
    const workflow = { '.github/workflows/large.yml': caller(world.gatehouseSha) };
    await world.people.ada.push(flights, branch, branch, { ...workflow, ...more });
    await world.settle();
    const run = [...world.actions.runs.values()].filter((one) => one.event === 'push').at(-1);
    if (run === undefined) throw new Error('no run was started');
    return {
      run,
      logs: world.actions.logsOf(run.id),
      artifacts: world.actions.service.artifacts.listOf(run),
    };
  };

  /** What one job would have found at the head of a branch. */
  const inOnePass = async (branch: string) => {
    const git = (...args: readonly string[]): Buffer =>
      execFileSync('git', ['-C', world.hub.gitDir(flights), ...args], { maxBuffer: 1 << 28 });
    const commit = git('rev-parse', branch).toString().trim();
    const listing = new Map(
      git('ls-tree', '-r', '-z', commit)
        .toString()
        .split('\0')
        .filter((line) => line !== '')
        .map((line) => {
          const [, mode = '', blob = '', path = ''] = /^(\d+) blob ([0-9a-f]+)\t(.*)$/.exec(line) ?? [];
          return [path, { path, mode, blob }] as const;
        }),
    );
    const blob = async (id: string) => git('cat-file', 'blob', id);
    const file = async (path: string) => {
      const listed = listing.get(path);
      return listed === undefined ? null : blob(listed.blob);
    };
    const dataset = await readShardedDataset(
      { tree: async () => listing, blob, file },
      { dataset: 'flights', rulesAt: commit, dataAt: commit },
    );
    let record = '';
    const { evidence } = await runValidation(
      {
        ...{ contracts: [dataset.text], known: dataset.known, listing, model: null },
        ...{ dataUrl: dataset.policy.data, network: networkOf(dataset.policy) },
        origin: {
          ...{
            repositoryId: 1,
            repository: flights,
            pullRequest: 0,
            headSha: commit,
            baseRef: '',
            baseSha: commit,
          },
          ...{ runId: 1, runAttempt: 1, contentDigest: digestBytes('') },
        },
        workdir: join(folder, `one-${branch}`),
        now: '2026-11-21T12:00:00Z',
      },
      {
        openEngine: () => openDuckDb({ workdir: join(folder, 'spill') }),
        readBlob: dataset.readBlob,
        references: null,
        refused: [],
        putRecord: async (text) => {
          record = text;
          return digestBytes(text);
        },
      },
    );
    return { validation: evidence.datasets[0], record };
  };

  it(
    'is measured by three machines, and its record is that of one pass, byte for byte',
    async () => {
      const { run, logs, artifacts } = await push('large');
      expect([run.conclusion, [...logs.keys()].join(', ')]).toEqual([
        'success',
        expect.stringContaining('shard'),
      ]);
      const shards = artifacts.filter(({ name }) => name.startsWith('gatehouse-shard-'));
      expect(shards.map(({ name }) => name).sort()).toEqual(
        [1, 2, 3].map((number) => `gatehouse-shard-${number}`),
      );
      const record = artifacts.find(({ name }) => name === 'gatehouse-dataset-record');
      if (record === undefined) throw new Error('no record');
      const bytes = unzipSync(readArtifact(record))['dataset-record.json'] ?? new Uint8Array();
      const whole = await inOnePass('large');
      expect(whole.validation?.verdict).toBe('pass');
      expect(new TextDecoder().decode(bytes)).toBe(whole.record);
    },
    2 * minute,
  );

  it(
    'says in the merge what one pass finds in damaged data, and leaves no record',
    async () => {
      const pushed = await openRemote(`file://${world.folder}/dvc-remote`).push(world.files.damaged);
      const name = 'flights-2001-02.csv';
      const pointer = writePointer({ out: name, ...pushed });
      const { run, logs, artifacts } = await push('damaged', { [`data/${name}.dvc`]: pointer });
      expect(run.conclusion).toBe('failure');
      const whole = await inOnePass('damaged');
      expect(whole.validation?.verdict).toBe('data invalid');
      const [first] = whole.validation?.findings ?? [];
      expect([...logs.values()].join('\n')).toContain(first?.message);
      expect(artifacts.some(({ name: each }) => each === 'gatehouse-dataset-record')).toBe(false);
    },
    2 * minute,
  );
});

import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, type Zippable, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../core/evidence/evidence.ts';
import { makeRunRecord } from '../../core/evidence/run-record.fixture.ts';
import { maxRunRecordBytes } from '../../core/evidence/run-record.ts';
import { canonicalJson, digestBytes, digestOf } from '../../core/json/canonical.ts';
import { createTokenClient } from '../github/token-client.ts';
import { openStore } from '../store/store.ts';
import { readFolderRuns } from './folder-runs.ts';
import { readGitHubRuns } from './github-runs.ts';
import { readStoredRuns } from './stored-runs.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-runs-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (over: Partial<RunRecord> = {}) => canonicalJson(makeRunRecord(over));

describe('readGitHubRuns', () => {
  interface Kept {
    readonly id: number;
    readonly name: string;
    readonly zip: Uint8Array;
    readonly expired?: boolean;
    readonly size?: number;
  }
  let server: Server;
  let asked: { path: string; range: string | undefined; token: string | undefined }[];
  let kept: readonly Kept[];
  let givesRanges: boolean;
  beforeEach(async () => {
    asked = [];
    kept = [];
    givesRanges = true;
    server = createServer(answer);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  });
  afterEach(() => new Promise((done) => server.close(done)));

  /** GitHub, and at `localhost` the blob store: another origin, which must not see the token. */
  function answer(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? '';
    const { range, authorization } = request.headers;
    asked.push({ path, range, token: authorization });
    const id = Number(/artifacts\/(\d+)\/zip|blob\/(\d+)/.exec(path)?.slice(1).find(Boolean));
    if (path.startsWith('/repos/acme/flights/actions/artifacts?')) {
      const named = new URL(path, 'http://x').searchParams.get('name');
      const artifacts = kept
        .filter(({ name }) => named === null || name === named)
        .map(({ id, name, zip, expired = false, size }) => ({
          ...{ id, name, expired, size_in_bytes: size ?? zip.length, created_at: `2026-11-0${id}T00:00:00Z` },
        }));
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ total_count: artifacts.length, artifacts }));
    } else if (path.startsWith('/repos/')) {
      response
        .writeHead(302, { location: `http://localhost:${(server.address() as AddressInfo).port}/blob/${id}` })
        .end();
    } else sendBlob(kept.find((each) => each.id === id)?.zip ?? new Uint8Array(), range, response);
  }

  function sendBlob(zip: Uint8Array, range: string | undefined, response: ServerResponse): void {
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
    if (!givesRanges || from === undefined || to === undefined) return void response.end(zip);
    response.writeHead(206).end(zip.subarray(Number(from), Number(to) + 1));
  }

  const read = (query: Partial<Parameters<typeof readGitHubRuns>[2]> = {}) =>
    readGitHubRuns(
      createTokenClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 'planted'),
      { owner: 'acme', repo: 'flights' },
      { limit: 50, since: null, ...query },
    );
  const zipOf = (record: string, more: Zippable = {}) =>
    zipSync({ 'run.json': strToU8(record), 'model.bin': strToU8('m'), ...more });

  it('reads the records of models and trials, newest first, and leaves everything else', async () => {
    kept = [
      { id: 1, name: 'gatehouse-model', zip: zipOf(run({ runId: 1 })) },
      { id: 2, name: 'gatehouse-trial-7', zip: zipOf(run({ runId: 2, outcome: 'failed', artifact: null })) },
      { id: 3, name: 'gatehouse-evidence-judgement', zip: zipOf(run({ runId: 3 })) },
      { id: 5, name: 'gatehouse-trial-plan-1', zip: zipOf(run({ runId: 5 })) },
      { id: 4, name: 'gatehouse-model', zip: zipOf(run({ runId: 4 })), expired: true },
    ];
    const { runs, notes } = await read();
    expect(runs.map(({ record, places }) => [record.runId, places])).toEqual([
      [2, ['gatehouse-trial-7']],
      [1, ['gatehouse-model']],
    ]);
    expect(runs[1]?.digest).toBe(digestOf(makeRunRecord({ runId: 1 })));
    expect(notes).toEqual([]);
    expect((await read({ since: '2026-11-02T00:00:00Z' })).runs.map(({ record }) => record.runId)).toEqual([
      2,
    ]);
    const first = await read({ limit: 1 });
    expect(first.runs).toHaveLength(1);
    expect(first.notes).toEqual(['1 older runs are not read (--limit)']);
  });

  it('reads a record beside a large model by ranges, and the blob store never sees the token', async () => {
    const model = randomBytes(3_000_000);
    kept = [{ id: 1, name: 'gatehouse-model', zip: zipOf(run(), { 'model.bin': [model, { level: 0 }] }) }];
    expect((await read()).runs).toHaveLength(1);
    const blobs = asked.filter(({ path }) => path.startsWith('/blob/'));
    const bytes = blobs.map(({ range }) => {
      const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
      return Number(to) - Number(from) + 1;
    });
    expect(bytes.length).toBeLessThanOrEqual(3);
    for (const length of bytes) expect(length).toBeLessThanOrEqual(300_000);
    expect(blobs.map(({ token }) => token)).toEqual(blobs.map(() => undefined));
    expect(asked[0]?.token).toContain('planted');
  });

  it('reads a small one whole where no range is given, and refuses a large one', async () => {
    givesRanges = false;
    kept = [
      { id: 1, name: 'gatehouse-model', zip: zipOf(run({ runId: 1 })) },
      { id: 2, name: 'gatehouse-model', zip: zipOf(run({ runId: 2 })), size: 64 * 1024 ** 2 },
      { id: 3, name: 'gatehouse-model', zip: zipOf(run({ runId: 3 })), size: 20 },
    ];
    const { runs, notes } = await read();
    expect(runs.map(({ record }) => record.runId)).toEqual([1]);
    expect(notes.join('\n')).toMatch(/artifact 3 .*left out: .*\n.*artifact 2 .*gives no part of them/);
  });

  it.each<readonly [string, Uint8Array]>([
    ['no zip', strToU8('no zip at all, but longer than its end')],
    ['no record', zipSync({ 'other.json': strToU8('{}') })],
    ['a record of the version before', zipOf(JSON.stringify({ ...makeRunRecord(), v: 1 }))],
    ['a record that is too large', zipOf(' '.repeat(maxRunRecordBytes + 1))],
    ['a path for a name', zipSync({ '../run.json': strToU8(run()) })],
  ])('leaves out an artifact with %s, and says so', async (_, zip) => {
    kept = [
      { id: 1, name: 'gatehouse-model', zip: zipOf(run({ runId: 1 })) },
      { id: 2, name: 'gatehouse-model', zip },
    ];
    const { runs, notes } = await read();
    expect(runs.map(({ record }) => record.runId)).toEqual([1]);
    expect(notes).toEqual([expect.stringContaining('artifact 2 (gatehouse-model) is left out')]);
  });
});

describe('readFolderRuns', () => {
  it('reads every run.json below a folder, follows no link, and tells what is none', async () => {
    for (const path of ['a/b', 'broken', 'node_modules/x', 'large'])
      mkdirSync(join(folder, path), { recursive: true });
    writeFileSync(join(folder, 'a/b/run.json'), run({ runId: 7 }));
    writeFileSync(join(folder, 'broken/run.json'), '{}');
    writeFileSync(join(folder, 'large/run.json'), ' '.repeat(maxRunRecordBytes + 1));
    writeFileSync(join(folder, 'node_modules/x/run.json'), run());
    symlinkSync(join(folder, 'a'), join(folder, 'linked'));
    const { runs, notes } = await readFolderRuns(folder);
    expect(runs).toEqual([
      {
        record: makeRunRecord({ runId: 7 }),
        digest: digestBytes(run({ runId: 7 })),
        places: [join('a', 'b', 'run.json')],
      },
    ]);
    expect(notes).toHaveLength(2);
    await expect(readFolderRuns(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'RUNS_FOLDER' });
  });
});

describe('readStoredRuns', () => {
  it('reads each by the digest of the ledger; one that the store lacks is told', async () => {
    const store = await openStore(`file://${folder}`);
    const { digest } = await store.putBytes(run({ runId: 9 }));
    const version = { model: 'churn', version: 3, runRecordDigest: digest };
    const { runs, notes } = await readStoredRuns(store, [
      version,
      { ...version, version: 4, runRecordDigest: digestOf('x') },
    ]);
    expect(runs.map(({ record, places }) => [record.runId, places])).toEqual([[9, ['churn@v3']]]);
    expect(notes).toEqual([
      expect.stringMatching(/^the run of churn@v4 is left out: The store .* does not have sha256:/),
    ]);
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../adapters/store/store.ts';
import { tellStory } from '../core/audit/ledger.fixture.ts';
import { runOf } from '../core/evidence/evidence.fixture.ts';
import { makeRunRecord } from '../core/evidence/run-record.fixture.ts';
import { canonicalJson } from '../core/json/canonical.ts';
import { Clone, policy } from './clone.fixture.ts';
import { runsCommand } from './commands/runs.ts';
import { runProgram } from './program.ts';

const base = makeRunRecord({ metrics: { auc: 0.66 } });
const failed = makeRunRecord({
  attempts: base.attempts.map((attempt) => ({ ...attempt, outcome: 'failed', how: 'exit code 3' })),
  ...{ runId: 502, outcome: 'failed', artifact: null, metrics: {}, startedAt: '2026-11-20T09:00:00.000Z' },
  ...{ parameters: { 'optimizer.lr': 10 }, runner: 'gpu-2' },
});
const better = makeRunRecord({ runId: 503, metrics: { auc: 0.7 }, startedAt: '2026-11-01T09:00:00.000Z' });

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-runs-'));
  for (const record of [base, failed, better]) {
    mkdirSync(join(folder, String(record.runId)));
    writeFileSync(join(folder, String(record.runId), 'run.json'), canonicalJson(record));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(cwd: string, env: Record<string, string>, ...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const world = {
    ...{ cwd, env, now: () => '2026-11-21T10:00:00.000Z' },
    print: (text: string) => out.push(text),
    complain: (text: string) => err.push(text),
  };
  const code = await runProgram(['runs', ...args], world, [runsCommand]);
  return { code, out: out.join('\n'), err: err.join('\n') };
}
const local = (...args: readonly string[]) => run(folder, {}, ...args, '--folder', '.');
const ids = (out: string) => [...out.matchAll(/flight-delay +(\d+)\.1/g)].map(([, id]) => Number(id));

describe('runs of a folder', () => {
  it('are listed newest first, by a metric, and filtered', async () => {
    const { code, out, err } = await local('list');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(ids(out)).toEqual([501, 502, 503]);
    expect(out).toMatch(/flight-delay +501\.1 +2026-11-21 +done +0\.66 +9 s +<0\.01 USD +–/);
    expect(ids((await local('list', '--metric', 'auc')).out)).toEqual([503, 501, 502]);
    expect(ids((await local('list', '--metric', 'auc', '--order', 'asc')).out)).toEqual([501, 503, 502]);
    expect(ids((await local('list', '--outcome', 'failed')).out)).toEqual([502]);
    expect(ids((await local('list', '--since', '7d')).out)).toEqual([501, 502]);
    expect(ids((await local('list', '--since', '2026-11-21')).out)).toEqual([501]);
    expect((await local('list', '--model', 'churn')).out).toBe('No run was found.');
    const json = JSON.parse((await local('list', '--json', '--outcome', 'done')).out);
    expect(json[0]).toMatchObject({ name: '501.1', places: ['501/run.json'], record: { v: 2 } });
  });

  it('are shown whole', async () => {
    const { code, out } = await local('show', '501');
    expect(code).toBe(0);
    for (const text of [
      'Trained: flight-delay',
      'requirements.txt',
      'OMP_NUM_THREADS',
      'NVIDIA H100',
      '501/run.json',
    ])
      expect(out).toContain(text);
    const shown = (await local('show', '502')).out;
    expect(shown).toContain('Not trained: flight-delay');
    expect(shown).toContain('the training command said that it failed');
    expect(shown).toContain('exit code 3');
    expect(JSON.parse((await local('show', '501', '--json')).out).record).toEqual(base);
  });

  it('are compared side by side: what differs, or all', async () => {
    const { code, out } = await local('compare', '501', '502');
    expect(code).toBe(0);
    expect(out).toMatch(/result +501\.1 +502\.1\n +outcome +done +failed\n +auc +0\.66 +–/);
    expect(out).toMatch(/optimizer\.lr +0\.01 +10/);
    expect(out).not.toContain('numpy');
    expect((await local('compare', '501', '502', '--all')).out).toMatch(/package numpy +2\.1\.0 +2\.1\.0/);
    const json = JSON.parse((await local('compare', '501', '503', '--json')).out);
    expect(json.facts).toEqual([{ aspect: 'result', name: 'auc', values: ['0.66', '0.7'], differs: true }]);
  });

  it.each([
    [['show', '9'], 'RUN_UNKNOWN'],
    [['compare', '501'], 'RUNS_COUNT'],
    [['list', '--since', 'yesterday'], 'a date like'],
    [['list', '--outcome', 'passed'], 'one of done'],
    [['list', '--order', 'up'], 'asc, desc'],
  ])('are not guessed: %j', async (args, text) => {
    const { code, err } = await local(...args);
    expect(code).toBe(2);
    expect(err).toContain(text);
  });
});

describe('runs of a repository', () => {
  let clone: Clone;
  let server: Server;
  let api: string;
  beforeAll(async () => {
    clone = new Clone();
    const places = join(clone.dir, '.git', 'store');
    mkdirSync(places);
    clone.edit(policy, 'file:///srv/store', `file://${places}`);
    clone.fetchLedger();
    clone.edit(policy, 'file:///srv/store', `file://${places}`);
    const store = await openStore(`file://${places}`);
    const state = tellStory('own').state('flight-delay');
    const first = state.versions.get(1)?.record.artifact;
    if (first === undefined) throw new Error('the story has no v1');
    await store.putBytes(canonicalJson(runOf(first)));
    const zip = zipSync({ 'run.json': strToU8(canonicalJson(failed)), 'model.json': strToU8('{}') });
    server = createServer((request, response) => {
      if (request.headers.authorization !== 'token planted') response.writeHead(401).end();
      else if (request.url?.endsWith('/zip')) response.end(zip);
      else {
        const artifact = { id: 5, name: 'gatehouse-model', size_in_bytes: zip.length, expired: false };
        const artifacts = [{ ...artifact, created_at: '2026-11-20T10:00:00Z' }];
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ total_count: 1, artifacts }));
      }
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    clone.remove();
    await new Promise((done) => server.close(done));
  });

  it('are those of the ledger, from the store by digest, and what GitHub has, never proposed or not', async () => {
    const env = { GITHUB_API_URL: api, GH_TOKEN: 'planted' };
    const { code, out, err } = await run(clone.dir, env, 'list', '--repo', 'acme/flights');
    expect(code).toBe(0);
    expect(out).toMatch(/501\.1 .* v1\n/);
    expect(out).toMatch(/502\.1 .* failed .* –\n/);
    // v2 and churn are not in the store: that is told, never passed over.
    expect(err).toMatch(/the run of flight-delay@v2 is left out: The store .* does not have/);
    const compared = await run(clone.dir, env, 'compare', 'v1', '502', '--repo', 'acme/flights');
    expect(compared.out).toMatch(/runner +gpu-1 +gpu-2/);
  });

  it('are said to be missing where GitHub was not asked or does not answer', async () => {
    const without = await run(clone.dir, {}, 'list', '--repo', 'https://github.com/acme/flights');
    expect(without.code).toBe(0);
    expect(without.err).toContain('set GITHUB_TOKEN or GH_TOKEN');
    const refused = await run(
      clone.dir,
      { GITHUB_API_URL: api, GH_TOKEN: 'other' },
      'list',
      '--repo',
      'acme/flights',
    );
    expect(refused.code).toBe(3);
    expect(refused.err).not.toContain('other');
    const lost = await run(clone.dir, {}, 'list', '--ledger', 'nowhere');
    expect(lost.code).toBe(2);
    expect(lost.err).toContain('LEDGER_NOT_FOUND');
  });
});

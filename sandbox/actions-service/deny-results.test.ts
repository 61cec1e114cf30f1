import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, openBench } from '../runner/bench.ts';
import type { RuntimeGrant } from './results.ts';
import type { Run } from './run.ts';

const SAY =
  "console.log('has ' + ['ACTIONS_RESULTS_URL', 'ACTIONS_RUNTIME_TOKEN'].map((n) => n in process.env));";
const FILES = {
  '.github/workflows/up.yml': `
on: push
jobs:
  up:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - run: echo "step $ACTIONS_RUNTIME_TOKEN$ACTIONS_RESULTS_URL."
      - { uses: ./one, with: { name: ready } }
      - uses: ./two
`,
  'one/action.yml':
    'name: one\ninputs: { name: { required: false } }\nruns: { using: node24, main: index.mjs }\n',
  'one/index.mjs': SAY,
  'two/action.yml':
    'name: two\nruns:\n  using: composite\n  steps:\n    - { shell: bash, run: "echo inner $ACTIONS_RUNTIME_TOKEN$ACTIONS_RESULTS_URL." }\n',
};

describe('artifacts that an action uploads while its job runs', () => {
  let bench: Bench;
  let run: Run;
  let grant: RuntimeGrant;
  beforeAll(async () => {
    bench = await openBench();
    await bench.repository('one', FILES, { private: true });
    run = (await bench.settle())[0] as Run;
    grant = bench.actions.service.grantRuntime(run);
  });
  afterAll(() => bench.close());

  const bytes = Buffer.from('zip');
  const whole = { size: '3', hash: `sha256:${createHash('sha256').update(bytes).digest('hex')}` };
  const idsOf = (token: string) => {
    const { scp } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    const [, runId, jobId] = /Actions\.Results:(\S+):(\S+)/.exec(scp) ?? [];
    return { workflow_run_backend_id: runId, workflow_job_run_backend_id: jobId };
  };
  const ask = async (method: string, body: object, token = grant.token, ids: object = idsOf(token)) => {
    const url = `${grant.url}twirp/github.actions.results.api.v1.ArtifactService/${method}`;
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ ...ids, ...body }) });
    return { status: answer.status, body: (await answer.json()) as Readonly<Record<string, string>> };
  };
  const create = (name: string, token?: string) => ask('CreateArtifact', { name, version: 4 }, token);
  const put = async (url: string, query: string, body: string | Uint8Array<ArrayBuffer>) =>
    (await fetch(`${url}${query}`, { method: 'PUT', body })).status;
  const fill = async (url: string) => {
    await put(url, '&comp=block&blockid=YQ%3D%3D', bytes);
    await put(url, '&comp=blocklist', '<BlockList><Latest>YQ==</Latest></BlockList>');
  };

  it('only actions are given the service, and what a run step runs is not', () => {
    const log = bench.log('up');
    expect(log).toContain('has true,true');
    expect(log).toMatch(/ step \.$/m);
    expect(log).toMatch(/ inner \.$/m);
  });

  it('an artifact is there once it is finished, and then for good', async () => {
    const { status, body } = await create('whole');
    expect(status).toBe(200);
    expect((await ask('FinalizeArtifact', { name: 'whole', ...whole })).status).toBe(404);
    await fill(body.signed_upload_url ?? '');
    expect(bench.actions.service.artifacts.listOf(run)).toEqual([]);
    const done = await ask('FinalizeArtifact', { name: 'whole', ...whole });
    expect(done).toMatchObject({
      status: 200,
      body: { ok: true, artifact_id: expect.stringMatching(/^\d+$/) },
    });
    expect(bench.actions.service.artifacts.find(Number(done.body.artifact_id))).toMatchObject({
      ...{ name: 'whole', digest: whole.hash, sizeBytes: 3 },
    });
    expect(await create('whole')).toMatchObject({ status: 409, body: { code: 'already_exists' } });
  });

  it('a name that was begun is taken', async () => {
    expect((await create('begun')).status).toBe(200);
    expect((await create('begun')).status).toBe(409);
  });

  it.each(['', 'a/b', 'a\\b', 'a:b', 'a"b', 'a\nb', 'x'.repeat(257)])('refuses the name %j', async (name) => {
    expect(await create(name)).toMatchObject({ status: 400, body: { code: 'invalid_argument' } });
  });

  it('refuses another size, other content, another version, no time', async () => {
    const { body } = await create('other');
    await fill(body.signed_upload_url ?? '');
    for (const wrong of [
      { ...whole, size: '4' },
      { ...whole, size: 3 },
      { ...whole, hash: 'sha256:00' },
    ]) {
      expect((await ask('FinalizeArtifact', { name: 'other', ...wrong })).status).toBe(400);
    }
    expect((await ask('CreateArtifact', { name: 'old', version: 3 })).status).toBe(400);
    expect((await ask('CreateArtifact', { name: 'old', version: 4, expires_at: 'soon' })).status).toBe(400);
  });

  it('refuses tokens that are none, of another job, and of a job that is over', async () => {
    expect((await create('x', 'a.e30.c')).status).toBe(401);
    const other = bench.actions.service.grantRuntime(run);
    const body = { name: 'x', version: 4 };
    expect((await ask('CreateArtifact', body, grant.token, idsOf(other.token))).status).toBe(403);
    other.revoke();
    expect((await create('x', other.token)).status).toBe(401);
    const forged = `${grant.token.split('.').slice(0, 2).join('.')}.c2lnbmF0dXJl`;
    expect((await create('x', forged)).status).toBe(401);
  });

  it('takes blocks by its own address only, all of one length of id, and a list of those it has', async () => {
    const { body } = await create('blocks');
    const { signed_upload_url: url = '' } = body;
    expect(await put(url.replace(/sig=.*/, 'sig=a'), '&comp=block&blockid=YQ%3D%3D', bytes)).toBe(403);
    expect(await put(`${bench.hub.url}/_services/uploads/guess?a=b`, '', bytes)).toBe(403);
    expect(await put(url, '&comp=block&blockid=YQ%3D%3D', bytes)).toBe(201);
    expect(await put(url, '&comp=block&blockid=YWFhYQ%3D%3D', bytes)).toBe(400);
    expect(await put(url, '&comp=block&blockid=Yg%3D%3D', '')).toBe(400);
    expect(await put(url, '&comp=blocklist', '<BlockList><Latest>Yg==</Latest></BlockList>')).toBe(400);
    expect(await put(url, '', bytes)).toBe(400);
  });

  it('removes what this attempt uploaded and nothing else', async () => {
    const { body } = await create('gone');
    await fill(body.signed_upload_url ?? '');
    await ask('FinalizeArtifact', { name: 'gone', ...whole });
    expect((await ask('DeleteArtifact', { name: 'gone' })).status).toBe(200);
    expect((await ask('DeleteArtifact', { name: 'gone' })).status).toBe(404);
    expect((await create('gone')).status).toBe(200);
  });

  it('ends at 500 artifacts of one job', async () => {
    const many = bench.actions.service.grantRuntime(run);
    const states = [];
    for (let count = 0; count <= 500; count += 1) states.push((await create(`n${count}`, many.token)).status);
    expect(states.slice(0, 500).every((status) => status === 200)).toBe(true);
    expect(states[500]).toBe(403);
  });
});

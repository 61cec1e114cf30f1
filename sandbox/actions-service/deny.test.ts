import { createHmac } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, openBench } from '../runner/bench.ts';
import { makeClaims } from './identity.ts';
import type { Claims } from './issuer.ts';
import type { Run } from './run.ts';

const AUDIENCE = 'gatehouse-labels';
// Prints every claim of the job's token and what the labels page answers to it.
const ASK = `
      - shell: node {0}
        run: |
          const ask = async () => {
            const url = process.env.ACTIONS_ID_TOKEN_REQUEST_URL + '&audience=${AUDIENCE}';
            const headers = { authorization: 'Bearer ' + process.env.ACTIONS_ID_TOKEN_REQUEST_TOKEN };
            const { value } = await (await fetch(url, { headers })).json();
            console.log('claims ' + Buffer.from(value.split('.')[1], 'base64url'));
            const labels = await fetch(process.env.GITHUB_SERVER_URL + '/labels/june.csv', { headers: { authorization: 'Bearer ' + value } });
            console.log('labels ' + labels.status + ' ' + (await labels.text()).slice(0, 9));
          };
          ask();
`;
const JUDGE = `
on: { workflow_call: {} }
permissions: {}
jobs:
  judge:
    runs-on: ubuntu-latest
    permissions: { id-token: write }
    steps:${ASK}`;

const caller = (sha: string) => `
name: Gate
on: { pull_request: {}, push: { branches: [main] } }
permissions: {}
jobs:
  train:
    runs-on: ubuntu-latest
    permissions: { id-token: write }
    steps:${ASK}
  judge:
    permissions: { id-token: write }
    uses: acme/gatehouse/.github/workflows/judge.yml@${sha}
`;

describe('labels and identity tokens', () => {
  let bench: Bench;
  let trusted = '';
  let run: Run | undefined;
  const claimsOf = (job: string): Claims => JSON.parse(/claims (\{.*\})/.exec(bench.log(job))?.[1] ?? '{}');
  const labelsOf = (job: string) => /^\S+ labels (\d.*)$/m.exec(bench.log(job))?.[1];
  const labelStatus = async (token: string) =>
    (await fetch(`${bench.hub.url}/labels/june.csv`, { headers: { authorization: `Bearer ${token}` } }))
      .status;

  beforeAll(async () => {
    bench = await openBench();
    await bench.repository('gatehouse', { '.github/workflows/judge.yml': JUDGE });
    trusted = (await bench.hub.git(bench.hub.repository('acme/gatehouse')).resolve('refs/heads/main')) ?? '';
    const flights = await bench.repository('flights', { 'readme.md': 'x' });
    const file = join(bench.root, 'june.csv');
    mkdirSync(bench.root, { recursive: true });
    writeFileSync(file, 'key,late\n1,0\n');
    bench.actions.service.labels.publish({
      ...{ repositoryId: flights.id, path: 'june.csv', file, audience: AUDIENCE },
      allow: {
        jobWorkflow: 'acme/gatehouse/.github/workflows/judge.yml',
        jobWorkflowShas: [trusted],
        events: ['pull_request'],
      },
    });
    await bench.commit('acme/flights', 'change', { '.github/workflows/gate.yml': caller(trusted) });
    await bench.openPull('acme/flights', 'change');
    run = (await bench.settle()).at(-1);
  });
  afterAll(() => bench.close());

  it("are given to the trusted workflow's job, whose token names the merge commit", async () => {
    expect(run?.conclusion).toBe('success');
    expect(labelsOf('judge / judge')).toBe('200 key,late');
    const claims = claimsOf('judge / judge');
    const flights = bench.hub.repository('acme/flights');
    const merge = await bench.hub.git(flights).resolve('refs/pull/1/merge');
    expect(claims).toMatchObject({
      aud: AUDIENCE,
      sub: 'repo:acme/flights:pull_request',
      ref: 'refs/pull/1/merge',
      sha: merge,
      repository: 'acme/flights',
      repository_id: String(flights.id),
      event_name: 'pull_request',
      head_ref: 'change',
      base_ref: 'main',
      run_id: String(run?.id),
      run_attempt: '1',
      workflow: 'Gate',
      workflow_ref: 'acme/flights/.github/workflows/gate.yml@refs/pull/1/merge',
      workflow_sha: merge,
      job_workflow_ref: `acme/gatehouse/.github/workflows/judge.yml@${trusted}`,
      job_workflow_sha: trusted,
      runner_environment: 'github-hosted',
      iss: `${bench.hub.url}/_services/token`,
    });
    expect(claims.sha).not.toBe(run?.headSha);
    expect(Number(claims.exp) - Number(claims.iat)).toBe(300);
  });

  it("are refused to the training job's token of the same run", () => {
    expect(claimsOf('train').job_workflow_ref).toBe(
      'acme/flights/.github/workflows/gate.yml@refs/pull/1/merge',
    );
    expect(labelsOf('train')).toMatch(/^403/);
  });

  it('are refused to another repository that calls the same workflow', async () => {
    await bench.repository('other', { '.github/workflows/gate.yml': caller(trusted) });
    await bench.commit('acme/other', 'change', { 'a.txt': 'a' });
    await bench.openPull('acme/other', 'change');
    await bench.settle();
    expect(claimsOf('judge / judge').repository).toBe('acme/other');
    expect(labelsOf('judge / judge')).toMatch(/^403/);
  });

  it('are refused to another commit of the workflow', async () => {
    const moved = await bench.commit('acme/gatehouse', 'main', { 'note.txt': 'later' }, 'ada');
    await bench.commit('acme/flights', 'moved', { '.github/workflows/gate.yml': caller(moved) });
    await bench.openPull('acme/flights', 'moved');
    await bench.settle();
    expect(claimsOf('judge / judge').job_workflow_sha).toBe(moved);
    expect(labelsOf('judge / judge')).toMatch(/^403/);
  });

  it('are refused to every token that is wrong in one thing', async () => {
    if (run === undefined) throw new Error('no run');
    const { hub, actions } = bench;
    const { issuer } = actions.service;
    const good: Claims = {
      ...claimsOf('judge / judge'),
      ...{ repository_id: String(hub.repository('acme/flights').id), job_workflow_sha: trusted },
    };
    const sign = (changes: Claims) => issuer.sign({ ...good, ...changes });
    expect(await labelStatus(sign({}))).toBe(200);
    const now = Math.floor(Date.now() / 1000);
    const wrong: Claims[] = [
      { aud: 'gatehouse:sha256:00' },
      { iss: 'https://token.actions.githubusercontent.com' },
      { repository_id: '1' },
      { job_workflow_ref: `acme/gatehouse/.github/workflows/judge.yml.evil.yml@${trusted}` },
      { job_workflow_ref: `evil/gatehouse/.github/workflows/judge.yml@${trusted}` },
      { job_workflow_sha: '0'.repeat(40) },
      { event_name: 'workflow_dispatch' },
      { exp: now - 1 },
      { exp: 'never' },
      { nbf: now + 60 },
    ];
    for (const changes of wrong) expect([changes, await labelStatus(sign(changes))]).toEqual([changes, 403]);
  });

  it('are refused to a token that is not signed by the issuer', async () => {
    const { issuer } = bench.actions.service;
    const [header = '', body = '', signature = ''] = issuer.sign(claimsOf('judge / judge')).split('.');
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const kid = JSON.parse(Buffer.from(header, 'base64url').toString()).kid;
    const hs = `${encode({ alg: 'HS256', kid })}.${body}`;
    const mac = createHmac('sha256', JSON.stringify(issuer.jwks.keys[0])).update(hs).digest('base64url');
    const forged = [
      '',
      'x',
      `${encode({ alg: 'none', kid })}.${body}.`,
      `${hs}.${mac}`,
      `${header}.${encode({ ...claimsOf('judge / judge'), repository_id: '1' })}.${signature}`,
      `${header}.${body}.${signature}=`,
      `${header}.${body}.${signature}.x`,
    ];
    for (const token of forged) expect([token, await labelStatus(token)]).toEqual([token, 403]);
    expect((await fetch(`${bench.hub.url}/labels/june.csv`)).status).toBe(403);
    expect((await fetch(`${bench.hub.url}/labels/none.csv`)).status).toBe(403);
  });

  it('end with the job: its request token is worth nothing afterwards', async () => {
    if (run === undefined) throw new Error('no run');
    const identity = {
      ...{
        run,
        jobId: 5,
        jobWorkflowRef: 'a',
        jobWorkflowSha: 'b',
        workflowName: 'c',
        headRef: '',
        baseRef: '',
      },
      ...{ environment: 'prod', runnerEnvironment: 'self-hosted' as const },
    };
    const grant = bench.actions.service.grantIdentity(identity);
    const ask = (token: string) => fetch(grant.requestUrl, { headers: { authorization: `Bearer ${token}` } });
    expect((await ask(grant.requestToken)).status).toBe(200);
    expect((await ask('guess')).status).toBe(401);
    grant.revoke();
    expect((await ask(grant.requestToken)).status).toBe(401);
    expect(makeClaims(identity, 'x', 'y', '2026-01-01T00:00:00Z').sub).toBe(
      'repo:acme/flights:environment:prod',
    );
  });

  it('are verifiable from the published key alone', async () => {
    const configuration = await (
      await fetch(`${bench.hub.url}/_services/token/.well-known/openid-configuration`)
    ).json();
    expect(configuration).toMatchObject({ issuer: `${bench.hub.url}/_services/token` });
    const { keys } = (await (await fetch(`${bench.hub.url}/_services/token/.well-known/jwks`)).json()) as {
      keys: object[];
    };
    expect(keys[0]).toMatchObject({ kty: 'RSA', alg: 'RS256', use: 'sig' });
    expect(keys[0]).not.toHaveProperty('d');
  });
});

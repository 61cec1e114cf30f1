import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, openBench } from './bench.ts';
import { triesOf, tryCalls } from './job-probe.ts';
import { HOSTED_RUNNER } from './start.ts';

const FORK_CALLS = [
  "['read', 'GET', '/repos/acme/app/contents/a.txt?ref=refs/pull/1/head']",
  "['blob', 'POST', '/repos/acme/app/git/blobs', { content: 'x' }]",
  "['comment', 'POST', '/repos/acme/app/issues/1/comments', { body: 'x' }]",
  "['rerun', 'POST', '/repos/acme/app/actions/runs/' + process.env.GITHUB_RUN_ID + '/rerun']",
].join(', ');

describe('a pull request from a fork', () => {
  let bench: Bench;
  const WORKFLOW = `
on: pull_request
permissions: {}
jobs:
  hosted:
    runs-on: ubuntu-latest
    permissions: { contents: write, id-token: write, pull-requests: write }
    env: { KEY: '\${{ secrets.DEPLOY }}' }
    steps: [{ run: 'echo "key [$KEY] oidc [$ACTIONS_ID_TOKEN_REQUEST_URL]"' }]
  token: { runs-on: ubuntu-latest, permissions: write-all, ${tryCalls(FORK_CALLS)} }
  gpu:
    runs-on: [self-hosted, gpu]
    steps: [{ run: echo trained }]
`;

  beforeAll(async () => {
    const gpu = { name: 'gpu-1', labels: ['gpu'], environment: 'self-hosted' as const };
    bench = await openBench({ runners: [HOSTED_RUNNER, gpu] });
    await bench.repository('app', { '.github/workflows/w.yml': WORKFLOW });
    bench.actions.configure('acme/app', { secrets: { DEPLOY: 'hunter2' } });
    await bench.hub.fork('acme/app', 'zoe');
    await bench.commit('zoe/app', 'change', { 'a.txt': 'a' }, 'zoe');
    await bench.openPull('acme/app', 'zoe:change', 'zoe');
    await bench.settle();
  });
  afterAll(() => bench.close());

  it('reaches no runner before somebody approves', async () => {
    const run = [...bench.actions.runs.values()].at(-1);
    expect([run?.event, run?.status, run?.conclusion]).toEqual([
      'pull_request',
      'completed',
      'action_required',
    ]);
    expect(bench.actions.service.jobs.size).toBe(0);
    const approve = `/repos/acme/app/actions/runs/${run?.id}/approve`;
    expect((await bench.request('POST', approve, bench.tokenOf('zoe'))).status).toBe(403);
    expect(bench.actions.service.jobs.size).toBe(0);
  });

  it('runs without secrets and identity, and reads only, once approved', async () => {
    const run = [...bench.actions.runs.values()].at(-1);
    const approve = `/repos/acme/app/actions/runs/${run?.id}/approve`;
    expect((await bench.request('POST', approve, bench.tokenOf('ada'))).status).toBe(201);
    await bench.settle();
    expect(run?.conclusion).toBe('success');
    expect(bench.log('hosted')).toContain('key [] oidc []');
    expect(bench.log('hosted')).toContain('contents: read');
    expect(triesOf(bench.log('token'))).toEqual({ read: 200, blob: 403, comment: 403, rerun: 403 });
    expect((await bench.request('POST', approve, bench.tokenOf('ada'))).status).toBe(403);
  });

  it('waits for ever for a runner that nobody has, and starts when one comes', async () => {
    await bench.commit('acme/app', 'main', {
      '.github/workflows/w.yml':
        'on: push\njobs:\n  lost: { runs-on: [self-hosted, tpu], steps: [{ run: echo found }] }',
    });
    const run = (await bench.settle()).at(-1);
    expect(run?.status).toBe('queued');
    bench.actions.addRunner({ name: 'tpu-1', labels: ['TPU'], environment: 'self-hosted' });
    await bench.settle();
    expect([run?.status, run?.conclusion]).toEqual(['completed', 'success']);
  });
});

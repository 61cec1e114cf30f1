import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, openBench } from './bench.ts';
import { readToken, triesOf, tryCalls } from './job-probe.ts';

const isAlive = (pid: number): boolean => {
  // A killed process that nobody has reaped yet is a zombie: it runs no more.
  const file = `/proc/${pid}/stat`;
  return existsSync(file) && !/\) Z/.test(readFileSync(file, 'utf8'));
};

describe('what a job may do', () => {
  let bench: Bench;
  const workflow = (jobs: string, top = 'permissions: {}') => `on: push\n${top}\njobs:\n${jobs}`;
  const run = async (jobs: string, top?: string) => {
    await bench.commit('acme/app', 'main', { '.github/workflows/w.yml': workflow(jobs, top) });
    const newest = (await bench.settle()).at(-1);
    if (newest === undefined) throw new Error('no run');
    return newest;
  };

  beforeAll(async () => {
    process.env.SANDBOX_PARENT_SECRET = 'of-the-parent';
    bench = await openBench();
    await bench.repository('app', { 'readme.md': 'x' });
    bench.actions.configure('acme/app', {
      secrets: { DEPLOY_KEY: 'hunter2-hunter2', LINES: 'first-line\nsecond-line' },
    });
  });
  afterAll(async () => {
    delete process.env.SANDBOX_PARENT_SECRET;
    await bench.close();
  });

  it('gets no identity token without id-token: write', async () => {
    const ended = await run(`
  none: { runs-on: ubuntu-latest, steps: [{ run: 'echo "url [$ACTIONS_ID_TOKEN_REQUEST_URL] [$ACTIONS_ID_TOKEN_REQUEST_TOKEN]"' }] }
  all:
    runs-on: ubuntu-latest
    permissions: write-all
    steps: [{ run: 'echo "url has \${#ACTIONS_ID_TOKEN_REQUEST_URL}"' }]`);
    expect(ended.conclusion).toBe('success');
    expect(bench.log('none')).toContain('url [] []');
    expect(bench.log('all')).toMatch(/url has \d{2}/);
  });

  it('has a token with exactly its scopes, for its own repository and its own time', async () => {
    const other = await bench.repository('other', { 'a.txt': 'a' }, { private: true });
    const calls = [
      "['blob', 'POST', '/repos/acme/app/git/blobs', { content: 'x' }]",
      "['check', 'POST', '/repos/acme/app/check-runs', { name: 'gatehouse', head_sha: process.env.GITHUB_SHA }]",
      "['comment', 'POST', '/repos/acme/app/issues/1/comments', { body: 'x' }]",
      "['read', 'GET', '/repos/acme/app/contents/readme.md']",
      `['other', 'GET', '/repos/${other.fullName}']`,
    ].join(', ');
    await run(`
  reads: { runs-on: ubuntu-latest, permissions: { contents: read }, ${tryCalls(calls)} }
  writes: { runs-on: ubuntu-latest, permissions: { contents: write }, ${tryCalls(calls)} }
  checks: { runs-on: ubuntu-latest, permissions: { checks: write }, ${tryCalls(calls)} }`);
    expect(triesOf(bench.log('reads'))).toEqual({
      blob: 403,
      check: 403,
      comment: 403,
      read: 200,
      other: 404,
    });
    expect(triesOf(bench.log('writes'))).toEqual({
      blob: 201,
      check: 403,
      comment: 403,
      read: 200,
      other: 404,
    });
    expect(triesOf(bench.log('checks'))).toEqual({
      blob: 403,
      check: 201,
      comment: 403,
      read: 403,
      other: 404,
    });
    const token = readToken(bench.log('writes'));
    expect(token).toMatch(/^ghs_/);
    expect((await bench.request('GET', '/repos/acme/app', token)).status).toBe(401);
  });

  it('sees nothing of the environment that the sandbox runs in', async () => {
    await run(`
  env: { runs-on: ubuntu-latest, steps: [{ run: 'env' }] }`);
    expect(bench.log('env')).not.toContain('of-the-parent');
    expect(bench.log('env')).not.toMatch(/npm_|VITEST|ghs_/);
    expect(bench.log('env')).toContain('GITHUB_ACTIONS=true');
  });

  it('shows no secret in its log, not even line by line or after add-mask', async () => {
    await run(`
  mask:
    runs-on: ubuntu-latest
    env: { KEY: '\${{ secrets.DEPLOY_KEY }}', LINES: '\${{ secrets.LINES }}' }
    outputs: { leak: '\${{ steps.leak.outputs.leak }}', fine: 'yes' }
    steps:
      - id: leak
        run: |
          echo "key $KEY"
          printf '%s' "$KEY" | base64
          echo "$LINES" | tail -1
          echo "::add-mask::made-here"
          echo "made-here"
          echo "::error file=a.py,line=3::bad $KEY"
          echo "leak=$KEY" >> "$GITHUB_OUTPUT"
          echo "note $KEY" >> "$GITHUB_STEP_SUMMARY"
  next:
    needs: mask
    runs-on: ubuntu-latest
    steps: [{ run: 'echo "leak [\${{ needs.mask.outputs.leak }}] fine [\${{ needs.mask.outputs.fine }}]"' }]`);
    const log = bench.log('mask');
    expect(log).toContain('key ***');
    for (const secret of ['hunter2', btoa('hunter2-hunter2'), 'second-line', 'Z made-here'])
      expect(log).not.toContain(secret);
    expect(bench.log('next')).toContain('leak [] fine [yes]');
    expect([...bench.actions.runs.keys()].map((id) => bench.actions.summaryOf(id)).join()).toContain(
      'note ***',
    );
  });

  it('is injected by an expression inside run, exactly as on GitHub', async () => {
    const name = `x";echo$\{IFS}injected;"`;
    await bench.commit('acme/app', name, { 'a.txt': 'b' });
    await bench.commit('acme/app', 'main', {
      '.github/workflows/w.yml': workflow(
        '  a: { runs-on: ubuntu-latest, steps: [{ run: true }] }',
        '',
      ).replace('on: push', 'on: workflow_dispatch'),
      '.github/workflows/pr.yml': `on: pull_request\njobs:\n  inject: { runs-on: ubuntu-latest, steps: [{ run: 'echo "head \${{ github.head_ref }}"' }] }`,
    });
    await bench.openPull('acme/app', name);
    await bench.settle();
    expect(bench.log('inject')).toMatch(/Z injected$/m);
    await bench.commit('acme/app', 'main', {
      '.github/workflows/pr.yml': 'on: workflow_dispatch\njobs: { a: { runs-on: x, steps: [{ run: a }] } }',
    });
    await bench.settle();
  });

  it('is stopped by its time limits together with everything that it started', async () => {
    const step = (limit: string) => `
    runs-on: ubuntu-latest
    ${limit.startsWith('job') ? 'timeout-minutes: 0.01' : ''}
    steps:
      - run: |
          sleep 300 & echo "child $!"
          setsid sleep 301 & echo "apart $!"
          sleep 302
        ${limit.startsWith('step') ? 'timeout-minutes: 0.01' : ''}
      - if: always()
        run: echo "after \${{ job.status }}"`;
    const ended = await run(`  step:${step('step')}\n  job:${step('job')}`);
    for (const job of ['step', 'job']) {
      const log = bench.log(job);
      const pids = ['child', 'apart'].map((name) => Number(new RegExp(`${name} (\\d+)`).exec(log)?.[1]));
      expect(pids.every((pid) => pid > 1)).toBe(true);
      expect(pids.filter(isAlive)).toEqual([]);
      expect(bench.log(job)).toMatch(/after (failure|cancelled)/);
    }
    expect(ended.conclusion).toBe('failure');
    const conclusions = [...bench.actions.service.jobs.values()]
      .filter((job) => job.run === ended)
      .map((job) => job.conclusion);
    expect(conclusions.sort()).toEqual(['cancelled', 'failure']);
  });

  it('leaves nothing in the background when a step ends', async () => {
    await run(`
  back: { runs-on: ubuntu-latest, steps: [{ run: 'sleep 300 & echo "child $!"' }, { run: echo second }] }`);
    expect(isAlive(Number(/child (\d+)/.exec(bench.log('back'))?.[1]))).toBe(false);
    expect(readdirSync(join(bench.root, 'actions', 'jobs'))).toEqual([]);
  });
});

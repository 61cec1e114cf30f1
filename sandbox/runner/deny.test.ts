// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflow files look like this
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, openBench } from './bench.ts';
import { HOSTED_RUNNER } from './start.ts';

/** Prints the job's own token, so that the test can try what it may do: a real job could do the same. */
const SHOW_TOKEN = `echo "token $(printf '%s' "$TOKEN" | base64 -w0 | base64 -w0)"`;
const readToken = (log: string): string => {
  const twice = /Z token (\S+)$/m.exec(log)?.[1] ?? '';
  return Buffer.from(Buffer.from(twice, 'base64').toString(), 'base64').toString();
};
/** A job's steps that make API calls with the job's token and print the answers' status. */
const tryCalls = (calls: string): string => {
  const script = `(async () => { for (const [name, method, path, body] of [${calls}]) {
    const headers = { authorization: 'token ' + process.env.TOKEN };
    const answer = await fetch(process.env.GITHUB_API_URL + path, { method, headers, body: body && JSON.stringify(body) });
    console.log('try ' + name + ' ' + answer.status); } })();`;
  const env = "env: { TOKEN: '${{ github.token }}' }";
  return `${env}, steps: [{ run: ${JSON.stringify(SHOW_TOKEN)} }, { shell: 'node {0}', run: ${JSON.stringify(script)} }]`;
};
const triesOf = (log: string) =>
  Object.fromEntries(
    [...log.matchAll(/Z try (\w+) (\d+)$/gm)].map(([, name, status]) => [name, Number(status)]),
  );
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

describe('a called workflow', () => {
  let bench: Bench;
  const CALLED = `
on:
  workflow_call:
    inputs:
      model: { type: string, required: true }
      strict: { type: boolean, default: false }
    secrets: { KEY: { required: false } }
    outputs: { said: { value: '\${{ jobs.inner.outputs.said }}' } }
permissions: {}
jobs:
  inner:
    runs-on: ubuntu-latest
    permissions: { contents: read, checks: write }
    outputs: { said: '\${{ steps.say.outputs.said }}' }
    steps:
      - { id: say, run: 'echo "said=\${{ inputs.model }} \${{ inputs.strict }} [\${{ secrets.KEY }}][\${{ secrets.DEPLOY }}]" >> "$GITHUB_OUTPUT"' }
`;
  const call = async (job: string, top = 'permissions: {}') => {
    const text = `on: push\n${top}\njobs:\n  caller:\n    uses: acme/lib/.github/workflows/called.yml@main\n${job}`;
    await bench.commit('acme/app', 'main', { '.github/workflows/w.yml': text });
    const run = (await bench.settle()).at(-1);
    return {
      conclusion: run?.conclusion,
      message: run?.message ?? '',
      jobs: [...bench.actions.service.jobs.values()].filter((one) => one.run === run).length,
    };
  };
  const GRANT = '    permissions: { contents: read, checks: write }\n';

  beforeAll(async () => {
    bench = await openBench();
    await bench.repository('lib', { '.github/workflows/called.yml': CALLED });
    await bench.repository('app', { 'readme.md': 'x' });
    bench.actions.configure('acme/app', { secrets: { DEPLOY: 'not-for-the-called' } });
  });
  afterAll(() => bench.close());

  it('cannot raise permissions: the run does not start', async () => {
    const refused = await call('    permissions: { contents: read, checks: read }\n    with: { model: a }');
    expect(refused).toMatchObject({ conclusion: 'startup_failure', jobs: 0 });
    expect(refused.message).toContain(
      "The nested job 'inner' is requesting 'checks: write', but is only allowed 'checks: read'.",
    );
    expect((await call('    with: { model: a }')).message).toContain(
      "is requesting 'checks: write, contents: read', but is only allowed 'checks: none, contents: none'",
    );
  });

  it('gets only declared inputs, all required ones, in their types', async () => {
    const messages = [
      [
        '    with: { model: a, base: evil }',
        'Invalid input, base is not defined in the referenced workflow.',
      ],
      ['    with: {}', 'Input model is required, but not provided while calling.'],
      ['    with: { model: a, strict: maybe }', "Unexpected value 'maybe'"],
      [
        '    with: { model: a }\n    secrets: { OTHER: x }',
        'Invalid secret, OTHER is not defined in the referenced workflow.',
      ],
    ];
    for (const [job, message] of messages) {
      const refused = await call(GRANT + job);
      expect([refused.conclusion, refused.jobs]).toEqual(['startup_failure', 0]);
      expect(refused.message).toContain(message);
      expect(refused.message).toMatch(/\(Line: 5, Col: \d+\)/);
    }
  });

  it('sees no secret that is not handed over', async () => {
    const done = await call(
      `${GRANT}    with: { model: a }\n  after:\n    needs: caller\n    runs-on: ubuntu-latest\n    steps: [{ run: 'echo "out \${{ needs.caller.outputs.said }}"' }]`,
    );
    expect(done.conclusion).toBe('success');
    expect(bench.log('after')).toContain('out a false [][]');
  });

  it('is recorded with its commit, and a moving ref is noted', () => {
    const run = [...bench.actions.runs.values()].at(-1);
    expect(run?.referenced[0]?.path).toBe('acme/lib/.github/workflows/called.yml@refs/heads/main');
    expect(bench.actions.movingRefs[0]?.uses).toBe('acme/lib/.github/workflows/called.yml@main');
  });

  it('that does not exist or may not be called stops the run at its start', async () => {
    const text = (uses: string) => `on: push\njobs:\n  caller: { uses: '${uses}' }`;
    for (const uses of [
      'acme/lib/.github/workflows/none.yml@main',
      'acme/none/.github/workflows/called.yml@main',
      './.github/workflows/w.yml',
    ]) {
      await bench.commit('acme/app', 'main', { '.github/workflows/w.yml': text(uses) });
      expect((await bench.settle()).at(-1)?.conclusion).toBe('startup_failure');
    }
  });
});

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

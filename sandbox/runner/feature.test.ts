import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, openBench } from './bench.ts';
import { HOSTED_RUNNER } from './start.ts';

const NODE_ACTION =
  'name: Say\ninputs: { word: { default: "none" } }\nruns: { using: node24, main: index.js }';
const COMPOSITE = `
name: Both
inputs: { word: { required: true } }
outputs: { said: { value: '\${{ steps.say.outputs.said }}' } }
runs:
  using: composite
  steps:
    - { id: say, shell: bash, run: 'echo "said=\${{ inputs.word }}!" >> "$GITHUB_OUTPUT"; ls "$GITHUB_ACTION_PATH"' }
    - { uses: acme/lib/say@SHA, with: { word: '\${{ steps.say.outputs.said }}' } }
`;

describe('workflows', () => {
  let bench: Bench;
  let lib = '';
  const start = async (jobs: string, top = 'on: push') => {
    await bench.commit('acme/app', 'main', { '.github/workflows/w.yml': `${top}\njobs:\n${jobs}` });
    const run = (await bench.settle()).at(-1);
    if (run === undefined) throw new Error('no run');
    return run;
  };
  const jobsOf = (id: number) =>
    Object.fromEntries(
      [...bench.actions.service.jobs.values()]
        .filter((job) => job.run.id === id)
        .map((job) => [job.name, job.conclusion]),
    );

  beforeAll(async () => {
    const gpu = { name: 'gpu-1', labels: ['gpu'], environment: 'self-hosted' as const };
    bench = await openBench({ runners: [HOSTED_RUNNER, gpu] });
    const repository = await bench.repository('lib', {
      'say/action.yml': NODE_ACTION,
      'say/index.js':
        'console.log("says " + process.env.INPUT_WORD + " from " + process.env.GITHUB_ACTION_REPOSITORY)',
      'parts/action.yml':
        'name: Parts\ninputs: { word: {} }\nruns: { using: node20, pre: part.js, main: part.js, post: part.js }',
      'parts/part.js':
        'const { STATE_n: n = 0, INPUT_WORD: w } = process.env; console.log("part " + n + " " + w); require("fs").appendFileSync(process.env.GITHUB_STATE, "n=" + (Number(n) + 1) + "\\n")',
      'docker/action.yml': 'runs: { using: docker, image: Dockerfile }',
    });
    const first = (await bench.hub.git(repository).resolve('refs/heads/main')) ?? '';
    lib = await bench.commit(
      'acme/lib',
      'main',
      { 'both/action.yml': COMPOSITE.replace('SHA', first) },
      'ada',
    );
    await bench.repository('app', { 'readme.md': 'x' });
    bench.actions.configure('acme/app', {
      vars: { COLOUR: 'blue' },
      environments: { prod: { branches: ['release'], secrets: { DEPLOY: 'x1y2z3' } } },
    });
  });
  afterAll(() => bench.close());

  it('run matrix jobs, from an output of another job', async () => {
    const run = await start(`
  plan:
    runs-on: ubuntu-latest
    outputs: { models: '\${{ steps.list.outputs.models }}' }
    steps: [{ id: list, run: 'echo ''models=["a","b"]'' >> $GITHUB_OUTPUT' }]
  train:
    needs: plan
    runs-on: ubuntu-latest
    strategy: { matrix: { model: '\${{ fromJSON(needs.plan.outputs.models) }}' } }
    steps: [{ run: 'echo "model \${{ matrix.model }} \${{ strategy.job-index }} of \${{ strategy.job-total }} \${{ vars.COLOUR }}"' }]`);
    expect(jobsOf(run.id)).toEqual({ plan: 'success', 'train (a)': 'success', 'train (b)': 'success' });
    expect(bench.log('train (b)')).toContain('model b 1 of 2 blue');
  });

  it('skip what needs a failure, unless it asks for it; a skipped ancestor skips all below', async () => {
    const job = (needs: string, condition: string, run = 'true') =>
      `{ runs-on: ubuntu-latest, ${needs === '' ? '' : `needs: ${needs},`} ${condition === '' ? '' : `if: "${condition}",`} steps: [{ run: ${run} }] }`;
    const run = await start(`
  bad: ${job('', '', 'exit 3')}
  good: ${job('', '')}
  off: ${job('', "github.ref == 'refs/heads/none'")}
  normal: ${job('bad', '')}
  rescue: ${job('bad', 'failure()')}
  always: ${job('[bad, off]', 'always()')}
  after: ${job('always', '')}
  guarded: ${job('[good, off]', "!cancelled() && needs.good.result == 'success' && needs.off.result == 'skipped'")}
  below: ${job('off', '')}`);
    expect(run.conclusion).toBe('failure');
    expect(jobsOf(run.id)).toEqual({
      ...{ bad: 'failure', good: 'success', off: 'skipped', normal: 'skipped', rescue: 'success' },
      ...{ always: 'success', after: 'skipped', guarded: 'success', below: 'skipped' },
    });
  });

  it('use remote composite and node actions at a commit, and refuse docker', async () => {
    const run = await start(`
  use:
    runs-on: ubuntu-latest
    steps:
      - { id: both, uses: acme/lib/both@${lib}, with: { word: hello, extra: 1 } }
      - run: echo "out \${{ steps.both.outputs.said }}"
  docker: { runs-on: ubuntu-latest, steps: [{ uses: acme/lib/docker@${lib} }] }
  none:
    runs-on: ubuntu-latest
    steps: [{ run: echo never }, { uses: acme/nowhere@v1 }]`);
    const log = bench.log('use');
    expect(log).toContain('says hello! from acme/lib');
    expect(log).toContain('out hello!');
    expect(log).toContain("Unexpected input(s) 'extra'");
    expect(jobsOf(run.id)).toEqual({ use: 'success', docker: 'failure', none: 'failure' });
    expect(bench.log('docker')).toContain("'using: docker' is not supported");
    expect(bench.log('none')).toContain('Unable to resolve action acme/nowhere, repository not found');
    expect(bench.log('none')).not.toContain('Z never');
  });

  it('run pre parts before the first step and post parts after the last, in reverse', async () => {
    await start(`
  parts:
    runs-on: ubuntu-latest
    steps:
      - run: echo "part first"
      - { uses: acme/lib/parts@${lib}, with: { word: a } }
      - { uses: acme/lib/parts@${lib}, with: { word: b } }
      - { run: exit 1 }`);
    const parts = [...bench.log('parts').matchAll(/Z part (.*)$/gm)].map(([, text]) => text);
    expect(parts).toEqual(['0 a', '0 b', 'first', '1 a', '1 b', '2 b', '2 a']);
  });

  it('keep env, path and state apart and in order', async () => {
    await start(
      `
  env:
    runs-on: ubuntu-latest
    env: { LEVEL: job, MORE: '\${{ github.event_name }}' }
    defaults: { run: { shell: bash, working-directory: sub } }
    steps:
      - { run: mkdir -p sub, working-directory: . }
      - run: |
          echo "level $LEVEL $MORE $(basename $PWD)"
          echo "LEVEL=file" >> "$GITHUB_ENV"
          echo "GITHUB_SHA=evil" >> "$GITHUB_ENV"
          mkdir -p "$RUNNER_TEMP/bin"; printf '#!/bin/sh\\necho tool' > "$RUNNER_TEMP/bin/tool"; chmod +x "$RUNNER_TEMP/bin/tool"
          echo "$RUNNER_TEMP/bin" >> "$GITHUB_PATH"
      - run: echo "then $LEVEL \${{ env.LEVEL }} $(tool) $GITHUB_SHA"
      - { run: 'echo "step $LEVEL [$TWIN]"', env: { LEVEL: step, TWIN: '\${{ env.LEVEL }}' } }
      - { run: 'false | true; echo unreached', continue-on-error: true }`,
      'on: push\nenv: { LEVEL: workflow }',
    );
    const log = bench.log('env');
    expect(log).toContain('level job push sub');
    expect(log).toMatch(/then file file tool [0-9a-f]{40}/);
    expect(log).toContain('step step [file]');
    expect(log).not.toContain('Z unreached');
  });

  it('know no env context inside env of workflow and job, as on GitHub', async () => {
    const run = await start(`
  a: { runs-on: ubuntu-latest, env: { A: one, B: '\${{ env.A }}' }, steps: [{ run: echo never }] }`);
    expect(run.conclusion).toBe('failure');
    expect(bench.log('a')).toContain("Unrecognized named-value: 'env'");
  });

  it('refuse what would pass for success without being done', async () => {
    const run = await start(`
  modules: { runs-on: ubuntu-latest, steps: [{ uses: actions/checkout@v5, with: { submodules: true } }] }
  secret: { runs-on: ubuntu-latest, steps: [{ if: secrets.KEY != '', run: echo never }] }
  missing: { runs-on: ubuntu-latest, steps: [{ uses: actions/upload-artifact@v5, with: { path: none, if-no-files-found: error } }] }
  absent: { runs-on: ubuntu-latest, steps: [{ uses: actions/download-artifact@v5, with: { artifact-ids: 1 } }] }`);
    expect(jobsOf(run.id)).toEqual({
      modules: 'failure',
      secret: 'failure',
      missing: 'failure',
      absent: 'failure',
    });
    expect(bench.log('modules')).toContain("does not know the input 'submodules'");
    expect(bench.log('secret')).toContain("Unrecognized named-value: 'secrets'");
    expect(bench.log('absent')).toContain('No artifacts found for the provided IDs: 1');
  });

  it('check out with and without credentials, another repository, all history', async () => {
    await start(`
  clone:
    runs-on: ubuntu-latest
    permissions: { contents: read }
    steps:
      - { uses: actions/checkout@v5, with: { fetch-depth: 0 } }
      - run: 'echo "history $(git rev-list --count HEAD) remote $(git rev-parse origin/main) dirty [$(git status --porcelain)]"'
      - run: git fetch -q origin main && echo "fetched $(git rev-parse FETCH_HEAD)"
      - { uses: actions/checkout@v5, with: { repository: acme/lib, path: lib, persist-credentials: false } }
      - run: 'echo "lib $(git -C lib log --oneline | wc -l) [$(cat lib/.git/config | grep -ci authorization)]"'`);
    const log = bench.log('clone');
    const head = await bench.hub.git(bench.hub.repository('acme/app')).resolve('refs/heads/main');
    expect(log).toMatch(/history ([2-9]|\d\d) remote/);
    expect(log).toContain(`remote ${head} dirty []`);
    expect(log).toContain(`fetched ${head}`);
    expect(log).toContain('lib 1 [0]');
  });

  it('keep a self-hosted workspace and throw a hosted one away', async () => {
    const job = (on: string) =>
      `{ runs-on: ${on}, steps: [{ run: 'ls; touch kept; echo "at $GITHUB_WORKSPACE"' }] }`;
    const jobs = `
  gpu: ${job('[self-hosted, linux, gpu]')}
  hosted: ${job('ubuntu-latest')}`;
    await start(jobs);
    await start(`${jobs}\n`);
    expect(bench.log('gpu')).toMatch(/Z kept$/m);
    expect(bench.log('hosted')).not.toMatch(/Z kept$/m);
    const place = /at (\S+)$/m.exec(bench.log('hosted'))?.[1] ?? '';
    expect(existsSync(place)).toBe(false);
  });

  it('refuse an environment that the branch may not use', async () => {
    const run = await start(
      "  a: { runs-on: ubuntu-latest, environment: prod, env: { D: '${{ secrets.DEPLOY }}' }, steps: [{ run: echo here }] }",
    );
    expect(run.conclusion).toBe('failure');
    expect(run.message).toContain('Branch "main" is not allowed to deploy to prod');
    expect(bench.actions.logsOf(run.id).size).toBe(0);
  });

  it('cancel an older run of the same concurrency group', async () => {
    const jobs =
      '  slow: { runs-on: ubuntu-latest, steps: [{ run: sleep 20 }, { if: cancelled(), run: echo tidied }] }\n  last: { runs-on: ubuntu-latest, needs: slow, if: always(), steps: [{ run: echo last }] }';
    const top = 'on: push\nconcurrency: { group: "one-${{ github.ref }}", cancel-in-progress: true }';
    const files = (text: string) => ({
      '.github/workflows/w.yml': `${top}\njobs:\n${jobs.replace('sleep 20', text)}`,
    });
    await bench.commit('acme/app', 'main', files('sleep 20'));
    while (
      ![...bench.actions.service.jobs.values()].some(
        (job) => job.name === 'slow' && job.status === 'in_progress',
      )
    ) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await bench.commit('acme/app', 'main', files('true'));
    const [older, newer] = (await bench.settle()).slice(-2);
    expect([older?.conclusion, newer?.conclusion]).toEqual(['cancelled', 'success']);
    expect(bench.actions.logsOf(older?.id ?? 0).get('slow')).toContain('tidied');
    expect(bench.actions.logsOf(older?.id ?? 0).get('last')).toMatch(/Z last$/m);
  });

  it('start by hand with checked inputs, and again: all or only what failed', async () => {
    const on =
      'on: { workflow_dispatch: { inputs: { model: { required: true }, dry: { type: boolean, default: true } } } }';
    const flag = join(bench.root, 'flag');
    await bench.commit('acme/app', 'main', {
      '.github/workflows/w.yml': `${on}\njobs:
  one: { runs-on: ubuntu-latest, outputs: { at: '\${{ steps.x.outputs.at }}' }, steps: [{ id: x, run: 'echo "at=$GITHUB_RUN_ATTEMPT" >> $GITHUB_OUTPUT' }] }
  two: { runs-on: ubuntu-latest, needs: one, steps: [{ run: 'echo "in \${{ inputs.model }} \${{ inputs.dry == true }} \${{ needs.one.outputs.at }} $GITHUB_RUN_ATTEMPT"; test -f ${flag} || { touch ${flag}; exit 1; }' }] }`,
    });
    const path = '/repos/acme/app/actions/workflows/w.yml/dispatches';
    const post = async (body: unknown, login = 'ada') =>
      (await bench.request('POST', path, bench.tokenOf(login), body)).status;
    expect(await post({ ref: 'main', inputs: { model: 'm', base: 'x' } })).toBe(422);
    expect(await post({ ref: 'main' })).toBe(422);
    expect(await post({ ref: 'none', inputs: { model: 'm' } })).toBe(422);
    expect(await post({ ref: 'main', inputs: { model: 'm' } }, 'zoe')).toBe(403);
    expect(await post({ ref: 'main', inputs: { model: 'm' } })).toBe(204);
    const run = (await bench.settle()).at(-1);
    expect([run?.event, run?.conclusion]).toEqual(['workflow_dispatch', 'failure']);
    const again = (what: string) =>
      bench.request('POST', `/repos/acme/app/actions/runs/${run?.id}/${what}`, bench.tokenOf('ada'));
    expect((await again('rerun-failed-jobs')).status).toBe(201);
    await bench.settle();
    expect([run?.attempt, run?.conclusion]).toEqual([2, 'success']);
    expect(bench.log('two')).toContain('in m true 1 2');
    const first = await bench.request(
      'GET',
      `/repos/acme/app/actions/runs/${run?.id}/attempts/1`,
      bench.tokenOf('ada'),
    );
    expect(first.body).toMatchObject({ run_attempt: 1, conclusion: 'failure' });
    expect((await again('rerun')).status).toBe(201);
    await bench.settle();
    expect(bench.log('two')).toContain('in m true 3 3');
  });

  it('show jobs as check runs of github-actions, with their annotations', async () => {
    const run = await start(
      '  gatehouse: { runs-on: ubuntu-latest, steps: [{ run: \'echo "::error file=a.py,line=3,title=Bad::no"\' }] }',
    );
    const url = `/repos/acme/app/commits/${run.headSha}/check-runs`;
    const { body } = await bench.request('GET', url, bench.tokenOf('ada'));
    expect(JSON.stringify(body)).toContain('"slug":"github-actions"');
    expect(body).toMatchObject({
      total_count: 1,
      check_runs: [{ name: 'gatehouse', conclusion: 'success', output: { annotations_count: 1 } }],
    });
    // The slice of the description holds what Gatehouse calls; the rest is not compared.
    expect(bench.hub.violations.filter((text) => !text.includes('no such operation'))).toEqual([]);
  });
});

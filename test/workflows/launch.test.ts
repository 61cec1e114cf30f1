import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Run } from '../../sandbox/actions-service/run.ts';
import { type Bench, openBench } from '../../sandbox/runner/bench.ts';
import { HOSTED_RUNNER } from '../../sandbox/runner/start.ts';

const root = join(import.meta.dirname, '..', '..');
const allInOne = readFileSync(join(root, 'reusable-workflows/propose-model.yml'), 'utf8');
const shipped = readFileSync(join(root, 'fixtures/flights/.github/workflows/gatehouse.yml'), 'utf8');

/** What propose-model.yml hands on to the workflows that it calls. */
const keys = ['data', 'store'].flatMap((place) =>
  ['access-key-id', 'secret-access-key', 'session-token'].map(
    (key) => `${place}-${key}: { required: false }`,
  ),
);
const handed = `secrets: { ${keys.join(', ')} }`;

/** Plays validate-data.yml: its outputs are what the head says. */
const validate = `
on: { workflow_call: { inputs: { s3-region: { type: string } }, ${handed}, outputs: {
  train: { value: '\${{ jobs.validate.outputs.train }}' }, judge: { value: '\${{ jobs.validate.outputs.train }}' },
  model: { value: '\${{ jobs.validate.outputs.model }}' },
  on-newer-push: { value: '\${{ jobs.validate.outputs.on-newer-push }}' } } } }
permissions: {}
jobs:
  validate:
    runs-on: ubuntu-latest
    permissions: { contents: read }
    outputs:
      train: '\${{ steps.read.outputs.train }}'
      model: '\${{ steps.read.outputs.model }}'
      on-newer-push: '\${{ steps.read.outputs.on-newer-push }}'
    steps:
      - { uses: actions/checkout@v6, with: { ref: '\${{ github.event.pull_request.head.sha }}' } }
      - { id: read, run: 'cat says.txt >> "$GITHUB_OUTPUT"; ! grep -q broken says.txt' }
`;
/** Plays judge-model.yml. */
const judge = `
on: { workflow_call: { inputs: { model: { type: string }, artifact-id: { type: string }, s3-region: { type: string } }, ${handed} } }
permissions: {}
jobs:
  judge:
    runs-on: ubuntu-latest
    steps: [{ env: { WHAT: '\${{ inputs.model }} \${{ inputs.artifact-id }}' }, run: 'echo "judged $WHAT"' }]
`;
const trainAction = `name: Train
inputs: { model: { required: true } }
outputs: { folder: { description: folder } }
runs: { using: node24, main: index.js }
`;
/** The workflow of an organisation that keeps a copy of Gatehouse. */
const caller = (sha: string): string => `
on:
  pull_request:
  workflow_dispatch: { inputs: { model: { type: string, required: true }, ref: { type: string } } }
permissions: {}
jobs:
  gatehouse:
    permissions: { contents: read, pull-requests: read, checks: read, actions: read, issues: read, id-token: write }
    uses: acme/gatehouse/.github/workflows/propose-model.yml@${sha}
    with: { model: '\${{ inputs.model }}', ref: '\${{ inputs.ref }}' }
`;

/** Plays train-model: goes on until a file is there. */
const trainScript = (folder: string): string => `
const { appendFileSync, existsSync, readFileSync, writeFileSync } = require('fs');
const work = readFileSync('work.txt', 'utf8').trim();
writeFileSync(${JSON.stringify(folder)} + '/began-' + work, '');
appendFileSync(process.env.GITHUB_OUTPUT, 'folder=.\\n');
(function wait() {
  if (!existsSync(${JSON.stringify(folder)} + '/go-' + work)) return setTimeout(wait, 10);
  console.log('trained ' + process.env.INPUT_MODEL + ' on ' + work);
})();
`;

describe('the workflow that a team keeps', () => {
  let bench: Bench;
  let branches = 0;
  const file = (name: string) => join(bench.root, name);
  const go = (...works: readonly string[]) => {
    for (const work of works) writeFileSync(file(`go-${work}`), '');
  };
  const until = async (isDone: () => boolean) => {
    for (let waits = 0; !isDone(); waits += 1) {
      if (waits > 600) throw new Error('it never came so far');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const runs = (): readonly Run[] => [...bench.actions.runs.values()];
  const jobsOf = (run: Run | undefined) =>
    Object.fromEntries(
      [...bench.actions.service.jobs.values()]
        .filter((job) => job.run.id === run?.id)
        .map((job) => [job.name.split(' / ')[0], job.conclusion]),
    );
  const logOf = (run: Run | undefined) => bench.actions.logsOf(run?.id ?? 0).get('train') ?? '';

  beforeAll(async () => {
    const gpus = ['gpu-1', 'gpu-2'].map((name) => ({
      name,
      labels: ['gpu'],
      environment: 'self-hosted' as const,
    }));
    bench = await openBench({ runners: [HOSTED_RUNNER, ...gpus], maxParallel: 4 });
    const gatehouse = await bench.repository('gatehouse', {
      '.github/workflows/validate-data.yml': validate,
      '.github/workflows/judge-model.yml': judge,
      'actions/train-model/action.yml': trainAction,
      'actions/train-model/index.js': trainScript(bench.root),
    });
    const sha = (await bench.hub.git(gatehouse).resolve('refs/heads/main')) ?? '';
    await bench.repository('flights', {
      '.github/workflows/gatehouse.yml': shipped.replaceAll('0'.repeat(40), sha),
      'work.txt': 'main',
    });
    const all = allInOne.replaceAll(
      `gatehouse/gatehouse/actions/train-model@${'0'.repeat(40)}`,
      `acme/gatehouse/actions/train-model@${sha}`,
    );
    const whole = await bench.commit(
      'acme/gatehouse',
      'main',
      { '.github/workflows/propose-model.yml': all },
      'ada',
    );
    await bench.repository('own-copy', { '.github/workflows/all.yml': caller(whole), 'work.txt': 'main' });
    go('main');
  });
  afterAll(async () => {
    const { violations } = bench.hub;
    await bench.close();
    expect(violations).toEqual([]);
  });

  /** Commits work to a branch of its own and proposes it. */
  async function propose(says: string, ...works: readonly string[]): Promise<readonly Run[]> {
    branches += 1;
    const branch = `proposal-${branches}`;
    const before = runs().length;
    for (const [at, work] of works.entries()) {
      await bench.commit('acme/flights', branch, { 'says.txt': says, 'work.txt': work });
      if (at === 0) await bench.openPull('acme/flights', branch);
      await until(() => runs().length > before + at);
      if (at === 0 && works.length > 1) await until(() => existsSync(file(`began-${work}`)));
    }
    return runs().slice(before);
  }

  it('trains a model by hand, at a commit that is named, without a pull request', async () => {
    const sha = await bench.commit('acme/flights', 'side', { 'work.txt': 'side' });
    go('side');
    const path = '/repos/acme/flights/actions/workflows/gatehouse.yml/dispatches';
    const ask = (inputs: object) =>
      bench.request('POST', path, bench.tokenOf('ben'), { ref: 'main', inputs });
    expect((await ask({})).status).toBe(422);
    expect((await ask({ model: 'churn', ref: sha })).status).toBe(204);
    const run = (await bench.settle()).at(-1);
    expect([run?.event, run?.conclusion]).toEqual(['workflow_dispatch', 'success']);
    expect(jobsOf(run)).toEqual({ validate: 'skipped', train: 'success', judge: 'skipped' });
    expect(logOf(run)).toContain('trained churn on side');
    const kept = run === undefined ? [] : bench.actions.service.artifacts.listOf(run);
    expect(kept.map(({ name }) => name)).toEqual(['gatehouse-model']);
  });

  it('trains on schedule, on the default branch', async () => {
    await bench.actions.strike('acme/flights', 'ada');
    const run = (await bench.settle()).at(-1);
    expect([run?.event, run?.conclusion]).toEqual(['schedule', 'success']);
    expect(logOf(run)).toContain('trained flight-delay on main');
  });

  const says = (newer: string) => `train=true\nmodel=flight-delay\non-newer-push=${newer}\n`;

  it('trains and judges what a pull request proposes', async () => {
    go('one');
    const [run] = await propose(says('cancel'), 'one');
    await bench.settle();
    expect(jobsOf(run)).toEqual({ validate: 'success', train: 'success', judge: 'success' });
    expect(bench.log('judge / judge')).toMatch(/judged flight-delay \d+/);
  });

  it('ends a training when a newer commit is to be trained, and judges nothing of it', async () => {
    const [older, newer] = await propose(says('cancel'), 'old-2', 'new-2');
    go('new-2');
    await bench.settle();
    expect(jobsOf(older)).toEqual({ validate: 'success', train: 'cancelled', judge: 'skipped' });
    expect(jobsOf(newer)).toEqual({ validate: 'success', train: 'success', judge: 'success' });
  });

  it('lets a training finish where its model says so, and the newer one waits', async () => {
    const [older, newer] = await propose(says('finish'), 'old-3', 'new-3');
    await until(() => jobsOf(newer).validate === 'success');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect([jobsOf(older).train, existsSync(file('began-new-3'))]).toEqual([null, false]);
    go('old-3', 'new-3');
    await bench.settle();
    expect(jobsOf(older)).toMatchObject({ train: 'success', judge: 'success' });
    expect(jobsOf(newer)).toMatchObject({ train: 'success', judge: 'success' });
  });

  it('lets a training go on when the newer commit trains nothing', async () => {
    branches += 1;
    const branch = `proposal-${branches}`;
    await bench.commit('acme/flights', branch, { 'says.txt': says('cancel'), 'work.txt': 'kept' });
    await bench.openPull('acme/flights', branch);
    await until(() => existsSync(file('began-kept')));
    const older = runs().at(-1);
    await bench.commit('acme/flights', branch, { 'says.txt': 'train=false\n', 'README.md': 'words' });
    await until(() => runs().at(-1) !== older && runs().at(-1)?.conclusion === 'success');
    go('kept');
    await bench.settle();
    expect(jobsOf(runs().at(-1))).toEqual({ validate: 'success', train: 'skipped', judge: 'skipped' });
    expect(jobsOf(older)).toEqual({ validate: 'success', train: 'success', judge: 'success' });
  });

  it('trains by hand and for a pull request in one called workflow, too', async () => {
    const files = { 'says.txt': says('cancel'), 'work.txt': 'whole' };
    const sha = await bench.commit('acme/own-copy', 'whole', files);
    go('whole');
    const path = '/repos/acme/own-copy/actions/workflows/all.yml/dispatches';
    const inputs = { model: 'churn', ref: sha };
    await bench.request('POST', path, bench.tokenOf('ben'), { ref: 'main', inputs });
    const byHand = (await bench.settle()).at(-1);
    expect([byHand?.event, byHand?.conclusion]).toEqual(['workflow_dispatch', 'success']);
    expect(bench.log('gatehouse / train')).toContain('trained churn on whole');
    await bench.openPull('acme/own-copy', 'whole');
    const proposed = (await bench.settle()).at(-1);
    expect([proposed?.event, proposed?.conclusion]).toEqual(['pull_request', 'success']);
    expect(bench.log('gatehouse / train')).toContain('trained flight-delay on whole');
    expect(bench.log('gatehouse / judge / judge')).toMatch(/judged flight-delay \d+/);
  });

  it('trains nothing when the data failed, whatever else it says', async () => {
    const [run] = await propose(`${says('cancel')}broken=yes\n`, 'bad');
    await bench.settle();
    expect(jobsOf(run)).toEqual({ validate: 'failure', train: 'skipped', judge: 'skipped' });
  });
});

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Octokit } from '@octokit/rest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSweepIssue } from '../../adapters/actions/sweep-issue.ts';
import { readSweptRunners } from '../../adapters/actions/swept-runners.ts';
import { askFor, readSweptRuns, readTrainingJobs } from '../../adapters/actions/swept-runs.ts';
import type { GitHubClient } from '../../adapters/github/client.ts';
import { createReader } from '../../adapters/github/octokit-reader.ts';
import { readProposal } from '../../adapters/proposal/read-proposal.ts';
import type { Sweep } from '../../core/training/sweep-facts.ts';
import { type Bench, openBench } from '../../sandbox/runner/bench.ts';
import { HOSTED_RUNNER } from '../../sandbox/runner/start.ts';
import { run, type SweepOutputs } from './run.ts';

/** Against the sandbox's GitHub and runners: machines that are lost, idle, missing. */
const name = { owner: 'acme', repo: 'flights' };
const minuteMs = 60_000;

const model = `version: 1
task: binary-classification
description: Says whether a flight will be late.
limitations: Domestic flights only.
owners: { users: [omar] }
risk: limited
datasets: [flights]
paths: [models/flight-delay/**]
train:
  command: node train.mjs
  artifact: model.json
  runs-on: [self-hosted, gpu]
  queue-minutes: 20
  timeout-minutes: 60
  retry: { attempts: 2, backoff-seconds: 60, causes: [lost-runner] }
predict: { command: node predict.mjs }
held-out:
  features: data/june.csv.dvc
  key: row
  labels: { url: 'https://labels.example/june.csv', audience: labels, sha256: ${'c'.repeat(64)}, column: late }
gates: [{ metric: auc, min: 0.6 }]
endpoints: [eu]
`;
const policy = `version: 1
preset: small-team
roles: { reviewer: { users: [rita] }, governor: { users: [ada] } }
store: file:///srv/store
data: file:///srv/data
trusted: { repository: acme/gatehouse, shas: [${'c'.repeat(40)}] }
training: { budget-hours: 30, idle-minutes: 10 }
`;
const caller = (marker: string): string => `name: gatehouse
on: pull_request
permissions: {}
jobs:
  train:
    name: trial 3
    runs-on: [self-hosted, gpu]
    permissions: { contents: read }
    steps:
      - { uses: actions/checkout@v6, with: { ref: '\${{ github.event.pull_request.head.sha }}', persist-credentials: false } }
      - run: sh train.sh ${marker}
  judge:
    needs: train
    runs-on: ubuntu-latest
    steps: [{ run: 'echo judged' }]
`;
/** Trains until it is stopped, in the first attempt of the run. */
const hang = 'if [ "$GITHUB_RUN_ATTEMPT" = 1 ]; then touch $1-$GITHUB_RUN_ID; sleep 60; fi\necho trained\n';
const failing = 'echo "::error::The self-hosted runner lost communication with the server."\nexit 1\n';

let bench: Bench;
let marker = '';
let pulls = 0;

function clientOf(auth: string): GitHubClient {
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  return new Octokit({ baseUrl: bench.hub.apiUrl, auth, log });
}

const granted = {
  contents: 'read',
  'pull-requests': 'read',
  checks: 'read',
  actions: 'write',
  issues: 'write',
} as const;

/** One sweep, so many minutes from now, with the token of a job. */
async function sweep(
  minutes: number,
  options: {
    readonly permissions?: Readonly<Record<string, 'read' | 'write'>>;
    readonly runnersToken?: string;
    readonly dryRun?: boolean;
    readonly workflows?: readonly string[];
  } = {},
): Promise<SweepOutputs & { readonly sweep: Sweep | null; readonly said: string }> {
  const repositoryId = bench.hub.repository('acme/flights').id;
  const client = clientOf(
    bench.hub.issueToken({ kind: 'job', repositoryId, permissions: options.permissions ?? granted }),
  );
  const reader = createReader(client, name, 0);
  const now = new Date(Date.now() + minutes * minuteMs).toISOString();
  const said: string[] = [];
  let seen: Sweep | null = null;
  const outputs = await run({
    ...{ reader, now, say: (text) => said.push(text) },
    readProposal: (commits) => readProposal(reader, commits),
    runs: () => readSweptRuns(client, name, options.workflows ?? ['gatehouse.yml', 'search.yml'], now),
    jobs: (listed) => readTrainingJobs(client, name, listed, ['train', 'trial']),
    runners: () =>
      readSweptRunners(options.runnersToken === undefined ? client : clientOf(options.runnersToken), name),
    askFor: (action) => askFor(client, name, action),
    issue: openSweepIssue(client, name),
    dryRun: options.dryRun ?? false,
    summarize: async (found) => {
      seen = found;
    },
  });
  return { ...outputs, sweep: seen, said: said.join('\n') };
}

const issues = () =>
  [...bench.hub.repository('acme/flights').issues.values()].filter(
    ({ author }) => author.login === 'github-actions[bot]',
  );
const newestRun = () => {
  const found = [...bench.actions.runs.values()].at(-1);
  if (found === undefined) throw new Error('no run');
  return found;
};

async function until(isDone: () => boolean): Promise<void> {
  for (let waits = 0; !isDone(); waits += 1) {
    if (waits > 600) throw new Error('it never came so far');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** A pull request whose training goes on until something ends it. */
async function startTraining(script = hang): Promise<string> {
  pulls += 1;
  const branch = `proposal-${pulls}`;
  const before = bench.actions.runs.size;
  await bench.commit('acme/flights', branch, {
    'train.sh': script,
    'models/flight-delay/params.txt': branch,
  });
  await bench.openPull('acme/flights', branch);
  await until(() => bench.actions.runs.size > before);
  return branch;
}

async function startHanging(): Promise<string> {
  const branch = await startTraining();
  await until(() => existsSync(`${marker}-${newestRun().id}`));
  return branch;
}

beforeAll(async () => {
  const gpu = { name: 'gpu-1', labels: ['gpu'], environment: 'self-hosted' as const };
  bench = await openBench({ runners: [HOSTED_RUNNER, gpu] });
  marker = join(bench.root, 'training');
  await bench.repository('flights', {
    '.github/workflows/gatehouse.yml': caller(marker),
    '.github/gatehouse.yml': policy,
    'models/flight-delay/model.yml': model,
    'models/broken/model.yml': 'version: 2\n',
  });
});
afterAll(async () => {
  const { violations } = bench.hub;
  await bench.close();
  expect(violations).toEqual([]);
});

describe('a sweep of the sandbox', () => {
  it('finds nothing while nothing runs, and makes no issue', async () => {
    const { said, ...outputs } = await sweep(0);
    expect(outputs).toMatchObject({ verdict: 'pass', cancelled: [], retried: [], issue: '' });
    expect(said).toContain('models/broken/model.yml cannot be read');
    expect(issues()).toEqual([]);
  });

  it('refuses to look after nothing: none of the workflows is there', async () => {
    await expect(sweep(0, { workflows: ['trian.yml', 'search.yml'] })).rejects.toThrow(
      expect.objectContaining({ code: 'WORKFLOW_MISSING', kind: 'input' }),
    );
  });

  it('tries again what lost its runner, once, and no more than the model allows', async () => {
    await startHanging();
    bench.actions.loseRunner('gpu-1');
    await bench.settle();
    const lost = newestRun();
    expect(lost.conclusion).toBe('failure');
    expect((await sweep(0.5)).retried).toEqual([]);
    expect((await sweep(2, { dryRun: true })).retried).toEqual([]);
    const first = await sweep(2);
    expect(first.retried).toEqual([lost.id]);
    expect(first.sweep?.actions[0]?.because).toContain('train.retry allows attempt 2');
    expect((await sweep(2)).retried).toEqual([]);
    bench.actions.returnRunner('gpu-1');
    await bench.settle();
    expect([lost.attempt, lost.conclusion]).toEqual([2, 'success']);
    expect(bench.log('trial 3')).toContain('trained');
    expect((await sweep(3)).retried).toEqual([]);
  });

  it('asks for nothing when the code failed, though it prints what GitHub says of a lost runner', async () => {
    await startTraining(failing);
    await bench.settle();
    expect(newestRun().conclusion).toBe('failure');
    const { sweep: found } = await sweep(30);
    expect(found?.actions).toEqual([]);
  });

  it('asks for nothing when a newer commit is there, or annotations cannot be read', async () => {
    const branch = await startHanging();
    bench.actions.loseRunner('gpu-1');
    await bench.settle();
    const blind = { ...granted, checks: undefined };
    const { checks: _, ...permissions } = blind;
    expect((await sweep(2, { permissions })).retried).toEqual([]);
    bench.actions.returnRunner('gpu-1');
    await bench.commit('acme/flights', branch, { 'train.sh': 'echo quick\n' });
    await bench.settle();
    expect(newestRun().conclusion).toBe('success');
    expect((await sweep(2)).retried).toEqual([]);
  });

  it('ends what is past its limit, and says so when a token may not', async () => {
    await startHanging();
    const running = newestRun();
    expect((await sweep(69)).cancelled).toEqual([]);
    await expect(sweep(71, { permissions: { ...granted, actions: 'read' } })).rejects.toThrow(
      expect.objectContaining({ code: 'SWEEP_REFUSED', hint: expect.stringContaining('actions: write') }),
    );
    const { cancelled, sweep: found } = await sweep(71);
    expect(cancelled).toEqual([running.id]);
    expect(found?.actions[0]?.because).toContain('train.timeout-minutes allows 60');
    expect((await sweep(71)).cancelled).toEqual([]);
    await bench.settle();
    expect(running.conclusion).toBe('cancelled');
    expect((await sweep(75)).sweep?.actions).toEqual([]);
  });

  it('tells of a job that no runner takes, with the labels that are missing, and closes the issue afterwards', async () => {
    bench.actions.loseRunner('gpu-1');
    await startTraining('echo trained\n');
    await bench.settle();
    expect((await sweep(19)).verdict).toBe('pass');
    const { verdict, issue } = await sweep(21, { runnersToken: bench.tokenOf('ada') });
    expect(verdict).toBe('fail');
    const [only, ...more] = issues();
    expect(more).toEqual([]);
    expect(only).toMatchObject({ state: 'open', title: 'Training runners: 1 job without a runner' });
    expect(issue).toMatch(new RegExp(`/issues/${only?.number}$`));
    expect(only?.body).toContain('`self-hosted`, `gpu`');
    bench.actions.returnRunner('gpu-1');
    await bench.settle();
    expect((await sweep(22)).verdict).toBe('pass');
    expect(issues()).toMatchObject([{ state: 'closed', title: 'Training runners: nothing to tell' }]);
  });

  it('tells of a runner that is idle too long, when a token may list runners', async () => {
    const runnersToken = bench.tokenOf('ada');
    expect((await sweep(100)).sweep).toMatchObject({ runnersTold: false, idle: [] });
    expect((await sweep(101, { runnersToken })).sweep).toMatchObject({ runnersTold: true, idle: [] });
    expect((await sweep(112, { runnersToken })).sweep?.idle).toMatchObject([{ name: 'gpu-1' }]);
    expect(issues()).toMatchObject([{ state: 'open', title: 'Training runners: 1 idle runner' }]);
    bench.actions.loseRunner('gpu-1');
    await sweep(113, { runnersToken });
    expect(issues()).toMatchObject([{ state: 'closed' }]);
  });
});

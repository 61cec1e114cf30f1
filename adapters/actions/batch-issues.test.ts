import { Octokit } from '@octokit/rest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestBytes } from '../../core/json/canonical.ts';
import type { BatchPlan } from '../../core/report/batch-plan.ts';
import { emptyBatchState, writeBatchMarker, writeBatchState } from '../../core/report/batch-state.ts';
import { type Bench, startBench } from '../../sandbox/hub/testing.ts';
import type { GitHubClient } from '../github/client.ts';
import { type BatchIssues, openBatchIssues, readRefusedBatches } from './batch-issues.ts';

/** Against the sandbox's GitHub, whose every answer is held against GitHub's own description. */
let bench: Bench;
let job: GitHubClient;
let person: GitHubClient;
let issues: BatchIssues;
const name = { owner: 'acme', repo: 'flights' };
const refusal = digestBytes('bad');

function clientOf(auth: string, fetch = globalThis.fetch): GitHubClient {
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  return new Octokit({ baseUrl: bench.hub.apiUrl, auth, log, request: { fetch } });
}

const tokenWith = (permissions: Record<string, 'read' | 'write'>): string =>
  bench.hub.issueToken({ kind: 'job', repositoryId: bench.hub.repository('acme/flights').id, permissions });

beforeAll(async () => {
  bench = await startBench();
  bench.hub.createOrganization('acme');
  await bench.hub.createRepository('acme/flights', { private: true });
  const ada = bench.hub.createUser('ada');
  bench.hub.addCollaborator('acme/flights', 'ada', 'admin');
  job = clientOf(tokenWith({ issues: 'write' }));
  person = clientOf(ada.token);
  issues = openBatchIssues(job, name);
});

afterAll(async () => {
  const { violations } = bench.hub;
  await bench.close();
  expect(violations).toEqual([]);
});

function bodyOf(dataset: string, refused: readonly (typeof refusal)[] = []): string {
  return `${writeBatchMarker(dataset)}\ntext\n${writeBatchState({ ...emptyBatchState(dataset), refused })}`;
}

const open = (dataset: string, refused?: readonly (typeof refusal)[]): BatchPlan => ({
  kind: 'open',
  title: `Dataset ${dataset}`,
  body: bodyOf(dataset, refused),
});

const held = () => [...bench.hub.repository('acme/flights').issues.values()];
const commentsOf = (number: number) =>
  [...bench.hub.repository('acme/flights').comments.values()].filter(({ issue }) => issue === number);

describe('issues of datasets', () => {
  it('are found by author and marker: what a person pasted is not ours', async () => {
    await person.request('POST /repos/{owner}/{repo}/issues', {
      ...name,
      title: 'mine',
      body: bodyOf('flights', [refusal]),
    });
    expect(await issues.find('flights')).toBeNull();
    expect(await readRefusedBatches(job, name)).toEqual([]);
    expect(await issues.apply(open('flights'))).toMatch(/\/acme\/flights\/issues\/2$/);
    expect(await issues.find('flights')).toMatchObject({ number: 2, state: 'open' });
    expect(await issues.find('weather')).toBeNull();
  });

  it('are found behind a hundred others', async () => {
    for (let at = 0; at < 100; at += 1)
      await job.request('POST /repos/{owner}/{repo}/issues', { ...name, title: `noise ${at}`, body: 'x' });
    await issues.apply(open('weather', [refusal]));
    expect(await issues.find('weather')).toMatchObject({ state: 'open' });
    expect(await readRefusedBatches(job, name)).toEqual([{ dataset: 'weather', refusal, issue: 103 }]);
  }, 30_000);

  it('say a change once, although the run broke off before the edit and ran again', async () => {
    const note = '<!-- gatehouse:dataset-note:flights:1; -->\nClosed';
    const plan: BatchPlan = {
      kind: 'edit',
      number: 2,
      state: 'closed',
      title: 'Dataset flights',
      body: bodyOf('flights', [refusal]),
      note,
    };
    let calls = 0;
    const broken = clientOf(tokenWith({ issues: 'write' }), async (...args) => {
      calls += 1;
      if (calls === 3) throw new Error('the machine is gone');
      return fetch(...args);
    });
    await expect(openBatchIssues(broken, name).apply(plan)).rejects.toThrow(
      expect.objectContaining({ code: 'ISSUE_REFUSED' }),
    );
    await issues.apply(plan);
    expect(commentsOf(2)).toHaveLength(1);
    expect(held().find(({ number }) => number === 2)).toMatchObject({ state: 'closed' });
  });

  it('refuse their batches when they are closed, too', async () => {
    expect(await readRefusedBatches(job, name)).toContainEqual({ dataset: 'flights', refusal, issue: 2 });
  });

  it('fail closed when somebody edited what they remember', async () => {
    await person.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
      ...name,
      issue_number: 2,
      body: `${writeBatchMarker('flights')}\nnothing to see`,
    });
    await expect(readRefusedBatches(job, name)).rejects.toThrow(
      expect.objectContaining({ code: 'BATCH_STATE', message: expect.stringContaining('Issue 2') }),
    );
    await issues.apply({
      kind: 'edit',
      number: 2,
      state: 'closed',
      title: 't',
      body: bodyOf('flights'),
      note: null,
    });
    expect(await readRefusedBatches(job, name)).toEqual([{ dataset: 'weather', refusal, issue: 103 }]);
  });

  it('are one for each dataset: the younger of two is closed and says where to look', async () => {
    await issues.apply(open('flights'));
    expect(await issues.find('flights')).toMatchObject({ number: 2 });
    expect(held().at(-1)).toMatchObject({ state: 'closed', body: 'Opened twice: see #2.' });
  });
});

describe('a token', () => {
  it('that may not read issues is an error, never "nothing was refused"', async () => {
    const blind = clientOf(tokenWith({ contents: 'read' }));
    await expect(readRefusedBatches(blind, name)).rejects.toThrow(
      expect.objectContaining({ code: 'GITHUB_READ_FAILED' }),
    );
  });

  it('that may not write them says which permission is missing', async () => {
    const reading = openBatchIssues(clientOf(tokenWith({ issues: 'read' })), name);
    await expect(reading.apply(open('other'))).rejects.toThrow(
      expect.objectContaining({ code: 'ISSUE_REFUSED', hint: expect.stringContaining('issues: write') }),
    );
  });
});

describe('a repository with issues turned off', () => {
  const gone = () =>
    clientOf('x', async () =>
      Response.json({ message: 'Issues are disabled for this repo' }, { status: 410 }),
    );

  it('has refused nothing, because nobody could write it', async () => {
    expect(await readRefusedBatches(gone(), name)).toEqual([]);
  });

  it('says how to do without', async () => {
    await expect(openBatchIssues(gone(), name).apply(open('other'))).rejects.toThrow(
      expect.objectContaining({ code: 'ISSUES_OFF', hint: expect.stringContaining('issues: false') }),
    );
  });
});

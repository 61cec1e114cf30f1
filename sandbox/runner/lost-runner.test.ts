import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Run, RunJob } from '../actions-service/run.ts';
import { type Bench, openBench } from './bench.ts';
import { HOSTED_RUNNER } from './start.ts';

const workflow = (marker: string): string => `
on: push
permissions: {}
jobs:
  plan:
    runs-on: ubuntu-latest
    steps: [{ run: 'echo plan' }]
  train:
    needs: plan
    runs-on: [self-hosted, gpu]
    permissions: { contents: read }
    steps:
      - run: echo "of $GITHUB_RUN_ATTEMPT" > early.txt
      - { uses: actions/upload-artifact@v5, with: { name: early, path: early.txt } }
      - run: if [ "$GITHUB_RUN_ATTEMPT" = 1 ]; then touch ${marker}; sleep 60; fi; echo trained
      - { if: always(), run: 'echo afterwards' }
  judge:
    needs: train
    runs-on: ubuntu-latest
    steps: [{ run: 'echo judged' }]
  tell:
    needs: train
    if: always()
    runs-on: ubuntu-latest
    steps: [{ run: 'echo told' }]
  other:
    runs-on: ubuntu-latest
    steps: [{ run: 'echo other' }]
`;

describe('a runner that is lost in the middle of a job', () => {
  let bench: Bench;
  let run: Run;
  const jobs = (attempt: number): readonly RunJob[] =>
    [...bench.actions.service.jobs.values()].filter(
      (job) => job.run.id === run.id && job.attempt === attempt,
    );
  const results = (attempt: number) =>
    Object.fromEntries(jobs(attempt).map((job) => [job.name, job.conclusion]));
  const token = (permissions: Readonly<Record<string, 'read' | 'write'>>) =>
    bench.hub.issueToken({ kind: 'job', repositoryId: bench.hub.repository('acme/app').id, permissions });
  const until = async (isDone: () => boolean) => {
    for (let waits = 0; !isDone(); waits += 1) {
      if (waits > 400) throw new Error('it never came so far');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };

  beforeAll(async () => {
    const gpu = { name: 'gpu-1', labels: ['gpu'], environment: 'self-hosted' as const };
    bench = await openBench({ runners: [HOSTED_RUNNER, gpu] });
    const marker = join(bench.root, 'training');
    await bench.repository('app', { '.github/workflows/w.yml': workflow(marker) });
    await until(() => existsSync(marker));
    const busy = await bench.request('GET', '/repos/acme/app/actions/runners', bench.tokenOf('ada'));
    expect(busy.body).toMatchObject({ runners: [{ name: 'gpu-1', status: 'online', busy: true }] });
    bench.actions.loseRunner('gpu-1');
    const [only] = await bench.settle();
    if (only === undefined) throw new Error('no run');
    run = only;
  });
  afterAll(() => bench.close());

  it('fails the job, whose step never ended, and runs nothing more on the machine', async () => {
    expect(run.conclusion).toBe('failure');
    expect(results(1)).toEqual({
      plan: 'success',
      train: 'failure',
      judge: 'skipped',
      tell: 'success',
      other: 'success',
    });
    const { body } = await bench.request(
      'GET',
      `/repos/acme/app/actions/runs/${run.id}/jobs`,
      token({ actions: 'read' }),
    );
    const train = (
      body.jobs as { name: string; steps: { status: string; conclusion: string | null }[] }[]
    ).find(({ name }) => name === 'train');
    expect(train?.steps.at(-1)).toMatchObject({ status: 'in_progress', conclusion: null });
    expect(bench.log('train')).not.toContain('afterwards');
  });

  it('leaves an annotation in the words of GitHub', async () => {
    const id = jobs(1).find(({ name }) => name === 'train')?.id;
    const path = `/repos/acme/app/check-runs/${id}/annotations`;
    expect((await bench.request('GET', path, token({ checks: 'read' }))).body).toMatchObject([
      {
        annotation_level: 'failure',
        path: '.github',
        message: expect.stringContaining('The self-hosted runner: gpu-1 lost communication with the server.'),
      },
    ]);
    expect((await bench.request('GET', path, token({ actions: 'write' }))).status).toBe(403);
  });

  it('is listed as offline, to who may list runners', async () => {
    const ask = async (route: string, auth: string) => (await bench.request('GET', route, auth)).status;
    const own = '/repos/acme/app/actions/runners';
    const shared = '/orgs/acme/actions/runners';
    const { body } = await bench.request('GET', own, bench.tokenOf('ada'));
    expect(body).toMatchObject({
      total_count: 1,
      runners: [{ name: 'gpu-1', status: 'offline', busy: false }],
    });
    // No workflow can give a job this permission, whatever it writes.
    const scopes: readonly Readonly<Record<string, 'read' | 'write'>>[] = [
      { actions: 'write' },
      { administration: 'read' },
    ];
    for (const permissions of scopes) {
      expect(await ask(own, token(permissions))).toBe(403);
      expect(await ask(shared, token(permissions))).toBe(404);
    }
    expect(await ask(own, bench.tokenOf('ben'))).toBe(403);
    const { id } = bench.hub.createApp({
      slug: 'fleet',
      permissions: { organization_self_hosted_runners: 'read' },
      events: [],
    });
    const installationId = bench.hub.installApp(id, 'acme/app');
    const fleet = bench.hub.issueToken({ kind: 'installation', installationId });
    expect(await ask(shared, fleet)).toBe(200);
    expect(await ask(own, fleet)).toBe(403);
  });

  it('is asked for again by who may write actions: only what failed runs, and what depends on it', async () => {
    const path = `/repos/acme/app/actions/runs/${run.id}/rerun-failed-jobs`;
    expect((await bench.request('POST', path, token({ actions: 'read' }))).status).toBe(403);
    expect((await bench.request('POST', path, token({ contents: 'write' }))).status).toBe(403);
    bench.actions.returnRunner('gpu-1');
    expect((await bench.request('POST', path, token({ actions: 'write' }))).status).toBe(201);
    expect((await bench.request('POST', path, token({ actions: 'write' }))).status).toBe(403);
    await bench.settle();
    expect([run.attempt, run.conclusion]).toEqual([2, 'success']);
    const ran = jobs(2)
      .filter(({ runnerName }) => runnerName !== null)
      .map(({ name }) => name);
    expect(ran.sort()).toEqual(['judge', 'tell', 'train']);
    // What the first attempt left is still there beside that of the second.
    expect(bench.actions.service.artifacts.list().map(({ name }) => name)).toEqual(['early', 'early']);
    expect(results(2)).toEqual({
      plan: 'success',
      train: 'success',
      judge: 'success',
      tell: 'success',
      other: 'success',
    });
  });

  it('cannot be cancelled after its end, nor by a token that may only read', async () => {
    const path = `/repos/acme/app/actions/runs/${run.id}/cancel`;
    expect((await bench.request('POST', path, token({ actions: 'read' }))).status).toBe(403);
    expect((await bench.request('POST', path, token({ actions: 'write' }))).status).toBe(409);
  });

  it('says nothing on the way that GitHub would not say', () => {
    expect(bench.hub.violations).toEqual([]);
  });
});

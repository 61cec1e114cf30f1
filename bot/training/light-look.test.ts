import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GitHubClient } from '../../adapters/github/client.ts';
import { makePoint, makeProgress } from '../../core/training/progress.fixture.ts';
import type { Progress } from '../../core/training/progress.ts';
import { progressArtifactName, renderProgress } from '../../core/training/progress-file.ts';
import type { Run, RunJob } from '../../sandbox/actions-service/run.ts';
import { type BotBench, fullName, startBotBench } from '../../test/bot/bench.ts';
import { playJudge, upload } from '../../test/bot/judge.ts';
import { evaluate } from '../evaluate.ts';
import { freshState, type LookState, lookAtTraining } from './light-look.ts';
import type { TrainingWatch } from './watch.ts';

/** A client that keeps every request, and can answer one of them itself. */
function listening(client: GitHubClient, answers: Readonly<Record<string, () => unknown>> = {}) {
  const calls: string[] = [];
  const request = new Proxy(client.request, {
    apply: (target, self, args: [string, object]) => {
      calls.push(args[0]);
      const answer = answers[args[0]];
      return answer === undefined ? Reflect.apply(target, self, args) : answer();
    },
  });
  return { calls, client: { ...client, request, graphql: client.graphql } as GitHubClient };
}

const patch = 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}';
const params = 'models/flight-delay/params.json';

interface Training {
  readonly number: number;
  readonly head: string;
  readonly run: Run;
  readonly job: RunJob;
}

/** A pull request whose workflow has started, with one job for a GPU runner. */
async function start(bench: BotBench, branch: string): Promise<Training> {
  const { hub, service } = bench;
  const head = await bench.push('ben', branch, { [params]: `{"branch":"${branch}"}\n` });
  const number = await bench.openPull('ben', branch);
  const repository = hub.repository(fullName);
  const workflow = service.workflow(repository, '.github/workflows/gatehouse.yml', 'Gatehouse');
  const run = service.createRun({
    ...{ repository, headRepository: repository, workflow, event: 'pull_request', actor: hub.account('ben') },
    ...{ headBranch: branch, headSha: head, pullNumber: number, title: 'Gate', sha: head },
    ref: `refs/pull/${number}/merge`,
  });
  service.moveRun(run, 'in_progress');
  const job = service.addJob({ run, name: 'train', labels: ['self-hosted', 'gpu', 'a100'] });
  return { number, head, run, job };
}

describe('a light look at a training', () => {
  let bench: BotBench;
  let training: Training;
  let watch: TrainingWatch;
  let state: LookState = freshState;
  let uploads = 0;

  const check = async ({ head }: Training = training) => (await bench.checks(head)).at(-1);
  const begin = ({ job }: Training) =>
    bench.service.moveJob(job, { status: 'in_progress', runnerName: 'gpu-a100-2', runnerId: 1 });
  const leave = (text: string, { run }: Training = training, more: Readonly<Record<string, string>> = {}) => {
    uploads += 1;
    const name = progressArtifactName({ runAttempt: run.attempt, number: uploads });
    return upload(bench, run, name, { 'progress.json': text, ...more });
  };
  const say = (epoch: number, own: Partial<Progress> = {}) =>
    renderProgress(
      makeProgress(
        [1, epoch].map((each) =>
          makePoint({
            epoch: each,
            epochs: 20,
            metrics: { loss: 1 / each },
            at: `2026-11-21T10:${10 + each}:00Z`,
          }),
        ),
        { runId: training.run.id, runAttempt: training.run.attempt, ...own },
      ),
    );
  const look = async (own: Partial<LookState> = {}, answers?: Readonly<Record<string, () => unknown>>) => {
    const { calls, client } = listening(bench.client(), answers);
    const next = await lookAtTraining(bench.newDeps(client), watch, { ...state, looks: 0, ...own });
    expect(calls.length).toBeLessThanOrEqual(uploads > 100 ? 5 : 4);
    if (next !== 'ended') state = next;
    return { calls, next };
  };

  beforeAll(async () => {
    bench = await startBotBench();
    training = await start(bench, 'trains');
    const found = await evaluate(bench.newDeps(), training.number);
    if (found === null) throw new Error('nothing to watch');
    watch = found;
  });
  afterAll(() => bench.close());

  it('is asked for while the run goes on, with what base says of the model', () => {
    expect(watch).toEqual({
      ...{ number: training.number, headSha: training.head, queueMinutes: 30, runsOn: [] },
      ...{ run: { id: training.run.id, attempt: 1 }, earlierDurationsMs: [] },
    });
  });

  it('says nothing new of a job that is queued for a short time, and writes nothing', async () => {
    bench.hub.clock.advance(29 * 60);
    expect((await look()).calls).not.toContain(patch);
    expect((await look()).calls).toHaveLength(1);
  });

  it('says when no runner comes, and how to see which there are', async () => {
    bench.hub.clock.advance(2 * 60);
    const hidden = () => Promise.reject(Object.assign(new Error('Resource not accessible'), { status: 403 }));
    expect((await look({}, { 'GET /orgs/{org}/actions/runners': hidden })).calls).toContain(patch);
    expect(await check()).toMatchObject({
      status: 'in_progress',
      conclusion: null,
      output: {
        title: '⚠️ Not evaluated: no runner has come for job train in over 30 min',
        summary: expect.stringContaining('once it may read the self-hosted runners'),
      },
    });
    const broken = () => Promise.reject(new Error('no answer'));
    expect((await look({}, { 'GET /orgs/{org}/actions/runners': broken })).calls).toHaveLength(2);
  });

  it('lists the runners where the app may see them', async () => {
    const labels = [{ name: 'gpu', type: 'custom' }] as const;
    const runner = { id: 7, name: 'gpu-t4-1', isOnline: true, isBusy: false, labels };
    Object.assign(bench.service.hooks, { runners: () => [runner] });
    await look();
    expect((await check())?.output).toMatchObject({
      title: '⚠️ Not evaluated: no runner has the labels for job train in over 30 min',
      summary: expect.stringContaining('| `gpu-t4-1` | `gpu` | free | `self-hosted`, `a100` |'),
    });
  });

  it('takes that away when a runner came', async () => {
    begin(training);
    await look();
    const { title, summary } = (await check())?.output ?? {};
    expect(title).toBe(`⏳ Running for ${training.head.slice(0, 7)}: no result yet`);
    expect(summary).not.toContain('no runner');
    expect(summary).toMatch(/^### ⏳ Waiting/);
  });

  it('says how far the training is, once for each progress', async () => {
    await leave(say(6));
    expect((await look()).calls).toContain(patch);
    const shown = await check();
    expect(shown).toMatchObject({ status: 'in_progress', conclusion: null });
    expect(shown?.output.title).toBe(
      `⏳ Running for ${training.head.slice(0, 7)}: training, epoch 6 of 20 (30 %), about 14 min left`,
    );
    expect(shown?.output.summary).toContain('| 6 | 0.166667 |');
    expect(shown?.output.summary).toContain('xychart-beta');
    expect(shown?.output.summary).toContain('### ⏳ Waiting');
    expect(await bench.comments(training.number)).toHaveLength(1);
    expect((await bench.comments(training.number))[0]?.body).not.toContain('epoch');
    expect((await look()).calls).toHaveLength(1);
  });

  it('reads the newest of many, from either end of the list', async () => {
    for (let each = 0; each < 101; each += 1) await leave(say(7 + (each % 3)));
    await leave(say(19));
    await look();
    expect((await check())?.output.title).toContain('epoch 19 of 20');
  });

  it.each([
    ['another run', () => leave(say(20, { runId: 1 }))],
    ['another attempt', () => leave(say(20, { runAttempt: 7 }))],
    ['a conclusion', () => leave(say(20).replace('{', '{"conclusion":"success",'))],
    ['no JSON', () => leave('epoch=20')],
    ['another file', () => leave(say(20), training, { 'evidence.json': '{}' })],
    ['too much', () => leave('9'.repeat(2 ** 20), training, { 'x.bin': noise() })],
  ])('is not taken in by progress of %s, and reads it once', async (_, lie) => {
    await lie();
    expect((await look()).calls).not.toContain(patch);
    expect((await look()).calls).toHaveLength(2);
    expect((await check())?.output.title).toContain('epoch 19 of 20');
  });

  it('stands while the whole pull request is looked at again, and goes when the run is over', async () => {
    const before = await check();
    await evaluate(bench.newDeps(), training.number);
    expect(await check()).toEqual(before);
    bench.service.moveJob(training.job, { status: 'completed', conclusion: 'success' });
    expect((await look({ looks: 4 })).next).toBe('ended');
    bench.service.moveRun(training.run, 'completed', 'success');
    expect(await evaluate(bench.newDeps(), training.number)).toBeNull();
    expect(JSON.stringify(await check())).not.toContain('epoch 19');
  });

  it('never opens, ends or rewrites a check that has its conclusion', async () => {
    const other = await start(bench, 'decided');
    begin(other);
    const found = await evaluate(bench.newDeps(), other.number);
    await playJudge(bench, other.number);
    await evaluate(bench.newDeps(), other.number);
    await bench.approve('rita', other.number);
    await evaluate(bench.newDeps(), other.number);
    const before = await check(other);
    expect(before).toMatchObject({ status: 'completed', conclusion: 'success' });
    await leave(say(6, { runId: other.run.id }), other);
    const late = { ...freshState, working: true };
    const { calls, client } = listening(bench.client());
    expect(found).not.toBeNull();
    if (found !== null) await lookAtTraining(bench.newDeps(client), found, late);
    expect(calls).toContain('GET /repos/{owner}/{repo}/commits/{ref}/check-runs');
    expect(calls).not.toContain(patch);
    expect(await check(other)).toEqual(before);
  });
});

/** Bytes that no zip makes smaller. */
function noise(): string {
  let [text, seed] = ['', 1];
  while (text.length < 2 ** 20) {
    seed = (seed * 48_271) % 2_147_483_647;
    text += seed.toString(36);
  }
  return text;
}

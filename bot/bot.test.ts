import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { Probot, ProbotOctokit } from 'probot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAppClient } from '../adapters/github/app-client.ts';
import type { Pace } from '../adapters/github/budget/budget.ts';
import { makePoint, makeProgress } from '../core/training/progress.fixture.ts';
import { progressArtifactName, renderProgress } from '../core/training/progress-file.ts';
import { documentedLimits } from '../sandbox/hub/traffic.ts';
import { createHastyPace } from '../sandbox/pace.ts';
import { type BotBench, fullName, startBotBench } from '../test/bot/bench.ts';
import { playJudge, upload } from '../test/bot/judge.ts';
import { Bot } from './bot.ts';
import { webhookPath } from './intake/listener.ts';
import { silentLog } from './log.ts';
import { type Service, startService } from './service.ts';

const secret = randomBytes(32).toString('hex');
const params = 'models/flight-delay/params.json';

/** The function form: the object form does not switch throttling off. */
const TestOctokit = ProbotOctokit.defaults((options: object) => ({
  ...options,
  throttle: { enabled: false },
  retry: { enabled: false },
}));

/** The real app behind real signed webhooks; deliveries get lost, doubled and reordered. */
describe('the app, told by webhooks', () => {
  let bench: BotBench;
  let service: Service;
  let bot: Bot;
  const rest = async () => {
    for (let quiet = 0; quiet < 2; quiet += 1) {
      await bench.hub.settle();
      await bench.service.settle();
      await bot.idle();
    }
  };
  const checkOf = async (number: number) =>
    (await bench.checks((await bench.reader.pull(number)).head.sha)).at(-1);

  beforeAll(async () => {
    bench = await startBotBench({ webhookUrl: 'http://127.0.0.1:9/', webhookSecret: secret });
    const { hub, app } = bench;
    bot = new Bot({
      serverUrl: hub.url,
      privateKeys: [app.privateKey],
      log: silentLog,
      now: () => hub.clock.now(),
      retryDelaysMs: [10, 50],
      pace: createHastyPace(),
    });
    const probot = new Probot({
      appId: app.id,
      privateKey: app.privateKey,
      secret,
      baseUrl: hub.apiUrl,
      Octokit: TestOctokit,
      logLevel: 'fatal',
    });
    await probot.load(bot.app);
    service = await startService({
      ...{
        host: '127.0.0.1',
        port: 0,
        secrets: [secret],
        stateFolder: path.join(bench.bench.folder, 'state'),
      },
      work: (hint) => bot.work(hint),
      queued: () => bot.queued,
      lastReconcileAt: () => null,
      log: silentLog,
      now: () => new Date().toISOString(),
    });
    // A second repository of the same installation, without a commit.
    await hub.createRepository('acme/empty');
    hub.installApp(app.id, 'acme/empty');
    const made = hub.world.apps.get(app.id);
    if (made !== undefined) made.webhookUrl = `http://127.0.0.1:${service.port}${webhookPath}`;
  });
  afterAll(async () => {
    bot.stop();
    await service.close();
    await bench.close();
  });

  it('takes a proposal to the ledger without anybody calling it', async () => {
    await bench.push('ben', 'v1', { [params]: '{"v":1}\n' });
    const number = await bench.openPull('ben', 'v1');
    await rest();
    expect(await checkOf(number)).toMatchObject({ status: 'in_progress' });
    await playJudge(bench, number);
    await rest();
    await bench.approve('rita', number);
    await rest();
    expect(await checkOf(number)).toMatchObject({ conclusion: 'success' });
    await bench.merge('ada', number);
    await rest();
    expect((await bench.comments(number))[0]?.body).toContain('Written to the ledger');
  });

  it('comes to the same end when deliveries are lost, doubled and reordered, after one reconcile', async () => {
    let told = 0;
    bench.hub.setFaults({
      drop: () => told++ % 3 === 0,
      duplicate: () => told % 2 === 0,
      reorder: 3,
    });
    await bench.push('ben', 'v2', { [params]: '{"v":2}\n' });
    const number = await bench.openPull('ben', 'v2');
    await playJudge(bench, number);
    await rest();
    await bot.reconcile();
    await rest();
    await bench.approve('rita', number);
    await bench.merge('ada', number);
    await rest();
    await bot.reconcile();
    await rest();
    bench.hub.setFaults({});
    const ledger = await bench.reader.ledgerFiles('gatehouse-ledger');
    const versions = [...(ledger?.listing.keys() ?? [])].filter((path) => path.includes('/versions/'));
    expect(versions).toHaveLength(2);
    expect(await bench.comments(number)).toHaveLength(1);
  });

  it('brings the check of a training up to date once a minute, by itself and without an event', async () => {
    const { hub, service } = bench;
    const headSha = await bench.push('ben', 'v3', { [params]: '{"v":3}\n' });
    const number = await bench.openPull('ben', 'v3');
    const repository = hub.repository(fullName);
    const run = service.createRun({
      ...{ repository, headRepository: repository, event: 'pull_request', actor: hub.account('ben') },
      workflow: service.workflow(repository, '.github/workflows/gatehouse.yml', 'Gatehouse'),
      ...{ headBranch: 'v3', headSha, pullNumber: number, title: 'Gate', sha: headSha },
      ref: `refs/pull/${number}/merge`,
    });
    const job = service.addJob({ run, name: 'train', labels: ['gpu'] });
    service.moveRun(run, 'in_progress');
    service.moveJob(job, { status: 'in_progress', runnerName: 'gpu-1' });
    const titleAfter = async (seconds: number, epoch: number) => {
      const point = makePoint({ epoch, epochs: 20, at: hub.clock.now() });
      const progress = makeProgress([point], { runId: run.id, updatedAt: hub.clock.now() });
      const name = progressArtifactName({ runAttempt: 1, number: epoch });
      await upload(bench, run, name, { 'progress.json': renderProgress(progress) });
      hub.clock.advance(seconds);
      bot.watchTrainings();
      await bot.idle();
      return (await checkOf(number))?.output.title;
    };
    await rest();
    const waiting = await titleAfter(0, 1);
    expect(waiting).toMatch(/^⏳ Waiting/);
    expect(await titleAfter(30, 2)).toBe(waiting);
    expect(await titleAfter(31, 3)).toContain('training, epoch 3 of 20 (15 %)');
    expect(await titleAfter(1, 4)).toContain('epoch 3 of 20');
    await bot.reconcile();
    await rest();
    expect(await titleAfter(60, 5)).toContain('epoch 5 of 20');
    const message = 'The self-hosted runner: gpu-1 lost communication with the server.';
    const lost = { level: 'failure', path: '.github', line: 1, title: '', message } as const;
    service.moveJob(job, { status: 'completed', conclusion: 'failure', annotations: [lost] });
    service.moveRun(run, 'completed', 'failure');
    await rest();
    expect(await titleAfter(600, 6)).toBe(
      '⚠️ Not evaluated: The runner was lost (job train). This says nothing about the model',
    );
  });

  it('answers a command once, though its event comes twice', async () => {
    await bench.push('ben', 'asked', { [params]: '{"v":"asked"}\n' });
    const number = await bench.openPull('ben', 'asked');
    bench.hub.setFaults({ duplicate: () => true });
    await bench.bench.call(bench.tokens.ben ?? '', 'POST', `/repos/${fullName}/issues/${number}/comments`, {
      body: '/gatehouse run 0123456',
    });
    await rest();
    bench.hub.setFaults({});
    const replies = (await bench.comments(number)).filter(({ body }) => body.includes('trains by itself'));
    expect(replies.map(({ login }) => login)).toEqual(['gatehouse[bot]']);
  });

  it("keeps GitHub's limits, and doubles nothing when answers are lost after the work was done", async () => {
    const { hub, app } = bench;
    const pace: Pace = {
      nowMs: () => hub.clock.nowMs(),
      wait: async (ms) => hub.clock.advance(ms / 1000),
      patienceMs: Number.POSITIVE_INFINITY,
    };
    const numbers: number[] = [];
    for (const branch of ['limit-1', 'limit-2']) {
      await bench.push('ben', branch, { [params]: `{"v":"${branch}"}\n` });
      numbers.push(await bench.openPull('ben', branch));
      await playJudge(bench, numbers.at(-1) ?? 0);
    }
    await rest();
    // Nothing of what the first bot did is there: this one does all of it, under limits and lost answers.
    await forget(bench, numbers);
    hub.setFaults({ drop: () => true });
    let writes = 0;
    hub.traffic.set({
      limits: documentedLimits,
      fault: ({ mutates, path }) => {
        writes += mutates && path !== '/graphql' ? 1 : 0;
        return mutates && path !== '/graphql' && writes % 3 === 0 ? 'answer lost' : null;
      },
    });
    const limited = new Bot({
      ...{ serverUrl: hub.url, privateKeys: [app.privateKey], log: silentLog, pace },
      ...{ now: () => hub.clock.now(), retryDelaysMs: [1, 1, 1] },
      client: createAppClient({ appId: app.id, privateKey: app.privateKey, apiUrl: hub.apiUrl }),
    });
    await limited.reconcileOne(fullName);
    await limited.idle();
    expect(writes).toBeGreaterThan(8);
    const { refused } = hub.traffic;
    hub.traffic.set({});
    hub.setFaults({});
    expect(refused).toBe(0);
    for (const number of numbers) {
      const { head } = await bench.reader.pull(number);
      expect(await bench.comments(number)).toHaveLength(1);
      expect(await bench.checks(head.sha)).toHaveLength(1);
      expect(await bench.checks(head.sha, 'gatehouse evidence')).toHaveLength(1);
    }
  });

  it('writes a merge down when the hour is nearly used up, and puts everything else off', async () => {
    const { hub, app } = bench;
    await bench.push('ben', 'late', { [params]: '{"v":"late"}\n' });
    const number = await bench.openPull('ben', 'late');
    await playJudge(bench, number);
    await rest();
    await bench.approve('rita', number);
    await rest();
    hub.setFaults({ drop: () => true });
    await bench.merge('ada', number);
    await bench.push('ben', 'waits', { [params]: '{"v":"waits"}\n' });
    const open = await bench.openPull('ben', 'waits');
    hub.traffic.set({
      limits: { ...documentedLimits, requestsAnHour: 1_250, graphqlPointsAnHour: 1_250, betweenWritesMs: 0 },
    });
    const used = hub.traffic.use(app.installation, 1_000);
    expect(used).toBe(250);
    const limited = new Bot({
      ...{ serverUrl: hub.url, privateKeys: [app.privateKey], log: silentLog, pace: createHastyPace() },
      ...{ now: () => hub.clock.now(), retryDelaysMs: [1] },
      client: createAppClient({ appId: app.id, privateKey: app.privateKey, apiUrl: hub.apiUrl }),
    });
    const look = (each: number) =>
      limited.work({
        ...{ event: 'pull_request', delivery: 'x', repository: fullName, installation: app.installation },
        looks: [{ kind: 'pull', number: each }],
      });
    void look(open);
    expect(await look(number)).toBe(true);
    limited.stop();
    hub.traffic.set({});
    hub.setFaults({});
    expect((await bench.comments(number))[0]?.body).toContain('Written to the ledger');
    expect(await checkOf(open)).toBeUndefined();
  });

  it('renews a check that waits, before GitHub gives it up after two weeks', async () => {
    await bench.push('ben', 'patient', { [params]: '{"v":"patient"}\n' });
    const number = await bench.openPull('ben', 'patient');
    await rest();
    const { head } = await bench.reader.pull(number);
    const statesAfter = async (days: number) => {
      bench.hub.clock.advance(days * 86_400);
      await bot.work({
        ...{ event: 'pull_request', delivery: 'x', repository: fullName },
        ...{ installation: bench.app.installation, looks: [{ kind: 'pull', number }] },
      });
      await rest();
      return (await bench.checks(head.sha)).map(({ conclusion }) => conclusion);
    };
    expect(await statesAfter(12)).toEqual([null]);
    expect(await statesAfter(1.01)).toEqual(['cancelled', null]);
    expect(await statesAfter(1)).toEqual(['cancelled', null]);
  });

  it('holds tokens that reach one repository each, or nothing but names', () => {
    const tokens = [...bench.hub.world.tokens.values()].filter(({ kind }) => kind === 'installation');
    const wide = tokens.filter((token) => 'repositoryIds' in token && token.repositoryIds.size > 1);
    expect(tokens.length - wide.length).toBeGreaterThan(2);
    expect(wide.length).toBeGreaterThan(0);
    for (const token of wide)
      expect('permissions' in token && token.permissions).toEqual({ metadata: 'read' });
  });

  it('has crossed out every delivery that it took', async () => {
    const answer = await fetch(`http://127.0.0.1:${service.port}/healthz`);
    expect(await answer.json()).toMatchObject({ ready: true, pending: 0, queue: 0 });
    expect(bench.hub.world.deliveries.length).toBeGreaterThan(20);
  });
});

/** Takes away what the app has written about these pull requests. */
async function forget({ hub, reader }: BotBench, numbers: readonly number[]): Promise<void> {
  const { checkRuns, comments } = hub.repository(fullName);
  for (const number of numbers) {
    const { head } = await reader.pull(number);
    for (const [id, run] of checkRuns) if (run.headSha === head.sha) checkRuns.delete(id);
    for (const [id, comment] of comments) if (comment.issue === number) comments.delete(id);
  }
}

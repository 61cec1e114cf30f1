import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BotBench, startBotBench } from '../test/bot/bench.ts';
import { playJudge } from '../test/bot/judge.ts';
import { playMonitor } from '../test/bot/monitor.ts';
import { align } from './align.ts';
import { evaluate } from './evaluate.ts';

const model = 'models/flight-delay';

describe('an emergency, its review, and a return by itself', () => {
  let bench: BotBench;
  const read = async (path: string) =>
    (await (await bench.reader.ledgerFiles('gatehouse-ledger'))?.read(path)) ?? '';
  const onMain = async (path: string) =>
    Buffer.from(
      (await bench.reader.file(path, (await bench.reader.branchHead('main')) ?? '')) ?? [],
    ).toString();
  const look = (number: number) => evaluate(bench.newDeps(), number);
  const ask = async (
    branch: string,
    files: Readonly<Record<string, string>>,
    ...approvers: readonly string[]
  ) => {
    await bench.push('ben', branch, files);
    const number = await bench.openPull('ben', branch);
    await look(number);
    for (const login of approvers) await bench.approve(login, number);
    await look(number);
    return number;
  };
  const conclusionOf = async (number: number) => {
    const { head } = await bench.reader.pull(number);
    return (await bench.checks(head.sha)).at(-1);
  };
  const settle = async (number: number) => {
    await bench.merge('ada', number);
    await look(number);
  };
  const propose = async (branch: string, auc: number) => {
    await bench.push('ben', branch, { [`${model}/params.json`]: `{"branch":"${branch}"}\n` });
    const number = await bench.openPull('ben', branch);
    await playJudge(bench, number, { auc });
    await look(number);
    await bench.approve('rita', number);
    await settle(number);
  };
  const inHours = (hours: number) =>
    new Date(Date.parse(bench.hub.clock.now()) + hours * 3_600_000).toISOString().replace('.000Z', 'Z');
  const request = (hours: number, version = 2) =>
    `version: 1\nmodel: flight-delay\nproduction: { eu: ${version} }\nuntil: "${inHours(hours)}"\nreason: eu answers nothing\nby: ben\n`;

  beforeAll(async () => {
    bench = await startBotBench();
    const policy = (await onMain('.github/gatehouse.yml')).replace(
      '  repository: acme/gatehouse\n',
      '  repository: acme/gatehouse\n  monitor-workflow: monitor-model.yml\n',
    );
    const watched =
      'rollback-triggers:\n  - { name: errors, metric: error-rate, above: 0.02, window-minutes: 10 }\n';
    await bench.push('ada', 'main', {
      '.github/gatehouse.yml': `${policy}break-glass: { hours: 4, max-per-30-days: 2, review-within-hours: 24 }\n`,
      [`${model}/model.yml`]: (await onMain(`${model}/model.yml`)) + watched,
    });
    await propose('v1', 0.65);
    await propose('v2', 0.66);
    await bench.push('ben', 'eu-1', { [`${model}/stages.yml`]: 'production: { eu: 1 }\n' });
    const first = await bench.openPull('ben', 'eu-1');
    await playJudge(bench, first);
    await look(first);
    await bench.approve('omar', first);
    await settle(first);
  });
  afterAll(() => bench.close());

  it('two governors put a version into production that nobody judged, and everybody can read that', async () => {
    const files = {
      [`${model}/stages.yml`]: 'production: { eu: 2 }\n',
      'break-glass/outage.yml': request(2),
    };
    const number = await ask('outage', files, 'omar');
    expect(await conclusionOf(number)).toMatchObject({ status: 'in_progress' });
    await bench.approve('ada', number);
    await look(number);
    expect(await conclusionOf(number)).toMatchObject({ conclusion: 'success' });
    expect((await bench.comments(number))[0]?.body).toContain('By break-glass');
    await settle(number);
    expect(await read('endpoints/eu/flight-delay.yml')).toMatch(/champion: 2\nprevious: 1/);
    expect(await read(`${model}/state.yml`)).toContain('how: promoted by break-glass');
    expect(await conclusionOf(number)).toMatchObject({
      output: { title: expect.stringContaining('by break-glass') },
    });
    const [comment] = await bench.comments(number);
    expect(comment?.body).toContain('review');
    for (const page of ['README.md', `${model}/MODEL_CARD.md`])
      expect(await read(page)).toContain('by break-glass');
  });

  it('its review is a pull request that governors approve, and an event of the ledger', async () => {
    const text = 'version: 1\nmodel: flight-delay\npull-request: 4\nfound: a bad deploy\nby: ben\n';
    const number = await ask('review', { 'break-glass/outage.review.yml': text }, 'omar');
    expect(await conclusionOf(number)).toMatchObject({ conclusion: 'success' });
    await settle(number);
    const last = (await bench.newDeps().book.read(bench.reader, bench.identity, place)).events.at(-1);
    expect(last?.data).toMatchObject({ type: 'BreakGlassReviewed', pullRequest: 4 });
    // A second look finds it done.
    await look(number);
    expect(await conclusionOf(number)).toMatchObject({ conclusion: 'success' });
  });

  it('signed observations that are none of a trigger move nothing, and each says why', async () => {
    const codes: unknown[] = [];
    const note = (facts: Readonly<Record<string, unknown>>) => codes.push(facts.code ?? facts.codes);
    const deps = { ...bench.newDeps(), log: { info: note, warn: note } };
    const before = await bench.reader.branchHead('gatehouse-ledger');
    await playMonitor(bench, { event: 'workflow_dispatch' });
    await playMonitor(bench, { claims: { event_name: 'workflow_dispatch' } });
    await playMonitor(bench, { claims: { ref: 'refs/heads/evil' } });
    await playMonitor(bench, { claims: { job_workflow_sha: 'f'.repeat(40) } });
    await playMonitor(bench, { swapText: (text) => text.replace('0.031', '0.032') });
    await playMonitor(bench, { observed: { observed: 0.02 } });
    await playMonitor(bench, { observed: { version: 1 } });
    await align(deps);
    expect(codes).toEqual([
      ...['receipt/event', 'receipt/branch', 'receipt/workflow-commit', 'receipt/audience'],
      ...[['receipt/trigger'], ['receipt/champion']],
    ]);
    expect(await bench.reader.branchHead('gatehouse-ledger')).toBe(before);
  });

  it('an honest one returns the endpoint once, without a person, and a pull request aligns the file', async () => {
    await playMonitor(bench);
    await align(bench.newDeps());
    const endpoint = await read('endpoints/eu/flight-delay.yml');
    expect(endpoint).toContain('champion: 1\n');
    expect(endpoint).not.toContain('previous: 2');
    expect(await read(`${model}/state.yml`)).toContain('how: rolled back by trigger');
    const after = await bench.reader.branchHead('gatehouse-ledger');
    await align(bench.newDeps());
    await playMonitor(bench);
    await align(bench.newDeps());
    expect(await bench.reader.branchHead('gatehouse-ledger')).toBe(after);
    await align(bench.newDeps());
    const [pull] = await bench.reader.pulls({ state: 'open', head: 'acme:gatehouse/align-flight-delay' });
    expect(pull?.body).toContain('trigger errors');
    expect(pull?.body).toContain('the ledger says archived');
  });

  it('whoever looks at the emergency afterwards changes nothing', async () => {
    const after = await bench.reader.branchHead('gatehouse-ledger');
    await look(4);
    expect(await bench.reader.branchHead('gatehouse-ledger')).toBe(after);
  });
});

const place = { branch: 'gatehouse-ledger', layout: 'own', anchorBranch: 'main' } as const;

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordedGaps } from '../core/audit/recorded-gaps.ts';
import { parseTransaction } from '../core/audit/transaction.ts';
import { parseIncidentsFile } from '../core/registry/incidents-file.ts';
import { incidentsPath, isTransactionPath } from '../core/registry/layout.ts';
import { type BotBench, fullName, startBotBench } from '../test/bot/bench.ts';
import { playJudge } from '../test/bot/judge.ts';
import { evaluate } from './evaluate.ts';

/** One story from proposal to production, as the app sees it; each step rests on the one before. */
describe('evaluate', () => {
  let bench: BotBench;
  const model = 'models/flight-delay';

  beforeAll(async () => {
    bench = await startBotBench();
  });
  afterAll(async () => {
    const { violations } = bench.hub;
    await bench.close();
    expect(violations).toEqual([]);
  });

  it('lets an unrelated pull request through at once and says nothing on it', async () => {
    const head = await bench.push('ben', 'readme', { 'README.md': 'More\n' });
    const number = await bench.openPull('ben', 'readme');
    await evaluate(bench.newDeps(), number);
    expect(await bench.checks(head)).toMatchObject([{ status: 'completed', conclusion: 'success' }]);
    expect(await bench.comments(number)).toEqual([]);
  });

  it('takes a proposal from waiting to the ledger', async () => {
    const head = await bench.push('ben', 'v1', {
      [`${model}/params.json`]: '{"features":["hour","weekday"]}\n',
    });
    const number = await bench.openPull('ben', 'v1');
    await evaluate(bench.newDeps(), number);
    expect(await bench.checks(head)).toMatchObject([{ status: 'in_progress' }]);
    expect(await bench.checks(head, 'gatehouse evidence')).toEqual([]);

    await playJudge(bench, number);
    await evaluate(bench.newDeps(), number);
    expect(await bench.checks(head)).toMatchObject([
      { status: 'in_progress', output: { title: expect.stringContaining('approval') } },
    ]);
    expect(await bench.checks(head, 'gatehouse evidence')).toMatchObject([
      { status: 'completed', conclusion: 'neutral', external_id: expect.stringMatching(/^sha256:/) },
    ]);
    expect((await bench.reader.pull(number)).requestedReviewers).toEqual(expect.arrayContaining(['rita']));

    await bench.approve('rita', number);
    await evaluate(bench.newDeps(), number);
    expect(await bench.checks(head)).toMatchObject([{ status: 'completed', conclusion: 'success' }]);

    const merge = await bench.merge('ada', number);
    await evaluate(bench.newDeps(), number);
    const ledger = await bench.reader.ledgerFiles('gatehouse-ledger');
    expect([...(ledger?.listing.keys() ?? [])]).toEqual(
      expect.arrayContaining([
        `${model}/versions/0001.yml`,
        `${model}/state.yml`,
        'audit/HEAD.json',
        'README.md',
      ]),
    );
    expect(await ledger?.read(`${model}/state.yml`)).toContain("'1': staging");
    expect(await ledger?.read(`${model}/state.yml`)).toContain('looks: 1');
    expect(await bench.checks(merge)).toMatchObject([
      { external_id: expect.stringMatching(/^anchor:3:sha256:/) },
    ]);
    expect(await bench.comments(number)).toMatchObject([
      { login: 'gatehouse[bot]', body: expect.stringContaining('Written to the ledger') },
    ]);
  });

  it('writes nothing more when it looks again', async () => {
    const before = await bench.reader.branchHead('gatehouse-ledger');
    const pulls = await bench.reader.pulls({ state: 'closed' });
    const number = pulls.find(({ head }) => head.ref === 'v1')?.number ?? 0;
    const [comment] = await bench.comments(number);
    await evaluate(bench.newDeps(), number);
    await evaluate(bench.newDeps(), number);
    expect(await bench.reader.branchHead('gatehouse-ledger')).toBe(before);
    expect(await bench.comments(number)).toEqual([comment]);
  });

  it('counts a result once, however often it is found, and another result of the same model again', async () => {
    const looks = async () => {
      const ledger = await bench.reader.ledgerFiles('gatehouse-ledger');
      return /looks: (\d+)/.exec((await ledger?.read(`${model}/state.yml`)) ?? '')?.[1];
    };
    const head = await bench.push('ben', 'v2', { [`${model}/params.json`]: '{"features":["month"]}\n' });
    const number = await bench.openPull('ben', 'v2');
    await playJudge(bench, number, { auc: 0.66 });
    await evaluate(bench.newDeps(), number);
    const after = await bench.reader.branchHead('gatehouse-ledger');
    expect(await looks()).toBe('2');
    const [evidence] = await bench.checks(head, 'gatehouse evidence');
    await playJudge(bench, number, { auc: 0.66 });
    await evaluate(bench.newDeps(), number);
    expect(await bench.reader.branchHead('gatehouse-ledger')).toBe(after);
    // Another answer to the same question was there to see, so it is counted; the first one stands.
    await playJudge(bench, number, { auc: 0.67 });
    await evaluate(bench.newDeps(), number);
    expect(await looks()).toBe('3');
    expect(await bench.checks(head, 'gatehouse evidence')).toEqual([evidence]);
    // Other bytes are another question: another result is another subject; the count itself is in none.
    await playJudge(bench, number, { auc: 0.68, bytes: 'other' });
    await evaluate(bench.newDeps(), number);
    expect(await looks()).toBe('4');
    const text = 'Different results that this pull request was judged with: ';
    expect((await bench.comments(number))[0]?.body).toContain(`${text}3`);
    // Whoever deletes the runs that were not lucky deletes no count.
    const runs = [...bench.service.runs.values()].filter((run) => run.pullNumber === number);
    for (const run of runs.slice(0, -1)) (bench.service.runs as Map<number, unknown>).delete(run.id);
    await evaluate(bench.newDeps(), number);
    expect((await bench.comments(number))[0]?.body).toContain(`${text}3`);
    expect((await bench.checks(head, 'gatehouse evidence')).map(({ id }) => id)).toContain(evidence?.id);
    expect(await bench.checks(head, 'gatehouse evidence')).toHaveLength(2);
  });

  it('promotes to production when the owner approves', async () => {
    const head = await bench.push('ben', 'promote', { [`${model}/stages.yml`]: 'production: { eu: 1 }\n' });
    const number = await bench.openPull('ben', 'promote');
    await playJudge(bench, number);
    await evaluate(bench.newDeps(), number);
    await bench.approve('rita', number);
    await evaluate(bench.newDeps(), number);
    expect(await bench.checks(head)).toMatchObject([{ status: 'in_progress' }]);
    await bench.approve('omar', number);
    await evaluate(bench.newDeps(), number);
    expect(await bench.checks(head)).toMatchObject([{ conclusion: 'success' }]);
    await bench.merge('ada', number, 'squash');
    await evaluate(bench.newDeps(), number);
    const ledger = await bench.reader.ledgerFiles('gatehouse-ledger');
    expect(await ledger?.read('endpoints/eu/flight-delay.yml')).toContain('champion: 1');
    const entries = [...(ledger?.listing.keys() ?? [])].filter(isTransactionPath).sort();
    const last = parseTransaction((await ledger?.read(entries.at(-1) ?? '')) ?? '', 'entry');
    expect([...recordedGaps([last]).values()]).toEqual([
      [expect.stringContaining('base branch main (the check'), expect.stringContaining('ledger branch')],
    ]);
  });

  it('says "merged, not promoted" when an admin merges without approval, and never promotes it later', async () => {
    await bench.push('ben', 'sneak', { [`${model}/params.json`]: '{"features":["distance"]}\n' });
    const number = await bench.openPull('ben', 'sneak');
    await playJudge(bench, number);
    await evaluate(bench.newDeps(), number);
    const merge = await bench.merge('ada', number);
    await evaluate(bench.newDeps(), number);
    expect((await bench.comments(number))[0]?.body).toContain('Merged, not promoted');
    expect((await bench.checks(merge)).at(-1)).toMatchObject({
      conclusion: 'failure',
      external_id: `not-promoted:${number}`,
      output: { summary: expect.stringContaining('Who mends it: the governors and the owner (governor ada') },
    });
    const ledger = await bench.reader.ledgerFiles('gatehouse-ledger');
    const incidents = parseIncidentsFile((await ledger?.read(incidentsPath)) ?? '', incidentsPath);
    expect(incidents.incidents).toMatchObject([
      { pullRequest: number, reason: 'waiting', commit: merge, by: { login: 'ada' }, closed: null },
    ]);
    const before = ledger?.head;
    await bench.bench.call(bench.tokens.rita ?? '', 'POST', `/repos/${fullName}/pulls/${number}/reviews`, {
      event: 'APPROVE',
    });
    await evaluate(bench.newDeps(), number);
    expect(await bench.reader.branchHead('gatehouse-ledger')).toBe(before);
  });
});

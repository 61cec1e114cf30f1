import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BotBench, startBotBench } from '../test/bot/bench.ts';
import { playJudge } from '../test/bot/judge.ts';
import { evaluate } from './evaluate.ts';

const model = 'models/flight-delay';

async function propose(bench: BotBench, branch: string, auc = 0.65): Promise<number> {
  await bench.push('ben', branch, { [`${model}/params.json`]: `{"branch":"${branch}"}\n` });
  const number = await bench.openPull('ben', branch);
  await playJudge(bench, number, { auc });
  await evaluate(bench.newDeps(), number);
  await bench.approve('rita', number);
  await bench.merge('ada', number);
  await evaluate(bench.newDeps(), number);
  return number;
}

async function ask(bench: BotBench, branch: string, text: string, judge = true): Promise<number> {
  await bench.push('ben', branch, { [`${model}/stages.yml`]: text });
  const number = await bench.openPull('ben', branch);
  if (judge) await playJudge(bench, number);
  await evaluate(bench.newDeps(), number);
  await bench.approve('omar', number);
  await evaluate(bench.newDeps(), number);
  return number;
}

describe.each([undefined, 'main'])('a ledger on branch %s', (ledgerBranch) => {
  let bench: BotBench;
  const branch = ledgerBranch ?? 'gatehouse-ledger';
  const read = async (path: string) => (await bench.reader.ledgerFiles(branch))?.read(path);

  beforeAll(async () => {
    bench = await startBotBench(ledgerBranch === undefined ? {} : { ledgerBranch });
  });
  afterAll(() => bench.close());

  it('takes two versions', async () => {
    await propose(bench, 'v1');
    await propose(bench, 'v2', 0.66);
    expect(await read(`${model}/versions/0002.yml`)).toContain('version: 2');
  });

  it('takes a promotion, merged by squash', async () => {
    const first = await ask(bench, 'eu-1', 'production: { eu: 1 }\n');
    await bench.merge('ada', first, 'squash');
    await evaluate(bench.newDeps(), first);
    expect(await read('endpoints/eu/flight-delay.yml')).toContain('champion: 1');
  });

  it('takes the one that replaces it, merged by rebase, and remembers the first', async () => {
    const later = await ask(bench, 'eu-2', 'production: { eu: 2 }\n');
    await bench.merge('ada', later, 'rebase');
    await evaluate(bench.newDeps(), later);
    expect(await read('endpoints/eu/flight-delay.yml')).toMatch(/champion: 2\nprevious: 1/);
  });

  it('goes back by one line that nothing has to judge, and a late look does not undo it', async () => {
    const back = await ask(bench, 'back', 'production: { eu: 1 }\n', false);
    await bench.merge('ada', back);
    await evaluate(bench.newDeps(), back);
    expect(await read('endpoints/eu/flight-delay.yml')).toContain('champion: 1');
    const replaced = (await bench.reader.pulls({ state: 'closed' })).find(({ head }) => head.ref === 'eu-2');
    await evaluate(bench.newDeps(), replaced?.number ?? 0);
    expect(await read('endpoints/eu/flight-delay.yml')).toContain('champion: 1');
  });

  it('refuses a hand edit of its files', async () => {
    await bench.push('ben', 'edit', { 'endpoints/eu/flight-delay.yml': 'champion: 2\n' });
    const number = await bench.openPull('ben', 'edit');
    await evaluate(bench.newDeps(), number);
    const { head } = await bench.reader.pull(number);
    const conclusion = ledgerBranch === undefined ? 'success' : 'failure';
    expect(await bench.checks(head.sha)).toMatchObject([{ conclusion }]);
  });
});

describe('two results at once', () => {
  let bench: BotBench;
  beforeAll(async () => {
    bench = await startBotBench();
  });
  afterAll(() => bench.close());

  it('are two looks, whoever is first, and neither freezes the ledger for the other', async () => {
    const numbers: number[] = [];
    for (const [at, branch] of ['a', 'b'].entries()) {
      await bench.push('ben', branch, { [`${model}/params.json`]: `{"branch":"${branch}"}\n` });
      numbers.push(await bench.openPull('ben', branch));
      await playJudge(bench, numbers[at] ?? 0, { auc: 0.65 + at / 100 });
    }
    // Each is another process: nothing but GitHub stands between them.
    await Promise.all(numbers.map((number) => evaluate(bench.newDeps(), number)));
    const ledger = await bench.reader.ledgerFiles('gatehouse-ledger');
    expect(await ledger?.read(`${model}/state.yml`)).toContain('looks: 2');
    for (const number of numbers) {
      const { head } = await bench.reader.pull(number);
      expect(await bench.checks(head.sha)).toMatchObject([{ status: 'in_progress' }]);
    }
  });
});

describe('two merges at once', () => {
  let bench: BotBench;
  beforeAll(async () => {
    bench = await startBotBench();
    await propose(bench, 'v1');
    await propose(bench, 'v2', 0.66);
  });
  afterAll(() => bench.close());

  it('promote one champion, and send the other back: it was never compared with the new one', async () => {
    const one = await ask(bench, 'one', 'production: { eu: 1 }\n');
    await bench.push('ben', 'two', { [`${model}/stages.yml`]: 'production: { eu: 2 }\n' });
    await bench.merge('ada', one);
    const conflicting = await bench.openPull('ben', 'two');
    // Judged before the first promotion was recorded: against no champion.
    await playJudge(bench, conflicting);
    await Promise.all([
      evaluate(bench.newDeps(), one),
      evaluate(bench.newDeps(), one),
      evaluate(bench.newDeps(), conflicting),
    ]);
    const ledger = await bench.reader.ledgerFiles('gatehouse-ledger');
    const entries = [...(ledger?.listing.keys() ?? [])].filter((path) => /\d{6}\.json$/.test(path));
    // Two versions, a promotion, and three looks: the judge found for v2 another result than for its proposal.
    expect(entries).toHaveLength(6);
    await evaluate(bench.newDeps(), conflicting);
    const { head } = await bench.reader.pull(conflicting);
    expect((await bench.checks(head.sha)).at(-1)).toMatchObject({ conclusion: 'failure' });
  });

  it('that one process meets together are written as they were merged, and the later is told what it never met', async () => {
    await propose(bench, 'v3', 0.67);
    const earlier = await ask(bench, 'to-2', 'production: { eu: 2 }\n');
    await bench.merge('ada', earlier);
    // Nobody has recorded it yet: this one is judged against v1 as well.
    const later = await ask(bench, 'to-3', 'production: { eu: 3 }\n');
    await bench.merge('ada', later);
    const deps = bench.newDeps();
    await Promise.all([evaluate(deps, later), evaluate(deps, earlier)]);
    const ledger = await bench.reader.ledgerFiles('gatehouse-ledger');
    expect(await ledger?.read('endpoints/eu/flight-delay.yml')).toMatch(/champion: 2\nprevious: 1/);
    const [comment] = await bench.comments(later);
    expect(comment?.body).toContain('Merged, not promoted');
    expect(comment?.body).toContain('It was compared with v1 at eu; v2 at eu serves now');
  });
});

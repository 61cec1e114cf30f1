import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GitHubClient } from '../adapters/github/client.ts';
import { type BotBench, startBotBench } from '../test/bot/bench.ts';
import { playJudge } from '../test/bot/judge.ts';
import { evaluate } from './evaluate.ts';

/** A client whose n-th call fails, before it is sent or after GitHub did what was asked. */
function failing(client: GitHubClient, at: number, when: 'before' | 'after') {
  let calls = 0;
  let fired = false;
  const guard = async <T>(send: () => Promise<T>): Promise<T> => {
    calls += 1;
    if (calls !== at) return send();
    fired = true;
    if (when === 'after') await send().catch(() => undefined);
    throw new Error(`crash at call ${at}`);
  };
  const wrap = <F extends (...args: never[]) => Promise<unknown>>(call: F): F =>
    new Proxy(call, { apply: (target, self, args) => guard(() => Reflect.apply(target, self, args)) });
  return {
    client: { request: wrap(client.request), graphql: wrap(client.graphql) } as GitHubClient,
    fired: () => fired,
  };
}

/** Looks again and again, each time as a fresh process that dies one call later, until a look survives. */
async function crashThrough(bench: BotBench, number: number, when: 'before' | 'after'): Promise<number> {
  for (let at = 1; ; at += 1) {
    const { client, fired } = failing(bench.client(), at, when);
    await evaluate(bench.newDeps(client), number).catch(() => undefined);
    if (!fired()) return at;
  }
}

/** Before a call is what was after the one before it, but for writes whose answer was lost: those are in every run. */
const moments = process.env.GATEHOUSE_LONG === '1' ? (['before', 'after'] as const) : (['after'] as const);

describe.each(moments)('a crash %s the answer of any call', (when) => {
  let bench: BotBench;
  let number = 0;
  let head = '';

  beforeAll(async () => {
    bench = await startBotBench();
    head = await bench.push('ben', 'v1', { 'models/flight-delay/params.json': '{"features":[]}\n' });
    number = await bench.openPull('ben', 'v1');
    await playJudge(bench, number);
  });
  afterAll(() => bench.close());

  const entries = async () => {
    const ledger = await bench.reader.ledgerFiles('gatehouse-ledger');
    return [...(ledger?.listing.keys() ?? [])].filter((path) => /audit\/.*\d{6}\.json$/.test(path));
  };
  const anchorsOn = async (sha: string) =>
    (await bench.checks(sha)).map(({ external_id }) => external_id.split(':').slice(0, 2).join(':'));

  it('before the merge leaves one comment, one evidence check, one decision and one counted look', async () => {
    expect(await crashThrough(bench, number, when)).toBeGreaterThan(15);
    expect(await bench.comments(number)).toHaveLength(1);
    expect(await bench.checks(head, 'gatehouse evidence')).toHaveLength(1);
    expect((await bench.checks(head)).filter(({ status }) => status === 'in_progress')).toHaveLength(1);
    expect(await entries()).toHaveLength(1);
    expect(await anchorsOn((await bench.reader.branchHead('main')) ?? '')).toEqual(['anchor:1']);
  });

  it('after the merge leaves one version, one anchor and a comment that tells of both', async () => {
    await bench.approve('rita', number);
    await evaluate(bench.newDeps(), number);
    const merge = await bench.merge('ada', number);
    expect(await crashThrough(bench, number, when)).toBeGreaterThan(8);
    const ledger = await bench.reader.ledgerFiles('gatehouse-ledger');
    const paths = [...(ledger?.listing.keys() ?? [])];
    expect(paths.filter((path) => path.includes('/versions/'))).toEqual([
      'models/flight-delay/versions/0001.yml',
    ]);
    // The look of before, and the registration.
    expect(await entries()).toHaveLength(2);
    expect(await anchorsOn(merge)).toEqual(['anchor:3']);
    expect(await bench.comments(number)).toMatchObject([
      { body: expect.stringContaining('Written to the ledger') },
    ]);
  });
});

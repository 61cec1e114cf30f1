import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Budget, type Pace } from './budget.ts';
import { type Cost, toCost } from './cost.ts';
import { type LimitedAnswer, readLimit } from './limit-answer.ts';
import { withReserve } from './reserve.ts';

const read: Cost = { resource: 'core', mutates: false, points: 1, content: 0 };
const edit: Cost = { resource: 'core', mutates: true, points: 5, content: 0 };
const post: Cost = { ...edit, content: 1 };
const ok: LimitedAnswer = { status: 200, headers: {}, data: {} };
const left = (remaining: number, resetMs: number, limit = 5_000): LimitedAnswer => ({
  ...ok,
  headers: {
    ...{ 'x-ratelimit-limit': String(limit), 'x-ratelimit-remaining': String(remaining) },
    'x-ratelimit-reset': String(resetMs / 1000),
  },
});
const failed = (status: number, headers: LimitedAnswer['headers'] = {}, message = '') =>
  Object.assign(new Error(`HTTP ${status}`), { status, response: { status, headers, data: { message } } });
const secondary = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';

/** A clock that stands still but for waits. */
function standing(patienceMs = Number.POSITIVE_INFINITY) {
  let now = 1_000_000_000;
  const waits: number[] = [];
  const pace: Pace = {
    nowMs: () => now,
    async wait(ms) {
      waits.push(ms);
      now += ms;
    },
    patienceMs,
  };
  return { pace, waits, now: () => now, pass: (ms: number) => (now += ms) };
}

/** Answers one after the other; when each was sent. */
function answering(clock: { now(): number }, ...answers: (LimitedAnswer | Error)[]) {
  const sentAt: number[] = [];
  const carryOut = async () => {
    sentAt.push(clock.now());
    const answer = answers.shift() ?? ok;
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { carryOut, sentAt };
}

describe('readLimit', () => {
  const at = 1_700_000_000_000;
  const spent = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(at / 1000 + 600) };
  it.each<[string, LimitedAnswer, ReturnType<typeof readLimit>]>([
    [
      'a missing permission',
      { status: 403, headers: {}, data: { message: 'Resource not accessible' } },
      null,
    ],
    ['429 without a word', { status: 429, headers: {}, data: {} }, { kind: 'secondary', untilMs: null }],
    [
      'a time to wait',
      { status: 403, headers: { 'retry-after': '30' }, data: {} },
      { kind: 'secondary', untilMs: at + 30_000 },
    ],
    [
      'words alone',
      { status: 403, headers: {}, data: { message: secondary } },
      { kind: 'secondary', untilMs: null },
    ],
    [
      'an hour used up',
      { status: 403, headers: spent, data: {} },
      { kind: 'primary', untilMs: at + 601_000 },
    ],
    [
      'GraphQL inside 200',
      { status: 200, headers: spent, data: { errors: [{ type: 'RATE_LIMITED', message: '' }] } },
      { kind: 'primary', untilMs: at + 601_000 },
    ],
    [
      'GraphQL by its newer name',
      { status: 200, headers: {}, data: { errors: [{ type: 'RATE_LIMIT', code: 'graphql_rate_limit' }] } },
      { kind: 'secondary', untilMs: null },
    ],
    [
      'GraphQL that carried something out',
      { status: 200, headers: {}, data: { data: { a: 1 }, errors: [{ type: 'RATE_LIMITED' }] } },
      null,
    ],
    [
      'a stale head',
      { status: 200, headers: spent, data: { data: null, errors: [{ type: 'STALE_DATA' }] } },
      null,
    ],
    ['the last call of an hour', { status: 200, headers: spent, data: { id: 1 } }, null],
    ['a fault', { status: 502, headers: {}, data: { message: secondary } }, null],
    [
      'a time that nobody means',
      { status: 403, headers: { 'retry-after': '999999999' }, data: {} },
      { kind: 'secondary', untilMs: at + 3_600_000 },
    ],
    [
      'a time that is none',
      { status: 403, headers: { 'retry-after': 'Wed, 21 Oct' }, data: {} },
      { kind: 'secondary', untilMs: null },
    ],
  ])('%s', (_, answer, limit) => {
    expect(readLimit(answer, at)).toEqual(limit);
  });

  it('reads whatever comes, and never a time that is not one', () => {
    fc.assert(
      fc.property(
        fc.anything(),
        fc.integer(),
        fc.dictionary(fc.string(), fc.string()),
        (data, status, headers) => {
          const untilMs = readLimit({ status, headers, data }, at)?.untilMs;
          expect(untilMs === undefined || untilMs === null || untilMs >= at).toBe(true);
        },
      ),
    );
  });
});

describe('toCost', () => {
  it.each<[string, Parameters<typeof toCost>[0], Partial<Cost>]>([
    [
      'a read',
      { method: 'GET', url: '/repos/{owner}/{repo}/pulls' },
      { mutates: false, points: 1, content: 0 },
    ],
    [
      'a comment',
      { method: 'POST', url: '/repos/{owner}/{repo}/issues/{issue_number}/comments' },
      { mutates: true, points: 5, content: 1 },
    ],
    [
      'a pull request, by its whole address',
      { method: 'POST', url: 'https://ghes/api/v3/repos/a/b/pulls' },
      { content: 1 },
    ],
    [
      'an edited comment',
      { method: 'PATCH', url: '/repos/a/b/issues/comments/1' },
      { points: 5, content: 0 },
    ],
    ['a check', { method: 'POST', url: '/repos/{owner}/{repo}/check-runs' }, { mutates: true, content: 0 }],
    [
      'a question by GraphQL',
      { method: 'POST', url: '/graphql', query: '{ a }' },
      { resource: 'graphql', mutates: false, points: 1 },
    ],
    [
      'a commit by GraphQL',
      { method: 'POST', url: 'http://h/api/graphql', query: ' mutation ($a: A!) { b }' },
      { resource: 'graphql', mutates: true, points: 5, content: 1 },
    ],
  ])('%s', (_, outgoing, cost) => {
    expect(toCost(outgoing)).toMatchObject(cost);
  });
});

describe('Budget', () => {
  it('sends writes one by one, a second apart, and lets reads go beside them', async () => {
    const clock = standing();
    const budget = new Budget(clock.pace);
    const { carryOut, sentAt } = answering(clock);
    await Promise.all([1, 2, 3].map(() => budget.send(edit, carryOut)));
    const apart = sentAt.slice(1).map((at, index) => at - (sentAt[index] ?? 0));
    expect(Math.min(...apart)).toBeGreaterThanOrEqual(1000);
    const before = clock.now();
    await Promise.all(Array.from({ length: 100 }, () => budget.send(read, carryOut)));
    expect(clock.now()).toBe(before);
  });

  it('sends a write again that was refused for a limit, at the time that GitHub says', async () => {
    const clock = standing();
    const start = clock.now();
    const { carryOut, sentAt } = answering(clock, failed(403, { 'retry-after': '40' }, secondary));
    expect(await new Budget(clock.pace).send(post, carryOut)).toBe(ok);
    expect(sentAt).toEqual([start, start + 40_000]);
  });

  it('holds everything up after a refusal, and longer after each that names no time', async () => {
    const clock = standing();
    const budget = new Budget(clock.pace);
    const start = clock.now();
    const refusal = failed(403, {}, secondary);
    const { carryOut, sentAt } = answering(clock, refusal, refusal);
    await budget.send(post, carryOut);
    expect(sentAt).toEqual([start, start + 60_000, start + 180_000]);
    await budget.send(read, carryOut);
    const third = answering(clock, refusal, refusal, refusal);
    await expect(budget.send(post, third.carryOut)).rejects.toMatchObject({ code: 'GITHUB_LIMITED' });
    expect(third.sentAt).toHaveLength(3);
  });

  it('knows the refusal of GraphQL, which has the status of a success', async () => {
    const clock = standing();
    const limited = { ...ok, data: { data: null, errors: [{ type: 'RATE_LIMITED' }] } };
    const { carryOut, sentAt } = answering(clock, limited);
    const cost = toCost({ method: 'POST', url: '/graphql', query: '{ a }' });
    expect(await new Budget(clock.pace).send(cost, carryOut)).toBe(ok);
    expect(sentAt).toHaveLength(2);
  });

  it('never repeats a write whose answer was lost, nor a conflict, and a read twice', async () => {
    const clock = standing();
    const budget = new Budget(clock.pace);
    for (const error of [failed(502), failed(409), failed(422), new Error('socket hang up')]) {
      const { carryOut, sentAt } = answering(clock, error);
      await expect(budget.send(post, carryOut)).rejects.toBe(error);
      expect(sentAt).toHaveLength(1);
    }
    const lost = answering(clock, failed(502), new Error('socket hang up'));
    expect(await budget.send(read, lost.carryOut)).toBe(ok);
    const gone = answering(clock, failed(502), failed(502), failed(502));
    await expect(budget.send(read, gone.carryOut)).rejects.toThrow('HTTP 502');
    const missing = answering(clock, failed(404));
    await expect(budget.send(read, missing.carryOut)).rejects.toThrow('HTTP 404');
    expect(missing.sentAt).toHaveLength(1);
  });

  it('gives a call back that would have to wait too long, with the time to come again', async () => {
    const clock = standing(90_000);
    const budget = new Budget(clock.pace);
    const { carryOut, sentAt } = answering(clock, failed(429, { 'retry-after': '600' }));
    await expect(budget.send(read, carryOut)).rejects.toMatchObject({
      code: 'GITHUB_LIMITED',
      kind: 'service',
      retryAfterMs: 600_000,
    });
    expect([sentAt.length, clock.waits]).toEqual([1, []]);
  });

  it('keeps a fifth of the hour for merges, and takes the smaller of two numbers', async () => {
    const clock = standing(90_000);
    const budget = new Budget(clock.pace);
    const reset = clock.now() + 1_800_000;
    const { carryOut, sentAt } = answering(clock, left(1_001, reset), left(1_000, reset), left(1_400, reset));
    for (let each = 0; each < 2; each += 1) await budget.send(read, carryOut);
    await expect(budget.send(read, carryOut)).rejects.toMatchObject({ code: 'GITHUB_BUDGET_KEPT' });
    await withReserve(() => budget.send(post, carryOut));
    await expect(budget.send(read, carryOut)).rejects.toMatchObject({ code: 'GITHUB_BUDGET_KEPT' });
    expect(sentAt).toHaveLength(3);
    const none = answering(clock, left(0, reset));
    await withReserve(() => budget.send(read, none.carryOut));
    await expect(withReserve(() => budget.send(read, carryOut))).rejects.toMatchObject({
      code: 'GITHUB_LIMITED',
    });
    clock.pass(1_801_001);
    expect(await budget.send(read, carryOut)).toBe(ok);
  });

  it('lets a merge before every other write that waits', async () => {
    const clock = standing();
    const budget = new Budget(clock.pace);
    const order: string[] = [];
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const noting = (name: string) => async () => {
      if (name === 'first') await gate;
      order.push(name);
      return ok;
    };
    const sent = ['first', 'look', 'look'].map((name) => budget.send(edit, noting(name)));
    sent.push(withReserve(() => budget.send(edit, noting('merge'))));
    open();
    await Promise.all(sent);
    expect(order.indexOf('merge')).toBe(1);
  });

  it('stays under every documented limit, whatever is asked for', async () => {
    const kinds = fc.constantFrom(read, edit, post, toCost({ url: '/graphql', query: 'mutation { a }' }));
    await fc.assert(
      fc.asyncProperty(fc.array(kinds, { minLength: 600, maxLength: 900 }), async (costs) => {
        const clock = standing();
        const budget = new Budget(clock.pace);
        const sent: { readonly at: number; readonly cost: Cost }[] = [];
        await Promise.all(
          costs.map((cost) =>
            budget.send(cost, async () => {
              sent.push({ at: clock.now(), cost });
              return ok;
            }),
          ),
        );
        expect(sent).toHaveLength(costs.length);
        const most = (periodMs: number, amount: (cost: Cost) => number) =>
          Math.max(
            ...sent.map(({ at }) =>
              sent
                .filter((other) => other.at > at - periodMs && other.at <= at)
                .reduce((sum, { cost }) => sum + amount(cost), 0),
            ),
          );
        expect(most(60_000, ({ content }) => content)).toBeLessThanOrEqual(64);
        expect(most(3_600_000, ({ content }) => content)).toBeLessThanOrEqual(400);
        expect(most(60_000, (cost) => (cost.resource === 'core' ? cost.points : 0))).toBeLessThanOrEqual(720);
        expect(most(1_000, ({ mutates }) => (mutates ? 1 : 0))).toBe(1);
      }),
      { numRuns: 5, seed: 24 },
    );
  });
});

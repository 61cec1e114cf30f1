import { describe, expect, it } from 'vitest';
import { type BreakGlassEventData, isBreakGlassEvent, usesBefore } from './break-glass.ts';
import { commandOf } from './command.ts';
import { evolve } from './evolve.ts';
import type { ApprovalFact, LedgerEvent, LedgerEventData, ModelState } from './ledger.ts';
import { propose } from './propose.ts';
import { artifactOf, move, moveIn, staged, after as stateAfter, write } from './registry.fixture.ts';

type Used = Extract<BreakGlassEventData, { type: 'BreakGlassUsed' }>;

const approval = (id: number) => ({ reviewId: id }) as ApprovalFact;
const two = [approval(1), approval(2)];
const note = {
  by: 'ada',
  reason: artifactOf('why'),
  past: ['approvals'],
  expiresAt: '2026-01-01T02:00:00.000Z',
  reviewBy: '2026-01-08T00:00:00.000Z',
};

const serving = stateAfter(staged('a'), move({ version: 1 }), staged('b'));
/** v2 goes to eu past rules in the given merge: the event that says so, and the state right before it. */
function breakGlass(state: ModelState = serving, merge = 4) {
  const { events, state: before } = write(state, moveIn(state, { version: 2, endpoint: 'eu' }), merge);
  return { used: useAfter(events, 2), before };
}
function useAfter(events: readonly LedgerEvent[], version: number): LedgerEvent {
  const last = events.at(-1);
  if (last === undefined) throw new Error('no event');
  const data: Used = { type: 'BreakGlassUsed', version, endpoint: 'eu', ...note };
  return { ...last, seq: last.seq + 1, data, approvals: two };
}
const withUse = (event: LedgerEvent, fields: Partial<Used>): LedgerEvent => ({
  ...event,
  data: { ...(event.data as Used), ...fields },
});
const { used, before } = breakGlass();
const done = evolve(before, used);

function reviewOf(state: ModelState, pullRequest: number, approvals = two): LedgerEvent {
  const data: LedgerEventData = { type: 'BreakGlassReviewed', pullRequest, review: artifactOf('review') };
  return { ...used, seq: state.lastSeq + 1, operation: 'f'.repeat(64), data, approvals };
}

describe('a use of break-glass in the fold', () => {
  it('is kept with its pull request and its time, and marks the stay at that endpoint alone', () => {
    expect(done.breakGlass).toEqual([
      {
        ...{ model: 'flight-delay', version: 2, endpoint: 'eu', pullRequest: 4 },
        ...{ at: '2026-01-01T00:04:00.000Z', reviewBy: note.reviewBy, reviewed: false },
      },
    ]);
    expect(done.versions.get(2)?.deployments.map(({ how }) => how)).toEqual(['promoted by break-glass']);
    expect(done.versions.get(1)?.deployments.map(({ how }) => how)).toEqual(['promoted']);
  });

  it('leaves the stays at other endpoints, and those that ended, as they are', () => {
    const toEu = move({ version: 2 });
    const state = stateAfter(
      ...[staged('a'), move({ version: 1 }), staged('b'), move({ version: 2, endpoint: 'us' })],
      ...[toEu, move({ version: 1, rollback: true })],
    );
    const { used: again, before: moved } = breakGlass(state, 9);
    const stays = evolve(moved, again).versions.get(2)?.deployments;
    expect(stays?.map(({ endpoint, how, until }) => [endpoint, how, until === null])).toEqual([
      ['us', 'promoted', true],
      ['eu', 'promoted', false],
      ['eu', 'promoted by break-glass', true],
    ]);
  });

  it('says that a rollback came by it', () => {
    const returning = stateAfter(staged('a'), move({ version: 1 }), staged('b'), move({ version: 2 }));
    const { events, state: rolledBack } = write(
      returning,
      moveIn(returning, { version: 1, rollback: true }),
      5,
    );
    const state = evolve(rolledBack, useAfter(events, 1));
    expect(state.versions.get(1)?.deployments.map(({ how }) => how)).toEqual([
      'promoted',
      'rolled back by break-glass',
    ]);
  });

  it.each<[string, LedgerEvent, string]>([
    ['of another version', withUse(used, { version: 1 }), 'not put to eu'],
    ['at another endpoint', withUse(used, { endpoint: 'us' }), 'not put to us'],
    ['at another time', { ...used, at: '2026-01-01T00:05:00.000Z' }, 'not put to eu'],
    ['by another operation', { ...used, operation: 'e'.repeat(64) }, 'not put to eu'],
    ['that ends at no readable time', withUse(used, { expiresAt: 'soon' }), 'cannot be read'],
    ['with a review at no readable time', withUse(used, { reviewBy: 'soon' }), 'cannot be read'],
    ['that ended right then', withUse(used, { expiresAt: used.at }), 'expired'],
    ['whose review was due right then', withUse(used, { reviewBy: used.at }), 'review was due'],
    ['approved by one', { ...used, approvals: [approval(1)] }, 'fewer than two'],
    ['approved by nobody', { ...used, approvals: [] }, 'fewer than two'],
  ])('%s could never have been written', (_, event, because) => {
    expect(() => evolve(before, event)).toThrow(
      expect.objectContaining({ code: 'LEDGER_EVENT_ILLEGAL', message: expect.stringContaining(because) }),
    );
  });

  it('is kept though the version itself is not there', () => {
    const lost = evolve({ ...before, versions: new Map() }, used);
    expect([lost.breakGlass?.length, lost.versions.size]).toEqual([1, 0]);
  });

  it('at no readable time of its own could never have been written', () => {
    const endpoints = new Map([...before.endpoints].map(([key, each]) => [key, { ...each, since: 'now' }]));
    expect(() => evolve({ ...before, endpoints }, { ...used, at: 'now' })).toThrow('cannot be read');
  });
});

describe('its review', () => {
  it('ends the waiting of its own pull request alone', () => {
    const other = { ...(done.breakGlass?.[0] as object), pullRequest: 77 } as never;
    const state = { ...done, breakGlass: [...(done.breakGlass ?? []), other] };
    const reviewed = evolve(state, reviewOf(state, 4));
    expect(reviewed.breakGlass?.map((use) => [use.pullRequest, use.reviewed])).toEqual([
      [4, true],
      [77, false],
    ]);
    expect(() => evolve(reviewed, reviewOf(reviewed, 4))).toThrow('nothing of #4 waits');
    expect(
      propose({ kind: 'review-break-glass', pullRequest: 77, review: artifactOf('r') }, reviewed),
    ).toEqual([{ type: 'BreakGlassReviewed', pullRequest: 77, review: artifactOf('r') }]);
    for (const pullRequest of [4, 5]) {
      const command = { kind: 'review-break-glass', pullRequest, review: artifactOf('r') } as const;
      expect(() => propose(command, reviewed)).toThrow(
        expect.objectContaining({
          code: 'LEDGER_BREAK_GLASS',
          hint: expect.stringContaining('Read the ledger'),
        }),
      );
    }
  });

  it('is asked for by somebody, of what waits', () => {
    expect(() => evolve(done, reviewOf(done, 4, []))).toThrow('nobody approved');
    expect(() => evolve(serving, reviewOf(serving, 4))).toThrow('nothing of #4 waits');
  });
});

it('its events are told from all others, and none begins a transaction', () => {
  expect(isBreakGlassEvent(used.data)).toBe(true);
  expect(isBreakGlassEvent(reviewOf(done, 4).data)).toBe(true);
  expect(isBreakGlassEvent({ type: 'Correction', ofSeq: 0, reason: 'x' })).toBe(false);
  expect(commandOf([used.data])).toBeNull();
  expect(commandOf([reviewOf(done, 4).data])).toEqual({
    ...{ kind: 'review-break-glass', pullRequest: 4, review: artifactOf('review') },
  });
  const command = moveIn(serving, { version: 2, breakGlass: note });
  expect(commandOf(propose(command, serving))).toEqual(command);
});

describe('uses that a decision looks at', () => {
  const use = (at: string, reviewed: boolean, model = 'm', endpoint = 'eu') => ({
    ...{ model, version: 1, endpoint, pullRequest: 1, reviewBy: at, at, reviewed },
  });
  const state = (...breakGlass: ReturnType<typeof use>[]) => ({ breakGlass }) as unknown as ModelState;
  const now = '2026-03-31T00:00:00Z';

  it('those that wait, and those of the 30 days before', () => {
    const day = use('2026-03-01T00:00:00Z', true);
    const within = use('2026-03-01T00:00:01Z', true);
    const waits = use('2025-01-01T00:00:00Z', false);
    expect(usesBefore([state(day, within), {} as ModelState, state(waits)], now)).toEqual([waits, within]);
  });

  it('all of them when a time cannot be read', () => {
    const old = use('2020-01-01T00:00:00Z', true);
    expect(usesBefore([state(old)], 'now')).toEqual([old]);
    expect(usesBefore([state(use('once', true))], now)).toHaveLength(1);
  });

  it('the oldest first, and of one moment by model and endpoint', () => {
    const at = '2026-03-30T00:00:00Z';
    const all = [
      use('2026-03-20T00:00:00Z', true, 'z'),
      use(at, true, 'a', 'eu'),
      use(at, true, 'a', 'us'),
      use(at, true, 'b', 'eu'),
    ];
    for (const order of [
      [3, 2, 1, 0],
      [1, 3, 0, 2],
      [2, 0, 3, 1],
    ]) {
      expect(usesBefore([state(...order.map((each) => all[each] as never))], now)).toEqual(all);
    }
    const untimed = use('once', false);
    expect(usesBefore([state(all[1] as never, untimed)], now)[0]).toEqual(untimed);
  });
});

import { expect, test } from 'vitest';
import type { LedgerCommand } from './command.ts';
import { evolve, foldEvents } from './evolve.ts';
import type { LedgerEvent, LedgerEventData, ModelState } from './ledger.ts';
import { after, artifactOf, move, moveIn, recordOf, register, staged, write } from './registry.fixture.ts';
import { renderModelFiles } from './render.ts';
import { emptyState } from './stream.ts';

const promoted = after(staged('a'), move({ version: 1 }), staged('b'));

function withData(state: ModelState, data: LedgerEventData): LedgerEvent {
  const [event] = write(state, { kind: 'correct', ofSeq: 0, reason: 'x' }, 9).events;
  return { ...(event as LedgerEvent), data };
}

const promotion = {
  type: 'VersionPromoted',
  version: 2,
  from: 'staging',
  to: 'production',
  endpoint: 'eu',
  replaced: 1,
  artifactDigest: artifactOf('b'),
  fallback: 'previous',
} as const;
const archiving = { type: 'VersionArchived', version: 1, from: 'production', to: 'archived' } as const;

const looked = {
  type: 'HeldOutUsed',
  heldOut: artifactOf('june'),
  result: artifactOf('r'),
  look: 1,
} as const;

test('the promotion that is varied below is legal as it stands', () => {
  expect(evolve(promoted, withData(promoted, promotion)).endpoints.get('eu')?.champion).toBe(2);
});

test.each<readonly [string, LedgerEventData]>([
  ['another champion', { ...promotion, replaced: null }],
  ['another stage', { ...promotion, from: 'candidate' }],
  ['an unknown version', { ...promotion, version: 9 }],
  ['other bytes', { ...promotion, artifactDigest: artifactOf('evil') }],
  ['who serves already', { ...promotion, version: 1, from: 'production', artifactDigest: artifactOf('a') }],
  ['a rollback to what is not the previous', { ...promotion, type: 'VersionRolledBack' }],
  ['a type and a stage that differ', { type: 'VersionStaged', version: 2, from: 'staging', to: 'rejected' }],
  ['a move that is not allowed', { type: 'VersionStaged', version: 2, from: 'staging', to: 'staging' }],
  [
    'the wrong next version',
    { type: 'VersionRegistered', record: { ...recordOf('flight-delay', 'c'), v: 1, version: 4 } },
  ],
  [
    'a record of another model',
    { type: 'VersionRegistered', record: { ...recordOf('churn', 'c'), v: 1, version: 3 } },
  ],
  ['leaving production without an endpoint', { ...archiving, endpoint: null, because: 'requested' }],
  ['leaving as replaced while it serves', { ...archiving, endpoint: 'eu', because: 'replaced' }],
  ['leaving where it never served', { ...archiving, endpoint: 'us', because: 'demoted' }],
  [
    'archiving what is rejected',
    { ...archiving, version: 2, from: 'rejected', endpoint: null, because: 'requested' },
  ],
  ['a look out of turn', { ...looked, look: 2 }],
  ['look 0', { ...looked, look: 0 }],
  ['a correction of itself', { type: 'Correction', ofSeq: 99, reason: 'x' }],
])('an event with %s could never have been written', (_, data) => {
  expect(() => evolve(promoted, withData(promoted, data))).toThrow(
    expect.objectContaining({ code: 'LEDGER_EVENT_ILLEGAL', kind: 'input' }),
  );
});

test('looks are counted for each set of labels by itself, move nothing, and each result counts once', () => {
  const look = (heldOut: string, result: string) => (): LedgerCommand => ({
    kind: 'use-held-out',
    heldOut: artifactOf(heldOut),
    result: artifactOf(result),
  });
  const state = after(look('june', 'a'), staged('a'), look('june', 'b'), look('july', 'b'));
  expect([...state.heldOut].map(([labels, { looks }]) => [labels, looks])).toEqual([
    [artifactOf('june'), 2],
    [artifactOf('july'), 1],
  ]);
  expect([...state.looks.values()]).toEqual([1, 2, 1]);
  expect(state.versions.get(1)?.stage).toBe('staging');
  const again = { ...withData(state, { ...looked, heldOut: artifactOf('june'), look: 3 }) };
  const [known = ''] = state.operations;
  expect(() => evolve(state, { ...again, operation: known })).toThrow('counted before');
});

test('state.yml grows with the sets of labels, never with the looks', () => {
  const look = (at: number) => (): LedgerCommand => ({
    kind: 'use-held-out',
    heldOut: artifactOf('june'),
    result: artifactOf(`result ${at}`),
  });
  const text = (count: number) =>
    renderModelFiles(after(...Array.from({ length: count }, (_, at) => look(at))), {
      modelCard: () => '',
    }).get('models/flight-delay/state.yml') ?? '';
  expect(text(1)).toContain('looks: 1');
  expect(text(30)).toContain('looks: 30');
  expect(text(30).split('\n')).toHaveLength(text(1).split('\n').length);
  expect(text(0)).not.toContain('looks');
});

test('an archived version that was never in production here cannot be promoted by an event either', () => {
  const state = after(staged('a'), move({ version: 1, to: 'archived' }));
  const data = {
    ...promotion,
    version: 1,
    from: 'archived',
    replaced: null,
    artifactDigest: artifactOf('a'),
  } as const;
  expect(() => evolve(state, withData(state, data))).toThrow(/never in production at eu/);
});

test('a version that is only registered is promoted, and a rejected one archived, by no event', () => {
  const registered = after(() => register('flight-delay', 'a', 'registered'));
  const first = { ...promotion, version: 1, replaced: null, artifactDigest: artifactOf('a') } as const;
  const skipping = withData(registered, { ...first, from: 'registered' });
  expect(() => evolve(registered, skipping)).toThrow('cannot go from registered to production');
  const rejected = after(staged('a'), move({ version: 1, to: 'rejected' }));
  const back = { ...archiving, from: 'rejected', endpoint: null, because: 'requested' } as const;
  expect(() => evolve(rejected, withData(rejected, back))).toThrow('cannot go from rejected to archived');
});

test('the fold of all events is the state that grew step by step', () => {
  let state = emptyState('flight-delay');
  const events: LedgerEvent[] = [];
  for (const [at, step] of [staged('a'), move({ version: 1 }), staged('b'), move({ version: 2 })].entries()) {
    const written = write(state, step(state), at + 1);
    events.push(...written.events);
    state = written.state;
  }
  expect(foldEvents('flight-delay', events)).toEqual(state);
  const rolledBack = write(state, moveIn(state, { version: 1, rollback: true }), 9);
  expect(rolledBack.state.lastSeq).toBe(state.lastSeq + 2);
});

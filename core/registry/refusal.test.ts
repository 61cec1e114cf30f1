import { describe, expect, it } from 'vitest';
import type { LedgerCommand } from './command.ts';
import { evolve } from './evolve.ts';
import { findLook } from './held-out-look.ts';
import type { LedgerEvent, LedgerEventData, ModelState } from './ledger.ts';
import { propose } from './propose.ts';
import {
  artifactOf,
  move,
  moveIn,
  recordOf,
  register,
  staged,
  after as stateAfter,
  write,
} from './registry.fixture.ts';
import { emptyState } from './stream.ts';
import { unreadableFile } from './unreadable-file.ts';

const one = stateAfter(staged('a'));
const serving = stateAfter(staged('a'), move({ version: 1 }), staged('b'));
const replaced = stateAfter(staged('a'), move({}), staged('b'), move({ version: 2 }), staged('c'));
const left = stateAfter(staged('a'), move({}), move({ to: 'archived' }));
const archived = stateAfter(staged('a'), move({ to: 'archived' }));
const rejected = stateAfter(staged('a'), move({ to: 'rejected' }));
const registered = stateAfter(() => register('flight-delay', 'a', 'registered'));
const again = 'Read the ledger again and judge against the champion of now.';
const anew = 'Ask for it as a promotion: every version but the recorded previous one goes through all gates.';
const propose9 = 'Propose the model again: a new version is judged.';
type Refusal = readonly [ModelState, LedgerCommand, string, string, string];

const refusals: readonly Refusal[] = [
  [
    ...[one, moveIn(one, { version: 7 }), 'LEDGER_UNKNOWN_VERSION'],
    'v7 of flight-delay cannot go from registered to production: the ledger does not know it',
    'Known: v1.',
  ],
  [
    ...[replaced, moveIn(replaced, { version: 7 }), 'LEDGER_UNKNOWN_VERSION'],
    'v7 of flight-delay cannot go from registered to production: the ledger does not know it',
    'Known: v1, v2, v3.',
  ],
  [
    ...[emptyState('churn'), moveIn(emptyState('churn'), {}), 'LEDGER_UNKNOWN_VERSION'],
    'v1 of churn cannot go from registered to production: the ledger does not know it',
    'Known: none.',
  ],
  [
    ...[one, moveIn(one, { from: 'candidate' }), 'LEDGER_STAGE_MOVED'],
    'v1 of flight-delay is staging; the decision saw it candidate',
    'Read the ledger again and decide again.',
  ],
  [
    ...[registered, moveIn(registered, {}), 'LEDGER_MOVE_REFUSED'],
    'v1 cannot go from registered to production: registered to production is no allowed move',
    'From registered it may go to staging, archived, rejected.',
  ],
  [
    ...[rejected, moveIn(rejected, {}), 'LEDGER_MOVE_REFUSED'],
    'v1 cannot go from rejected to production: rejected to production is no allowed move',
    'rejected is final.',
  ],
  [
    ...[serving, moveIn(serving, { version: 1, to: 'rejected', endpoint: 'eu' }), 'LEDGER_MOVE_REFUSED'],
    'v1 cannot go from production to rejected: production to rejected is no allowed move',
    'From production it may go to production, archived.',
  ],
  [
    ...[serving, moveIn(serving, { version: 1 }), 'LEDGER_MOVE_REFUSED'],
    'v1 cannot go from production to production: it already serves eu',
    'Nothing needs to be done.',
  ],
  [
    ...[serving, moveIn(serving, { version: 2, rollback: true }), 'LEDGER_NOT_PREVIOUS'],
    'v2 cannot go from staging to production: the version to return to at eu is not recorded',
    anew,
  ],
  [
    ...[replaced, moveIn(replaced, { version: 3, rollback: true }), 'LEDGER_NOT_PREVIOUS'],
    'v3 cannot go from staging to production: the version to return to at eu is v1',
    anew,
  ],
  [
    ...[archived, moveIn(archived, {}), 'LEDGER_MOVE_REFUSED'],
    'v1 cannot go from archived to production: it is archived and was never in production at eu',
    propose9,
  ],
  [
    ...[one, { ...moveIn(one, {}), endpoint: null }, 'LEDGER_ENDPOINT'],
    'v1 cannot go from staging to production: no endpoint is named',
    'Name the endpoint it enters or leaves.',
  ],
  [
    ...[serving, moveIn(serving, { version: 2, replaced: null }), 'LEDGER_CHAMPION_MOVED'],
    'v1 serves eu now; v2 was compared with nothing',
    again,
  ],
  [
    ...[left, moveIn(left, { replaced: 3 }), 'LEDGER_CHAMPION_MOVED'],
    'nothing serves eu now; v1 was compared with v3',
    again,
  ],
  [
    ...[one, moveIn(one, { replaced: 2 }), 'LEDGER_CHAMPION_MOVED'],
    'nothing serves eu now; v1 was compared with v2',
    again,
  ],
  [
    ...[serving, moveIn(serving, { to: 'archived', endpoint: 'us' }), 'LEDGER_CHAMPION_MOVED'],
    'nothing serves us now; v1 was to leave it',
    again,
  ],
  [
    ...[one, { kind: 'register', record: recordOf('churn', 'x'), stage: 'staging' }, 'LEDGER_MODEL'],
    'a record of churn for flight-delay',
    'Pass the state of the model that the record names.',
  ],
  [
    ...[one, { kind: 'correct', ofSeq: 2, reason: 'x' }, 'LEDGER_CORRECTION'],
    'flight-delay has no event 2 to correct',
    'Name an event from 0 to 1.',
  ],
] as unknown as readonly Refusal[];

describe('the ledger refuses', () => {
  it.each(refusals.map(([state, command, ...words]) => [...words, state, command] as const))(
    '%s: %s. %s',
    (code, message, hint, state, command) => {
      const kind = code.endsWith('_MOVED') ? 'conflict' : 'input';
      expect(() => propose(command, state)).toThrow(expect.objectContaining({ kind, code, message, hint }));
    },
  );

  it('takes the last event for a correction, and the first', () => {
    for (const ofSeq of [0, 1]) {
      const command = { kind: 'correct', ofSeq, reason: 'x' } as const;
      expect(propose(command, one)).toEqual([{ type: 'Correction', ofSeq, reason: 'x' }]);
    }
  });

  it('a file that it did not write, by its path', () => {
    expect(unreadableFile('a.yml', 'why')).toMatchObject({
      ...{ code: 'LEDGER_FILE_INVALID', message: 'a.yml is not what the app writes: why' },
      where: { file: 'a.yml' },
    });
  });
});

describe('the fold refuses', () => {
  const event = (state: ModelState, data: LedgerEventData): LedgerEvent => {
    const [written] = write(state, { kind: 'correct', ofSeq: 0, reason: 'x' }, 9).events;
    return { ...(written as LedgerEvent), data };
  };
  const promotion = {
    ...({ type: 'VersionPromoted', version: 2, from: 'staging', to: 'production' } as const),
    ...{ endpoint: 'eu', replaced: 1, artifactDigest: artifactOf('b'), fallback: 'previous' },
  };
  const leaving = {
    ...({ type: 'VersionArchived', version: 1, from: 'production', to: 'archived' } as const),
    ...({ endpoint: 'eu', because: 'demoted' } as const),
  };
  const look = { heldOut: artifactOf('june'), result: artifactOf('r'), look: 1 };
  const other = artifactOf('evil');

  it.each<[ModelState, LedgerEventData, string]>([
    [serving, { ...promotion, replaced: null }, 'it replaces nothing at eu, where v1 served'],
    [serving, { ...promotion, replaced: 3 }, 'it replaces v3 at eu, where v1 served'],
    [serving, { ...promotion, endpoint: 'us' }, 'it replaces v1 at us, where nothing served'],
    [
      serving,
      { ...promotion, version: 1, from: 'production', artifactDigest: artifactOf('a') },
      'v1 served eu already',
    ],
    [
      serving,
      { ...promotion, type: 'VersionRolledBack' },
      'it rolls back to v2; the recorded previous is nothing',
    ],
    [
      replaced,
      { ...promotion, type: 'VersionRolledBack', version: 3, replaced: 2 },
      'it rolls back to v3; the recorded previous is v1',
    ],
    [
      one,
      { ...promotion, type: 'VersionRolledBack', version: 1, replaced: null },
      'it rolls back to v1; the recorded previous is nothing',
    ],
    [serving, { ...promotion, artifactDigest: other }, `its artifact is ${other}, that of v2 is another`],
    [serving, { ...promotion, version: 9 }, 'v9 was never registered'],
    [serving, { ...promotion, from: 'candidate' }, 'it moves v2 from candidate; it was staging'],
    [serving, { ...promotion, to: 'candidate' as 'production' }, 'v2 cannot go from staging to candidate'],
    [serving, { ...leaving, because: 'replaced' }, 'v1 does not leave eu as replaced'],
    [serving, { ...leaving, because: 'requested' }, 'v1 does not leave eu as requested'],
    [serving, { ...leaving, endpoint: 'us' }, 'v1 does not leave us as demoted'],
    [serving, { ...leaving, endpoint: null }, 'a version in production leaves by its endpoint'],
    [
      serving,
      { type: 'VersionRejected', version: 2, from: 'staging', to: 'candidate' },
      'v2 cannot go from staging to candidate',
    ],
    [
      serving,
      { type: 'VersionShortlisted', version: 2, from: 'staging', to: 'rejected' },
      'v2 cannot go from staging to rejected',
    ],
    [serving, { type: 'HeldOutUsed', ...look, look: 2 }, 'it is look 2 on these labels; the next is 1'],
    ...[
      [0, 1],
      [1, 0],
      [1, 2],
      [Number.NaN, 1],
      [1, Number.NaN],
    ].map(([labels = 0, actor = 0]): [ModelState, LedgerEventData, string] => [
      serving,
      { type: 'HeldOutUsed', ...look, charged: { labels, actor } },
      `it is charged as look ${labels} on the labels, ${actor} of its actor`,
    ]),
  ])('%o %o: %s', (state, data, because) => {
    expect(() => evolve(state, event(state, data))).toThrow(
      expect.objectContaining({
        ...{ kind: 'input', code: 'LEDGER_EVENT_ILLEGAL' },
        message: `event ${state.lastSeq + 1} of model/flight-delay (${data.type}): ${because}`,
        hint: 'No rule of the ledger could have written this event: somebody else did.',
      }),
    );
  });

  it('and takes a stay at one endpoint for no stay at another', () => {
    const elsewhere = stateAfter(
      ...[staged('a'), move({}), move({ endpoint: 'us' }), staged('b'), move({ version: 2 })],
    );
    for (const endpoint of ['eu', 'asia']) {
      const gone = event(elsewhere, { ...leaving, endpoint, because: 'replaced' });
      expect(() => evolve(elsewhere, gone)).toThrow(`v1 does not leave ${endpoint} as replaced`);
    }
    const lost = { ...serving, endpoints: new Map() };
    expect(() => evolve(lost, event(lost, leaving))).toThrow('v1 does not leave eu as demoted');
    const twice = stateAfter(staged('a'), move({}), staged('b'), move({ version: 2 }), move({ version: 1 }));
    const stays = write(twice, moveIn(twice, { to: 'archived' }), 9).state.versions.get(1)?.deployments;
    expect(stays?.map(({ until }) => until)).toEqual([
      '2026-01-01T00:04:00.000Z',
      '2026-01-01T00:09:00.000Z',
    ]);
    const both = stateAfter(staged('a'), move({}), move({ endpoint: 'us' }));
    const next = write(both, moveIn(both, { to: 'archived', endpoint: 'us' }), 9).state;
    expect(next.versions.get(1)?.deployments.map(({ until }) => until)).toEqual([
      null,
      '2026-01-01T00:09:00.000Z',
    ]);
    expect(next.versions.get(1)?.stage).toBe('production');
  });

  it('a look that is charged as it was counted keeps that', () => {
    const charged = { labels: 4, actor: 2 };
    const data = { type: 'HeldOutUsed', ...look, charged } as const;
    const state = evolve(one, event(one, data));
    const kept = { heldOut: look.heldOut, actor: 1, charged };
    expect([...state.charges.values()]).toEqual([kept]);
    expect(state.heldOut.get(look.heldOut)).toEqual({ looks: 1, lastAt: '2026-01-01T00:09:00.000Z' });
    const plain = evolve(one, event(one, { type: 'HeldOutUsed', ...look }));
    expect([...plain.charges.values()]).toEqual([{ ...kept, charged: null }]);
    expect(evolve(one, event(one, { ...data, charged: { labels: 1, actor: 1 } })).looks.size).toBe(1);
    const worn = { type: 'HeldOutUsed', ...look, look: 2, charged: { labels: 1, actor: 1 } } as const;
    const counted = { ...state, operations: new Set<string>() };
    expect(() => evolve(counted, event(counted, worn))).toThrow('it is charged as look 1 on the labels');
    expect(findLook({ comparisons: [] } as never, 1, state)).toBeNull();
  });
});

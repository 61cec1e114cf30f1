import { describe, expect, it } from 'vitest';
import { alignedStages, differencesToLedger } from './alignment.ts';
import { championsOf } from './champion.ts';
import { commandOf } from './command.ts';
import { evolve } from './evolve.ts';
import { repositoryBook } from './incident.ts';
import type { LedgerEvent, LedgerEventData, ModelState } from './ledger.ts';
import { propose } from './propose.ts';
import { artifactOf, move, moveIn, staged, after as stateAfter, write } from './registry.fixture.ts';
import { emptyState } from './stream.ts';

/** What the app writes depends on the ledger alone: never on the order in which things came. */
const served = stateAfter(
  ...[staged('a'), staged('b'), staged('c'), staged('d')],
  ...[
    move({ version: 2, endpoint: 'us' }),
    move({ version: 1, endpoint: 'eu' }),
    move({ version: 3, endpoint: 'asia' }),
  ],
  move({ version: 4, to: 'candidate' }),
);
const nothing = { staging: [], candidate: [], archived: [], rejected: [], production: {} };

describe('what the ledger says, in order', () => {
  it('of the champions: by endpoint', () => {
    expect(championsOf(served).map(({ endpoint, version }) => `${endpoint} ${version}`)).toEqual([
      'asia 3',
      'eu 1',
      'us 2',
    ]);
    const half = [...served.endpoints].map(([key, each], at) => [
      key,
      at === 0 ? { ...each, artifactDigest: null } : each,
    ]);
    expect(championsOf({ ...served, endpoints: new Map(half as never) })).toHaveLength(2);
    const none = [...served.endpoints].map(([key, each], at) => [
      key,
      at === 0 ? { ...each, champion: null } : each,
    ]);
    expect(championsOf({ ...served, endpoints: new Map(none as never) })).toHaveLength(2);
  });

  it('of the file that says the same: versions ascending, endpoints by name', () => {
    const state = stateAfter(
      ...[
        staged('a'),
        staged('b'),
        staged('c'),
        staged('d'),
        staged('e'),
        staged('f'),
        staged('g'),
        staged('h'),
      ],
      ...[move({ version: 7, to: 'candidate' }), move({ version: 2, to: 'candidate' })],
      ...[move({ version: 5, to: 'rejected' }), move({ version: 3, to: 'rejected' })],
      ...[move({ version: 6, to: 'archived' }), move({ version: 4, to: 'archived' })],
      ...[move({ version: 1, endpoint: 'us' }), move({ version: 8, endpoint: 'asia' })],
    );
    const all = { ...nothing, staging: [7, 6, 5, 4, 3, 2, 1, 8] };
    const aligned = alignedStages(all, state);
    expect(aligned).toEqual({
      ...{ staging: [], candidate: [2, 7], archived: [4, 6], rejected: [3, 5] },
      production: { asia: 8, us: 1 },
    });
    expect(Object.keys(aligned.production)).toEqual(['asia', 'us']);
    expect(differencesToLedger(aligned, state)).toEqual([]);
  });

  it('of the differences: by version, then by endpoint, the one without first', () => {
    const desired = { ...nothing, rejected: [1], production: { us: 1, asia: 1 } };
    expect(
      differencesToLedger(desired, served).map((each) => [each.version, each.endpoint, each.desired]),
    ).toEqual([
      [1, null, 'rejected'],
      [1, 'asia', 'production'],
      [1, 'eu', null],
      [1, 'us', 'production'],
      [2, 'us', null],
      [3, 'asia', null],
    ]);
  });
});

describe('what one event changes', () => {
  const state = stateAfter(staged('a'), move({ version: 1 }), staged('b'));
  const promoted = write(state, moveIn(state, { version: 2, fallback: 'constant' }), 9);

  it('a promotion: the endpoint with who merged it, and the stay of the version', () => {
    const [event] = promoted.events as [LedgerEvent];
    expect(promoted.state.endpoints.get('eu')).toEqual({
      ...{ endpoint: 'eu', champion: 2, previous: 1, artifactDigest: artifactOf('b'), since: event.at },
      by: { pullRequest: 9, mergedBy: event.actor, seq: event.seq },
      ...{ fallback: 'constant', rollout: 'all' },
    });
    expect(promoted.state.versions.get(2)).toMatchObject({
      ...{ stage: 'production', since: event.at, wasInProductionAt: ['eu'] },
      deployments: [
        { endpoint: 'eu', from: event.at, until: null, pullRequest: 9, how: 'promoted', approvals: [] },
      ],
    });
    expect(promoted.state.versions.get(1)).toMatchObject({ stage: 'archived', since: event.at });
    const back = write(promoted.state, moveIn(promoted.state, { version: 1, rollback: true }), 10).state;
    expect(back.endpoints.get('eu')).toMatchObject({ champion: 1, previous: null });
    expect(back.versions.get(1)?.deployments.map(({ how }) => how)).toEqual(['promoted', 'rolled back']);
  });

  it('a second endpoint: it is in production since it first was, and stays so when it leaves one', () => {
    const both = write(promoted.state, moveIn(promoted.state, { version: 2, endpoint: 'asia' }), 11).state;
    expect(both.versions.get(2)?.since).toBe(promoted.state.versions.get(2)?.since);
    expect(both.versions.get(2)?.wasInProductionAt).toEqual(['asia', 'eu']);
    const left = write(both, moveIn(both, { version: 2, to: 'archived', endpoint: 'eu' }), 12).state;
    expect(left.versions.get(2)).toMatchObject({
      stage: 'production',
      since: promoted.state.versions.get(2)?.since,
    });
    expect(
      left.versions.get(2)?.deployments.map(({ endpoint, until }) => [endpoint, until === null]),
    ).toEqual([
      ['eu', false],
      ['asia', true],
    ]);
    expect(left.endpoints.get('eu')).toMatchObject({ champion: null, previous: null, artifactDigest: null });
  });

  it('a correction is of an event before it', () => {
    const [event] = write(state, { kind: 'correct', ofSeq: 0, reason: 'x' }, 9).events as [LedgerEvent];
    const of = (ofSeq: number): LedgerEvent => ({
      ...event,
      data: { type: 'Correction', ofSeq, reason: 'x' },
    });
    expect(evolve(state, of(event.seq - 1)).lastSeq).toBe(event.seq);
    for (const seq of [event.seq, -1]) expect(() => evolve(state, of(seq))).toThrow('which is not before it');
  });

  it('a look is charged with no fewer looks on the labels than its own, and one of its actor', () => {
    const [event] = write(
      state,
      { kind: 'use-held-out', heldOut: artifactOf('june'), result: artifactOf('r') },
      9,
    ).events as [LedgerEvent];
    const charged = (labels: number, actor: number): LedgerEvent => ({
      ...event,
      data: {
        ...(event.data as Extract<LedgerEventData, { type: 'HeldOutUsed' }>),
        charged: { labels, actor },
      } as never,
    });
    for (const [labels, actor] of [
      [1, 1],
      [3, 2],
      [3, 3],
    ] as const) {
      expect(evolve(state, charged(labels, actor)).heldOut.size).toBe(1);
    }
    for (const [labels, actor] of [
      [0, 1],
      [0, 0],
      [1, 0],
      [3, 4],
      [Number.NaN, 1],
    ] as const) {
      expect(() => evolve(state, charged(labels, actor))).toThrow('it is charged as look');
    }
  });

  it('the book of the repository holds no model', () => {
    const book: ModelState = { ...emptyState(repositoryBook), lastSeq: 3 };
    const [event] = write(state, { kind: 'correct', ofSeq: 0, reason: 'x' }, 9).events as [LedgerEvent];
    expect(() => evolve(book, event)).toThrow('no model is in this stream');
  });
});

describe('the command that events answer', () => {
  it.each(['registered', 'staging'] as const)('a registration that ends %s', (stage) => {
    const [first] = write(emptyState('flight-delay'), staged('a')(), 1).events as [LedgerEvent];
    const {
      v: _,
      version: __,
      ...record
    } = (first.data as Extract<LedgerEventData, { type: 'VersionRegistered' }>).record;
    const command = { kind: 'register', record, stage } as const;
    expect(commandOf(propose(command, emptyState('flight-delay')))).toEqual(command);
  });

  it('a move without endpoint names no fallback, and nothing of triggers', () => {
    const state = stateAfter(staged('a'));
    const events = propose(moveIn(state, { version: 1, to: 'candidate' }), state);
    expect(commandOf(events)).toEqual({
      ...{ kind: 'move', version: 1, from: 'staging', to: 'candidate', endpoint: null },
      ...{ replaced: null, fallback: '', rollback: false },
    });
  });

  it('nothing that goes back to registered, and nothing at all', () => {
    expect(commandOf([])).toBeNull();
    expect(commandOf([{ type: 'VersionStaged', version: 1, from: 'staging', to: 'registered' }])).toBeNull();
  });

  it('a look keeps its charge, and has none where none was counted', () => {
    const look = { kind: 'use-held-out', heldOut: artifactOf('june'), result: artifactOf('r') } as const;
    const charge = { ...look, charged: { labels: 2, actor: 1 } as never };
    for (const command of [look, charge]) {
      expect(commandOf(propose(command, emptyState('m')))).toStrictEqual(command);
    }
    const correction = { kind: 'correct', ofSeq: 0, reason: 'x' } as const;
    expect(commandOf(propose(correction, stateAfter(staged('a'))))).toEqual(correction);
  });
});

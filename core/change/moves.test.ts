import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DesiredStages } from '../config/model.ts';
import type { Stage } from '../config/stage.ts';
import { type LedgerView, movesOf } from './moves.ts';

const none: DesiredStages = { staging: [], candidate: [], production: {}, archived: [], rejected: [] };
const file = (fields: Partial<DesiredStages>): DesiredStages => ({ ...none, ...fields });
const ledger = (
  versions: Readonly<Record<number, Stage>>,
  champions: Readonly<Record<string, readonly [number | null, number | null]>> = {},
): LedgerView => ({
  versions: new Map(Object.entries(versions).map(([number, stage]) => [Number(number), stage])),
  champions: new Map(
    Object.entries(champions).map(([endpoint, [version, previous]]) => [endpoint, { version, previous }]),
  ),
});
const ask = (base: DesiredStages, head: DesiredStages, view: LedgerView) =>
  movesOf('flight-delay', base, head, view).map((move) => {
    if (move.kind === 'registration') return 'registration';
    const at = move.endpoint === null ? '' : ` at ${move.endpoint}`;
    return `v${move.version} ${move.from ?? 'unknown'} -> ${move.to}${at}${move.rollback ? ' (rollback)' : ''}`;
  });

test.each<readonly [string, DesiredStages, DesiredStages, LedgerView, readonly string[]]>([
  [
    'a first promotion, from the stage that the ledger says',
    none,
    file({ production: { eu: 1 } }),
    ledger({ 1: 'staging' }),
    ['v1 staging -> production at eu'],
  ],
  [
    'a replacement: the replaced one is not named, replacing archives it',
    file({ production: { eu: 1 } }),
    file({ production: { eu: 2 }, archived: [1] }),
    ledger({ 1: 'production', 2: 'staging' }, { eu: [1, null] }),
    ['v2 staging -> production at eu'],
  ],
  [
    'a rollback to the recorded previous version',
    file({ production: { eu: 2 } }),
    file({ production: { eu: 1 } }),
    ledger({ 1: 'archived', 2: 'production' }, { eu: [2, 1] }),
    ['v1 archived -> production at eu (rollback)'],
  ],
  [
    'an older version that is not the recorded previous: all gates',
    file({ production: { eu: 3 } }),
    file({ production: { eu: 1 } }),
    ledger({ 1: 'archived', 2: 'archived', 3: 'production' }, { eu: [3, 2] }),
    ['v1 archived -> production at eu'],
  ],
  [
    'a rollback at one endpoint to what serves at the other',
    file({ production: { eu: 2, us: 1 } }),
    file({ production: { eu: 1, us: 1 } }),
    ledger({ 1: 'production', 2: 'production' }, { eu: [2, 1], us: [1, null] }),
    ['v1 production -> production at eu (rollback)'],
  ],
  [
    'a removed endpoint',
    file({ production: { eu: 1, us: 1 } }),
    file({ production: { us: 1 } }),
    ledger({ 1: 'production' }, { eu: [1, null], us: [1, null] }),
    ['v1 production -> archived at eu'],
  ],
  [
    'a removed endpoint where another version serves by now',
    file({ production: { eu: 1 } }),
    none,
    ledger({ 1: 'archived', 2: 'production' }, { eu: [2, 1] }),
    [],
  ],
  [
    'what the ledger says already moves nothing',
    none,
    file({ production: { eu: 1 }, staging: [2] }),
    ledger({ 1: 'production', 2: 'staging' }, { eu: [1, null] }),
    [],
  ],
  [
    'an old wish that did not come true is not asked for again',
    file({ production: { eu: 2 } }),
    file({ production: { eu: 2 }, rejected: [3] }),
    ledger({ 1: 'production', 2: 'staging', 3: 'staging' }, { eu: [1, null] }),
    ['v3 staging -> rejected'],
  ],
  [
    'an unknown version is asked for and left to the decision',
    none,
    file({ production: { eu: 9 }, candidate: [8] }),
    ledger({}),
    ['v9 unknown -> production at eu', 'v8 unknown -> candidate'],
  ],
  [
    'a champion that is called archived while it still serves contradicts itself and is asked for',
    file({ production: { eu: 1 } }),
    file({ production: { eu: 1 }, archived: [1] }),
    ledger({ 1: 'production' }, { eu: [1, null] }),
    ['v1 production -> archived'],
  ],
  [
    'a version that never came to production is archived though the file leaves it out there',
    file({ production: { eu: 2 } }),
    file({ archived: [2] }),
    ledger({ 2: 'staging' }),
    ['v2 staging -> archived'],
  ],
  [
    'the same version twice in a list is one move',
    none,
    file({ candidate: [2, 2] }),
    ledger({ 2: 'staging' }),
    ['v2 staging -> candidate'],
  ],
  [
    'names that an object has by itself are endpoints like any other',
    none,
    file({ production: Object.fromEntries([['constructor', 1]]) }),
    ledger({ 1: 'staging' }),
    ['v1 staging -> production at constructor'],
  ],
])('%s', (_, base, head, view, expected) => {
  expect(ask(base, head, view)).toEqual(expected);
});

const versions = fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { maxLength: 4 });
const anyFile = fc.record({
  staging: versions,
  candidate: versions,
  production: fc.dictionary(fc.constantFrom('eu', 'us'), fc.integer({ min: 1, max: 5 }), {
    noNullPrototype: true,
  }),
  archived: versions,
  rejected: versions,
});

test('a change that changes nothing moves nothing, whatever ledger and file say', () => {
  const view = ledger({ 1: 'production', 2: 'staging', 3: 'archived' }, { eu: [1, 3], us: [null, null] });
  fc.assert(
    fc.property(anyFile, (base) => {
      expect(ask(base, structuredClone(base), view)).toEqual([]);
    }),
  );
});

test('no move goes where the version is already', () => {
  const view = ledger(
    { 1: 'production', 2: 'staging', 3: 'archived', 4: 'candidate', 5: 'rejected' },
    { eu: [1, 3] },
  );
  fc.assert(
    fc.property(anyFile, anyFile, (base, head) => {
      for (const move of movesOf('flight-delay', base, head, view)) {
        if (move.kind === 'registration') continue;
        const serves = view.champions.get(move.endpoint ?? '')?.version === move.version;
        if (move.to === 'production') expect(serves).toBe(false);
        else if (move.endpoint !== null) expect(serves).toBe(true);
        else expect(move.from).not.toBe(move.to);
      }
    }),
  );
});

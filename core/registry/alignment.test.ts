import { expect, test } from 'vitest';
import type { DesiredStages } from '../config/model.ts';
import { alignedStages, differencesToLedger, viewOf } from './alignment.ts';
import { after, move, staged } from './registry.fixture.ts';

const none: DesiredStages = { staging: [], candidate: [], production: {}, archived: [], rejected: [] };
/** v1 archived, v2 at eu, v3 staged. */
const state = after(staged('a'), move({ version: 1 }), staged('b'), move({ version: 2 }), staged('c'));

test('a view says stages, champions and what to return to', () => {
  const view = viewOf(state);
  expect([...view.versions]).toEqual([
    [1, 'archived'],
    [2, 'production'],
    [3, 'staging'],
  ]);
  expect(view.champions.get('eu')).toEqual({ version: 2, previous: 1 });
});

test('a file that says what the ledger says differs in nothing, and need not name everything', () => {
  expect(differencesToLedger({ ...none, production: { eu: 2 } }, state)).toEqual([]);
  expect(differencesToLedger({ ...none, production: { eu: 2 }, archived: [1], staging: [3] }, state)).toEqual(
    [],
  );
});

test('every line that differs is told, in both directions', () => {
  const desired = { ...none, production: { eu: 1, us: 9 }, candidate: [3] };
  expect(differencesToLedger(desired, state)).toEqual([
    { version: 1, endpoint: 'eu', desired: 'production', ledger: 'archived' },
    { version: 2, endpoint: 'eu', desired: null, ledger: 'production' },
    { version: 3, endpoint: null, desired: 'candidate', ledger: 'staging' },
    { version: 9, endpoint: 'us', desired: 'production', ledger: null },
  ]);
});

test('the aligned file says what the ledger says of what it named, and differs in nothing', () => {
  const aligned = alignedStages({ ...none, production: { eu: 1, us: 9 }, candidate: [3] }, state);
  expect(aligned).toEqual({ ...none, staging: [3], production: { eu: 2 }, archived: [1] });
  expect(differencesToLedger(aligned, state)).toEqual([]);
});

test('an endpoint that was emptied is not served, and is no difference', () => {
  const emptied = after(staged('a'), move({ version: 1 }), move({ version: 1, to: 'archived' }));
  expect(differencesToLedger(none, emptied)).toEqual([]);
  expect(alignedStages({ ...none, production: { eu: 1 } }, emptied)).toEqual({ ...none, archived: [1] });
});

import { expect, test } from 'vitest';
import { propose } from './propose.ts';
import { after, artifactOf, move, moveIn, recordOf, register, staged, write } from './registry.fixture.ts';
import { emptyState } from './stream.ts';

const promote = (version: number, endpoint = 'eu') => move({ version, endpoint });
const refusal = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return (error as { code?: string }).code;
  }
  return 'none';
};

test('versions are numbered 1, 2, 3 by the ledger, whoever asks', () => {
  const state = after(staged('a'), staged('b'), staged('c'));
  expect([...state.versions.keys()]).toEqual([1, 2, 3]);
  expect(state.versions.get(2)?.record).toMatchObject({
    v: 1,
    version: 2,
    artifact: { digest: artifactOf('b') },
  });
});

test('registered to production in one move is refused', () => {
  const state = after(() => register('flight-delay', 'a', 'registered'));
  expect(state.versions.get(1)?.stage).toBe('registered');
  expect(refusal(() => propose(moveIn(state, { version: 1 }), state))).toBe('LEDGER_MOVE_REFUSED');
});

test('a promotion archives the champion that it replaces, in the same transaction, and remembers it', () => {
  const before = after(staged('a'), promote(1), staged('b'));
  const { state, events } = write(before, moveIn(before, { version: 2 }), 9);
  expect(events.map(({ data }) => data.type)).toEqual(['VersionPromoted', 'VersionArchived']);
  expect(state.endpoints.get('eu')).toMatchObject({
    champion: 2,
    previous: 1,
    artifactDigest: artifactOf('b'),
  });
  expect(state.versions.get(1)).toMatchObject({ stage: 'archived', wasInProductionAt: ['eu'] });
  expect(state.versions.get(1)?.deployments).toMatchObject([{ endpoint: 'eu', until: events[0]?.at }]);
});

test('a version that was compared with another champion is sent back, never promoted', () => {
  const state = after(staged('a'), staged('b'), promote(1), staged('c'));
  for (const replaced of [null, 2, 3]) {
    expect(() => propose(moveIn(state, { version: 2, replaced }), state)).toThrow(
      expect.objectContaining({ kind: 'conflict', code: 'LEDGER_CHAMPION_MOVED' }),
    );
  }
});

test('a version that is no longer where the decision saw it is sent back', () => {
  const state = after(staged('a'), move({ version: 1, to: 'candidate' }));
  expect(() => propose(moveIn(state, { version: 1, from: 'staging' }), state)).toThrow(
    expect.objectContaining({ kind: 'conflict', code: 'LEDGER_STAGE_MOVED' }),
  );
});

test('a rollback goes to the recorded previous version alone, and clears it', () => {
  const state = after(staged('a'), promote(1), staged('b'), promote(2), staged('c'), promote(3));
  expect(refusal(() => propose(moveIn(state, { version: 1, rollback: true }), state))).toBe(
    'LEDGER_NOT_PREVIOUS',
  );
  const { state: rolledBack, events } = write(state, moveIn(state, { version: 2, rollback: true }), 9);
  expect(events.map(({ data }) => data.type)).toEqual(['VersionRolledBack', 'VersionArchived']);
  expect(rolledBack.endpoints.get('eu')).toMatchObject({ champion: 2, previous: null });
  expect(rolledBack.versions.get(3)?.stage).toBe('archived');
  const again = moveIn(rolledBack, { version: 3, rollback: true });
  expect(refusal(() => propose(again, rolledBack))).toBe('LEDGER_NOT_PREVIOUS');
});

test('an archived version comes back only where it was in production', () => {
  const state = after(
    staged('a'),
    promote(1),
    staged('b'),
    promote(2),
    staged('c'),
    move({ version: 3, to: 'archived' }),
  );
  expect(propose(moveIn(state, { version: 1 }), state)[0]).toMatchObject({
    type: 'VersionPromoted',
    from: 'archived',
  });
  expect(refusal(() => propose(moveIn(state, { version: 1, endpoint: 'us' }), state))).toBe(
    'LEDGER_MOVE_REFUSED',
  );
  expect(refusal(() => propose(moveIn(state, { version: 3 }), state))).toBe('LEDGER_MOVE_REFUSED');
});

test('a version serves two endpoints and is archived when it serves none', () => {
  const both = after(staged('a'), promote(1), promote(1, 'us'), staged('b'), promote(2));
  expect(both.versions.get(1)?.stage).toBe('production');
  expect(both.endpoints.get('us')).toMatchObject({ champion: 1, previous: null });
  expect(refusal(() => propose(moveIn(both, { version: 2 }), both))).toBe('LEDGER_MOVE_REFUSED');
  const { state } = write(both, moveIn(both, { version: 1, to: 'archived', endpoint: 'us' }), 9);
  expect(state.versions.get(1)?.stage).toBe('archived');
  expect(state.endpoints.get('us')).toMatchObject({ champion: null, previous: null, artifactDigest: null });
});

test('a demotion leaves nobody and nothing to return to without judgement', () => {
  const state = after(staged('a'), promote(1), staged('b'), promote(2), move({ version: 2, to: 'archived' }));
  expect(state.endpoints.get('eu')).toMatchObject({ champion: null, previous: null });
  expect(refusal(() => propose(moveIn(state, { version: 2, rollback: true }), state))).toBe(
    'LEDGER_NOT_PREVIOUS',
  );
  expect(state.versions.get(2)?.stage).toBe('archived');
});

test('what leaves production names its endpoint, and only who serves there leaves', () => {
  const state = after(staged('a'), promote(1));
  expect(refusal(() => propose({ ...moveIn(state, { to: 'archived' }), endpoint: null }, state))).toBe(
    'LEDGER_ENDPOINT',
  );
  expect(refusal(() => propose(moveIn(state, { to: 'archived', endpoint: 'us' }), state))).toBe(
    'LEDGER_CHAMPION_MOVED',
  );
  expect(
    refusal(() => propose({ ...moveIn(after(staged('a')), {}), endpoint: null }, after(staged('a')))),
  ).toBe('LEDGER_ENDPOINT');
});

test('unknown versions, foreign records and corrections of the future are refused', () => {
  const state = after(staged('a'));
  expect(refusal(() => propose(moveIn(state, { version: 7 }), state))).toBe('LEDGER_UNKNOWN_VERSION');
  const foreign = { kind: 'register', record: recordOf('churn', 'x'), stage: 'staging' } as const;
  expect(refusal(() => propose(foreign, state))).toBe('LEDGER_MODEL');
  for (const ofSeq of [-1, 0.5, Number.NaN, 2]) {
    expect(refusal(() => propose({ kind: 'correct', ofSeq, reason: 'x' }, state))).toBe('LEDGER_CORRECTION');
  }
  const corrected = write(state, { kind: 'correct', ofSeq: 0, reason: 'pushed by hand' }, 9).state;
  expect(corrected.versions).toEqual(state.versions);
  expect(refusal(() => propose({ kind: 'correct', ofSeq: 0, reason: 'x' }, emptyState('churn')))).toBe(
    'LEDGER_CORRECTION',
  );
});

test('rejected is final', () => {
  const state = after(staged('a'), move({ version: 1, to: 'rejected' }));
  for (const to of ['staging', 'candidate', 'production', 'archived', 'rejected'] as const) {
    expect(refusal(() => propose(moveIn(state, { to }), state))).toBe('LEDGER_MOVE_REFUSED');
  }
});

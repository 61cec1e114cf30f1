import { describe, expect, it } from 'vitest';
import { commandOf } from './command.ts';
import { evolve } from './evolve.ts';
import type { LedgerEvent, LedgerEventData, Person } from './ledger.ts';
import { propose } from './propose.ts';
import { artifactOf, move, moveIn, staged, after as stateAfter, write } from './registry.fixture.ts';
import type { TriggerUse } from './trigger.ts';

type Promotion = Extract<LedgerEventData, { type: 'VersionPromoted' | 'VersionRolledBack' }>;

const errors = { name: 'errors', metric: 'error-rate', above: 0.05, windowMinutes: 30 };
const served = stateAfter(
  staged('a'),
  move({ version: 1 }),
  staged('b'),
  move({ version: 2, triggers: [errors] }),
);
const bySeq = served.endpoints.get('eu')?.by.seq ?? -1;
const use: TriggerUse = {
  ...{ authority: 'pre-approved', promotion: bySeq, trigger: errors, observed: 0.06 },
  ...{ from: '2026-01-01T01:00:00Z', until: '2026-01-01T01:30:00Z', evidence: artifactOf('watched') },
};
const app: Person = { id: 900, login: 'gatehouse[bot]', kind: 'Bot' };

/** The first event of a rollback that came by itself, as the app writes it; override what a case needs. */
function returning(fields: Partial<Promotion> = {}, facts: Partial<LedgerEvent> = {}): LedgerEvent {
  const [event] = write(served, moveIn(served, { version: 1, rollback: true }), 9).events;
  if (event === undefined) throw new Error('no event');
  const data = { ...(event.data as Promotion), trigger: use, ...fields };
  return { ...event, actor: app, data, ...facts };
}

describe('a promotion that declares triggers', () => {
  it('keeps them at the endpoint, and one without has none', () => {
    expect(served.endpoints.get('eu')?.triggers).toEqual([errors]);
    const plain = stateAfter(staged('a'), move({ version: 1 }), staged('b'), move({ version: 2 }));
    expect(Object.keys(plain.endpoints.get('eu') ?? {})).not.toContain('triggers');
  });

  it('has a version to return to, and is no rollback', () => {
    const state = stateAfter(staged('a'), move({ version: 1 }), staged('b'));
    const [event] = write(state, moveIn(state, { version: 2 }), 9).events as [LedgerEvent];
    const data = { ...(event.data as Promotion), triggers: [errors] };
    expect(evolve(state, { ...event, data }).endpoints.get('eu')?.triggers).toEqual([errors]);
    const empty = stateAfter(staged('a'));
    const [first] = write(empty, moveIn(empty, {}), 9).events as [LedgerEvent];
    const alone = { ...first, data: { ...(first.data as Promotion), triggers: [errors] } };
    expect(() => evolve(empty, alone)).toThrow('no version to return to');
    const back = returning({ triggers: [errors] });
    expect(() => evolve(served, back)).toThrow('no version to return to');
  });
});

describe('a rollback by itself', () => {
  it('is legal as it stands: the stay says so, and what left is nobody’s version to return to', () => {
    const state = evolve(served, returning());
    expect(state.endpoints.get('eu')).toMatchObject({ champion: 1, previous: null });
    expect(state.versions.get(1)?.deployments.at(-1)?.how).toBe('rolled back by trigger');
    expect(state.versions.get(2)?.removedByTrigger).toBe(true);
    expect(served.versions.get(2)?.removedByTrigger).toBeUndefined();
  });

  it('leaves nothing to return to for whoever replaces a version that was removed elsewhere', () => {
    const versions = new Map(served.versions);
    const second = versions.get(2);
    if (second === undefined) throw new Error('no version');
    versions.set(2, { ...second, removedByTrigger: true });
    const [registered, third] = write({ ...served, versions }, staged('c')(), 10).events as [
      LedgerEvent,
      LedgerEvent,
    ];
    const state = [registered, third].reduce(evolve, { ...served, versions });
    const next = write(state, moveIn(state, { version: 3 }), 11).state;
    expect(next.endpoints.get('eu')).toMatchObject({ champion: 3, previous: null });
  });

  it.each<[string, LedgerEvent, string]>([
    ['by a person', returning({}, { actor: { ...app, kind: 'User' } }), 'a person does not'],
    ['with approvals', returning({}, { approvals: [{ reviewId: 1 } as never] }), 'approvals of its own'],
    ['of another promotion', returning({ trigger: { ...use, promotion: 0 } }), 'by another entry'],
    ['on the allowed side', returning({ trigger: { ...use, observed: 0.05 } }), 'allowed side'],
    [
      'by a trigger that was declared otherwise',
      returning({ trigger: { ...use, trigger: { ...errors, above: 0.01 } } }),
      'declared otherwise',
    ],
    [
      'by a trigger that nobody declared',
      returning({ trigger: { ...use, trigger: { ...errors, name: 'other' } } }),
      'was not declared',
    ],
    [
      'that promotes',
      returning({ type: 'VersionPromoted', triggers: undefined }),
      'a trigger promotes nothing',
    ],
  ])('%s could never have been written', (_, event, because) => {
    expect(() => evolve(served, event)).toThrow(because);
  });

  it('is read back with its trigger, a promotion with its triggers', () => {
    for (const fields of [
      { version: 1, rollback: true, trigger: use },
      { version: 1, rollback: true },
    ]) {
      const command = moveIn(served, fields);
      expect(commandOf(propose(command, served))).toStrictEqual(command);
    }
    const state = stateAfter(staged('a'), move({ version: 1 }), staged('b'));
    const command = moveIn(state, { version: 2, triggers: [errors] });
    expect(commandOf(propose(command, state))).toStrictEqual(command);
  });
});

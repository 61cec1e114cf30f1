import { describe, expect, it } from 'vitest';
import { outcomeOf, reviewsOf, subject, tally } from './history.fixture.ts';
import { assignApprovers } from './matching.ts';
import type { RequiredLine } from './requirement.ts';

const hourMs = 3_600_000;
const given = Date.parse('2026-11-21T10:00:00Z');
const because = (history: string, more: Parameters<typeof tally>[2]) =>
  tally(history, 'reviewer', more).uncounted.map((each) => each.because);

describe('approvals that age', () => {
  it.each([
    [24, 'It was given more than 1 day ago and has expired: look and approve again.'],
    [48, 'It was given more than 2 days ago and has expired: look and approve again.'],
    [1, 'It was given more than 1 hour ago and has expired: look and approve again.'],
    [5, 'It was given more than 5 hours ago and has expired: look and approve again.'],
  ])('of %s hours: the last moment counts, one later does not', (hours, reason) => {
    const at = (now: number) => ({ expiry: { hours, now } });
    const end = given + hours * hourMs;
    expect(outcomeOf(tally('rita:approves', 'reviewer', at(end)))).toBe('rita');
    expect(outcomeOf(tally('rita:approves', 'reviewer', at(end + 1)))).toBe('nobody | 1 missing');
    expect(because('rita:approves', at(end + 1))).toEqual([reason]);
  });

  it('do not count at a time that nobody can tell', () => {
    const unknown = { expiry: { hours: 24, now: null } };
    expect(outcomeOf(tally('rita:approves', 'reviewer', unknown))).toBe('nobody | 1 missing');
    expect(because('rita:approves', unknown)[0]).toContain('could not be told');
  });
});

describe('the order in which things are told', () => {
  it('who still asks for changes: by the review that stands, not by the first one of the person', () => {
    const { blocking } = tally('rita:approves rosa:objects rita:objects');
    expect(blocking.map(({ reviewer }) => reviewer.login)).toEqual(['rosa', 'rita']);
  });

  it('who said yes for a consumer: ascending by id, whoever was first', () => {
    const { acknowledged } = tally('omar:approves ada:approves', '', {
      acknowledging: ['owner', 'governor'],
    });
    const both = reviewsOf('rosa:approves rita:approves').map((each) => ({
      ...each,
      roles: ['consumer: x'],
    }));
    const ids = tally('', '', { reviews: both, acknowledging: ['consumer: x'] }).acknowledged.get(
      'consumer: x',
    );
    expect([...acknowledged.keys()]).toEqual(['owner', 'governor']);
    expect(ids?.map(({ id }) => id)).toEqual([3, 6]);
  });

  it('two reviews of one second and one number: the same for every order of the list', () => {
    const [one, other] = reviewsOf('rita:approves rosa:approves');
    if (one === undefined || other === undefined) throw new Error('no reviews');
    const twins = [one, { ...other, id: one.id, submittedAt: one.submittedAt }];
    const told = (reviews: typeof twins) =>
      tally('', 'reviewer*2', { reviews }).counted.map((each) => each.reviewer.login);
    expect(told(twins)).toEqual(told(twins.toReversed()));
    expect(told(twins)).toHaveLength(2);
  });

  it('the seats of a line: ascending, also when somebody moved on to another line', () => {
    const line = (role: string, count: number): RequiredLine => ({ role, anyOf: [role], count, because: [] });
    const people = [
      { id: 1, roles: ['a', 'b'] },
      { id: 2, roles: ['a'] },
      { id: 3, roles: ['a'] },
    ];
    expect(assignApprovers([line('a', 2), line('b', 1)], people)).toEqual([[2, 3], [1]]);
  });
});

describe('what is found of one approval', () => {
  it('a role comes first: without one, neither its time nor its age is the reason', () => {
    const old = { expiry: { hours: 1, now: given + 9 * hourMs } };
    const reviews = reviewsOf('eve:approves');
    expect(tally('', 'reviewer', { ...old, reviews }).uncounted[0]?.because).toBe(
      'eve holds no role of the policy; asked for: reviewer.',
    );
    expect(tally('', '', { reviews }).uncounted[0]?.because).toBe(
      'eve holds no role of the policy; asked for: nobody.',
    );
  });

  it('the first of several checks of the subject is the one that was there to see', () => {
    const check = (id: number) => ({ id, subject, completedAt: '2026-11-21T09:00:00Z' });
    const reviews = reviewsOf('rita:approves').map((each) => ({
      ...each,
      evidenceChecks: [check(12), check(5), check(8)],
    }));
    expect(tally('', 'reviewer', { reviews }).counted[0]?.checkRunId).toBe(5);
  });

  it('three changed files are all named', () => {
    const reviews = reviewsOf('rita:approves-older').map((each) => ({
      ...each,
      changedSince: ['a', 'b', 'c'],
    }));
    expect(tally('', 'reviewer', { reviews }).uncounted[0]?.because).toContain(
      'something else: a, b, c changed since',
    );
  });

  it('a change request is none, whatever it says of a dismissal', () => {
    const reviews = reviewsOf('rita:objects').map((each) => ({
      ...each,
      stateBeforeDismissal: 'APPROVED' as const,
    }));
    const result = tally('', 'reviewer', { reviews });
    expect(outcomeOf(result)).toBe('nobody | 1 missing | blocked by rita');
    expect(result.uncounted).toEqual([]);
  });

  it('an approval that fills no seat is recorded with the first role of the lines that its author holds', () => {
    const facts = tally('rita:approves rosa:approves omar:approves', 'owner reviewer').counted;
    expect(facts.map(({ reviewer, role }) => `${reviewer.login}: ${role}`)).toEqual([
      'rita: reviewer',
      'rosa: reviewer',
      'omar: owner',
    ]);
  });
});

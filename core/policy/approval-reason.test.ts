import { describe, expect, it } from 'vitest';
import { ada, omar, person, rita, rosa } from './decision.fixture.ts';
import type { Exclusion } from './decision.ts';
import { authorOf, outcomeOf, reviewsOf, subject, tally } from './history.fixture.ts';

const reasonsOf = (history: string, lines = 'reviewer', exclusions: readonly Exclusion[] = [authorOf()]) =>
  tally(history, lines, { exclusions }).uncounted.map((each) => `${each.reviewer.login}: ${each.because}`);

describe('why an approval does not count', () => {
  it.each([
    [
      'rita:approves-older',
      'rita: It was given on 0000000 for something else: content, rules, champion or result changed since.',
    ],
    ['rita:approves-unseen', 'rita: It was given on aaaaaaa, where there was no evidence to see.'],
    [
      'rita:approves-early',
      'rita: It was given on aaaaaaa before the evidence there was complete: look and approve again.',
    ],
    ['rita:approves-untimed', 'rita: The time it was given (just now) could not be read.'],
    ['rita:approval-dismissed', 'rita: It was dismissed.'],
    ['rita:approves rita:objects', 'rita: The same person asked for changes later.'],
    ['rita:approves rita:approves', 'rita: A later review of the same person replaces it.'],
    [
      'rita:approves rita:dismissed-unread',
      'rita: A later review of the same person was dismissed, which revives nothing.',
    ],
    ['eve:approves', 'eve: eve holds no role of the policy; asked for: reviewer.'],
    ['omar:approves', 'omar: omar holds owner, risk; asked for: reviewer.'],
    ['ben:approves', 'ben: ben is the author of this pull request: nobody approves work of their own.'],
    ['helper[bot]:approves', 'helper[bot]: helper[bot] is a bot: nobody approves work of their own.'],
  ])('%s', (history, reason) => {
    expect(reasonsOf(history)).toEqual([reason]);
  });

  it('names the files that changed since', () => {
    const [review] = reviewsOf('rita:approves-older');
    if (!review) throw new Error('no review');
    const because = (changedSince: readonly string[]) =>
      tally('', 'reviewer', { reviews: [{ ...review, changedSince }] }).uncounted[0]?.because;
    expect(because(['train.mjs'])).toBe(
      'It was given on 0000000 for something else: train.mjs changed since.',
    );
    expect(because(['a', 'b', 'c', 'd', 'e'])).toContain('a, b, c and 2 more changed since');
  });

  it('says that nothing is there to approve while evidence is missing', () => {
    const [first] = tally('rita:approves', 'reviewer', { subject: null }).uncounted;
    expect(first?.because).toContain('nothing to approve');
  });

  it('lists every reason of a person, once', () => {
    const exclusions: Exclusion[] = [
      { person: rita, because: 'pusher' },
      { person: rita, because: 'committer' },
      { person: rita, because: 'pusher' },
    ];
    expect(reasonsOf('rita:approves', 'reviewer', exclusions)).toEqual([
      'rita: rita is a committer in this pull request, rita is somebody who pushed to this pull request: nobody approves work of their own.',
    ]);
  });
});

describe('who is excluded', () => {
  const reasons: readonly Exclusion['because'][] = [
    'author',
    'committer',
    'co-author',
    'pusher',
    'dispatcher',
    'bot',
    'asked for this pull request',
  ];

  it.each(reasons)('%s: for every kind of change', (because) => {
    for (const excludeContributors of [true, false]) {
      const result = tally('rita:approves', 'reviewer', {
        exclusions: [{ person: rita, because }],
        excludeContributors,
      });
      expect(outcomeOf(result)).toBe('nobody | 1 missing');
      expect(result.uncounted).toHaveLength(1);
    }
  });

  it('contributor: for candidate and production only', () => {
    const exclusions: Exclusion[] = [{ person: rita, because: 'contributor' }];
    const outcome = (excludeContributors: boolean) =>
      outcomeOf(tally('rita:approves', 'reviewer', { exclusions, excludeContributors }));
    expect(outcome(true)).toBe('nobody | 1 missing');
    expect(outcome(false)).toBe('rita');
  });

  it('goes by id: a renamed account stays excluded, a namesake is not', () => {
    const renamed: Exclusion[] = [{ person: person(rita.id, 'rita-was-here'), because: 'pusher' }];
    expect(outcomeOf(tally('rita:approves', 'reviewer', { exclusions: renamed }))).toBe('nobody | 1 missing');
    const namesake: Exclusion[] = [{ person: person(99, 'rita'), because: 'pusher' }];
    expect(outcomeOf(tally('rita:approves', 'reviewer', { exclusions: namesake }))).toBe('rita');
  });

  it('excluding one leaves the others their places', () => {
    const exclusions: Exclusion[] = [{ person: ada, because: 'committer' }];
    const result = tally('ada:approves rita:approves rosa:approves omar:approves', 'reviewer*2 owner', {
      exclusions,
    });
    expect(outcomeOf(result)).toBe('omar rita rosa');
    expect(result.uncounted.map((each) => each.reviewer.login)).toEqual(['ada']);
  });

  it('a change request by somebody excluded still stands: only approvals are excluded', () => {
    const exclusions: Exclusion[] = [{ person: rosa, because: 'committer' }];
    expect(outcomeOf(tally('rosa:objects rita:approves', 'reviewer', { exclusions }))).toBe(
      'rita | blocked by rosa',
    );
  });
});

describe('what is recorded of an approval that counts', () => {
  it('names review, role, commit, and the check that was there to see', () => {
    expect(tally('omar:approves', 'owner').counted).toEqual([
      {
        reviewId: 100,
        reviewer: omar,
        role: 'owner',
        commit: 'a'.repeat(40),
        submittedAt: '2026-11-21T10:00:00Z',
        checkRunId: 77,
        checkCompletedAt: '2026-11-21T09:00:00Z',
      },
    ]);
  });

  it('gives each person the role whose place they fill', () => {
    const roles = tally('ada:approves rita:approves', 'reviewer governor').counted.map(
      (fact) => `${fact.reviewer.login}:${fact.role}`,
    );
    expect(roles).toEqual(['ada:governor', 'rita:reviewer']);
  });

  it('keeps an approval by the right role when the line is full already', () => {
    const counted = tally('rita:approves rosa:approves', 'reviewer').counted.map((fact) => fact.role);
    expect(counted).toEqual(['reviewer', 'reviewer']);
  });

  it.each([
    ['in the same second', '2026-11-21T10:00:00Z', false],
    ['a second before', '2026-11-21T09:59:59Z', true],
    ['a millisecond before', '2026-11-21T09:59:59.999Z', true],
    ['a second after', '2026-11-21T10:00:01Z', false],
    ['at no readable time', 'earlier', false],
    ['at an impossible time', '2026-02-30T09:00:00Z', false],
    ['in another time zone', '2026-11-21T09:59:59+02:00', false],
  ])('wants the check completed strictly before the review: %s', (_, completedAt, counts) => {
    const reviews = reviewsOf('rita:approves').map((review) => ({
      ...review,
      evidenceChecks: [{ id: 5, subject, completedAt }],
    }));
    expect(tally('', 'reviewer', { reviews }).counted.length === 1).toBe(counts);
  });

  it('looks at every check of the commit: one for another subject harms nothing', () => {
    const reviews = reviewsOf('rita:approves').map((review) => ({
      ...review,
      evidenceChecks: [
        { id: 9, subject: 'sha256:other', completedAt: '2026-11-21T08:00:00Z' },
        { id: 8, subject, completedAt: '2026-11-21T11:00:00Z' },
        { id: 7, subject, completedAt: '2026-11-21T09:00:00Z' },
      ],
    }));
    expect(tally('', 'reviewer', { reviews }).counted[0]?.checkRunId).toBe(7);
  });
});

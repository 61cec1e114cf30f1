import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { omar, promotionInput, reviewOf, rita, withReviews } from './decision.fixture.ts';
import { decideGroup, type GroupMember } from './merge-group.ts';

const waiting = promotionInput();
const allowed = withReviews(
  waiting,
  reviewOf(rita, ['reviewer'], waiting),
  reviewOf(omar, ['owner'], waiting),
);
const nothing = { ...waiting, change: { kind: 'nothing', because: 'It changes nothing here.' } as const };
const memberOf = (number: number, input: typeof waiting, enforced = true): GroupMember => ({
  ...{ number, enforced },
  decision: decide(input),
});

describe('a merge group', () => {
  it('passes when every member is allowed or moves nothing', () => {
    expect(decideGroup([memberOf(1, nothing), memberOf(2, allowed), memberOf(3, nothing)])).toEqual({
      conclusion: 'success',
      members: [1, 2, 3].map((number) => ({ number, allowed: true, because: 'allowed' })),
    });
  });

  it('fails for one member that is not allowed, and says which and why', () => {
    const { conclusion, members } = decideGroup([memberOf(1, nothing), memberOf(2, waiting)]);
    expect(conclusion).toBe('failure');
    expect(members[1]).toMatchObject({
      number: 2,
      allowed: false,
      because: expect.stringContaining('0 of 1'),
    });
  });

  it('fails when two members move one model: the later one never met what the first makes champion', () => {
    const { conclusion, members } = decideGroup([memberOf(1, allowed), memberOf(2, allowed)]);
    expect(conclusion).toBe('failure');
    expect(members.map((member) => member.allowed)).toEqual([true, false]);
    expect(members[1]?.because).toBe('flight-delay moves in an earlier pull request of this group');
  });

  it('is neutral where only bases that report object, and failed as soon as one enforces', () => {
    expect(decideGroup([memberOf(1, waiting, false)]).conclusion).toBe('neutral');
    expect(decideGroup([memberOf(1, waiting, false), memberOf(2, waiting)]).conclusion).toBe('failure');
    expect(decideGroup([memberOf(1, waiting, false), memberOf(2, nothing)]).conclusion).toBe('neutral');
  });

  it('of nobody is no success', () => {
    expect(decideGroup([]).conclusion).toBe('failure');
  });
});

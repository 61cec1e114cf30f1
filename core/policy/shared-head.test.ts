import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgementOf, policy, v1AtEu } from '../evidence/evidence.fixture.ts';
import { decide } from './decide.ts';
import { ben, eve, omar, promotionInput, reviewOf, rita, withReviews } from './decision.fixture.ts';
import type { DecisionInput } from './decision.ts';
import { decideTogether, poolShared } from './shared-head.ts';

/** The same request judged onto another base: nothing of the first base is about it. */
function waitingOnto(baseRef: string): DecisionInput {
  const judgement = judgementOf({ version: 2, champions: [v1AtEu] });
  return promotionInput({
    baseRef,
    judgement: { ...judgement, origin: { ...judgement.origin, baseRef } },
  });
}
const waiting = waitingOnto('main');
const byRita = withReviews(waiting, reviewOf(rita, ['reviewer'], waiting));
const byOmar = withReviews(waiting, reviewOf(omar, ['owner'], waiting));
const allowed = withReviews(byRita, ...byOmar.reviews);
const nothing: DecisionInput = {
  ...waiting,
  change: { kind: 'nothing', because: 'It changes nothing here.' },
};
const refused: DecisionInput = { ...waiting, model: null };
const onto = (input: DecisionInput, baseRef: string): DecisionInput => ({ ...input, baseRef });

describe('pull requests with the same head and the same base', () => {
  it('pool their approvals: one decision', () => {
    expect([decide(byRita).kind, decide(byOmar).kind]).toEqual(['waiting', 'waiting']);
    const { decision } = decideTogether([byRita, byOmar]);
    expect(decision.kind).toBe('allowed');
    expect(decision.counted.map(({ reviewer }) => reviewer.login).sort()).toEqual(['omar', 'rita']);
  });

  it('exclude whoever opened or made one of them', () => {
    const opened: DecisionInput = { ...byOmar, exclusions: [{ person: rita, because: 'author' as const }] };
    const { decision, input } = decideTogether([byRita, opened]);
    expect(decision.kind).toBe('waiting');
    expect(decision.uncounted.map(({ reviewer }) => reviewer.login)).toEqual(['rita']);
    expect(input.canApprove.reviewer).toEqual(['rita', 'rosa']);
  });

  it('count what is unknown about one of them for all', () => {
    const pooled = poolShared(allowed, [{ ...waiting, pushersKnown: false, openedByBot: true }]);
    expect(decide(pooled).missing).toMatchObject([{ role: 'any role', count: 2 }]);
  });

  it('are held up by a change request on either', () => {
    const blocked = withReviews(
      waiting,
      reviewOf(rita, ['reviewer'], waiting, { state: 'CHANGES_REQUESTED' }),
    );
    expect(decideTogether([allowed, blocked]).decision.kind).not.toBe('allowed');
  });

  it('need the evidence of one alone', () => {
    const { at, decision } = decideTogether([{ ...allowed, judgement: null }, allowed]);
    expect([at, decision.kind]).toEqual([1, 'allowed']);
  });

  it('name as candidates whom none of them excludes; a role that one does not name is not empty', () => {
    const other = { ...waiting, canApprove: { reviewer: ['rosa'] } };
    expect(poolShared(waiting, [other]).canApprove).toMatchObject({ reviewer: ['rosa'], owner: ['omar'] });
    expect(poolShared(waiting, [])).toBe(waiting);
  });
});

describe('pull requests with the same head and several governed bases', () => {
  const elsewhere = waitingOnto('release');
  const byOmarElsewhere = withReviews(elsewhere, reviewOf(omar, ['owner'], elsewhere));
  const allowedElsewhere = withReviews(byOmarElsewhere, reviewOf(rita, ['reviewer'], elsewhere));

  it.each([
    ['nothing changes on the other', onto(nothing, 'release')],
    ['the other is allowed', allowedElsewhere],
  ])('the worst speaks though %s', (_, other) => {
    const { at, decision } = decideTogether([other, waiting]);
    expect([at, decision.kind]).toEqual([1, 'waiting']);
  });

  it('refused is worse than waiting, and approvals of another base do not count here', () => {
    expect(decideTogether([waiting, onto(refused, 'release')]).decision.kind).toBe('refused');
    expect(decideTogether([byRita, byOmarElsewhere]).decision.kind).toBe('waiting');
  });

  it('a base that only reports holds up nobody, and is shown only where all others pass', () => {
    const reports = onto({ ...refused, policy: { ...policy, enforce: false } }, 'release');
    expect(decideTogether([reports, waiting])).toMatchObject({ at: 1, decision: { kind: 'waiting' } });
    expect(decideTogether([reports, allowed])).toMatchObject({ at: 0, decision: { kind: 'refused' } });
  });

  it('law: the order does not matter, and nothing passes that one base with a policy that enforces holds up', () => {
    const pool = [nothing, allowed, waiting, refused, byRita, { ...nothing, fork: true }];
    const some = fc.array(fc.tuple(fc.constantFrom(...pool), fc.constantFrom('main', 'release', 'next')), {
      minLength: 1,
      maxLength: 5,
    });
    let held = 0;
    fc.assert(
      fc.property(some, (chosen) => {
        const [first, ...rest] = chosen.map(([input, base]) => onto(input, base));
        if (first === undefined) return;
        const { decision } = decideTogether([first, ...rest]);
        const reversed = [first, ...rest].reverse() as [DecisionInput, ...DecisionInput[]];
        expect(decideTogether(reversed).decision.kind).toBe(decision.kind);
        const counted = [first, ...rest].filter(
          ({ fork }, _, all) => !fork || all.every((each) => each.fork),
        );
        for (const base of new Set(counted.map(({ baseRef }) => baseRef))) {
          const kinds = counted.filter(({ baseRef }) => baseRef === base).map((each) => decide(each).kind);
          const passes = kinds.some((kind) => kind === 'allowed' || kind === 'nothing');
          if (passes) continue;
          held += 1;
          expect(['allowed', 'nothing']).not.toContain(decision.kind);
        }
      }),
      { seed: 9, numRuns: 200 },
    );
    expect(held).toBeGreaterThan(50);
  });
});

describe('a pull request from a fork', () => {
  it('neither passes nor holds up a head that a branch of the repository has', () => {
    const stranger = { ...onto(refused, 'release'), fork: true };
    expect(decideTogether([stranger, allowed])).toMatchObject({ at: 1, decision: { kind: 'allowed' } });
    const kind = { ...nothing, fork: true, exclusions: [{ person: eve, because: 'author' as const }] };
    expect(decideTogether([kind, waiting])).toMatchObject({
      at: 1,
      input: { exclusions: waiting.exclusions },
    });
  });

  it('counts among others from forks: the worst of all bases', () => {
    const [here, there] = [
      { ...waiting, fork: true },
      { ...onto(nothing, 'release'), fork: true },
    ];
    expect(decideTogether([there, here]).decision.kind).toBe('waiting');
    expect(decideTogether([here, there]).decision.kind).toBe('waiting');
  });
});

it('is that of the one pull request where there is one', () => {
  const own = { ...allowed, exclusions: [{ person: ben, because: 'author' as const }] };
  expect(decideTogether([own])).toEqual({ at: 0, input: own, decision: decide(own) });
});

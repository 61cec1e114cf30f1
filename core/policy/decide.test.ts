import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../json/canonical.ts';
import { decide } from './decide.ts';
import { ben, omar, promotionInput, proposalInput, reviewOf, rita, withReviews } from './decision.fixture.ts';

describe('decide', () => {
  it('waits for the approvals of a proposal that passes, and says who could give them', () => {
    const decision = decide(proposalInput());
    expect(decision.kind).toBe('waiting');
    expect(decision.verdict).toBe('waiting');
    expect(decision.missing).toEqual([{ role: 'reviewer', count: 1, candidates: ['rita', 'rosa'] }]);
    expect(decision.subject).toMatch(/^sha256:/);
  });

  it('allows a proposal once a reviewer approved what is there to see', () => {
    const input = proposalInput();
    const decision = decide(withReviews(input, reviewOf(rita, ['reviewer'], input)));
    expect(decision.kind).toBe('allowed');
    expect(decision.verdict).toBe('pass');
    expect(decision.counted.map((fact) => fact.reviewer.login)).toEqual(['rita']);
  });

  it('allows a promotion with a reviewer and an owner', () => {
    const input = promotionInput();
    const reviews = [reviewOf(rita, ['reviewer'], input), reviewOf(omar, ['owner'], input)];
    expect(decide(withReviews(input, ...reviews)).kind).toBe('allowed');
    expect(decide(withReviews(input, reviews[0] as never)).kind).toBe('waiting');
  });

  it('does not count the author, and says so', () => {
    const input = proposalInput();
    const decision = decide(withReviews(input, reviewOf(ben, ['reviewer'], input)));
    expect(decision.kind).toBe('waiting');
    expect(decision.uncounted[0]?.because).toContain('the author of this pull request');
  });

  it('gives the same bytes for the same input', () => {
    const input = promotionInput();
    expect(canonicalJson(decide(input))).toBe(canonicalJson(decide(structuredClone(input))));
  });
});

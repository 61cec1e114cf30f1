import { describe, expect, it } from 'vitest';
import { digest, judgementOf, v1AtEu } from '../evidence/evidence.fixture.ts';
import { canonicalJson } from '../json/canonical.ts';
import { decide } from './decide.ts';
import {
  ben,
  omar,
  promotionInput,
  proposalInput,
  requestOf,
  reviewOf,
  rita,
  withReviews,
} from './decision.fixture.ts';

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

describe('changes that are no request', () => {
  it('passes what moves nothing, without approval', () => {
    const decision = decide(proposalInput({ change: { kind: 'nothing', because: 'README only.' } }));
    expect(decision).toMatchObject({ kind: 'nothing', verdict: 'pass', subject: null, missing: [] });
    expect(decision.rules[0]?.because).toBe('README only.');
  });

  it('passes a change of stages.yml whose result is what the ledger says already', () => {
    expect(decide(promotionInput({ change: requestOf() })).kind).toBe('nothing');
  });

  it('keeps what could not be read refused, with its findings', () => {
    const finding = {
      code: 'change/link',
      severity: 'fail',
      message: 'A link',
      fix: 'Commit the file.',
    } as const;
    const decision = decide(proposalInput({ change: { kind: 'refused', findings: [finding] } }));
    expect(decision).toMatchObject({ kind: 'refused', verdict: 'fail', findings: [finding] });
    expect(decide(proposalInput({ change: { kind: 'refused', findings: [] } })).kind).toBe('refused');
  });

  it('asks for approval of a change of configuration alone, and has a subject for it', () => {
    const input = proposalInput({
      change: requestOf({ model: null, configuration: ['.github/gatehouse.yml'] }),
      model: null,
      validation: null,
      judgement: null,
    });
    const decision = decide(input);
    expect(decision.kind).toBe('waiting');
    expect(decision.missing).toEqual([{ role: 'governor', count: 1, candidates: ['ada'] }]);
    expect(decision.subject).not.toBeNull();
    expect(decide({ ...input, reviews: [reviewOf(omar, ['governor'], input)] }).kind).toBe('allowed');
  });
});

it('judges a proposal against every champion of the model', () => {
  const champions = [v1AtEu, { endpoint: 'us', version: 3, artifactDigest: digest('v3 bytes') }];
  const ledger = { champions: champions.map((each) => ({ ...each, previous: null })), artifacts: [] };
  const both = proposalInput({ judgement: judgementOf({ champions }), ledger });
  expect(decide(both).kind).toBe('waiting');
  const one = proposalInput({ judgement: judgementOf({ champions, against: [1] }), ledger });
  expect(decide(one).findings.map((finding) => finding.code)).toContain('judgement/not-compared');
});

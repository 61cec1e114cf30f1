import { describe, expect, it } from 'vitest';
import type { Finding } from '../finding/finding.ts';
import { acknowledgingRoles, consumerRole } from './acknowledgement-rule.ts';
import { decide } from './decide.ts';
import { ben, eve, omar, person, proposalInput, reviewOf, rita, withReviews } from './decision.fixture.ts';
import type { DecisionInput } from './decision.ts';
import { subjectOf } from './subject.ts';

const broken: Finding = {
  code: 'prediction/range',
  severity: 'warn',
  message: 'Scores may be above 1, which was promised not to be',
  fix: 'Keep the range, or ask those who read them.',
};
const role = consumerRole('pricing');
const breaking = (...consumers: readonly string[]): DecisionInput => {
  const input = proposalInput();
  const canApprove = { ...input.canApprove, [role]: ['eve'], [consumerRole('search')]: ['zoe'] };
  return { ...input, canApprove, prediction: { findings: [broken], consumers } };
};
const zoe = person(9, 'zoe');

describe('a change that breaks what consumers of the predictions count on', () => {
  it('waits for one person of each consumer, beside the quorum, and names who can help', () => {
    const input = breaking('search', 'pricing');
    const approved = withReviews(input, reviewOf(rita, ['reviewer'], input));
    const decision = decide(approved);
    expect(decision).toMatchObject({ kind: 'waiting', verdict: 'waiting' });
    expect(decision.missing).toEqual([
      { role: 'consumer: pricing', count: 1, candidates: ['eve'] },
      { role: 'consumer: search', count: 1, candidates: ['zoe'] },
    ]);
    expect(decision.rules.find(({ rule }) => rule === 'consumers')).toMatchObject({
      state: 'waiting',
      because: expect.stringContaining('above 1'),
    });
    expect(decision.findings).toContainEqual(broken);
  });

  it('is allowed when they have said yes, and keeps their word in the ledger', () => {
    const input = breaking('pricing', 'search');
    const decision = decide(
      withReviews(
        input,
        reviewOf(rita, ['reviewer'], input),
        reviewOf(eve, [role], input),
        reviewOf(zoe, [consumerRole('search')], input),
      ),
    );
    expect(decision).toMatchObject({ kind: 'allowed', missing: [] });
    expect(decision.counted.map(({ reviewer, role: as }) => [reviewer.login, as])).toEqual([
      ['rita', 'reviewer'],
      ['eve', 'consumer: pricing'],
      ['zoe', 'consumer: search'],
    ]);
  });

  it('takes one person for several consumers and for a seat of the quorum at once', () => {
    const input = breaking('pricing', 'search');
    const everything = ['reviewer', role, consumerRole('search')];
    const decision = decide(withReviews(input, reviewOf(rita, everything, input)));
    expect(decision.kind).toBe('allowed');
    expect(decision.counted).toMatchObject([{ reviewer: rita, role: 'reviewer' }]);
  });

  it.each<readonly [string, (input: DecisionInput) => DecisionInput]>([
    [
      'a consumer alone fills no seat of the quorum',
      (input) => withReviews(input, reviewOf(eve, [role], input)),
    ],
    [
      'the author is no consumer of his own change',
      (input) => withReviews(input, reviewOf(rita, ['reviewer'], input), reviewOf(ben, [role], input)),
    ],
    [
      'a consumer who asks for changes',
      (input) =>
        withReviews(
          input,
          reviewOf(rita, ['reviewer'], input),
          reviewOf(eve, [role], input, { state: 'CHANGES_REQUESTED' }),
        ),
    ],
    [
      'a consumer who approved something else',
      (input) =>
        withReviews(
          input,
          reviewOf(rita, ['reviewer'], input),
          reviewOf(eve, [role], input, {
            evidenceChecks: [{ id: 7, subject: 'sha256:other', completedAt: '2026-11-21T09:00:00Z' }],
          }),
        ),
    ],
    [
      'an owner who is nobody of the consumer',
      (input) => withReviews(input, reviewOf(rita, ['reviewer'], input), reviewOf(omar, ['owner'], input)),
    ],
  ])('is not allowed: %s', (_, review) => {
    expect(decide(review(breaking('pricing'))).kind).not.toBe('allowed');
  });

  it('is refused while nobody stands for a consumer', () => {
    const input = breaking('pricing');
    const empty = { ...input, canApprove: { ...input.canApprove, [role]: [] } };
    const decision = decide(withReviews(empty, reviewOf(rita, ['reviewer'], empty)));
    expect(decision).toMatchObject({ kind: 'refused' });
    expect(decision.findings.map(({ code }) => code)).toContain('prediction/nobody');
  });

  it('says what breaks where no consumer is named, and asks nobody besides', () => {
    const input = breaking();
    const decision = decide(withReviews(input, reviewOf(rita, ['reviewer'], input)));
    expect(decision.kind).toBe('allowed');
    expect(decision.findings).toContainEqual(broken);
  });
});

it('asks nobody where nothing breaks, and is in no subject', () => {
  const { prediction, ...input } = breaking('pricing');
  expect(acknowledgingRoles(input as Parameters<typeof acknowledgingRoles>[0])).toEqual([]);
  expect(acknowledgingRoles({ prediction: { findings: [], consumers: ['pricing'] } })).toEqual([]);
  expect(subjectOf({ ...input, ...(prediction ? { prediction } : {}) })).toBe(subjectOf(input));
  const harmless = { ...input, prediction: { findings: [], consumers: ['pricing'] } };
  expect(decide(withReviews(harmless, reviewOf(rita, ['reviewer'], harmless))).kind).toBe('allowed');
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Policy } from '../config/policy.ts';
import { productionNeeds } from '../config/production-need.ts';
import { decide } from './decide.ts';
import { omar, promotionInput, reviewOf, rita, withReviews } from './decision.fixture.ts';
import type { DecisionInput } from './decision.ts';
import { anyInput } from './random-input.fixture.ts';
import { subjectOf } from './subject.ts';

type Rule = (policy: Policy) => Policy;

const everyStage =
  (rule: Partial<Policy['stages']['production']>): Rule =>
  ({ stages, ...policy }) => ({
    ...policy,
    stages: {
      staging: { ...stages.staging, ...rule },
      candidate: { ...stages.candidate, ...rule },
      production: { ...stages.production, ...rule },
      archived: { ...stages.archived, ...rule },
      rejected: { ...stages.rejected, ...rule },
    },
  });
const defaults =
  (more: Partial<Policy['defaults']>): Rule =>
  (policy) => ({ ...policy, defaults: { ...policy.defaults, ...more } });

const to = ['staging', 'candidate', 'production', 'archived', 'rejected'] as const;
const reason = 'a rule more';

/** Rules that a policy may get besides those it has. */
const rules: readonly (readonly [string, Rule])[] = [
  [
    'a freeze',
    (policy) => ({
      ...policy,
      freeze: [
        ...(policy.freeze ?? []),
        { kind: 'dates', from: '2026-01-01', until: '2026-12-31', to: [...to], reason },
      ],
    }),
  ],
  [
    'a freeze of every week',
    (policy) => ({
      ...policy,
      freeze: [
        ...(policy.freeze ?? []),
        { kind: 'weekly', from: 'mon 00:00', until: 'sun 23:59', to: [...to], reason },
      ],
    }),
  ],
  ['a longer soak', everyStage({ soakHours: 5000 })],
  ['approvals that expire', everyStage({ expiresDays: 1 })],
  ['no way into any stage', everyStage({ promotesFrom: [] })],
  ['everything declared', (policy) => ({ ...policy, production: { require: [...productionNeeds] } })],
  [
    'a condition',
    (policy) => ({ ...policy, addWhen: [...policy.addWhen, { approvals: [{ role: 'risk', count: 1 }] }] }),
  ],
  ['a budget of looks', defaults({ heldOutBudget: 1 })],
  ['more rows', defaults({ minimumRows: 1_000_000 })],
];

/**
 * With the rule added, and everybody who had seen what was there looking again: an approval that is void because the
 * subject changed would otherwise prove the law by itself.
 */
function withRule(input: DecisionInput, add: Rule): DecisionInput {
  const stricter = { ...input, policy: add(input.policy) };
  const [old, now] = [subjectOf(input), subjectOf(stricter)];
  if (old === null || now === null) return stricter;
  const reviews = stricter.reviews.map((review) => ({
    ...review,
    evidenceChecks: review.evidenceChecks.map((check) =>
      check.subject === old ? { ...check, subject: now } : check,
    ),
  }));
  return { ...stricter, reviews };
}

/** A promotion that passes, by a clock, with its second look of three on the held-out set. */
function passing(): DecisionInput {
  const base = promotionInput({ now: '2026-11-30T12:00:00Z', heldOutLook: 2 });
  const since = '2026-11-01T00:00:00Z';
  const input = {
    ...base,
    ledger: { ...base.ledger, artifacts: base.ledger.artifacts.map((each) => ({ ...each, since })) },
  };
  return withReviews(input, reviewOf(rita, ['reviewer'], input), reviewOf(omar, ['owner'], input));
}

describe('a rule more in the policy', () => {
  it('never turns another answer into allowed, even if everybody looks and approves again', () => {
    fc.assert(
      fc.property(anyInput, fc.constantFrom(...rules), (input, [, add]) => {
        const allowed = decide(withRule(input, add)).kind === 'allowed';
        expect(allowed && decide(input).kind !== 'allowed').toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it.each(rules)('is one: %s stops what would have passed', (_, add) => {
    expect(decide(passing()).kind).toBe('allowed');
    expect(decide(withRule(passing(), add)).kind).not.toBe('allowed');
  });

  it('voids no approval by being written down once more', () => {
    const again = withRule(passing(), (policy) => ({ ...policy, addWhen: [...policy.addWhen] }));
    expect(decide(again).kind).toBe('allowed');
  });
});

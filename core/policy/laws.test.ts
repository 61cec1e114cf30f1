import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../json/canonical.ts';
import { consumerRole } from './acknowledgement-rule.ts';
import { decide } from './decide.ts';
import type { DecisionInput, Review } from './decision.ts';
import { governingLosses, type Loss } from './governing-loss.fixture.ts';
import { anyExclusion, anyInput, anyLine, broken } from './random-input.fixture.ts';
import { subjectOf } from './subject.ts';

const runs = { numRuns: 1000 };
const isAllowed = (input: DecisionInput): boolean => decide(input).kind === 'allowed';

const pickFrom = <T>(list: readonly T[], pick: number): T | undefined =>
  list[pick % Math.max(1, list.length)];
const mapReview = (input: DecisionInput, pick: number, edit: (review: Review) => Review): DecisionInput => {
  const chosen = pickFrom(input.reviews, pick);
  return { ...input, reviews: input.reviews.map((review) => (review === chosen ? edit(review) : review)) };
};
const ofObjectors = (review: Review, _at: number, all: readonly Review[]): boolean =>
  all.some((each) => each.reviewer.id === review.reviewer.id && each.state !== 'APPROVED');
const withPolicy = (input: DecisionInput, fields: Partial<DecisionInput['policy']>): DecisionInput => ({
  ...input,
  policy: { ...input.policy, ...fields },
});

const losses: readonly (readonly [string, Loss])[] = [
  ['losing the judgement', (input) => ({ ...input, judgement: null })],
  ['losing the validation', (input) => ({ ...input, validation: null })],
  ['losing all evidence', (input) => ({ ...input, judgement: null, validation: null })],
  ['not knowing who pushed', (input) => ({ ...input, pushersKnown: false })],
  ['being opened by a bot', (input) => ({ ...input, openedByBot: true })],
  ['not knowing how often the held-out set was used', ({ heldOutLook: _, ...input }) => input],
  ['a look that is no number', (input) => ({ ...input, heldOutLook: Number.NaN })],
  [
    'later looks',
    (input) => (input.heldOutLook === undefined ? input : { ...input, heldOutLook: input.heldOutLook + 3 }),
  ],
  [
    'a budget of looks',
    (input) => withPolicy(input, { defaults: { ...input.policy.defaults, heldOutBudget: 1 } }),
  ],
  [
    'breaking what a consumer counts on',
    (input) => {
      const consumers = [...(input.prediction?.consumers ?? []), 'pricing'];
      return { ...input, prediction: { findings: [broken], consumers } };
    },
  ],
  [
    'another consumer',
    (input) =>
      input.prediction === undefined
        ? input
        : { ...input, prediction: { ...input.prediction, consumers: [...input.prediction.consumers, 'x'] } },
  ],
  ['coming from a fork', (input) => ({ ...input, fork: true })],
  ['not knowing which fields changed', ({ modelFields: _, ...input }) => input],
  [
    'losing everybody who only approved',
    (input) => ({ ...input, reviews: input.reviews.filter(ofObjectors) }),
  ],
  [
    'an approval being dismissed',
    (input, pick) =>
      mapReview(input, pick, (review) =>
        review.state === 'APPROVED'
          ? { ...review, state: 'DISMISSED', stateBeforeDismissal: 'APPROVED', dismissedByGovernor: true }
          : review,
      ),
  ],
  [
    'an approval turning into a change request',
    (input, pick) =>
      mapReview(input, pick, (review) =>
        review.state === 'APPROVED' ? { ...review, state: 'CHANGES_REQUESTED' } : review,
      ),
  ],
  [
    'an approval that counted being taken away',
    (input, pick) => {
      const counted = pickFrom(decide(input).counted, pick);
      return {
        ...input,
        reviews: input.reviews.filter((review) => review.reviewer.id !== counted?.reviewer.id),
      };
    },
  ],
  [
    'somebody who approved leaving the roles',
    (input, pick) =>
      mapReview(input, pick, (review) => (review.state === 'APPROVED' ? { ...review, roles: [] } : review)),
  ],
  [
    'evidence checks that are gone',
    (input, pick) => mapReview(input, pick, (review) => ({ ...review, evidenceChecks: [] })),
  ],
  [
    'evidence checks that completed later',
    (input, pick) =>
      mapReview(input, pick, (review) => ({
        ...review,
        evidenceChecks: review.evidenceChecks.map((check) => ({
          ...check,
          completedAt: '2027-01-01T00:00:00Z',
        })),
      })),
  ],
  [
    'a stricter gate',
    (input) =>
      input.model === null
        ? input
        : { ...input, model: { ...input.model, gates: [...input.model.gates, { metric: 'auc', min: 0.9 }] } },
  ],
  [
    'a floor',
    (input) =>
      withPolicy(input, {
        defaults: {
          ...input.policy.defaults,
          gates: [...input.policy.defaults.gates, { metric: 'auc', min: 0.7 }],
        },
      }),
  ],
  [
    'more held-out rows being asked for',
    (input) => withPolicy(input, { defaults: { ...input.policy.defaults, minimumRows: 10_000_000 } }),
  ],
  ...governingLosses,
  [
    'versions that the ledger does not know',
    (input) => ({ ...input, ledger: { ...input.ledger, artifacts: [] } }),
  ],
];

describe('laws of decisions', () => {
  it('meets allowed, waiting, refused and not evaluated often enough to mean something', () => {
    const seen = new Map<string, number>();
    for (const input of fc.sample(anyInput, { numRuns: 2000, seed: 1 })) {
      const { kind } = decide(input);
      seen.set(kind, (seen.get(kind) ?? 0) + 1);
    }
    for (const kind of ['allowed', 'waiting', 'refused', 'not evaluated']) {
      expect(seen.get(kind) ?? 0, kind).toBeGreaterThan(50);
    }
  });

  it('no loss turns another answer into allowed', () => {
    fc.assert(
      fc.property(anyInput, fc.constantFrom(...losses), fc.nat(), (input, [, lose], pick) => {
        expect(isAllowed(lose(input, pick)) && !isAllowed(input)).toBe(false);
      }),
      runs,
    );
  });

  it('time alone turns nothing that is refused into allowed, and an ended waiver lets nothing through', () => {
    fc.assert(
      fc.property(anyInput, fc.integer({ min: 1, max: 500 }), (input, days) => {
        if (input.now === undefined) return;
        const later = new Date(Date.parse(input.now) + days * 86_400_000).toISOString();
        const before = decide(input);
        const after = decide({ ...input, now: later });
        expect(before.kind === 'refused' && after.kind === 'allowed').toBe(false);
        const over = decide({ ...input, now: '2099-01-01T00:00:00Z' });
        expect(over.findings.some(({ code }) => code === 'gate/waived')).toBe(false);
      }),
      { numRuns: 700 },
    );
  });

  it('a failing gate is let through by a waiver of its own alone', () => {
    const met = new Set<string>();
    fc.assert(
      fc.property(anyInput, (input) => {
        const { kind, findings } = decide(input);
        met.add(`${kind} ${findings.some(({ code }) => code === 'gate/waived')}`);
        const { declared: _, ...bare } = input;
        if (kind === 'allowed' && findings.some(({ code }) => code === 'gate/waived'))
          expect(decide(bare).kind).toBe('refused');
      }),
      { numRuns: 2500, seed: 3 },
    );
    expect([...met]).toEqual(expect.arrayContaining(['allowed true', 'allowed false']));
  });

  it('adding a line to any part of the policy never turns another answer into allowed', () => {
    const places = ['proposal', 'stages', 'rollback', 'configuration', 'addWhen'] as const;
    fc.assert(
      fc.property(anyInput, fc.constantFrom(...places), anyLine, (input, place, line) => {
        expect(isAllowed(addLine(input, place, line)) && !isAllowed(input)).toBe(false);
      }),
      runs,
    );
  });

  it('excluding one person more never turns another answer into allowed, and nobody excluded counts', () => {
    fc.assert(
      fc.property(anyInput, anyExclusion, (input, exclusion) => {
        const stricter = { ...input, exclusions: [...input.exclusions, exclusion] };
        expect(isAllowed(stricter) && !isAllowed(input)).toBe(false);
        const out = new Set(
          stricter.exclusions.filter((each) => each.because !== 'contributor').map((each) => each.person.id),
        );
        const { counted } = decide(stricter);
        expect(counted.some((fact) => out.has(fact.reviewer.id) || fact.reviewer.kind === 'Bot')).toBe(false);
      }),
      runs,
    );
  });

  it('a change request by somebody with a role stops everything', () => {
    fc.assert(
      fc.property(anyInput, fc.nat(), (input, pick) => {
        const chosen = pickFrom(input.reviews, pick);
        if (!chosen || chosen.roles.length === 0) return;
        const objection: Review = {
          ...chosen,
          id: 9999,
          state: 'CHANGES_REQUESTED',
          submittedAt: '2026-11-21T13:00:00Z',
        };
        expect(isAllowed({ ...input, reviews: [...input.reviews, objection] })).toBe(false);
      }),
      runs,
    );
  });

  it('what a training claims of its metrics changes no decision, no gate and no subject', () => {
    const claims = fc.dictionary(fc.constantFrom('auc', 'brier', 'latency-p95'), fc.double());
    fc.assert(
      fc.property(anyInput, claims, (input, metrics) => {
        if (input.judgement === null) return;
        const { claimed } = input.judgement;
        const boasting = { ...input, judgement: { ...input.judgement, claimed: { ...claimed, metrics } } };
        expect(canonicalJson(decide(boasting))).toBe(canonicalJson(decide(input)));
        expect(subjectOf(boasting)).toBe(subjectOf(input));
      }),
      { numRuns: 500 },
    );
  });

  it('nothing that breaks consumers is allowed without one person of each of them', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        if (input.prediction === undefined || !isAllowed(input)) return;
        const approved = decide(input).counted.map(({ reviewer }) => reviewer.id);
        for (const name of input.prediction.consumers) {
          const people = input.reviews.filter(({ roles }) => roles.includes(consumerRole(name)));
          expect(people.some(({ reviewer }) => approved.includes(reviewer.id))).toBe(true);
        }
        expect(decide(input).findings).toContainEqual(broken);
      }),
      { numRuns: 700 },
    );
  });

  it('is a pure function: same input, same bytes, input untouched', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const before = canonicalJson(input);
        const first = canonicalJson(decide(input));
        expect(canonicalJson(decide(structuredClone(input)))).toBe(first);
        expect(canonicalJson(input)).toBe(before);
      }),
      { numRuns: 1000 },
    );
  });

  it('does not depend on the order of reviews, exclusions, champions or runs', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const turned: DecisionInput = {
          ...input,
          reviews: input.reviews.toReversed(),
          exclusions: input.exclusions.toReversed(),
          ledger: {
            champions: input.ledger.champions.toReversed(),
            artifacts: input.ledger.artifacts.toReversed(),
          },
        };
        expect(canonicalJson(decide(turned))).toBe(canonicalJson(decide(input)));
        expect(subjectOf(turned)).toBe(subjectOf(input));
      }),
      { numRuns: 1000 },
    );
  });

  it('allows nothing without a reason for every rule, and says what to do about every refusal', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const decision = decide(input);
        expect(decision.rules.every((each) => each.because !== '')).toBe(true);
        expect(decision.findings.every((finding) => finding.fix.length > 5)).toBe(true);
        if (decision.kind === 'refused') expect(decision.findings.length).toBeGreaterThan(0);
        if (decision.kind === 'allowed') expect(decision.missing).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});

function addLine(
  input: DecisionInput,
  place: 'proposal' | 'stages' | 'rollback' | 'configuration' | 'addWhen',
  line: { readonly role: string; readonly count: number },
): DecisionInput {
  const { policy } = input;
  const more = (part: { readonly approvals: readonly { role: string; count: number }[] }) => ({
    ...part,
    approvals: [...part.approvals, line],
  });
  if (place === 'addWhen') return withPolicy(input, { addWhen: [...policy.addWhen, { approvals: [line] }] });
  if (place === 'proposal')
    return withPolicy(input, { proposal: { ...policy.proposal, ...more(policy.proposal) } });
  if (place !== 'stages') return withPolicy(input, { [place]: more(policy[place]) });
  const stages = {
    staging: more(policy.stages.staging),
    candidate: more(policy.stages.candidate),
    production: more(policy.stages.production),
    archived: more(policy.stages.archived),
    rejected: more(policy.stages.rejected),
  };
  return withPolicy(input, { stages });
}

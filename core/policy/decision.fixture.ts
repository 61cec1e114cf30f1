import type { Change, Move } from '../change/change.ts';
import {
  contentDigest,
  digest,
  head,
  judgementOf,
  model,
  policy,
  rulesDigest,
  v1AtEu,
  validation,
} from '../evidence/evidence.fixture.ts';
import type { Person } from '../registry/ledger.ts';
import type { DecisionInput, Review } from './decision.ts';
import { subjectOf } from './subject.ts';

/** People, requests and inputs for tests of decisions. Every value can be overridden. */
export type Request = Change & { readonly kind: 'request' };

export const person = (id: number, login: string, kind: Person['kind'] = 'User'): Person => ({
  id,
  login,
  kind,
});
export const ada = person(1, 'ada');
export const ben = person(2, 'ben');
export const rita = person(3, 'rita');
export const omar = person(4, 'omar');
export const eve = person(5, 'eve');
export const rosa = person(6, 'rosa');
export const robot = person(7, 'helper[bot]', 'Bot');

export function requestOf(fields: Partial<Request> = {}): Request {
  return {
    kind: 'request',
    model: 'flight-delay',
    proposal: false,
    newModel: false,
    datasets: [],
    newDatasets: [],
    moves: [],
    configuration: [],
    contentPaths: [],
    contentDigest,
    ...fields,
  };
}

export const registration: Move = { kind: 'registration', model: 'flight-delay', to: 'registered' };

export function stageMove(
  fields: Partial<Move & { readonly kind: 'stage' }> = {},
): Move & { readonly kind: 'stage' } {
  return {
    kind: 'stage',
    model: 'flight-delay',
    version: 2,
    from: 'staging',
    to: 'production',
    endpoint: 'eu',
    rollback: false,
    ...fields,
  };
}

/** A proposal with evidence that passes, no champion yet, and no review. */
export function proposalInput(fields: Partial<DecisionInput> = {}): DecisionInput {
  return {
    repositoryId: 7001,
    baseRef: 'main',
    change: requestOf({ proposal: true, moves: [registration], datasets: ['flights'] }),
    policy,
    model,
    rulesDigest,
    validation,
    judgement: judgementOf(),
    refusals: [],
    runs: [{ id: 501, status: 'completed', conclusion: 'success', url: 'https://example.test/runs/501' }],
    fork: false,
    reviews: [],
    exclusions: [{ person: ben, because: 'author' }],
    pushersKnown: true,
    canApprove: { reviewer: ['rita', 'rosa'], owner: ['omar'], governor: ['ada'] },
    ledger: { champions: [], artifacts: [] },
    ...fields,
  };
}

/** A request to move v2 from staging to production at eu, where v1 serves; judged, passing, no review. */
export function promotionInput(fields: Partial<DecisionInput> = {}): DecisionInput {
  return proposalInput({
    change: requestOf({ moves: [stageMove()] }),
    validation: null,
    judgement: judgementOf({ version: 2, champions: [v1AtEu] }),
    ledger: {
      champions: [{ ...v1AtEu, previous: null }],
      artifacts: [
        { version: 1, artifactDigest: digest('v1 bytes'), stage: 'production', wasInProductionAt: ['eu'] },
        { version: 2, artifactDigest: digest('v2 bytes'), stage: 'staging', wasInProductionAt: [] },
      ],
    },
    ...fields,
  });
}

let nextReview = 0;

/** A review of the subject that the input has now, submitted after the evidence check; override what a case needs. */
export function reviewOf(
  reviewer: Person,
  roles: readonly string[],
  input: DecisionInput,
  fields: Partial<Review> = {},
): Review {
  nextReview += 1;
  return {
    id: 1000 + nextReview,
    reviewer,
    state: 'APPROVED',
    commit: head,
    submittedAt: '2026-11-21T10:00:00Z',
    roles,
    evidenceChecks: [{ id: 77, subject: subjectOf(input) ?? 'none', completedAt: '2026-11-21T09:30:00Z' }],
    ...fields,
  };
}

/** The same input with reviews that were given for the subject it has now. */
export function withReviews(input: DecisionInput, ...reviews: readonly Review[]): DecisionInput {
  return { ...input, reviews: [...input.reviews, ...reviews] };
}

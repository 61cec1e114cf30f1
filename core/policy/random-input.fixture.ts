import fc from 'fast-check';
import type { Move } from '../change/change.ts';
import type { Policy } from '../config/policy.ts';
import type { StageRule } from '../config/stage-rule.ts';
import {
  digest,
  head,
  judgementOf,
  model,
  policy,
  v1AtEu,
  validation,
} from '../evidence/evidence.fixture.ts';
import type { Finding } from '../finding/finding.ts';
import type { Person } from '../registry/ledger.ts';
import { consumerRole } from './acknowledgement-rule.ts';
import {
  ada,
  ben,
  eve,
  omar,
  promotionInput,
  registration,
  requestOf,
  rita,
  robot,
  rosa,
  stageMove,
} from './decision.fixture.ts';
import type { DecisionInput, Exclusion, Review } from './decision.ts';
import { anyGoverning } from './random-governing.fixture.ts';
import { subjectOf } from './subject.ts';

/** Random worlds for the laws: often nearly right, so that many decisions hang on one fact. */
const people: readonly Person[] = [ada, ben, rita, omar, eve, rosa, robot];
const roleNames = ['reviewer', 'owner', 'governor', 'risk'] as const;

/** Roles that people may hold: those of the policy, and two who read the predictions. */
const heldRoles = [...roleNames, consumerRole('pricing'), consumerRole('search')];

export const broken: Finding = {
  code: 'prediction/range',
  severity: 'warn',
  message: 'The predictions may leave the range that was promised',
  fix: 'Keep the range, or ask those who read them.',
};

export const anyPerson = fc.constantFrom(...people);
export const anyLine = fc.record({
  role: fc.constantFrom(...roleNames),
  count: fc.integer({ min: 1, max: 2 }),
});
const anyLines = fc.array(anyLine, { maxLength: 2 });

export const anyExclusion: fc.Arbitrary<Exclusion> = fc.record({
  person: anyPerson,
  because: fc.constantFrom('author', 'committer', 'pusher', 'contributor', 'dispatcher', 'co-author'),
});

const anyReview = fc.record({
  reviewer: anyPerson,
  state: fc.constantFrom(
    'APPROVED',
    'APPROVED',
    'APPROVED',
    'APPROVED',
    'CHANGES_REQUESTED',
    'COMMENTED',
    'DISMISSED',
  ),
  roles: fc.subarray([...heldRoles], { minLength: 1 }),
  minute: fc.integer({ min: 0, max: 59 }),
  seen: fc.constantFrom('now', 'now', 'now', 'now', 'older', 'late', 'nothing'),
  before: fc.constantFrom('APPROVED', 'CHANGES_REQUESTED', undefined),
  byGovernor: fc.boolean(),
});

const stageMoves: readonly Move[] = [
  stageMove(),
  stageMove({ from: 'candidate' }),
  stageMove({ from: 'registered', to: 'staging', endpoint: null }),
  stageMove({ to: 'candidate', endpoint: null }),
  stageMove({ to: 'rejected', endpoint: null }),
  stageMove({ version: 1, from: 'production', to: 'archived' }),
  stageMove({ version: 3, from: 'archived', rollback: true }),
  stageMove({ from: 'registered' }),
];

const configurations: readonly (readonly string[])[] = [
  [],
  [],
  ['.github/gatehouse.yml'],
  ['models/flight-delay/model.yml'],
  ['datasets/flights.yml'],
];
const changedFields: readonly (readonly string[] | undefined)[] = [['gates'], ['risk'], undefined];

const anyAsk: fc.Arbitrary<readonly Move[]> = fc.oneof(
  { weight: 2, arbitrary: fc.constant<readonly Move[]>([registration]) },
  { weight: 4, arbitrary: fc.constantFrom(...stageMoves).map((move) => [move]) },
  { weight: 1, arbitrary: fc.constant<readonly Move[]>([]) },
);

/** Any input of a decision; about one in five is allowed. */
export const anyInput: fc.Arbitrary<DecisionInput> = fc
  .record({
    moves: anyAsk,
    configuration: fc.constantFrom(...configurations),
    newModel: fc.constantFrom(false, false, false, true),
    fields: fc.constantFrom(...changedFields),
    lines: fc.record({
      proposal: anyLines,
      stage: anyLines,
      rollback: anyLines,
      configuration: anyLines,
      condition: anyLines,
    }),
    risk: fc.constantFrom('minimal', 'limited', 'high'),
    reviews: fc.array(anyReview, { maxLength: 6 }),
    exclusions: fc.array(anyExclusion, { maxLength: 2 }),
    pushersKnown: fc.constantFrom(true, true, false),
    auc: fc.constantFrom(0.65, 0.65, 0.65, 0.55),
    championMoved: fc.constantFrom(false, false, false, false, true),
    have: fc.constantFrom('all', 'all', 'all', 'all', 'no judgement', 'no validation'),
    fork: fc.constantFrom(false, false, false, true),
    budget: fc.constantFrom(undefined, undefined, 3),
    look: fc.constantFrom(undefined, 1, 3, 4),
    consumers: fc.constantFrom(undefined, undefined, undefined, [], ['pricing'], ['pricing', 'search']),
    governing: anyGoverning,
  })
  .map((seed) => {
    const proposal = seed.moves.includes(registration);
    const touchesContract = seed.configuration.includes('datasets/flights.yml');
    const [moved] = seed.moves.flatMap((move) => (move.kind === 'stage' ? [move] : []));
    const contractFrom = touchesContract ? ('head' as const) : ('base' as const);
    const [dataset] = validation.datasets;
    const input: DecisionInput = promotionInput({
      change: requestOf({
        proposal,
        newModel: seed.newModel,
        moves: seed.moves,
        configuration: seed.configuration,
        datasets: proposal || touchesContract ? ['flights'] : [],
      }),
      policy: {
        ...policy,
        proposal: { approvals: seed.lines.proposal, onMerge: 'registered' },
        stages: everyStage({ ...seed.governing.stage, approvals: seed.lines.stage }),
        ...seed.governing.policy,
        rollback: { approvals: seed.lines.rollback },
        configuration: { approvals: seed.lines.configuration },
        addWhen: [{ risk: ['high'], approvals: seed.lines.condition }],
        ...(seed.budget === undefined
          ? {}
          : { defaults: { ...policy.defaults, heldOutBudget: seed.budget } }),
      },
      model: { ...model, ...seed.governing.duties, risk: seed.risk },
      ...seed.governing.facts,
      ...(seed.fields === undefined ? {} : { modelFields: seed.fields }),
      ...(seed.look === undefined ? {} : { heldOutLook: seed.look }),
      ...(seed.consumers === undefined
        ? {}
        : { prediction: { findings: [broken], consumers: seed.consumers } }),
      validation:
        seed.have === 'no validation' || !dataset
          ? null
          : { ...validation, datasets: [{ ...dataset, contractFrom }] },
      judgement:
        seed.have === 'no judgement'
          ? null
          : judgementOf({ version: proposal ? null : 2, auc: seed.auc, champions: [v1AtEu] }),
      ledger: {
        champions: seed.championMoved
          ? [{ endpoint: 'eu', version: 3, artifactDigest: digest('v3 bytes'), previous: 1 }]
          : [{ ...v1AtEu, previous: 3 }],
        artifacts: [
          { version: 1, artifactDigest: digest('v1 bytes'), stage: 'production', wasInProductionAt: ['eu'] },
          {
            version: 2,
            artifactDigest: digest('v2 bytes'),
            stage: moved?.from ?? 'staging',
            ...seed.governing.version,
          },
          { version: 3, artifactDigest: digest('v3 bytes'), stage: 'archived', wasInProductionAt: ['eu'] },
        ],
      },
      exclusions: seed.exclusions,
      pushersKnown: seed.pushersKnown,
      fork: seed.fork,
    });
    const subject = subjectOf(input) ?? 'none';
    return { ...input, reviews: seed.reviews.map((review, at) => toReview(review, at, subject)) };
  });

function everyStage(part: StageRule): Policy['stages'] {
  return { staging: part, candidate: part, production: part, archived: part, rejected: part };
}

type Seed = typeof anyReview extends fc.Arbitrary<infer T> ? T : never;

function toReview(seed: Seed, at: number, subject: string): Review {
  const checks = {
    now: [{ id: 70, subject, completedAt: '2026-11-21T09:00:00Z' }],
    older: [{ id: 71, subject: digest('older'), completedAt: '2026-11-21T09:00:00Z' }],
    late: [{ id: 72, subject, completedAt: '2026-11-21T12:00:00Z' }],
    nothing: [],
  };
  return {
    id: 500 + at,
    reviewer: seed.reviewer,
    state: seed.state,
    commit: head,
    submittedAt: `2026-11-21T10:${String(seed.minute).padStart(2, '0')}:00Z`,
    // One person holds the same roles in each review: membership is read once, at decision time.
    roles: rolesOf(seed.reviewer, seed.roles),
    evidenceChecks: checks[seed.seen],
    ...(seed.before === undefined ? {} : { stateBeforeDismissal: seed.before }),
    dismissedByGovernor: seed.byGovernor,
  };
}

const rolesOf = (who: Person, some: readonly string[]): readonly string[] =>
  who === eve ? [] : heldRoles.filter((name) => some.includes(name) || (who === rita && name === 'reviewer'));

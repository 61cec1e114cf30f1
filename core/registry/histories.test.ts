import { describe, expect, it } from 'vitest';
import { decide } from '../policy/decide.ts';
import type { DecisionInput, Review } from '../policy/decision.ts';
import { subjectOf } from '../policy/subject.ts';
import { runHistories } from './history-run.fixture.ts';
import { firstRoles, type Login } from './random-history.fixture.ts';

const without =
  (...reasons: readonly string[]) =>
  (input: DecisionInput): DecisionInput => ({
    ...input,
    exclusions: input.exclusions.filter(({ because }) => !reasons.includes(because)),
  });
const reviews =
  (edit: (review: Review, input: DecisionInput) => Review | readonly Review[]) =>
  (input: DecisionInput): DecisionInput => ({
    ...input,
    reviews: input.reviews.flatMap((review) => edit(review, input)),
  });
const move =
  (
    edit: (
      move: { readonly version: number; readonly endpoint: string | null },
      input: DecisionInput,
    ) => object,
  ) =>
  (input: DecisionInput): DecisionInput => {
    const { change } = input;
    if (change.kind !== 'request') return input;
    const moves = change.moves.map((each) =>
      each.kind === 'stage' ? { ...each, ...edit(each, input) } : each,
    );
    return { ...input, change: { ...change, moves } };
  };
const seen = (subject: string, completedAt = '2026-01-01T00:00:00Z') => [{ id: 1, subject, completedAt }];
const now = (input: DecisionInput): string => subjectOf(input) ?? 'none';

/** Faults that a gate may have: a history that shows it, and what the gate would have to believe. */
const faults: readonly (readonly [string, number, (input: DecisionInput) => DecisionInput])[] = [
  ['the author counts', 3, without('author')],
  ['pushers count', 3, without('pusher')],
  ['co-authors count', 225, without('co-author')],
  ['whoever started the run counts', 298, without('dispatcher')],
  ['contributors count', 27, without('contributor')],
  ['bots count', 37, reviews((review) => ({ ...review, reviewer: { ...review.reviewer, kind: 'User' } }))],
  [
    'an approval of something else counts',
    69,
    reviews((review, input) => ({
      ...review,
      evidenceChecks: review.evidenceChecks.map((check) => ({ ...check, subject: now(input) })),
    })),
  ],
  [
    'an approval from before the evidence counts',
    45,
    reviews((review) => ({
      ...review,
      evidenceChecks: review.evidenceChecks.flatMap(({ subject }) => seen(subject)),
    })),
  ],
  [
    'an approval of nothing counts',
    45,
    reviews((review, input) => ({ ...review, evidenceChecks: seen(now(input)) })),
  ],
  [
    'an approval in the very second of the evidence counts',
    113,
    reviews((review) => ({
      ...review,
      submittedAt: new Date(Date.parse(review.submittedAt) + 500).toISOString(),
    })),
  ],
  [
    'a dismissed approval counts',
    368,
    reviews((review) =>
      review.stateBeforeDismissal === 'APPROVED' ? { ...review, state: 'APPROVED' } : review,
    ),
  ],
  [
    'a dismissal revives the older review',
    584,
    reviews((review) => (review.stateBeforeDismissal === 'APPROVED' ? [] : [review])),
  ],
  ['any writer dismisses', 266, reviews((review) => ({ ...review, dismissedByGovernor: true }))],
  [
    'a dismissed review of unknown content is forgotten',
    266,
    reviews((review) => (review.state === 'DISMISSED' && !review.stateBeforeDismissal ? [] : [review])),
  ],
  [
    'change requests are advice',
    86,
    reviews((review) => (review.state === 'CHANGES_REQUESTED' ? [] : [review])),
  ],
  [
    'membership is that of the beginning',
    947,
    reviews((review) => ({ ...review, roles: firstRoles[review.reviewer.login as Login] ?? [] })),
  ],
  [
    'one person fills two lines',
    3,
    reviews((review) =>
      review.roles.map((role, at) => ({
        ...review,
        roles: [role],
        reviewer: { ...review.reviewer, id: review.reviewer.id + 1000 * at },
      })),
    ),
  ],
  ['unknown pushers are fine', 95, (input) => ({ ...input, pushersKnown: true })],
  ['a pull request of another bot is like any', 3, (input) => ({ ...input, openedByBot: false })],
  [
    'gates are not held',
    108,
    (input) => ({
      ...input,
      policy: { ...input.policy, defaults: { ...input.policy.defaults, gates: [] } },
      model: input.model && {
        ...input.model,
        gates: [{ metric: 'auc', min: 0, versus: 'not-worse', margin: 9 }],
      },
    }),
  ],
  [
    'a move needs no owner',
    3,
    (input) => {
      const approvals = input.policy.stages.production.approvals.filter(({ role }) => role !== 'owner');
      const stages = { ...input.policy.stages, production: { approvals } };
      return { ...input, policy: { ...input.policy, stages } };
    },
  ],
  ['every return is a rollback', 915, everyReturn],
];

/** Whatever comes back from the archive is taken for the recorded previous version, by everybody. */
function everyReturn(input: DecisionInput): DecisionInput {
  const asRollback = move((each, { ledger }) => ({
    rollback: ledger.artifacts.some(({ version, stage }) => version === each.version && stage === 'archived'),
  }))(input);
  const asked = asRollback.change.kind === 'request' ? asRollback.change.moves : [];
  const [first] = asked.flatMap((each) => (each.kind === 'stage' && each.rollback ? [each.version] : []));
  if (first === undefined) return input;
  const champions = input.ledger.champions.map((champion) => ({ ...champion, previous: first }));
  const believed = { ...asRollback, ledger: { ...input.ledger, champions } };
  return seenAs(believed, input);
}

/** Whoever saw what is there has seen it the way a gate with this fault would have shown it. */
function seenAs(believed: DecisionInput, input: DecisionInput): DecisionInput {
  return reviews((review) => ({
    ...review,
    evidenceChecks: review.evidenceChecks.map((check) =>
      check.subject === now(input) ? { ...check, subject: now(believed) } : check,
    ),
  }))(believed);
}

describe('random histories of pull requests', () => {
  const verdicts = runHistories(1, 500);

  it('promote nothing that an oracle of its own objects to, and everything that it does not', () => {
    expect(verdicts.unauthorised).toEqual([]);
    expect(verdicts.missed).toEqual([]);
  });

  it('are merged often, and often not', () => {
    expect(verdicts.promoted).toBeGreaterThan(200);
    expect(verdicts.merges - verdicts.promoted).toBeGreaterThan(500);
  });

  it.each(faults)('show when %s (history %i)', (_, known, believe) => {
    const shows = (seed: number) =>
      runHistories(seed, 1, (input) => decide(believe(input))).unauthorised.length > 0;
    if (shows(known)) return;
    // The histories have changed: another one must show it, and its number belongs into the table.
    const seed = Array.from({ length: 3000 }, (__, at) => at + 1).find(shows);
    expect(seed, 'no history shows the fault').toBeDefined();
  });

  it('are stopped by the ledger where the decision believes in the champion of the judgement', () => {
    let believed = 0;
    const lookAway = (input: DecisionInput): DecisionInput => {
      const previous = null;
      const champions = (input.judgement?.champions ?? []).map((champion) => ({ ...champion, previous }));
      return seenAs({ ...input, ledger: { ...input.ledger, champions } }, input);
    };
    const decides = (input: DecisionInput) => {
      const decision = decide(lookAway(input));
      if (decision.kind !== 'allowed' || decide(input).kind === 'allowed') return decision;
      // A stage below production is no place to take: there the ledger asks for no champion.
      if (decision.moves.some((each) => each.to !== 'production')) return decide(input);
      believed += 1;
      return decision;
    };
    // The first one shows it; were the histories to change, another one would.
    for (const seed of [219, ...Array.from({ length: 3000 }, (_, at) => at + 1)]) {
      if (believed > 0) break;
      const { unauthorised } = runHistories(seed, 1, decides);
      expect(unauthorised).toEqual([]);
    }
    expect(believed).toBeGreaterThan(0);
  });
});

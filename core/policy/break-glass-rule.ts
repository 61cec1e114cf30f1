import type { Change } from '../change/change.ts';
import type { BreakGlassRule } from '../config/break-glass.ts';
import { breakGlassPath, breakGlassReviewPath } from '../config/layout.ts';
import type { BreakGlassUse } from '../registry/break-glass.ts';
import {
  askOf,
  type BreakGlassAsk,
  coversMoves,
  freeAt,
  nowOf,
  overdueUses,
  recentUses,
  windowDays,
  windowOf,
} from './break-glass.ts';
import type { DecisionInput } from './decision.ts';
import { sampleBreakGlassReview } from './file-sample.ts';
import { gather, type Ruling, refuse, rule } from './rule.ts';
import { show } from './time-rule.ts';

type Request = Change & { readonly kind: 'request' };
const name = 'break-glass';

/**
 * May the glass be broken now? And is every use before it reviewed in time? What it can pass over is `passOver`'s matter.
 * @returns null where nobody asks and nothing is overdue for this model
 */
export function ruleOnBreakGlass(change: Request, input: DecisionInput): Ruling | null {
  const ask = askOf(input);
  const rulings = [...ruleOnReviews(change, input), ...ruleOnOverdue(change, input)];
  if (ask !== null) rulings.push(...ruleOnAsk(ask, change, input));
  return rulings.length === 0 ? null : gather(name, rulings, rule(name, 'met', ''));
}

function ruleOnAsk(ask: BreakGlassAsk, change: Request, input: DecisionInput): readonly Ruling[] {
  const { breakGlass } = input.policy;
  if (breakGlass === undefined) return [refuse('policy', notAllowed(ask))];
  if (!isAlone(ask, change)) return [refuse('scope', mixed(ask))];
  if (!coversMoves(ask, change)) return [refuse('scope', otherMoves(ask))];
  if (input.fork) return [refuse('scope', forked)];
  return [ruleOnTime(ask, breakGlass, input), ruleOnCount(ask, breakGlass, input)];
}

/** Nothing rides along: the stages and the file that asks. */
function isAlone(ask: BreakGlassAsk, change: Request): boolean {
  return (
    !change.proposal &&
    change.datasets.length === 0 &&
    change.newDatasets.length === 0 &&
    change.model === ask.model &&
    change.configuration.every((path) => path === breakGlassPath(ask.name)) &&
    change.contentPaths.every(({ path }) => path === breakGlassPath(ask.name))
  );
}

function ruleOnTime(ask: BreakGlassAsk, { hours }: BreakGlassRule, input: DecisionInput): Ruling {
  const now = nowOf(input);
  const { from, to } = windowOf(ask, hours);
  if (now === null || !Number.isFinite(from)) return rule('time', 'not evaluated', unknownTime);
  if (now >= to) return refuse('time', expired(ask, to));
  if (now < from)
    return rule(
      'time',
      'waiting',
      `It holds for ${hours} hours before its end: from ${show(from)} to ${show(to)}.`,
    );
  return rule(
    'time',
    'waived',
    `By break-glass, asked for by ${ask.by} until ${show(to)}: the reason is in ${breakGlassPath(ask.name)}.`,
  );
}

function ruleOnCount(
  ask: BreakGlassAsk,
  { maxPer30Days, reviewWithinHours }: BreakGlassRule,
  input: DecisionInput,
): Ruling {
  const now = nowOf(input);
  const uses = input.breakGlass?.uses ?? [];
  if (now === null) return rule('count', 'not evaluated', unknownTime);
  const late = overdueUses(uses, now);
  if (late.length > 0) return gather('count', late.map(toOverdue), rule('count', 'met', ''));
  const free = freeAt(uses, maxPer30Days, now);
  const used = `${recentUses(uses, now).length} of ${maxPer30Days} uses in ${windowDays} days`;
  if (free !== null) return rule('count', 'waiting', `${used}: the next is possible from ${show(free)}.`);
  return rule(
    'count',
    'met',
    `${used} before this one. Its review is due ${reviewWithinHours} hours after the merge: see ${breakGlassReviewPath(ask.name)}.`,
  );
}

/** A model whose emergency nobody looked at goes nowhere but back: returning, or leaving production, waits for nothing. */
function ruleOnOverdue(change: Request, input: DecisionInput): readonly Ruling[] {
  const uses = (input.breakGlass?.uses ?? []).filter(({ model }) => model === change.model);
  const promotes = change.moves.some(
    (move) => move.kind === 'stage' && move.to === 'production' && !move.rollback,
  );
  const open = uses.filter(({ reviewed }) => !reviewed);
  if (!promotes || open.length === 0 || askOf(input) !== null) return [];
  const now = nowOf(input);
  if (now === null) return [rule('review', 'not evaluated', unknownTime)];
  const late = overdueUses(open, now);
  if (late.length > 0) return late.map(toOverdue);
  return open
    .slice(0, 1)
    .map(({ pullRequest, reviewBy }) =>
      rule('review', 'met', `The break-glass of #${pullRequest} is to be reviewed until ${reviewBy}.`),
    );
}

/** A review is of a use that waits for one. */
function ruleOnReviews(_change: Request, input: DecisionInput): readonly Ruling[] {
  const { reviews = [], uses = [] } = input.breakGlass ?? {};
  return reviews.map((review) => {
    const about = `review of #${review.pullRequest}`;
    const isOpen = uses.some(
      ({ model, pullRequest, reviewed }) =>
        model === review.model && pullRequest === review.pullRequest && !reviewed,
    );
    if (!isOpen) return refuse(about, nothingToReview(review));
    return rule(about, 'met', `It reviews the break-glass of #${review.pullRequest} of ${review.model}.`);
  });
}

const toOverdue = (use: BreakGlassUse): Ruling => refuse(`review of #${use.pullRequest}`, overdue(use));

const unknownTime = 'It depends on time, and the time of this decision could not be told.';

const overdue = ({ model, pullRequest, version, endpoint, reviewBy }: BreakGlassUse) => ({
  code: 'break-glass/review-overdue',
  message: `v${version} of ${model} went to ${endpoint} by break-glass in #${pullRequest}, and its review is overdue since ${reviewBy}`,
  found: 'no review in the ledger',
  allowed: `a review until ${reviewBy}`,
  fix: `Open a pull request that adds ${breakGlassReviewPath('NAME')} for #${pullRequest}, with the lines shown for it; governors approve it. A return to the recorded previous version needs no review.`,
  sample: sampleBreakGlassReview(model, pullRequest),
});

const notAllowed = ({ name: called }: BreakGlassAsk) => ({
  code: 'break-glass/not-allowed',
  message: 'The policy of the base branch lets nobody break the glass',
  where: { file: breakGlassPath(called) },
  fix: `Remove ${breakGlassPath(called)} and ask the usual way; governors may add break-glass to .github/gatehouse.yml for the next time.`,
});

const mixed = ({ name: called, model }: BreakGlassAsk) => ({
  code: 'break-glass/mixed',
  message: `A pull request that breaks the glass holds ${breakGlassPath(called)} and stages.yml of ${model} alone`,
  where: { file: breakGlassPath(called) },
  fix: 'Take everything else into a pull request of its own.',
});

const otherMoves = ({ name: called, production }: BreakGlassAsk) => ({
  code: 'break-glass/other-moves',
  message: 'What it asks for in stages.yml is not what its break-glass file names',
  where: { file: breakGlassPath(called), pointer: '/production' },
  allowed: Object.entries(production)
    .map(([endpoint, version]) => `v${version} at ${endpoint}`)
    .join(', '),
  fix: 'Name in both files the same versions at the same endpoints, and nothing else in stages.yml.',
});

const forked = {
  code: 'break-glass/fork',
  message: 'It comes from a fork: the glass is broken from a branch of this repository',
  fix: 'Push the branch to this repository and open the pull request from there.',
};

const expired = ({ name: called, until }: BreakGlassAsk, to: number) => ({
  code: 'break-glass/expired',
  message: `The emergency of ${breakGlassPath(called)} ended ${show(to)}`,
  where: { file: breakGlassPath(called), pointer: '/until' },
  found: until,
  fix: 'Write another end if it still lasts: then it is approved anew. Else remove the file and ask the usual way.',
});

const nothingToReview = (review: {
  readonly model: string;
  readonly pullRequest: number;
  readonly name: string;
}) => ({
  code: 'break-glass/nothing-to-review',
  message: `#${review.pullRequest} used no break-glass for ${review.model} that still waits for a review`,
  where: { file: breakGlassReviewPath(review.name), pointer: '/pull-request' },
  fix: 'Name the pull request that broke the glass: the refusal and `gatehouse history` say its number.',
});

import type { Digest } from '../evidence/evidence.ts';
import { parseInstant } from '../evidence/instant.ts';
import { canonicalJson } from '../json/canonical.ts';
import type { ApprovalFact, Person } from '../registry/ledger.ts';
import type { Exclusion, Review, UncountedApproval } from './decision.ts';
import { assignApprovers } from './matching.ts';
import type { RequiredLine } from './requirement.ts';

export interface ApprovalInput {
  readonly reviews: readonly Review[];
  readonly exclusions: readonly Exclusion[];
  readonly lines: readonly RequiredLine[];
  /** null: there is nothing to approve yet, and no approval counts. */
  readonly subject: Digest | null;
  /** True for moves to candidate and production: contributors of the version do not count. */
  readonly excludeContributors: boolean;
  /** How old an approval may be, and at which moment; `now` null: unknown. Absent: approvals do not age. */
  readonly expiry?: { readonly hours: number; readonly now: number | null };
  /** Roles that must say yes beside the lines, without a seat in them. */
  readonly acknowledging?: readonly string[];
}

export interface LineTally {
  readonly line: RequiredLine;
  /** Who fills it, ascending by id. */
  readonly people: readonly Person[];
  readonly missing: number;
}

export interface ApprovalTally {
  readonly counted: readonly ApprovalFact[];
  /** Every approval that does not count, oldest first, with the sentence why. */
  readonly uncounted: readonly UncountedApproval[];
  /** Change requests by people with a role that still stand. */
  readonly blocking: readonly Review[];
  readonly lines: readonly LineTally[];
  /** By acknowledging role: whose approval counts for it, ascending by id. */
  readonly acknowledged: ReadonlyMap<string, readonly Person[]>;
}

/**
 * Counts pull-request reviews for one subject. Only the latest decisive review of each person speaks; a comment is
 * neutral, a dismissed approval counts for nothing and revives nothing, a dismissed change request stays unless a
 * governor dismissed it. The order of the arrays does not matter.
 */
export function countApprovals(input: ApprovalInput): ApprovalTally {
  const decisive = input.reviews.filter((review) => review.state !== 'COMMENTED').sort(byAge);
  const latest = new Map(decisive.map((review) => [review.reviewer.id, review]));
  const standing = [...latest.values()].sort(byAge);
  const refusals = new Map<Review, string>();
  const valid: { readonly review: Review; readonly check: Review['evidenceChecks'][number] }[] = [];
  for (const review of decisive.filter(wasApproval)) {
    const outcome = judge(review, latest.get(review.reviewer.id), input);
    if (typeof outcome === 'string') refusals.set(review, outcome);
    else valid.push({ review, check: outcome });
  }
  const acknowledging = input.acknowledging ?? [];
  const asked = [...input.lines.flatMap((line) => line.anyOf), ...acknowledging];
  const useful = valid.filter(({ review }) => review.roles.some((role) => asked.includes(role)));
  for (const { review } of valid) {
    if (!review.roles.some((role) => asked.includes(role))) refusals.set(review, noRole(review, input));
  }
  const seats = assignApprovers(
    input.lines,
    useful.map(({ review }) => ({ id: review.reviewer.id, roles: review.roles })),
  );
  const roleOf = (review: Review) =>
    seatRole(review, input.lines, seats) || (acknowledging.find((role) => review.roles.includes(role)) ?? '');
  return {
    counted: useful.map(({ review, check }) => toFact(review, check, roleOf(review))),
    uncounted: decisive.flatMap((review) => toUncounted(review, refusals.get(review))),
    blocking: standing.filter(blocks),
    lines: input.lines.map((line, at) => toTally(line, seats[at] ?? [], useful)),
    acknowledged: new Map(acknowledging.map((role) => [role, holdersOf(role, useful)])),
  };
}

type Useful = readonly { readonly review: Review }[];

function toTally(line: RequiredLine, seats: readonly number[], useful: Useful): LineTally {
  const people = seats.flatMap(
    (id) => useful.find(({ review }) => review.reviewer.id === id)?.review.reviewer ?? [],
  );
  return { line, people, missing: line.count - people.length };
}

function holdersOf(role: string, useful: Useful): readonly Person[] {
  return useful
    .flatMap(({ review }) => (review.roles.includes(role) ? [review.reviewer] : []))
    .sort((a, b) => a.id - b.id);
}

/** The evidence check that made this approval count, or the sentence why it does not. */
function judge(
  review: Review,
  latest: Review | undefined,
  input: ApprovalInput,
): Review['evidenceChecks'][number] | string {
  if (review.state === 'DISMISSED') return 'It was dismissed.';
  if (latest !== review) return replacedBy(latest);
  const reasons = exclusionsOf(review.reviewer, input);
  if (reasons.length > 0) return `${reasons.join(', ')}: nobody approves work of their own.`;
  if (review.roles.length === 0) return noRole(review, input);
  const given = parseInstant(review.submittedAt);
  if (given === null) return `The time it was given (${review.submittedAt}) could not be read.`;
  const aged = ageOf(given, input.expiry);
  if (aged !== null) return aged;
  if (input.subject === null) return 'There is no complete evidence yet, so there is nothing to approve.';
  return matchCheck(review, given, input.subject);
}

const hourMs = 3_600_000;

function ageOf(given: number, expiry: ApprovalInput['expiry']): string | null {
  if (expiry === undefined) return null;
  const { hours, now } = expiry;
  if (now === null) return 'Approvals expire here, and the time of this decision could not be told.';
  if (now - given <= hours * hourMs) return null;
  const [count, unit] = hours % 24 === 0 ? [hours / 24, 'day'] : [hours, 'hour'];
  return `It was given more than ${count} ${unit}${count === 1 ? '' : 's'} ago and has expired: look and approve again.`;
}

function matchCheck(
  review: Review,
  given: number,
  subject: Digest,
): Review['evidenceChecks'][number] | string {
  const commit = review.commit.slice(0, 7);
  const checks = [...review.evidenceChecks].sort((a, b) => a.id - b.id);
  const same = checks.filter((check) => check.subject === subject);
  const seen = same.find((check) => (parseInstant(check.completedAt) ?? Number.POSITIVE_INFINITY) < given);
  if (seen) return seen;
  if (same.length > 0)
    return `It was given on ${commit} before the evidence there was complete: look and approve again.`;
  if (checks.length === 0) return `It was given on ${commit}, where there was no evidence to see.`;
  return `It was given on ${commit} for something else: ${whatChanged(review)} since.`;
}

function whatChanged(review: Review): string {
  const paths = review.changedSince ?? [];
  if (paths.length === 0) return 'content, rules, champion or result changed';
  const more = paths.length > 3 ? ` and ${paths.length - 3} more` : '';
  return `${paths.slice(0, 3).join(', ')}${more} changed`;
}

function replacedBy(latest: Review | undefined): string {
  if (latest?.state === 'CHANGES_REQUESTED') return 'The same person asked for changes later.';
  if (latest?.state === 'DISMISSED')
    return 'A later review of the same person was dismissed, which revives nothing.';
  return 'A later review of the same person replaces it.';
}

function noRole(review: Review, { lines, acknowledging = [] }: ApprovalInput): string {
  const asked = [...new Set([...lines.map((line) => line.role), ...acknowledging])].join(', ');
  const held = review.roles.length === 0 ? 'no role of the policy' : review.roles.join(', ');
  return `${review.reviewer.login} holds ${held}; asked for: ${asked || 'nobody'}.`;
}

function exclusionsOf(person: Person, input: ApprovalInput): readonly string[] {
  const own = input.exclusions
    .filter((exclusion) => exclusion.person.id === person.id)
    .map((exclusion) => exclusion.because)
    .filter((because) => because !== 'contributor' || input.excludeContributors);
  const bot = person.kind === 'User' ? [] : (['bot'] as const);
  return [...new Set([...own, ...bot])].sort().map((because) => `${person.login} is ${phrases[because]}`);
}

const phrases: Readonly<Record<Exclusion['because'], string>> = {
  author: 'the author of this pull request',
  committer: 'a committer in this pull request',
  'co-author': 'a co-author of a commit',
  pusher: 'somebody who pushed to this pull request',
  dispatcher: 'the one who started the run',
  bot: 'a bot',
  contributor: 'a contributor of this version',
  'asked for this pull request': 'the one who asked for this pull request',
};

/** A dismissed review whose former state is unknown may have been a change request: it is taken for one. */
function blocks(review: Review): boolean {
  if (review.roles.length === 0) return false;
  if (review.state === 'CHANGES_REQUESTED') return true;
  const dismissed = review.state === 'DISMISSED' && review.stateBeforeDismissal !== 'APPROVED';
  return dismissed && review.dismissedByGovernor !== true;
}

const wasApproval = (review: Review): boolean =>
  review.state === 'APPROVED' || (review.state === 'DISMISSED' && review.stateBeforeDismissal === 'APPROVED');

function seatRole(
  review: Review,
  lines: readonly RequiredLine[],
  seats: readonly (readonly number[])[],
): string {
  const at = seats.findIndex((ids) => ids.includes(review.reviewer.id));
  const wanted = at < 0 ? lines.flatMap((line) => line.anyOf) : (lines[at]?.anyOf ?? []);
  return wanted.find((role) => review.roles.includes(role)) ?? '';
}

function toFact(review: Review, check: Review['evidenceChecks'][number], role: string): ApprovalFact {
  return {
    reviewId: review.id,
    reviewer: review.reviewer,
    role,
    commit: review.commit,
    submittedAt: review.submittedAt,
    checkRunId: check.id,
    checkCompletedAt: check.completedAt,
  };
}

function toUncounted(review: Review, because: string | undefined): readonly UncountedApproval[] {
  if (because === undefined) return [];
  const { reviewer, commit, submittedAt } = review;
  return [{ reviewer, commit, submittedAt, because }];
}

/** Oldest first. An unreadable time sorts last for a review that could block, first for one that could only help. */
function byAge(a: Review, b: Review): number {
  return age(a) - age(b) || a.id - b.id || (canonicalJson(a) < canonicalJson(b) ? -1 : 1);
}

function age(review: Review): number {
  const instant = parseInstant(review.submittedAt);
  if (instant !== null) return instant;
  return review.state === 'APPROVED' ? Number.MIN_SAFE_INTEGER : Number.MAX_SAFE_INTEGER;
}

import { digest, head } from '../evidence/evidence.fixture.ts';
import type { Person } from '../registry/ledger.ts';
import { type ApprovalInput, type ApprovalTally, countApprovals } from './approval.ts';
import { ada, ben, eve, omar, person, rita, robot, rosa } from './decision.fixture.ts';
import type { Exclusion, Review } from './decision.ts';
import type { RequiredLine } from './requirement.ts';

/** Histories of reviews in one line of text, so that a table of scenarios stays readable. */
export const subject = digest('subject now');
const older = digest('subject before');

const zoe = person(9, 'zoe');
/** Who holds which role: eve and zoe hold none, ben is the author in every history. */
const roles: ReadonlyMap<Person, readonly string[]> = new Map([
  [rita, ['reviewer']],
  [rosa, ['reviewer']],
  [omar, ['owner', 'risk']],
  [ada, ['governor', 'reviewer']],
  [ben, ['reviewer', 'owner']],
  [robot, ['reviewer']],
  [eve, []],
  [zoe, []],
]);
const people = new Map([...roles.keys()].map((each) => [each.login, each]));

const dismissed = (before: 'APPROVED' | 'CHANGES_REQUESTED', byGovernor: boolean): Partial<Review> => ({
  state: 'DISMISSED',
  stateBeforeDismissal: before,
  dismissedByGovernor: byGovernor,
});

/** What one word says: `rita:approves` is a review of what is there now, after the evidence was complete. */
const words: ReadonlyMap<string, Partial<Review>> = new Map<string, Partial<Review>>([
  ['approves', {}],
  ['approves-older', { commit: '0'.repeat(40), evidenceChecks: [check(older)] }],
  ['approves-same-content', { commit: '1'.repeat(40) }],
  ['approves-unseen', { evidenceChecks: [] }],
  ['approves-early', { evidenceChecks: [check(subject, '2026-11-21T23:59:00Z')] }],
  ['approves-untimed', { submittedAt: 'just now' }],
  ['objects', { state: 'CHANGES_REQUESTED' }],
  ['objects-older', { state: 'CHANGES_REQUESTED', commit: '0'.repeat(40), evidenceChecks: [check(older)] }],
  ['objects-untimed', { state: 'CHANGES_REQUESTED', submittedAt: '' }],
  ['comments', { state: 'COMMENTED' }],
  ['approval-dismissed', dismissed('APPROVED', false)],
  ['approval-dismissed-by-governor', dismissed('APPROVED', true)],
  ['objection-dismissed', dismissed('CHANGES_REQUESTED', false)],
  ['objection-dismissed-by-governor', dismissed('CHANGES_REQUESTED', true)],
  ['dismissed-unread', { state: 'DISMISSED' }],
]);

function check(of: string, completedAt = '2026-11-21T09:00:00Z'): Review['evidenceChecks'][number] {
  return { id: 77, subject: of, completedAt };
}

/** Reviews of a history such as `rita:approves omar:objects`; each a minute after the one before. */
export function reviewsOf(history: string): readonly Review[] {
  return history
    .split(' ')
    .filter((event) => event !== '')
    .map((event, at) => {
      const [login = '', word = ''] = event.split(':');
      const reviewer = people.get(login);
      const said = words.get(word);
      if (!reviewer || !said) throw new Error(`unknown event ${event}`);
      return {
        id: 100 + at,
        reviewer,
        state: 'APPROVED',
        commit: head,
        submittedAt: `2026-11-21T10:${String(at).padStart(2, '0')}:00Z`,
        roles: roles.get(reviewer) ?? [],
        evidenceChecks: [check(subject)],
        ...said,
      };
    });
}

/** Lines such as `reviewer*2 owner`; `any` is a line that every role fills. */
export function linesOf(text: string): readonly RequiredLine[] {
  return text
    .split(' ')
    .filter((line) => line !== '')
    .map((line) => {
      const [role = '', count = '1'] = line.split('*');
      const anyOf = role === 'any' ? ['governor', 'owner', 'reviewer', 'risk'] : [role];
      return { role, anyOf, count: Number(count), because: ['the policy'] };
    });
}

export const authorOf = (who: Person = ben): Exclusion => ({ person: who, because: 'author' });

export function tally(history: string, lines = 'reviewer', more: Partial<ApprovalInput> = {}): ApprovalTally {
  return countApprovals({
    reviews: reviewsOf(history),
    exclusions: [authorOf()],
    lines: linesOf(lines),
    subject,
    excludeContributors: false,
    ...more,
  });
}

/** `rita omar | 1 missing | blocked by ada`: one line that says how a tally came out. */
export function outcomeOf(result: ApprovalTally): string {
  const seated = result.lines.flatMap((line) => line.people.map((who) => who.login)).sort();
  const missing = result.lines.reduce((sum, line) => sum + line.missing, 0);
  const blocking = result.blocking.map((review) => review.reviewer.login).sort();
  return [
    seated.join(' ') || 'nobody',
    ...(missing > 0 ? [`${missing} missing`] : []),
    ...(blocking.length > 0 ? [`blocked by ${blocking.join(' ')}`] : []),
  ].join(' | ');
}

import { approvalSections, namesOf } from './approval-sections.ts';
import { paragraph, type Section } from './block.ts';
import { bodyLimit, fitSections } from './budget.ts';
import { type ReplyPlace, reply, replyMarker } from './command-reply.ts';
import { findingsOf } from './facts.ts';
import { headlineOf } from './headline.ts';
import { nextSteps } from './next-steps.ts';
import type { Report } from './report.ts';
import { ruleSections } from './rule-table.ts';
import { sampleSections } from './sample-section.ts';

/**
 * Reply to `/gatehouse explain`: every rule with its state and why, approvals that count and those that do not, and
 * what to do.
 * @returns Markdown of at most 60,000 characters
 */
export function renderExplanation(report: Report, place: ReplyPlace): string {
  const sections: readonly Section[] = [
    { name: 'headline', rank: 0, blocks: [{ kind: 'heading', level: 3, text: headlineOf(report) }] },
    ...ruleSections(report.decision.rules),
    ...approvalSections(report),
    nextSteps(report),
    ...sampleSections(findingsOf(report)),
  ];
  const marker = replyMarker(place.comment);
  const elsewhere = 'The check "gatehouse" of this commit has the rest.';
  return `${marker}\n${fitSections(sections, bodyLimit - marker.length - 200, elsewhere)}\n`;
}

/** Reply to `/gatehouse request`. @param asked who was asked now, @param report why nobody was when it is empty */
export function renderRequested(asked: readonly string[], report: Report, place: ReplyPlace): string {
  if (asked.length > 0)
    return reply(place, [paragraph('Asked for a review: ', ...namesOf(asked).map(withAnd), '.')]);
  const { missing } = report.decision;
  if (missing.length === 0)
    return reply(place, [paragraph('No approval is missing now, so nobody can help with one.')]);
  return reply(place, [
    paragraph(
      'Whoever can help was asked already, has looked at this commit, or cannot be asked here. Missing:',
    ),
    {
      kind: 'list',
      items: missing.map(({ role, count, candidates }) => [
        `${count} as `,
        { code: role },
        ': ',
        ...namesOf(candidates),
      ]),
    },
  ]);
}

const withAnd = <Part>(part: Part): Part | string => (part === ' or ' ? ' and ' : part);

/** Reply to a command about a pull request that is closed: nothing is decided about it any more. */
export const renderClosed = (place: ReplyPlace): string =>
  reply(place, [
    paragraph(
      'This pull request is closed: nothing is decided about it any more. Its comment says how it ended.',
    ),
  ]);

/** Reply to a command about a pull request to a branch without a gate. */
export const renderUngoverned = (place: ReplyPlace): string =>
  reply(place, [
    paragraph(
      'Gatehouse does not govern ',
      { code: place.baseRef },
      ': nothing is decided about this pull request.',
    ),
  ]);

import { breakGlassPath, breakGlassReviewPath } from '../config/layout.ts';
import type { DecisionInput } from '../policy/decision.ts';
import { breakGlassNoteOf } from '../policy/emergency-note.ts';
import { sampleBreakGlassReview } from '../policy/file-sample.ts';
import type { BreakGlassUse } from '../registry/break-glass.ts';
import type { ModelState } from '../registry/ledger.ts';
import { type Block, type Phrase, paragraph, type Section } from './block.ts';
import { counted } from './count-text.ts';
import type { Report } from './report.ts';
import { showTime } from './time-text.ts';

/** True when it is let through, or was, by break-glass: whatever else it says, no gate passed it. */
export const isByBreakGlass = ({ decision }: Pick<Report, 'decision'>): boolean =>
  decision.kind === 'allowed' && decision.passedOver !== undefined;

/** What an emergency means, where people look first: what is passed over, and what is due afterwards. */
export function emergencySections({ input, decision, pullRequest, recorded }: Report): readonly Section[] {
  const ask = input.breakGlass?.asked;
  if (ask === undefined) return [];
  const note = breakGlassNoteOf(input, decision);
  const past = decision.passedOver ?? [];
  const asked: Phrase = [
    { strong: 'By break-glass' },
    `, asked for by ${ask.by}: the reason is in `,
    { code: breakGlassPath(ask.name) },
    '. ',
    past.length === 0 ? 'No rule is passed over so far.' : `Passed over: ${past.map(inWords).join(', ')}.`,
  ];
  if (decision.kind !== 'allowed' || note === null)
    return [{ name: 'break-glass', rank: 0, blocks: [{ kind: 'paragraph', text: asked }] }];
  // Before the merge the moment that counts is not known yet.
  const due =
    recorded === null
      ? `${input.policy.breakGlass?.reviewWithinHours ?? 0} hours after the merge`
      : showTime(note.reviewBy);
  const review: Phrase = [
    `Its review is due ${due}: a pull request that adds `,
    { code: breakGlassReviewPath(ask.name) },
    ', approved by governors. Without it nothing of this model goes to production any more but a rollback. To write:',
  ];
  const { lines } = sampleBreakGlassReview(ask.model, pullRequest);
  return [
    {
      name: 'break-glass',
      rank: 0,
      blocks: [
        { kind: 'paragraph', text: asked },
        { kind: 'paragraph', text: review },
        { kind: 'fence', language: 'yaml', lines },
      ],
    },
  ];
}

const words: Readonly<Record<string, string>> = {
  judgement: 'gates that fail or were not measured',
  time: 'soak or freeze',
  approvals: 'the usual quorum',
};
const inWords = (rule: string): string => words[rule] ?? rule;

/** Reviews that a pull request brings, in the words of a headline; null: none, or it moves something as well. */
export function reviewHeadline({ change, breakGlass }: DecisionInput): string | null {
  const [review] = breakGlass?.reviews ?? [];
  const moves = change.kind === 'request' ? change.moves.length : 0;
  return review === undefined || moves > 0
    ? null
    : `the review of the break-glass of pull request #${review.pullRequest}`;
}

/** Emergencies that wait for a review, on the front page of the ledger. */
export function openReviews(models: readonly ModelState[]): readonly Block[] {
  const open = models.flatMap(({ breakGlass = [] }) => breakGlass.filter(({ reviewed }) => !reviewed));
  if (open.length === 0) return [];
  return [
    { kind: 'heading', level: 3, text: ['Emergencies to be reviewed'] },
    paragraph(
      `${counted(open.length, 'version')} went to production by break-glass. Whoever looked at it says so in a pull request, before it is due.`,
    ),
    {
      kind: 'table',
      head: ['Model', 'Version', 'Endpoint', 'Pull request', 'Since', 'Review due'],
      rows: open.map(toRow),
    },
  ];
}

const toRow = ({ model, version, endpoint, pullRequest, at, reviewBy }: BreakGlassUse): readonly Phrase[] => [
  [model],
  [`v${version}`],
  [{ code: endpoint }],
  [`#${pullRequest}`],
  [showTime(at)],
  [showTime(reviewBy)],
];

import type { PolicyPreview, PreviewedPull } from '../audit/policy-preview.ts';
import type { BlockingRule, ReplayedDecision } from '../audit/replay-policy.ts';
import type { Change } from '../change/change.ts';
import { policyPath } from '../config/layout.ts';
import { type Block, type Inline, type Phrase, paragraph, type Section } from './block.ts';
import { counted } from './count-text.ts';
import { whatText } from './decision-blocks.ts';
import { decisionWords } from './icon.ts';
import type { Report } from './report.ts';
import { showTime } from './time-text.ts';

type Decided = Extract<PreviewedPull, { kind: 'decided' }>;
/** Reasons of one line: the rest stand in the check of that pull request. */
const mostReasons = 3;

/** What the changed policy would have blocked, would let pass, and makes of what is open. */
export function policyPreviewSections({
  policyPreview: preview,
  repositoryUrl,
}: Pick<Report, 'policyPreview' | 'repositoryUrl'>): readonly Section[] {
  if (preview === undefined) return [];
  const link: LinkPull = (number) => ({ link: `#${number}`, to: `${repositoryUrl}/pull/${number}` });
  return [
    {
      name: 'what this policy would block',
      rank: 2,
      blocks: [...title(preview), ...replayBlocks(preview, link)],
    },
    { name: 'open pull requests under this policy', rank: 2, blocks: openBlocks(preview, link) },
    { name: 'refused merges under this policy', rank: 3, blocks: refusedBlocks(preview, link) },
    { name: 'what the replay rests on', rank: 3, blocks: noteBlocks(preview) },
  ].filter(({ blocks }) => blocks.length > 0);
}

type LinkPull = (number: number) => Inline;

function title({ outdated }: PolicyPreview): readonly Block[] {
  const head = paragraph({ strong: 'What this policy would change' });
  if (!outdated) return [head];
  return [
    head,
    paragraph(
      { code: policyPath },
      ' on the base branch changed since this branch left it: update the branch to see what the merge says.',
    ),
  ];
}

function replayBlocks({ replay }: PolicyPreview, link: LinkPull): readonly Block[] {
  const { decisions, blocked } = replay;
  if (decisions.length === 0) return [paragraph('The ledger holds no promotion to try it on.')];
  const total = counted(decisions.length, 'promotion');
  if (blocked === 0) return [paragraph(`It would have blocked none of the last ${total}.`)];
  return [
    paragraph(`It would have blocked ${blocked} of the last ${total}:`),
    {
      kind: 'table',
      head: ['Pull request', 'When', 'What', 'With this policy', 'Because'],
      rows: decisions.filter((each) => each.blocked).map((each) => replayRow(each, link)),
    },
  ];
}

const replayRow = (each: ReplayedDecision, link: LinkPull): readonly Phrase[] => [
  [link(each.pullRequest)],
  [showTime(each.at)],
  [`${each.model}: ${whatText(each.what)}`],
  [decisionWords[each.kind]],
  reasons(each.by),
];

function openBlocks({ open, more, enforces }: PolicyPreview, link: LinkPull): readonly Block[] {
  const rest = more ? [paragraph(`Only the ${open.length} that changed last were looked at.`)] : [];
  if (open.length === 0) return [paragraph('No other open pull request asks for anything.'), ...rest];
  const other = open.filter((each) => each.kind === 'decided' && each.before !== each.after).length;
  const all = counted(open.length, 'other open pull request');
  return [
    paragraph(other === 0 ? `It decides ${all} as now:` : `It decides ${other} of ${all} otherwise:`),
    pullTable(open, link),
    ...rest,
    ...(enforces ? [] : [paragraph('It only reports: none of this would hold up a merge.')]),
  ];
}

function refusedBlocks({ refused }: PolicyPreview, link: LinkPull): readonly Block[] {
  if (refused.length === 0) return [];
  const passes = refused.filter((each) => each.kind === 'decided' && each.after === 'allowed').length;
  return [
    paragraph(
      `Of ${counted(refused.length, 'merge')} that the ledger does not hold, it would let ${passes} pass. Nothing of them is promoted by this: they have to be asked for again.`,
    ),
    pullTable(
      // Asked for again it is judged and approved anew in any case.
      refused.map((each) => (each.kind === 'decided' ? { ...each, anew: false } : each)),
      link,
    ),
  ];
}

const pullTable = (pulls: readonly PreviewedPull[], link: LinkPull): Block => ({
  kind: 'table',
  head: ['Pull request', 'About', 'Now', 'With this policy', 'Because'],
  rows: pulls.map((each): readonly Phrase[] =>
    each.kind === 'unread'
      ? [[link(each.number)], ['–'], ['–'], ['not known'], [each.because]]
      : [
          [link(each.number)],
          [aboutText(each.change)],
          [decisionWords[each.before]],
          [decisionWords[each.after]],
          because(each),
        ],
  ),
});

/** What stands as before has its reasons in its own check. */
function because({ before, after, by, anew }: Decided): Phrase {
  const why = before === after ? [] : reasons(by);
  return anew ? [...why, `${why.length === 0 ? '' : ' '}${newRules}`] : why;
}

const newRules = 'Rules that apply to it change: results and approvals are asked for again.';

function reasons(by: readonly BlockingRule[]): Phrase {
  const more = by.length - mostReasons;
  // Some reasons are sentences and some are not: in one cell each of them ends as one.
  const shown = by
    .slice(0, mostReasons)
    .map(({ rule, because }) => `${rule}: ${because.replace(/(?<![.…])$/, '.')}`);
  return [shown.join(' '), more > 0 ? ` And ${counted(more, 'more rule')}.` : ''];
}

function aboutText(change: Change): string {
  if (change.kind === 'nothing') return 'nothing';
  if (change.kind === 'refused') return change.about?.model ?? 'nothing that can be read';
  const moves = change.moves.map((move) =>
    move.kind === 'registration'
      ? 'a new version'
      : `v${move.version} to ${move.to}${move.endpoint === null ? '' : ` at ${move.endpoint}`}`,
  );
  const what = moves.length > 0 ? moves : change.configuration.length > 0 ? ['rules'] : change.datasets;
  return `${change.model === null ? '' : `${change.model}: `}${[...new Set(what)].slice(0, 3).join(', ') || 'data'}`;
}

function noteBlocks({ replay, open, refused }: PolicyPreview): readonly Block[] {
  const unknown = [...open, ...refused].flatMap((each) => (each.kind === 'decided' ? each.unknown : []));
  const sentences = [...new Set([...replay.unknown, ...unknown])];
  return [
    ...(sentences.length === 0
      ? []
      : [{ kind: 'list', items: sentences.slice(0, 10).map((sentence): Phrase => [sentence]) } as const]),
    {
      kind: 'small',
      text: [
        'From recorded facts: approvals are taken as given for the same change, evidence as it was judged. Try another text, offline: ',
        { code: 'gatehouse policy replay --policy FILE' },
      ],
    },
  ];
}

import { type Block, type Inline, type Phrase, paragraph } from '../report/block.ts';
import { counted } from '../report/count-text.ts';
import type { PastReplay, ReplayedPull } from './past-pulls.ts';

/** What people would have seen in their last pull requests, had this policy been there. */
export function pastBlocks({ pulls, unread, url }: PastReplay): readonly Block[] {
  if (pulls.length + unread.length === 0) return [];
  const seen = pulls.filter(({ touches }) => touches.length > 0);
  const rows = seen.map((pull) => toRow(pull, url));
  return [
    { kind: 'heading', level: 3, text: ['Your last merged pull requests under this policy'] },
    ...(pulls.length === 0 ? [] : [summary(pulls.length, seen)]),
    ...(rows.length === 0
      ? []
      : [{ kind: 'table', head: ['Pull request', 'Touches', 'Approvals'], rows } as const]),
    ...(unread.length === 0
      ? []
      : [paragraph('Not read, because GitHub did not tell all of it: ', ...listed(unread, url), '.')]),
    ...(seen.some(({ judged }) => judged) ? [paragraph({ prose: noEvidence })] : []),
  ];
}

function summary(all: number, seen: readonly ReplayedPull[]): Block {
  const held = seen.filter(({ missing }) => missing.length > 0).length;
  const last = `Of the last ${counted(all, 'merged pull request')}`;
  if (seen.length === 0)
    return paragraph(`${last} none touches a model, data or rules: all of them would have passed at once.`);
  return paragraph(
    `${last} ${seen.length} ${seen.length === 1 ? 'touches' : 'touch'} a model, data or rules; any other passes at once. `,
    { strong: held === 0 ? 'None would have lacked an approval' : `${held} would have lacked an approval` },
    '. A policy that enforces holds such a merge up; with ',
    { code: 'enforce: false' },
    ' the check says so and lets it pass.',
  );
}

const noEvidence =
  'Nobody validated data or judged a model in them, so whether a contract or a gate would have held one up is not known: that is seen from the next pull request on. Approvals are counted as given, by who holds a role today.';

const linkPull = (number: number, url: string): Inline => ({
  link: `#${number}`,
  to: `${url}/pull/${number}`,
});

const listed = (numbers: readonly number[], url: string): Phrase =>
  numbers.flatMap((number, at) => [...(at === 0 ? [] : [', ']), linkPull(number, url)]);

const toRow = ({ number, touches, missing, own }: ReplayedPull, url: string): readonly Phrase[] => [
  [linkPull(number, url)],
  [touches.join(', ')],
  [
    missing.length === 0
      ? '✅ enough'
      : `⏳ held up: ${missing.map(({ role, count }) => `${count} × ${role}`).join(', ')} missing`,
    own.length === 0 ? '' : `; ${own.join(', ')} approved own work, which does not count`,
  ],
];

import type { GatehouseError } from '../error/error.ts';
import type { Command } from '../training/command.ts';
import { type CommandedPull, type RunAnswer, shortest } from '../training/run-command.ts';
import { type Block, paragraph } from './block.ts';
import { renderMarkdown } from './markdown.ts';

/** Where a reply stands. */
export interface ReplyPlace {
  readonly number: number;
  /** Id of the comment that is answered. */
  readonly comment: number;
  /** Web address of the repository. */
  readonly repositoryUrl: string;
  readonly baseRef: string;
}

/** First line of the reply to a comment: each comment is answered once. */
export const replyMarker = (comment: number): string => `<!-- gatehouse:command:${comment}; -->`;

/** Reply to a command that is none, with what was probably meant. */
export function renderUnknown(
  { word, meant }: Extract<Command, { kind: 'unknown' }>,
  place: ReplyPlace,
): string {
  const guess = meant === null ? '' : `. Did you mean "${meant}"?`;
  return reply(place, [paragraph('There is no command ', { code: word }, guess), ...commandList]);
}

/** Reply to a command that met wrong input: what is wrong and what to do. */
export const renderRefused = (error: GatehouseError, place: ReplyPlace): string =>
  reply(place, [paragraph('Not done: ', error.message, '. ', error.hint)]);

/** Reply when one person asked for more on a pull request than is answered. */
export const renderTooMany = (place: ReplyPlace): string =>
  reply(place, [
    paragraph(
      'Not done: there were too many commands here in a short time. One more is answered each minute, five when it was quiet for a while; those in between are not looked at. The pull request itself is looked at by itself.',
    ),
  ]);

/** Reply to `/gatehouse help`. */
export const renderHelp = (place: ReplyPlace): string => reply(place, commandList);

const commandList: readonly Block[] = [
  {
    kind: 'list',
    items: [
      [{ code: '/gatehouse explain' }, ' shows every rule of the decision with its reason'],
      [{ code: '/gatehouse retry' }, ' makes the app look again'],
      [{ code: '/gatehouse request' }, ' asks those for a review who can help'],
      [
        { code: '/gatehouse run COMMIT' },
        ' says how to train the newest commit of a pull request from a fork',
      ],
      [
        { code: '/gatehouse rollback ENDPOINT' },
        ' opens a pull request that returns to the version that served before; add the model when there are several',
      ],
      [
        { code: '/gatehouse waive GATE until YYYY-MM-DD because REASON' },
        ' opens a pull request that lets one gate be missed for a while',
      ],
    ],
  },
  paragraph(
    'No command approves anything or moves a model: approve with a review. A comment that was edited is not answered; write a new one. A training that failed is tried again with "Re-run failed jobs" of its run.',
  ),
];

/** Reply to `/gatehouse run`. */
export function renderRunReply(
  { kind }: RunAnswer,
  named: string,
  pull: CommandedPull,
  place: ReplyPlace,
): string {
  if (kind === 'take over') return reply(place, takeOver(pull, place));
  return reply(
    place,
    kind === 'closed' || kind === 'own branch' ? notNeeded[kind] : [wrong[kind](named), ask(pull)],
  );
}

const notNeeded: Readonly<Record<'closed' | 'own branch', readonly Block[]>> = {
  closed: [paragraph('This pull request is closed: nothing of it runs. Open it again first.')],
  'own branch': [
    paragraph(
      'This pull request has a branch of this repository: its newest commit trains by itself. To try a run again, press "Re-run failed jobs" of it.',
    ),
  ],
};

type Wrong = Exclude<RunAnswer['kind'], 'take over' | 'closed' | 'own branch'>;

const wrong: Readonly<Record<Wrong, (named: string) => Block>> = {
  'no commit': () =>
    paragraph('Name the commit that you have read: what is pushed after it must not run in its place.'),
  'not a commit': (named) => paragraph({ code: named }, ' is no commit: write 7 to 40 hexadecimal digits.'),
  ambiguous: (named) =>
    paragraph('More than one commit of this pull request begins with ', { code: named }, '.'),
  'old commit': (named) =>
    paragraph(
      { code: named },
      ' is not the newest commit of this pull request. Read what came after it first.',
    ),
  'other commit': (named) => paragraph({ code: named }, ' is no commit of this pull request.'),
};

const ask = (pull: CommandedPull): Block =>
  paragraph('Its newest commit is ', { code: pull.headSha }, '. Once you have read it: ', {
    code: `/gatehouse run ${shortest(pull)}`,
  });

/**
 * The way a maintainer takes a fork's commit over: exactly the bytes that were named, by somebody who may push, into a
 * branch that the ordinary workflow trains and judges. The app moves no code itself.
 */
function takeOver(pull: CommandedPull, { number, repositoryUrl, baseRef }: ReplyPlace): readonly Block[] {
  const branch = `take-over/${number}-${pull.headSha.slice(0, 12)}`;
  const base = encodeURIComponent(baseRef);
  return [
    paragraph(
      'Code of a fork reaches no training machine by itself. Whoever may push here and has read ',
      { code: pull.headSha },
      ' takes over exactly this commit:',
    ),
    {
      kind: 'fence',
      language: 'text',
      lines: [
        `git fetch ${repositoryUrl} refs/pull/${number}/head`,
        `git push ${repositoryUrl} ${pull.headSha}:refs/heads/${branch}`,
      ],
    },
    paragraph('Then ', {
      link: 'open a pull request from that branch',
      to: `${repositoryUrl}/compare/${base}...${encodeURIComponent(branch)}?expand=1`,
    }),
    {
      kind: 'list',
      items: [
        ['It is trained and judged like every other one, with the result there.'],
        ['It holds for this commit only: a later push to the fork changes nothing of it.'],
        ['Its authors, and whoever pushes or opens it, cannot approve it.'],
      ],
    },
  ];
}

/** @param blocks below the line by which the reply is found again */
export const reply = ({ comment }: ReplyPlace, blocks: readonly Block[]): string =>
  `${replyMarker(comment)}\n${renderMarkdown(blocks)}\n`;

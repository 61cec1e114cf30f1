import type { Waiver } from '../config/waiver.ts';
import { type Block, paragraph } from './block.ts';
import { type ReplyPlace, reply } from './command-reply.ts';
import { renderMarkdown } from './markdown.ts';

/** What a wish for a waiver came to. */
export type WaiveAnswer =
  | { readonly kind: 'opened'; readonly waiver: Waiver; readonly pull: number }
  /** The comment does not say what for how long and why. */
  | { readonly kind: 'how' }
  /** The pull request changes no model, and the comment names none. */
  | { readonly kind: 'no model' }
  /** The model has no gate of that name. `meant` is the nearest one. */
  | {
      readonly kind: 'no gate';
      readonly gate: string;
      readonly gates: readonly string[];
      readonly meant: string | null;
    }
  | { readonly kind: 'not opened' };

const most = 30;
const form = '/gatehouse waive GATE until YYYY-MM-DD because REASON';

/** Reply to `/gatehouse waive`: a waiver is a file, approved like everything else. */
export function renderWaive(answer: WaiveAnswer, place: ReplyPlace): string {
  switch (answer.kind) {
    case 'opened':
      return reply(place, opened(answer.waiver, answer.pull, place));
    case 'how':
      return reply(place, [paragraph('Say which gate, until when and why: ', { code: form }), ...about]);
    case 'no model':
      return reply(place, [
        paragraph('This pull request changes no model. Name it: ', {
          code: '/gatehouse waive GATE for MODEL until YYYY-MM-DD because REASON',
        }),
      ]);
    case 'no gate':
      return reply(place, noGate(answer));
    case 'not opened':
      return reply(place, [paragraph('The pull request could not be opened. Ask again in a new comment.')]);
  }
}

const about: readonly Block[] = [
  paragraph(
    'The app opens a pull request with a file ',
    { code: 'waivers/NAME.yml' },
    '; owner and governors decide about it, whoever asked does not. It is shown with every decision that rests on it and ends by itself. For another model add ',
    { code: 'for MODEL' },
    ' after the gate.',
  ),
];

function opened(waiver: Waiver, pull: number, { repositoryUrl }: ReplyPlace): readonly Block[] {
  return [
    paragraph(
      { link: `Pull request ${pull}`, to: `${repositoryUrl}/pull/${pull}` },
      ' asks to let ',
      { code: waiver.gate },
      ' of ',
      { code: waiver.model },
      ' be missed until ',
      { code: waiver.until },
      '. Nothing is waived before it is approved and merged, and whoever asked for it cannot approve it.',
    ),
  ];
}

function noGate({ gate, gates, meant }: Extract<WaiveAnswer, { kind: 'no gate' }>): readonly Block[] {
  const guess = meant === null ? [] : [' Did you mean ', { code: meant }, '?'];
  return [
    paragraph('The model has no gate ', { code: gate }, '.', ...guess, ' Its gates:'),
    { kind: 'list', items: gates.slice(0, most).map((one) => [{ code: one }]) },
  ];
}

/** Title and description of the pull request that asks for a waiver. @param askedBy login */
export function renderWaiverPull(
  waiver: Waiver,
  askedBy: string,
  place: ReplyPlace,
): { readonly title: string; readonly body: string } {
  return {
    title: `Waive a gate of ${waiver.model} until ${waiver.until}`,
    body: `${renderMarkdown([
      paragraph(
        { code: askedBy },
        ' asked for this with a comment on ',
        { link: `pull request ${place.number}`, to: `${place.repositoryUrl}/pull/${place.number}` },
        '. ',
        { code: waiver.gate },
        ' may be missed until ',
        { code: waiver.until },
        ': ',
        { code: waiver.reason },
      ),
      paragraph(
        'It lets this one gate be missed, never a check of data or a number that was not measured. Owner and governors approve it; whoever asked for it, and whoever pushes to this branch, cannot. Other merges do not age it, since nothing of the model is proposed here. Where your rules ask for an up-to-date branch, whoever may write presses "Update branch": that is no push of theirs.',
      ),
    ])}\n`,
  };
}

import { suggest } from '../config/suggestion.ts';

/** A line of a comment that starts with `/gatehouse`. Written by anybody: it asks, and never decides. */
export type Command =
  /** Nothing but the name, or `retry`: look again. */
  | { readonly kind: 'look' }
  | { readonly kind: 'help' }
  /** The decision with its reasons. */
  | { readonly kind: 'explain' }
  /** Ask those for a review who can help. */
  | { readonly kind: 'request' }
  | { readonly kind: 'run'; readonly commit: string }
  /** `model` is null when the comment names none. */
  | { readonly kind: 'rollback'; readonly endpoint: string; readonly model: string | null }
  /** `asked` is null when the comment does not say what for how long and why. */
  | { readonly kind: 'waive'; readonly asked: WaiverWish | null }
  | { readonly kind: 'unknown'; readonly word: string; readonly meant: string | null };

/** What somebody wants to be waived, in their words: nothing of it is checked. */
export interface WaiverWish {
  readonly gate: string;
  /** null: the model of the pull request. */
  readonly model: string | null;
  readonly until: string;
  readonly reason: string;
}

const words = ['help', 'explain', 'retry', 'run', 'request', 'rollback', 'waive'];

/** Reads the first command of a comment; null: there is none. */
export function parseCommand(body: string): Command | null {
  const line = body.split(/\r\n|\n|\r/).find((one) => /^\/gatehouse(?:\s|$)/.test(one));
  if (line === undefined) return null;
  const [, word = '', ...given] = line.trim().split(/\s+/);
  switch (word) {
    case '':
    case 'retry':
      return { kind: 'look' };
    case 'help':
    case 'explain':
    case 'request':
      return { kind: word };
    case 'waive':
      return { kind: 'waive', asked: toWish(given) };
    case 'run':
      return { kind: 'run', commit: given.join(' ') };
    case 'rollback':
      return { kind: 'rollback', endpoint: given[0] ?? '', model: given[1] ?? null };
    default:
      return { kind: 'unknown', word, meant: suggest(word, words) };
  }
}

/** `GATE [for MODEL] until DAY because REASON`: by words, so that no text takes long to read. */
function toWish(given: readonly string[]): WaiverWish | null {
  const [until, because] = [given.indexOf('until'), given.indexOf('because')];
  const reason = given.slice(because + 1).join(' ');
  if (until < 1 || because !== until + 2 || reason === '') return null;
  const named = given[until - 2] === 'for' && until > 2 ? (given[until - 1] ?? null) : null;
  const gate = given.slice(0, named === null ? until : until - 2).join(' ');
  return { gate, model: named, until: given[until + 1] ?? '', reason };
}

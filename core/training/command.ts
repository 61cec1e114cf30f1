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
  | { readonly kind: 'waive' }
  | { readonly kind: 'unknown'; readonly word: string; readonly meant: string | null };

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
    case 'waive':
      return { kind: word };
    case 'run':
      return { kind: 'run', commit: given.join(' ') };
    case 'rollback':
      return { kind: 'rollback', endpoint: given[0] ?? '', model: given[1] ?? null };
    default:
      return { kind: 'unknown', word, meant: suggest(word, words) };
  }
}

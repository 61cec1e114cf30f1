import { InputError } from '../error/error.ts';
import { paragraph } from './block.ts';
import { short } from './facts.ts';
import { renderMarkdown } from './markdown.ts';
import { bodyDigest, parseMarker, parseState, writeMarker, writeState } from './marker.ts';

const banner = /^> ⏳ \*\*Out of date\.\*\*.*\n\n/u;

/**
 * Marks a comment out of date: what it says is about an older commit than the head.
 * @param body the comment as it stands, one of ours
 * @param head full id of the new head
 * @returns the comment with one banner above its headline; unchanged when it is about that head already
 * @throws InputError MARKER when the body is none of our comments
 */
export function markOutOfDate(body: string, head: string): string {
  const marker = parseMarker(body);
  const state = parseState(body);
  if (marker === null || state === null) {
    throw new InputError('MARKER', 'this comment has no marker or no state', {
      hint: 'Write the report anew.',
    });
  }
  if (state.head === head) return body;
  const text = body.replaceAll('\r\n', '\n');
  const inner = text
    .slice(text.indexOf('\n') + 1, text.lastIndexOf('\n<!-- gatehouse:state'))
    .replace(banner, '');
  const line = renderMarkdown([
    paragraph(
      '⏳ ',
      { strong: 'Out of date.' },
      ' This is the result for ',
      { code: short(state.head) },
      '. The head is now ',
      { code: short(head) },
      ' and is being judged.',
    ),
  ]);
  const shown = `> ${line}\n\n${inner}`;
  return [writeMarker(marker), shown, writeState({ ...state, body: bodyDigest(shown) })].join('\n');
}

import type { Block, Inline, Phrase } from './block.ts';
import { plainText, sentenceCap } from './cell.ts';
import { renderColumns } from './columns.ts';

export interface TextOptions {
  /** Only ASCII: for terminals and logs that show nothing else. */
  readonly ascii?: boolean;
  /** Characters of a line of a table, for terminals; absent: as wide as its cells. */
  readonly width?: number;
}

/** Renders blocks for a terminal: the same words as on the pull request, without Markdown. */
export function renderText(blocks: readonly Block[], options: TextOptions = {}): string {
  const text = blocks
    .filter((block) => block.kind !== 'fence' || block.language !== 'mermaid')
    .map((block) => renderBlock(block, options.width))
    .join('\n\n');
  return options.ascii === true ? toAscii(text) : text;
}

function renderBlock(block: Block, width?: number): string {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
    case 'quote':
    case 'small':
      return phraseText(block.text);
    case 'steps':
      return block.items.map((item, at) => `  ${at + 1}. ${phraseText(item)}`).join('\n');
    case 'list':
      return block.items.map((item) => `  - ${phraseText(item)}`).join('\n');
    case 'fence':
      return block.lines
        .map((line) => `  ${line.replace(/[^\S ]/g, ' ').replace(/[\p{Cc}\p{Cf}]/gu, '')}`)
        .join('\n');
    case 'fold':
      return `${block.title}\n${renderText(block.blocks, width === undefined ? {} : { width })}`;
    case 'table':
      return renderColumns(block, phraseText, width);
  }
}

/** A phrase without any markup: for titles, annotations and terminals. */
export const phraseText = (phrase: Phrase): string => phrase.map(inlineText).join('');

function inlineText(inline: Inline): string {
  if (typeof inline === 'string') return plainText(inline, sentenceCap);
  if ('prose' in inline) return plainText(inline.prose, 4000);
  if ('strong' in inline) return plainText(inline.strong, sentenceCap);
  return plainText('link' in inline ? inline.link : inline.code);
}

const ascii: readonly (readonly [RegExp, string])[] = [
  // An icon never stands without its word: it can go.
  [/[✅❌⛔⚠⏳🔒⚪]\uFE0F? ?/gu, ''],
  [/[–−]/g, '-'],
  [/…/g, '...'],
  [/→/g, '->'],
  [/≥/g, '>='],
  [/≤/g, '<='],
  [/×/g, 'x'],
  [/·/g, '|'],
  [/[▲▼] ?/gu, ''],
];

/** Replaces every character outside ASCII; icons go, since each stands beside its word. */
export function toAscii(text: string): string {
  const known = ascii.reduce((line, [pattern, replacement]) => line.replace(pattern, replacement), text);
  return known.replace(/[^\n\x20-\x7e]/gu, '?');
}

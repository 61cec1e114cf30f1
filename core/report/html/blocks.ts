import type { Block, Inline, Phrase, Table } from '../block.ts';
import { phraseText } from '../text.ts';
import { type Attributes, type Child, element, escapeHtml, type Html, join, nothing } from './element.ts';

/** Blocks of a report as HTML: the same words as on the pull request. Pictures of Mermaid are drawn anew, as SVG. */
export const renderBlocks = (blocks: readonly Block[]): Html => join(blocks.map(renderBlock));

function renderBlock(block: Block): Html {
  switch (block.kind) {
    case 'heading':
      return element(`h${block.level}`, {}, renderPhrase(block.text));
    case 'paragraph':
      return element('p', {}, renderPhrase(block.text));
    case 'quote':
      return element('blockquote', {}, renderPhrase(block.text));
    case 'small':
      return element('p', { class: 'small' }, renderPhrase(block.text));
    case 'steps':
      return element('ol', {}, ...block.items.map((item) => element('li', {}, renderPhrase(item))));
    case 'list':
      return element('ul', {}, ...block.items.map((item) => element('li', {}, renderPhrase(item))));
    case 'fence':
      return block.language === 'mermaid' ? nothing : renderLines(block.lines);
    case 'fold':
      return fold(block.title, renderBlocks(block.blocks));
    case 'table':
      return renderTable(block);
  }
}

const renderLines = (lines: readonly string[]): Html =>
  element('pre', {}, ...lines.map((line): Html => ({ html: `${escapeHtml(line)}\n` })));

/** Folded, and reached by the keyboard like any other. */
export const fold = (title: string, ...children: readonly Child[]): Html =>
  element('details', {}, element('summary', {}, title), ...children);

export function renderPhrase(phrase: Phrase): Html {
  return join(phrase.map(renderInline));
}

function renderInline(inline: Inline): Html {
  if (typeof inline === 'string') return join([inline]);
  if ('prose' in inline) return { html: escapeHtml(inline.prose, 4000) };
  if ('strong' in inline) return element('strong', {}, inline.strong);
  // The page opens from disk and may be passed on: it links nowhere, and what it would link is told.
  if ('link' in inline) return element('span', { title: inline.to }, inline.link);
  return element('code', {}, { html: escapeHtml(inline.code, 120) });
}

/** A table that is scrolled by itself where the page is narrow; numbers stand under each other. */
export function renderTable({ head, align = [], rows }: Table, caption?: string): Html {
  const stacks = head.length >= stackedColumns;
  const kind = (at: number): Attributes => (align[at] === 'r' ? { class: 'n' } : {});
  return element(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption ?? head.join(', ') },
    element(
      'table',
      stacks ? { class: 'stack' } : {},
      ...(caption === undefined ? [] : [element('caption', {}, caption)]),
      element(
        'thead',
        {},
        element('tr', {}, ...head.map((title, at) => element('th', { scope: 'col', ...kind(at) }, title))),
      ),
      element(
        'tbody',
        {},
        ...rows.map((row) =>
          element(
            'tr',
            {},
            ...row.map((phrase, at) =>
              renderCell(phrase, align[at] === 'r', stacks ? (head[at] ?? '') : null),
            ),
          ),
        ),
      ),
    ),
  );
}

/** A short text stays on one line; a longer one is folded at its spaces and gets room. */
const shortText = 26;

/** From so many columns on, a telephone shows each row as a list of names and values. */
const stackedColumns = 5;

function renderCell(phrase: Phrase, isNumber: boolean, label: string | null): Html {
  const text = phraseText(phrase).trim();
  const isShort = text.length <= shortText;
  const kind = isNumber ? (isShort ? 'n' : 'n m') : isShort ? 'k' : 'w';
  const named: Attributes = label === null ? {} : { 'data-label': label };
  return element('td', { class: kind, ...named }, text === '' ? '–' : keepArrows(renderPhrase(phrase)));
}

/** An arrow stays with its word. */
const keepArrows = ({ html }: Html): Html => ({ html: html.replace(/([▲▼]) /g, '$1&nbsp;') });

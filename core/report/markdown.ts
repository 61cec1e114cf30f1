import { markdownTable } from 'markdown-table';
import type { Block, Inline, Phrase, Table } from './block.ts';
import { code, escapeText, plainText, sentenceCap } from './cell.ts';

/** Prose is what people wrote in configuration, capped there. */
const longestProse = 4000;

/** Renders blocks as GitHub-flavoured Markdown. Every string in them is escaped here and nowhere else. */
export function renderMarkdown(blocks: readonly Block[]): string {
  return blocks.map(renderBlock).join('\n\n');
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${renderPhrase(block.text)}`;
    case 'paragraph':
      return renderPhrase(block.text);
    case 'quote':
      return `> ${renderPhrase(block.text)}`;
    case 'small':
      return `<sub>${renderPhrase(block.text)}</sub>`;
    case 'steps':
      return block.items.map((item, at) => `${at + 1}. ${renderPhrase(item)}`).join('\n');
    case 'list':
      return block.items.map((item) => `- ${renderPhrase(item)}`).join('\n');
    case 'fence':
      return renderFence(block.language, block.lines);
    case 'fold':
      // The blank lines matter: without them GitHub reads what follows as HTML.
      return `<details><summary>${block.title.replace(/[^\w .,:()%]/g, '')}</summary>\n\n${renderMarkdown(block.blocks)}\n\n</details>`;
    case 'table':
      return renderTable(block);
  }
}

export const renderPhrase = (phrase: Phrase): string => phrase.map(renderInline).join('');

function renderInline(inline: Inline): string {
  if (typeof inline === 'string') return escapeText(plainText(inline, sentenceCap));
  if ('prose' in inline) return escapeText(plainText(inline.prose, longestProse));
  if ('strong' in inline) return `**${escapeText(plainText(inline.strong, sentenceCap).trim())}**`;
  if ('code' in inline && !('link' in inline)) return code(inline.code);
  // At the start of a block, [`]: x`](y) is the definition of a reference: brackets end a label before code is looked for.
  const isCode = inline.code === true && !/[[\]]/.test(inline.link);
  const text = isCode ? code(inline.link) : escapeText(plainText(inline.link));
  if (isOwnPath(inline.to)) return `[${text}](${inline.to})`;
  return isWebAddress(inline.to) ? `[${text}](${encodeAddress(inline.to)})` : text;
}

/** A file of the same branch: names of models and our own folders only, so that no scheme can hide in it. */
const isOwnPath = (address: string): boolean =>
  /^(?:\.\.\/)?[A-Za-z0-9_][\w./-]*$/.test(address) && !address.slice(1).includes('..');

const isWebAddress = (address: string): boolean => /^https?:\/\//.test(address) && URL.canParse(address);

/** Characters that would end a link's address, or the cell around it. */
const encodeAddress = (address: string): string =>
  new URL(address).href.replace(
    /[()<>|\\`]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );

function renderTable({ head, align = head.map(() => 'l'), rows }: Table): string {
  const lines = [head.map((title) => renderCell([title])), ...rows.map((row) => row.map(renderCell))];
  return markdownTable(lines, { align: [...align], padding: true, alignDelimiters: false });
}

const renderCell = (phrase: Phrase): string => renderPhrase(phrase).trim() || '–';

/** A fence longer than any run of backticks inside: nothing in it can close it. */
function renderFence(language: string, lines: readonly string[]): string {
  const clean = lines.map((line) =>
    line.replace(/\t/g, '  ').split('').filter(isShown).join('').slice(0, sentenceCap),
  );
  const runs = clean.flatMap((line) => line.match(/`+/g) ?? []).map((run) => run.length);
  const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run + 1)));
  return [`${fence}${language}`, ...clean, fence].join('\n');
}

const isShown = (character: string): boolean => !/[\p{Cc}\p{Cf}]/u.test(character);

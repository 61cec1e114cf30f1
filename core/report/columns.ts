import type { Phrase, Table } from './block.ts';

/** Characters of a line that terminals and side-by-side editors show without folding it. */
export const terminalWidth = 100;
/** Of tables with many short columns, as registries have: only what is longer than usual is folded. */
export const wideTerminalWidth = 140;
const indent = '  ';
const gap = '  ';
/** A column is not made narrower than this, even where the line gets longer: a word a line is no text. */
const narrowest = 14;

/**
 * Lays a table out in columns of a terminal. Where a line would be longer than the width, the widest columns of text
 * are folded at spaces; numbers and what is narrow stay on one line, and nothing is left out.
 * @param toText a cell without markup
 * @param lineWidth characters of a line; a word that is longer than its column still stands whole
 */
export function renderColumns(
  { head, align = [], rows }: Table,
  toText: (phrase: Phrase) => string,
  lineWidth = Number.POSITIVE_INFINITY,
): string {
  const cells = [
    head.map((title) => toText([title]).trim() || '–'),
    ...rows.map((row) => row.map((phrase) => toText(phrase).trim() || '–')),
  ];
  const widest = (toWidth: (text: string) => number): readonly number[] =>
    head.map((_, at) => Math.max(...cells.map((row) => toWidth(row[at] ?? ''))));
  const whole = widest(widthOf);
  const words = widest((text) => Math.max(...wordsOf(text).map(widthOf)));
  // A number is read as one: its column is never folded.
  const least = words.map((word, at) => (align[at] === 'r' ? (whole[at] ?? 0) : Math.max(narrowest, word)));
  const room = lineWidth - indent.length - gap.length * (head.length - 1);
  const widths = narrow(whole, least, room);
  return cells
    .flatMap((row) => {
      const folded = widths.map((width, at) => foldText(row[at] ?? '', width));
      const height = Math.max(...folded.map(({ length }) => length));
      return Array.from({ length: height }, (_, line) =>
        widths.map((width, at) => pad(folded[at]?.[line] ?? '', width, align[at] === 'r')).join(gap),
      );
    })
    .map((line) => `${indent}${line}`.trimEnd())
    .join('\n');
}

/** The largest cap on the widths with which a line is short enough. */
function narrow(whole: readonly number[], least: readonly number[], room: number): readonly number[] {
  const capped = (cap: number): readonly number[] =>
    whole.map((width, at) => Math.min(width, Math.max(cap, least[at] ?? 0)));
  let cap = Math.max(narrowest, ...whole);
  while (cap > narrowest && capped(cap).reduce((sum, width) => sum + width, 0) > room) cap -= 1;
  return capped(cap);
}

/** A number and its percent sign are one word. */
const wordsOf = (text: string): readonly string[] => text.split(/ (?!%)/);

/** Folds at spaces alone: whoever copies a path or a digest gets it whole. */
function foldText(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of wordsOf(text)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && widthOf(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

function pad(text: string, width: number, right: boolean): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)));
  return right ? `${space}${text}` : `${text}${space}`;
}

/** Two cells of the terminal: icons, and the letters of East Asia. */
const wide =
  /\p{Emoji_Presentation}|\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}/u;

const ascii = /^[ -~]*$/;

/** Cells of a terminal that a text takes. */
function widthOf(text: string): number {
  if (ascii.test(text)) return text.length;
  let width = 0;
  for (const character of text) {
    // U+FE0F makes an icon of the sign before it, which is then as wide as the others.
    if (character === '\uFE0F') width += 1;
    else if (!/\p{M}/u.test(character)) width += wide.test(character) ? 2 : 1;
  }
  return width;
}

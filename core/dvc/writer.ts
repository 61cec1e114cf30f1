import { isLineBreak } from './scalar-style.ts';

/** Past this column DVC breaks a scalar at its next single space. */
const widthColumns = 80;
const escapes = new Map(
  Object.entries({
    '\0': '0',
    '\x07': 'a',
    '\b': 'b',
    '\t': 't',
    '\n': 'n',
    '\v': 'v',
    '\f': 'f',
    '\r': 'r',
    '\x1b': 'e',
    '"': '"',
    '\\': '\\',
    '\u0085': 'N',
    '\u00a0': '_',
    '\u2028': 'L',
    '\u2029': 'P',
  }),
);
const asItIs = /^[\x20\x21\x23-\x5b\x5d-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]$/;

/** Collects a document and knows the column; lengths count code points, as Python's do. */
export class Writer {
  readonly parts: string[] = [];
  column = 0;

  /** Writes one piece without a line break. */
  put(text: string): void {
    this.parts.push(text);
    this.column += Array.from(text).length;
  }

  break(character = '\n'): void {
    this.parts.push(character);
    this.column = 0;
  }

  /** Begins a new line at a column. */
  line(column: number): void {
    this.break();
    this.put(' '.repeat(column));
  }

  /** @param fold column of the next line, null where a key must stay on its line */
  plain(text: string, fold: number | null): void {
    this.words(Array.from(text), fold, false);
  }

  single(text: string, fold: number | null): void {
    this.put("'");
    this.words(Array.from(text), fold, true);
    this.put("'");
  }

  words(characters: readonly string[], fold: number | null, quoted: boolean): void {
    let at = 0;
    while (at < characters.length) {
      const start = at;
      const first = characters[at] ?? '';
      const kind = kindOf(first);
      while (at < characters.length && kindOf(characters[at] ?? '') === kind) at += 1;
      const run = characters.slice(start, at).join('');
      const single = kind === 'space' && at - start === 1 && this.column > widthColumns;
      const inside = !quoted || (start !== 0 && at !== characters.length);
      if (single && fold !== null && inside) this.line(fold);
      else if (kind === 'break') this.breaks(run, fold ?? 0);
      else this.put(quoted ? run.replaceAll("'", "''") : run);
    }
  }

  /** A line break inside quotes is doubled; of the other three kinds each stands for itself. */
  breaks(run: string, column: number): void {
    if (run.startsWith('\n')) this.break();
    for (const character of run) this.break(character);
    this.put(' '.repeat(column));
  }

  double(text: string, fold: number | null): void {
    const characters = Array.from(text);
    this.put('"');
    let start = 0;
    for (let end = 0; end <= characters.length; end += 1) {
      const character = characters[end];
      if (character === undefined || !asItIs.test(character)) {
        this.put(characters.slice(start, end).join(''));
        start = end;
        if (character !== undefined) {
          this.put(escapeCharacter(character));
          start = end + 1;
        }
      }
      const inside = end > 0 && end < characters.length - 1 && (character === ' ' || start >= end);
      if (fold === null || !inside || this.column + (end - start) <= widthColumns) continue;
      this.put(`${characters.slice(start, end).join('')}\\`);
      start = Math.max(start, end);
      this.line(fold);
      if (characters[start] === ' ') this.put('\\');
    }
    this.put('"');
  }

  toString(): string {
    return this.parts.join('');
  }
}

function kindOf(character: string): 'space' | 'break' | 'word' {
  if (character === ' ') return 'space';
  return isLineBreak(character) ? 'break' : 'word';
}

function escapeCharacter(character: string): string {
  const known = escapes.get(character);
  if (known !== undefined) return `\\${known}`;
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

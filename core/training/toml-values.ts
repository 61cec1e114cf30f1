import type { InputError } from '../error/error.ts';
import { type ClaimedLeaf, refuseClaimed } from './claimed-metric.ts';

const bareKey = /[A-Za-z0-9_-]+/y;
const literalText = /'([^'\n]*)'/y;
const basicText = /"((?:[^"\\\n]|\\.)*)"/y;
const word = /[^\s,\]}#=]+/y;
const decimal = /^[+-]?(?:0|[1-9](?:_?\d)*)(?:\.\d(?:_?\d)*)?(?:[eE][+-]?\d(?:_?\d)*)?$/;
const based = /^0(?:x[\dA-Fa-f](?:_?[\dA-Fa-f])*|o[0-7](?:_?[0-7])*|b[01](?:_?[01])*)$/;
const notFinite = /^[+-]?(?:inf|nan)$/;
/** A date or a time, also one with a blank between them, is no metric. */
const moment = /^(?:\d{4}-\d\d-\d\d|\d\d:\d\d)/;
const maxDepth = 50;

/**
 * Reads the part of TOML that metrics are written in: tables, dotted keys, inline tables, numbers, text of one line and
 * truth values. Arrays are read over. Text over several lines is refused.
 * @returns values in the order of the file, with their lines
 * @throws InputError CLAIMED_METRICS with the line
 * @see https://toml.io/en/v1.0.0
 */
export function listTomlValues(text: string, source: string): readonly ClaimedLeaf[] {
  return new Reader(text.replaceAll('\r\n', '\n'), source).document();
}

class Reader {
  private at = 0;
  private readonly text: string;
  private readonly source: string;
  private readonly leaves: ClaimedLeaf[] = [];
  /** What stands where: a value, a table that a header made, or one that a longer name made on its way. */
  private readonly known = new Map<string, 'value' | 'table' | 'way'>();

  constructor(text: string, source: string) {
    this.text = text;
    this.source = source;
  }

  document(): readonly ClaimedLeaf[] {
    // null: values of an array of tables, which is a list and so no metric.
    let table: readonly string[] | null = [];
    for (this.skip(true); this.at < this.text.length; this.skip(true)) {
      if (this.text[this.at] === '[') table = this.header();
      else this.pair(table, 0);
      this.endLine();
    }
    return this.leaves;
  }

  private header(): readonly string[] | null {
    const isList = this.text.startsWith('[[', this.at);
    this.at += isList ? 2 : 1;
    const path = this.name();
    if (!this.take(isList ? ']]' : ']')) throw this.refuse('a table whose name does not end with "]"');
    if (isList) return null;
    this.claim(path, 'table');
    return path;
  }

  private pair(table: readonly string[] | null, depth: number): void {
    const name = this.name();
    if (!this.take('=')) throw this.refuse('a name without "="');
    this.skip(false);
    const path = table === null ? null : [...table, ...name];
    if (path !== null) this.claim(path, 'value');
    const line = this.line();
    const value = this.value(path, depth);
    if (path !== null && value !== undefined) this.leaves.push({ path, value, line });
  }

  private name(): readonly string[] {
    const path: string[] = [];
    do {
      this.skip(false);
      const key = this.match(bareKey) ?? this.match(literalText) ?? this.basic();
      if (key === null) throw this.refuse('something that is no name');
      path.push(key);
      this.skip(false);
    } while (this.take('.'));
    return path;
  }

  /** undefined: nothing that has a value of its own. @param path null: nobody asks for it */
  private value(path: readonly string[] | null, depth: number): unknown {
    if (depth > maxDepth) throw this.refuse(`nesting deeper than ${maxDepth}`);
    const next = this.text[this.at];
    if (this.text.startsWith('"""', this.at) || this.text.startsWith("'''", this.at))
      throw this.refuse('text over several lines, which no metrics need');
    if (next === '"') return this.basic() ?? this.fail('text that does not end');
    if (next === "'") return this.match(literalText) ?? this.fail('text that does not end');
    if (next === '[') return this.list(depth);
    if (next === '{') return this.inline(path, depth);
    return this.plain();
  }

  private list(depth: number): undefined {
    this.at += 1;
    for (this.skip(true); !this.take(']'); this.skip(true)) {
      this.value(null, depth + 1);
      this.skip(true);
      if (!this.take(',') && this.text[this.at] !== ']')
        throw this.refuse('a list that does not end with "]"');
    }
  }

  private inline(path: readonly string[] | null, depth: number): undefined {
    this.at += 1;
    if (this.take('}')) return;
    do this.inlinePair(path, depth + 1);
    while (this.take(','));
    if (!this.take('}')) throw this.refuse('an inline table that does not end with "}"');
  }

  private inlinePair(path: readonly string[] | null, depth: number): void {
    // Its own place is taken as a value, so that no header adds to it; its members stand below it all the same.
    if (path !== null) this.known.set(JSON.stringify(path), 'way');
    this.pair(path, depth);
    if (path !== null) this.known.set(JSON.stringify(path), 'value');
    this.skip(false);
  }

  private plain(): unknown {
    const text = this.match(word) ?? this.fail('a name without a value');
    if (text === 'true' || text === 'false') return text === 'true';
    if (decimal.test(text) || based.test(text)) return Number(text.replaceAll('_', ''));
    if (notFinite.test(text)) return text.endsWith('nan') ? Number.NaN : Number.POSITIVE_INFINITY;
    if (!moment.test(text)) throw this.refuse(`the value ${text.slice(0, 40)}`);
    // "1979-05-27 07:32:00": the blank belongs to it.
    if (/^ \d\d:/.test(this.text.slice(this.at, this.at + 4))) {
      this.at += 1;
      this.match(word);
    }
    return undefined;
  }

  /** Text in double quotes; its escapes are JSON's, and `\U` with eight digits. */
  private basic(): string | null {
    const found = this.match(basicText);
    if (found === null) return null;
    try {
      const json = found.replace(/\\U([\dA-Fa-f]{8})/g, (_, hex: string) =>
        toEscape(Number.parseInt(hex, 16)),
      );
      return JSON.parse(`"${json.replaceAll('\t', '\\t')}"`) as string;
    } catch {
      throw this.refuse('an escape that TOML does not have');
    }
  }

  private claim(path: readonly string[], kind: 'value' | 'table'): void {
    for (let length = 1; length < path.length; length += 1) {
      const way = JSON.stringify(path.slice(0, length));
      if (this.known.get(way) === 'value') throw this.refuse(`"${path.join('.')}" below a value`);
      if (!this.known.has(way)) this.known.set(way, 'way');
    }
    const own = JSON.stringify(path);
    const before = this.known.get(own);
    if (before !== undefined && !(kind === 'table' && before === 'way'))
      throw this.refuse(`"${path.join('.')}" twice`);
    this.known.set(own, kind);
  }

  /** Blanks and comments. @param lines also over the ends of lines */
  private skip(lines: boolean): void {
    const form = lines ? /(?:[ \t\n]|#[^\n]*)*/y : /[ \t]*/y;
    form.lastIndex = this.at;
    this.at += form.exec(this.text)?.[0].length ?? 0;
  }

  private endLine(): void {
    const rest = /[ \t]*(?:#[^\n]*)?(?:\n|$)/y;
    rest.lastIndex = this.at;
    const found = rest.exec(this.text);
    if (found === null) throw this.refuse('text after the end of a value');
    this.at += found[0].length;
  }

  private take(sign: string): boolean {
    this.skip(false);
    if (!this.text.startsWith(sign, this.at)) return false;
    this.at += sign.length;
    return true;
  }

  private match(form: RegExp): string | null {
    form.lastIndex = this.at;
    const found = form.exec(this.text);
    if (found === null) return null;
    this.at += found[0].length;
    return found[1] ?? found[0];
  }

  private line(): number {
    return this.text.slice(0, this.at).split('\n').length;
  }

  private fail(what: string): never {
    throw this.refuse(what);
  }

  private refuse(what: string): InputError {
    return refuseClaimed(this.source, `it is no TOML that can be read: ${what}`, { line: this.line() });
  }
}

/** As one or two `\u`; what is no character of Unicode stays an escape that JSON refuses. */
function toEscape(code: number): string {
  if (code > 0x10ffff) return '\\U';
  const units = [...String.fromCodePoint(code)].join('');
  return Array.from(
    { length: units.length },
    (_, at) => `\\u${units.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');
}

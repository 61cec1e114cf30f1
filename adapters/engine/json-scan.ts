import { type LineProblem, longLine, maxLineBytes, Utf8Check } from './text-scan.ts';

const lf = 0x0a;
const cr = 0x0d;
const space = 0x20;
const tab = 0x09;
const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;
const comma = 0x2c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;

/** Deeper values are refused: no reader has to follow them. */
const maxDepth = 64;
/** More keys are no table. */
const maxKeys = 100_000;

/**
 * Checks the shape of a file of JSON lines byte by byte: every line is one object, no key stands twice in it. Collects the
 * keys, which are the columns. The engine reads the values, and would take the first of two equal keys without a word.
 * All bytes are the proposer's. Memory is that of one line and of the keys.
 */
export class JsonScan {
  rows = 0;
  problem: LineProblem | null = null;
  readonly #keys = new Map<string, number>();
  /** The last line in which each key stood. */
  readonly #lines: number[] = [];
  readonly #utf8 = new Utf8Check();
  #rest: Buffer = Buffer.alloc(0);
  #line = 1;
  #blankLine = 0;
  #isFirst = true;

  /** Keys in the order in which they first occur. */
  get header(): readonly string[] {
    return [...this.#keys.keys()];
  }

  /** Takes the next bytes of the file; stops at the first problem. */
  push(chunk: Buffer): void {
    if (this.problem !== null) return;
    const valid = this.#utf8.push(chunk);
    this.#pushBytes(chunk.subarray(0, valid));
    if (this.problem === null && valid < chunk.length) this.#refuse('it is not UTF-8');
  }

  /** Says that the file ends here. */
  end(): void {
    if (this.problem !== null) return;
    if (!this.#utf8.isWhole) this.#refuse('it is not UTF-8');
    else if (this.#rest.length > 0) this.#readLine(this.#rest, 0, this.#rest.length);
    this.#rest = Buffer.alloc(0);
  }

  #pushBytes(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let from = 0;
    // What was carried over holds no line end.
    let to = bytes.indexOf(lf, this.#rest.length);
    while (to >= 0) {
      this.#readLine(bytes, from, to);
      if (this.problem !== null) return;
      this.#line += 1;
      from = to + 1;
      to = bytes.indexOf(lf, from);
    }
    this.#rest = Buffer.from(bytes.subarray(from));
    if (this.#rest.length > maxLineBytes) this.#refuse(longLine);
  }

  #readLine(bytes: Buffer, from: number, end: number): void {
    const to = end > from && bytes[end - 1] === cr ? end - 1 : end;
    const isFirst = this.#isFirst;
    this.#isFirst = false;
    if (to - from > maxLineBytes) this.#refuse(longLine);
    else if (isFirst && bytes[from] === 0xef) this.#refuse('it begins with a byte order mark');
    else if (skipSpace(bytes, from, to) === to) this.#blankLine ||= this.#line;
    // Empty lines at the end are harmless; between rows somebody may have lost one.
    else if (this.#blankLine > 0) this.#refuse('an empty line between rows', this.#blankLine);
    else {
      const because = this.#readObject(bytes, from, to);
      if (because === null) this.rows += 1;
      else this.#refuse(because);
    }
  }

  /** @returns what is wrong; null for an object whose keys differ */
  #readObject(bytes: Buffer, from: number, to: number): string | null {
    let at = skipSpace(bytes, from, to);
    if (bytes[at] !== openBrace)
      return bytes.includes(0, from) && bytes.indexOf(0, from) < to ? nul : 'no JSON object';
    at = skipSpace(bytes, at + 1, to);
    if (bytes[at] === closeBrace) return skipSpace(bytes, at + 1, to) === to ? null : afterObject;
    while (at < to) {
      const keyEnd = skipString(bytes, at, to);
      if (keyEnd < 0) return findCause(bytes, at, to);
      const because = this.#takeKey(bytes, at, keyEnd);
      if (because !== null) return because;
      at = skipSpace(bytes, keyEnd, to);
      if (bytes[at] !== colon) return broken;
      at = skipValue(bytes, skipSpace(bytes, at + 1, to), to);
      if (at < 0) return findCause(bytes, from, to);
      at = skipSpace(bytes, at, to);
      if (at < to && bytes[at] === closeBrace)
        return skipSpace(bytes, at + 1, to) === to ? null : afterObject;
      if (bytes[at] !== comma) return findCause(bytes, from, to);
      at = skipSpace(bytes, at + 1, to);
    }
    return broken;
  }

  #takeKey(bytes: Buffer, from: number, to: number): string | null {
    let key = bytes.toString('utf8', from + 1, to - 1);
    // Two spellings of one key are one key.
    if (key.includes('\\')) key = parseKey(bytes.toString('utf8', from, to)) ?? '\0';
    if (key.includes('\0')) return broken;
    let index = this.#keys.get(key);
    if (index === undefined) {
      index = this.#keys.size;
      if (index >= maxKeys) return `more than ${maxKeys} different keys`;
      this.#keys.set(key, index);
    } else if (this.#lines[index] === this.#line) {
      return 'a key that stands twice in one object';
    }
    this.#lines[index] = this.#line;
    return null;
  }

  #refuse(because: string, line: number = this.#line): void {
    this.problem ??= { line, because };
  }
}

const nul = 'a NUL byte';
const broken = 'no whole JSON object';
const afterObject = 'text after the object';

function findCause(bytes: Buffer, from: number, to: number): string {
  const at = bytes.indexOf(0, from);
  return at >= 0 && at < to ? nul : broken;
}

function parseKey(text: string): string | null {
  try {
    return String(JSON.parse(text));
  } catch {
    // Not a string of JSON: the caller refuses the line.
    return null;
  }
}

function skipSpace(bytes: Buffer, from: number, to: number): number {
  let at = from;
  while (at < to && (bytes[at] === space || bytes[at] === tab)) at += 1;
  return at;
}

/** The byte behind a string that begins here; -1 when there is none. An escaped NUL is refused: it hides in texts. */
function skipString(bytes: Buffer, from: number, to: number): number {
  if (bytes[from] !== quote) return -1;
  for (let at = from + 1; at < to; at += 1) {
    const byte = bytes[at] as number;
    if (byte === quote) return at + 1;
    if (byte < space) return -1;
    if (byte === backslash) {
      if (bytes[at + 1] === 0x75 && bytes.toString('latin1', at + 2, at + 6) === '0000') return -1;
      at += 1;
    }
  }
  return -1;
}

/** The byte behind a value; -1 when it does not end. Its inside is the engine's to judge. */
function skipValue(bytes: Buffer, from: number, to: number): number {
  const first = bytes[from];
  if (from >= to) return -1;
  if (first === quote) return skipString(bytes, from, to);
  if (first === openBrace || first === openBracket) return skipNested(bytes, from, to);
  let at = from;
  while (at < to) {
    const byte = bytes[at] as number;
    if (byte === comma || byte === closeBrace || byte === space || byte === tab) break;
    if (byte < space || byte === quote || byte === openBrace || byte === openBracket) return -1;
    at += 1;
  }
  return at === from ? -1 : at;
}

function skipNested(bytes: Buffer, from: number, to: number): number {
  let depth = 0;
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] as number;
    if (byte === quote) {
      const end = skipString(bytes, at, to);
      if (end < 0) return -1;
      at = end - 1;
    } else if (byte === openBrace || byte === openBracket) {
      depth += 1;
      if (depth > maxDepth) return -1;
    } else if (byte === closeBrace || byte === closeBracket) {
      depth -= 1;
      if (depth === 0) return at + 1;
    } else if (byte < space && byte !== tab) return -1;
  }
  return -1;
}

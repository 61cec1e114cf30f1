import { type LineProblem, longLine, maxLineBytes, Utf8Check } from './text-scan.ts';

const comma = 0x2c;
const quote = 0x22;
const lf = 0x0a;
const cr = 0x0d;
/** A header longer than this is no header. */
const maxHeaderBytes = 1_048_576;

const start = 0;
const plain = 1;
const quoted = 2;
const closed = 3;
const returned = 4;

/**
 * Checks the shape of a CSV file byte by byte, with quotes (RFC 4180): every record has as many cells as the header.
 * The engine reads the values; it swallows an extra empty cell and blank lines, so the shape is proven here.
 * All bytes are the proposer's. Memory is constant but for the header.
 */
export class CsvScan {
  /** Names in file order, once the first record is complete. */
  header: readonly string[] | null = null;
  rows = 0;
  problem: LineProblem | null = null;
  #state = start;
  #cells = 1;
  #line = 1;
  #recordLine = 1;
  #blank = true;
  #blankLine = 0;
  #newline: 'LF' | 'CRLF' | null = null;
  #head: number[] = [];
  /** Bytes before the chunk in hand, and where in the file its record begins. */
  #before = 0;
  #recordStart = 0;
  readonly #utf8 = new Utf8Check();

  /** Where in the file the record in hand begins: `rows` records lie between the header and it. */
  get recordStart(): number {
    return this.#recordStart;
  }

  /** Takes the next bytes of the file; stops at the first problem. */
  push(chunk: Buffer): void {
    if (this.problem !== null) return;
    // The shape of what stands before the fault is looked at first: the earliest fault is the one that is told.
    const valid = this.#utf8.push(chunk);
    this.#pushBytes(valid < chunk.length ? chunk.subarray(0, Math.max(valid, 0)) : chunk);
    if (this.problem === null && valid < chunk.length) this.#refuse('it is not UTF-8');
  }

  #pushBytes(chunk: Buffer): void {
    let at = 0;
    if (this.header === null) at = this.#pushHeader(chunk);
    if (this.problem !== null) return;
    const isPlain = this.#state === start || this.#state === plain;
    if (isPlain && !chunk.includes(quote, at) && !chunk.includes(cr, at) && !chunk.includes(0, at)) {
      this.#readPlain(chunk, at);
    } else {
      this.#read(chunk, at);
    }
    this.#before += chunk.length;
    if (this.problem === null && this.#before - this.#recordStart > maxLineBytes) {
      this.#refuse(longLine, this.#recordLine);
    }
  }

  /** A chunk without quotes, carriage returns and NUL: only commas and line feeds count. */
  #readPlain(chunk: Buffer, from: number): void {
    const width = this.header?.length ?? 0;
    let cells = this.#cells;
    let last = from - 1;
    // Until its first line end a record may have begun in the chunk before.
    let isWhole = false;
    let at = from;
    for (; at < chunk.length; at += 1) {
      const byte = chunk[at] as number;
      if (byte > comma) continue;
      if (byte === comma) cells += 1;
      else if (byte === lf) {
        const isKnown = isWhole && cells === width && at > last + 1 && this.#blankLine === 0;
        const isShort = at - last <= maxLineBytes;
        if (isKnown && isShort && this.#newline === 'LF') {
          this.rows += 1;
          this.#line += 1;
          this.#recordLine = this.#line;
        } else {
          this.#cells = cells;
          if (isWhole ? at > last + 1 : at > from) this.#blank = false;
          if (isWhole) this.#recordStart = this.#before + last + 1;
          this.#state = this.#endLine('LF', at);
          if (this.problem !== null) return;
        }
        cells = 1;
        last = at;
        isWhole = true;
      }
    }
    this.#cells = cells;
    if (isWhole) {
      this.#recordStart = this.#before + last + 1;
      this.#blank = at === last + 1;
      this.#state = this.#blank || chunk[at - 1] === comma ? start : plain;
    } else if (at > from) {
      this.#blank = false;
      this.#state = chunk[at - 1] === comma ? start : plain;
    }
  }

  /** Says that the file ends here. */
  end(): void {
    if (this.problem !== null) return;
    if (!this.#utf8.isWhole) this.#refuse('it is not UTF-8');
    else if (this.#state === returned) this.#refuse('a carriage return without a line feed');
    else if (this.#state === quoted) this.#refuse('a quoted cell that does not end', this.#recordLine);
    else if (!this.#blank) this.#endRecord();
  }

  /** Reads byte by byte until the header is complete: it is short. */
  #pushHeader(chunk: Buffer): number {
    for (let at = 0; at < chunk.length; at += 1) {
      if (this.header !== null || this.problem !== null) return at;
      this.#head.push(chunk[at] ?? 0);
      if (this.#head.length > maxHeaderBytes) this.#refuse('a first line over 1 MiB, which is no header');
      this.#read(chunk, at, at + 1);
    }
    return chunk.length;
  }

  #read(chunk: Buffer, from: number, to: number = chunk.length): void {
    let state = this.#state;
    for (let at = from; at < to; at += 1) {
      const byte = chunk[at] ?? 0;
      // Letters and digits inside a cell change nothing; everything that does is a comma or below.
      if (byte > comma && (state === plain || state === quoted)) continue;
      state = this.#step(state, byte, at);
      if (this.problem !== null) return;
    }
    this.#state = state;
  }

  #step(state: number, byte: number, at: number): number {
    if (byte === 0) this.#refuse('a NUL byte');
    if (state === quoted) {
      if (byte === lf) this.#line += 1;
      return byte === quote ? closed : quoted;
    }
    if (byte === lf) return this.#endLine(state === returned ? 'CRLF' : 'LF', at);
    if (state === returned) this.#refuse('a carriage return without a line feed');
    if (byte === cr) return returned;
    this.#blank = false;
    if (byte === comma) {
      this.#cells += 1;
      return start;
    }
    if (byte === quote && state === start) return quoted;
    if (state !== closed) return plain;
    if (byte !== quote) this.#refuse('text after the closing quote of a cell');
    return quoted;
  }

  #endLine(newline: 'LF' | 'CRLF', at: number): number {
    if (this.#before + at - this.#recordStart > maxLineBytes) this.#refuse(longLine, this.#recordLine);
    this.#newline ??= newline;
    if (newline !== this.#newline) this.#refuse('line ends of two kinds (LF and CRLF)');
    this.#endRecord();
    this.#recordStart = this.#before + at + 1;
    this.#line += 1;
    this.#recordLine = this.#line;
    this.#blank = true;
    this.#cells = 1;
    return start;
  }

  #endRecord(): void {
    if (this.header === null) {
      this.header = readHeader(Buffer.from(this.#head).toString('utf8'));
      this.#head = [];
      return;
    }
    const width = this.header.length;
    if (this.#blank && width > 1) {
      this.#blankLine ||= this.#line;
      return;
    }
    // Blank lines at the end are harmless; between rows somebody may have lost one.
    if (this.#blankLine > 0) this.#refuse('an empty line between rows', this.#blankLine);
    else if (this.#cells !== width) this.#refuse(describeWidth(this.#cells, width), this.#recordLine);
    else this.rows += 1;
  }

  #refuse(because: string, line: number = this.#line): void {
    this.problem ??= { line, because };
  }
}

function describeWidth(cells: number, width: number): string {
  return `${cells} ${cells === 1 ? 'cell' : 'cells'} where the header has ${width}`;
}

/** Splits a header whose quotes the scan has already checked. */
function readHeader(text: string): readonly string[] {
  const cells: string[] = [];
  const form = /(?:"((?:[^"]|"")*)"|([^,]*))(,|$)/gy;
  const line = text.replace(/^\ufeff/, '').replace(/\r?\n$/, '');
  for (let match = form.exec(line); match !== null; match = form.exec(line)) {
    cells.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === '') break;
  }
  return cells;
}

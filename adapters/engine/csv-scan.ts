/** What is wrong with the shape of a CSV file, and on which line of the file (from 1). */
export interface CsvProblem {
  readonly line: number;
  readonly because: string;
}

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

/**
 * Checks the shape of a CSV file byte by byte, with quotes (RFC 4180): every record has as many cells as the header.
 * The engine reads the values; it swallows an extra empty cell and blank lines, so the shape is proven here.
 * All bytes are the proposer's. Memory is constant but for the header.
 */
export class CsvScan {
  /** Names in file order, once the first record is complete. */
  header: readonly string[] | null = null;
  rows = 0;
  problem: CsvProblem | null = null;
  #state = start;
  #cells = 1;
  #line = 1;
  #recordLine = 1;
  #recordBytes = 0;
  #blankLine = 0;
  #newline: 'LF' | 'CRLF' | null = null;
  #sawReturn = false;
  #head: number[] = [];

  /** Takes the next bytes of the file; stops at the first problem. */
  push(chunk: Buffer): void {
    if (this.problem !== null) return;
    let at = 0;
    if (this.header === null) at = this.#pushHeader(chunk);
    if (this.problem === null) this.#read(chunk, at);
  }

  /** Says that the file ends here. */
  end(): void {
    if (this.problem !== null) return;
    if (this.#sawReturn) this.#refuse('a carriage return without a line feed');
    else if (this.#state === quoted) this.#refuse('a quoted cell that does not end', this.#recordLine);
    else if (this.#recordBytes > 0) this.#endRecord(this.#recordBytes);
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
      const byte = chunk[at];
      if (state === quoted && byte !== quote && byte !== lf && byte !== 0) {
        this.#recordBytes += 1;
        continue;
      }
      if (byte === undefined) break;
      if (this.#sawReturn && byte !== lf) this.#refuse('a carriage return without a line feed');
      if (byte === lf && state !== quoted) {
        this.#endLine();
        state = start;
      } else {
        this.#recordBytes += 1;
        state = this.#step(state, byte);
      }
      if (this.problem !== null) return;
    }
    this.#state = state;
  }

  #step(state: number, byte: number): number {
    if (byte === 0) this.#refuse('a NUL byte');
    if (state === quoted) {
      if (byte === lf) this.#line += 1;
      return byte === quote ? closed : quoted;
    }
    if (byte === comma) {
      this.#cells += 1;
      return start;
    }
    if (byte === cr) {
      this.#sawReturn = true;
      this.#recordBytes -= 1;
      return state;
    }
    if (byte === quote && state === start) return quoted;
    if (state !== closed) return plain;
    if (byte !== quote) this.#refuse('text after the closing quote of a cell');
    return quoted;
  }

  #endLine(): void {
    const newline = this.#sawReturn ? 'CRLF' : 'LF';
    this.#newline ??= newline;
    if (newline !== this.#newline) this.#refuse('line ends of two kinds (LF and CRLF)');
    this.#sawReturn = false;
    this.#endRecord(this.#recordBytes);
    this.#line += 1;
    this.#recordLine = this.#line;
    this.#recordBytes = 0;
    this.#cells = 1;
  }

  #endRecord(bytes: number): void {
    if (this.header === null) {
      this.header = readHeader(Buffer.from(this.#head).toString('utf8'));
      this.#head = [];
      return;
    }
    const width = this.header.length;
    if (bytes === 0 && width > 1) {
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

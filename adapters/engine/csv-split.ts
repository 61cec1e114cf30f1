import { appendFile, open } from 'node:fs/promises';

const comma = 0x2c;
const quote = 0x22;
const lf = 0x0a;
const cr = 0x0d;

const start = 0;
const plain = 1;
const quoted = 2;
const closed = 3;

const lineEnd = Buffer.from('\n');
const chunkBytes = 1 << 20;
/** Text of all parts that is kept before it is written: more than any header. */
const heldBytes = 16 << 20;

/** Some neighbouring columns of a wide CSV file, in a file of their own. */
export interface CsvPart {
  readonly local: string;
  /** First column, and the one behind the last. */
  readonly from: number;
  readonly to: number;
}

/**
 * Cuts a proven CSV file into parts of neighbouring columns, each with all rows in their order: what reads a few columns
 * of many then parses those alone. The header is left out; cells are copied byte by byte, quotes included. Every part has two columns or more:
 * the reader would skip the blank line of a single empty cell.
 * @param width columns of the file
 * @param most columns of a part
 * @param name of a part's file, told before it is made
 */
export async function splitCsv(
  local: string,
  width: number,
  most: number,
  name: (part: number) => string,
): Promise<readonly CsvPart[]> {
  const count = Math.ceil(width / most);
  const bound = (part: number): number => Math.floor((part * width) / count);
  const parts = Array.from(
    { length: count },
    (_, at): CsvPart => ({ local: name(at), from: bound(at), to: bound(at + 1) }),
  );
  const cut = new CsvCut(parts.map(({ to }) => to));
  const file = await open(local);
  try {
    const chunk = Buffer.allocUnsafe(chunkBytes);
    for (;;) {
      const { bytesRead } = await file.read(chunk, 0, chunkBytes, null);
      if (bytesRead === 0) break;
      cut.push(chunk.subarray(0, bytesRead));
      if (cut.held > heldBytes) await write(parts, cut);
    }
    cut.end();
    await write(parts, cut);
  } finally {
    await file.close();
  }
  return parts;
}

async function write(parts: readonly CsvPart[], cut: CsvCut): Promise<void> {
  for (const [at, bytes] of cut.take().entries()) {
    const part = parts[at];
    // Opened for each write: a system has only so many files open at once.
    if (part !== undefined) await appendFile(part.local, bytes, { mode: 0o600 });
  }
}

/** Deals the cells of records out to parts. */
class CsvCut {
  /** Bytes that are dealt out and not yet taken. */
  held = 0;
  readonly #ends: readonly number[];
  readonly #parts: { bytes: Buffer; length: number }[];
  #state = start;
  /** Of the record in hand: cells that ended, the part, and whether anything stands in it. */
  #cells = 0;
  #part = 0;
  #blank = true;
  #isHeader = true;

  /** @param ends for each part the column behind its last */
  constructor(ends: readonly number[]) {
    this.#ends = ends;
    this.#parts = ends.map(() => ({ bytes: Buffer.allocUnsafe(1 << 12), length: 0 }));
  }

  push(chunk: Buffer): void {
    let from = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] as number;
      if (byte > comma) {
        if (this.#state === start) this.#state = plain;
        continue;
      }
      if (byte === quote) {
        this.#state = this.#stepQuote();
        continue;
      }
      if (this.#state === quoted) continue;
      if (byte === comma) {
        this.#state = start;
        this.#cells += 1;
        if (this.#cells !== this.#ends[this.#part]) continue;
        this.#add(chunk, from, at);
        this.#endPart();
        from = at + 1;
      } else if (byte === cr || byte === lf) {
        // Proven: behind a carriage return comes a line feed.
        if (at > from) this.#add(chunk, from, at);
        if (byte === lf) this.#endRecord();
        from = at + 1;
      } else if (this.#state === start) this.#state = plain;
    }
    if (from < chunk.length) this.#add(chunk, from, chunk.length);
  }

  /** The last line may lack its end. */
  end(): void {
    this.#endRecord();
  }

  /** Hands over what was dealt out, by part; to be written before the next chunk. */
  take(): readonly Buffer[] {
    this.held = 0;
    return this.#parts.map((part) => {
      const bytes = part.bytes.subarray(0, part.length);
      part.length = 0;
      return bytes;
    });
  }

  #stepQuote(): number {
    if (this.#state === quoted) return closed;
    return this.#state === plain ? plain : quoted;
  }

  #add(chunk: Buffer, from: number, to: number): void {
    if (to > from) this.#blank = false;
    this.#grow(to - from);
    const part = this.#parts[this.#part];
    if (part === undefined) return;
    chunk.copy(part.bytes, part.length, from, to);
    part.length += to - from;
    this.held += to - from;
  }

  #endPart(): void {
    this.#blank = false;
    this.#add(lineEnd, 0, lineEnd.length);
    this.#part += 1;
  }

  #endRecord(): void {
    // Blank lines stand only at the end of the file.
    if (!this.#blank) this.#add(lineEnd, 0, lineEnd.length);
    if (this.#isHeader) this.take();
    this.#isHeader = false;
    this.#state = start;
    this.#cells = 0;
    this.#part = 0;
    this.#blank = true;
  }

  #grow(more: number): void {
    const part = this.#parts[this.#part];
    if (part === undefined || part.length + more <= part.bytes.length) return;
    const bytes = Buffer.allocUnsafe(Math.max(2 * part.bytes.length, part.length + more));
    part.bytes.copy(bytes, 0, 0, part.length);
    part.bytes = bytes;
  }
}

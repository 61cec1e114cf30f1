import { isUtf8 } from 'node:buffer';

/** What is wrong with the shape of a text file, and on which line of the file (from 1). */
export interface LineProblem {
  readonly line: number;
  readonly because: string;
}

/** A longer line is refused: a reader has to hold one whole. */
export const maxLineBytes = 2_000_000;
export const longLine = 'a line over 2 MB';

/** A reader that is given a file chunk by chunk and stops at its first fault. */
export interface TextScan {
  readonly header: readonly string[] | null;
  readonly rows: number;
  readonly problem: LineProblem | null;
  push(chunk: Buffer): void;
  end(): void;
}

/** Checks that a stream of chunks is UTF-8; characters may be cut between chunks. */
export class Utf8Check {
  /** False while the last character is cut: at the end of a file that is a fault. */
  isWhole = true;
  #rest: Buffer = Buffer.alloc(0);

  /** @returns how many bytes of the chunk stand before the first line with a fault; all of them when there is none */
  push(chunk: Buffer): number {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const carried = this.#rest.length;
    const end = findCut(bytes);
    if (isUtf8(bytes.subarray(0, end))) {
      this.#rest = Buffer.from(bytes.subarray(end));
      this.isWhole = this.#rest.length === 0;
      return chunk.length;
    }
    return Math.max(0, findFault(bytes, end) - carried);
  }
}

/** Where the last character begins when it is cut off; else the end. */
function findCut(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}

/** Where the first line with a fault begins: a line feed is never part of another character. */
function findFault(bytes: Buffer, end: number): number {
  let from = 0;
  while (from < end) {
    const next = bytes.indexOf(0x0a, from);
    const to = next < 0 || next >= end ? end : next + 1;
    if (!isUtf8(bytes.subarray(from, to))) return from;
    from = to;
  }
  return end;
}

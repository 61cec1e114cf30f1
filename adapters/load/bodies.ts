import { createReadStream } from 'node:fs';
import { InputError } from '../../core/error/error.ts';
import { toRowBody } from '../../core/load/row-body.ts';
import { CsvReader } from '../../core/production-like/csv-reader.ts';

/** More different requests than this change no latency, and all of them are held in memory. */
const mostBodies = 100_000;
const mostBytes = 256 * 1024 * 1024;

export interface RowsFile {
  readonly file: string;
  /** As shown in errors. */
  readonly source: string;
  readonly key: string;
  readonly under?: string;
}

/**
 * Makes a request body of each of the first rows of a CSV file.
 * @throws InputError LATENCY_REQUESTS_INVALID without a row, CSV_RECORD
 */
export async function readRowBodies({ file, source, key, under }: RowsFile): Promise<readonly Buffer[]> {
  const reader = new CsvReader(source);
  const keeper = new BodyKeeper(source);
  let header: readonly string[] | null = null;
  const take = (records: readonly (readonly string[])[]): boolean =>
    records.every((record) => {
      if (header !== null) return keeper.add(toRowBody(header, record, key, under));
      header = record;
      return true;
    });
  for await (const piece of createReadStream(file, 'utf8')) {
    if (!take(reader.push(piece as string))) return keeper.list();
  }
  take(reader.end());
  return keeper.list();
}

/** One body a line; empty lines are none. @throws InputError LATENCY_REQUESTS_INVALID without a line */
export function readLineBodies(content: Uint8Array, source: string): readonly Buffer[] {
  const keeper = new BodyKeeper(source);
  const text = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf(10, at);
    const end = newline === -1 ? text.length : newline;
    const line = text.subarray(at, text[end - 1] === 13 ? end - 1 : end);
    at = end + 1;
    if (line.toString('latin1').trim() !== '' && !keeper.add(line)) break;
  }
  return keeper.list();
}

class BodyKeeper {
  private readonly source: string;
  private readonly bodies: Buffer[] = [];
  private bytes = 0;

  constructor(source: string) {
    this.source = source;
  }

  /** @returns false when no more are wanted */
  add(body: string | Buffer): boolean {
    const next = Buffer.from(body);
    this.bytes += next.length;
    if (this.bytes > mostBytes) throw this.refuse(`its first requests have more than ${mostBytes} bytes`);
    this.bodies.push(next);
    return this.bodies.length < mostBodies;
  }

  list(): readonly Buffer[] {
    if (this.bodies.length === 0) throw this.refuse('it has no request');
    return this.bodies;
  }

  private refuse(why: string): InputError {
    return new InputError('LATENCY_REQUESTS_INVALID', `${this.source} gives no requests: ${why}`, {
      hint: 'latency.request.body of model.yml says where they come from: rows of the held-out features, or one body a line of a file.',
      where: { file: this.source },
    });
  }
}

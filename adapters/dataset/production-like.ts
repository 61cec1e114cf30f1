import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { TextDecoder } from 'node:util';
import type { CorruptionSuite } from '../../core/config/production-like.ts';
import { InputError } from '../../core/error/error.ts';
import type { Digest } from '../../core/evidence/evidence.ts';
import { digestOf } from '../../core/json/canonical.ts';
import {
  type CorruptionPlan,
  corruptRow,
  planCorruptions,
  type RecordedTable,
} from '../../core/production-like/corrupt.ts';
import { CsvReader, writeRecord } from '../../core/production-like/csv-reader.ts';
import type { ProductionLikeRecord } from '../../core/production-like/record.ts';

export interface ProductionLikeInputs {
  /** Held-out features: a CSV file on this machine. */
  readonly source: string;
  /** Written here; the file must not be there yet. */
  readonly target: string;
  readonly suite: CorruptionSuite;
  /** Key column of the held-out set. */
  readonly key: string;
  /** Where the recorded tables of the suite lie on this machine, by the path that the suite names. */
  readonly recorded: ReadonlyMap<string, string>;
}

/** Characters that are kept before they are written. */
const flushCharacters = 256 * 1024;
/** Recorded rows are held in memory: a sample, not a table of millions. */
const mostRecordedRows = 100_000;

/**
 * Writes the production-like set: the held-out rows in their order, with their keys, spoiled as the suite says.
 * The same inputs give the same bytes. Memory is that of a few records, whatever the number of rows.
 * @throws InputError CSV_RECORD, CSV_ENCODING, CSV_RAGGED, CSV_EMPTY, CSV_TOO_LARGE for files that are no such table;
 * PRODUCTION_LIKE_TARGET; those of `planCorruptions`. A file that was begun is taken away again.
 */
export async function buildProductionLikeSet(inputs: ProductionLikeInputs): Promise<ProductionLikeRecord> {
  const { suite, target } = inputs;
  const recorded = new Map<string, Recorded>();
  for (const file of recordedFiles(suite)) {
    const path = inputs.recorded.get(file);
    // A table that is not there is told by the plan, with the corruption that needs it.
    if (path !== undefined) recorded.set(file, await readRecorded(path, file));
  }
  const output = await open(target, 'wx').catch(refuseTarget(target));
  try {
    const written = await spoilRows(inputs, recorded, output);
    return {
      v: 1,
      suite: digestOf(suite),
      source: written.source,
      recorded: Object.fromEntries([...recorded].map(([file, { digest }]) => [file, digest])),
      result: written.result,
      rows: written.rows,
      corruptions: suite.corruptions.map(({ name, kind }, at) => ({
        ...{ name, kind, cells: written.cells[at] ?? 0, rows: written.hits[at] ?? 0 },
      })),
    };
  } catch (error) {
    await rm(target, { force: true });
    throw error;
  } finally {
    await output.close();
  }
}

const recordedFiles = ({ corruptions }: CorruptionSuite): ReadonlySet<string> =>
  new Set(corruptions.flatMap((one) => (one.kind === 'recorded' ? [one.file] : [])));

interface Written {
  readonly source: Digest;
  readonly result: Digest;
  readonly rows: number;
  readonly cells: readonly number[];
  readonly hits: readonly number[];
}

async function spoilRows(
  { source, suite, key }: ProductionLikeInputs,
  recorded: ReadonlyMap<string, RecordedTable>,
  output: FileHandle,
): Promise<Written> {
  const read = createHash('sha256');
  const result = createHash('sha256');
  const cells = suite.corruptions.map(() => 0);
  const hits = suite.corruptions.map(() => 0);
  let plan: CorruptionPlan | null = null;
  let [rows, buffer] = [0, ''];
  const flush = async (): Promise<void> => {
    result.update(buffer);
    await output.appendFile(buffer);
    buffer = '';
  };
  for await (const record of readRecords(source, source, read)) {
    if (plan === null) {
      plan = planCorruptions(suite, record, key, recorded);
      buffer += writeRecord(record);
      continue;
    }
    const spoiled = corruptRow(record, plan);
    spoiled.changed.forEach((count, at) => {
      cells[at] = (cells[at] ?? 0) + count;
      if (count > 0) hits[at] = (hits[at] ?? 0) + 1;
    });
    rows += 1;
    buffer += writeRecord(spoiled.cells);
    if (buffer.length > flushCharacters) await flush();
  }
  if (rows === 0) throw empty(source);
  await flush();
  return { source: toDigest(read), result: toDigest(result), rows, cells, hits };
}

interface Recorded extends RecordedTable {
  readonly digest: Digest;
}

async function readRecorded(path: string, name: string): Promise<Recorded> {
  const hash = createHash('sha256');
  const records: (readonly string[])[] = [];
  for await (const record of readRecords(path, name, hash)) {
    records.push(record);
    if (records.length <= mostRecordedRows + 1) continue;
    throw new InputError('CSV_TOO_LARGE', `${name} has more than ${mostRecordedRows} recorded rows`, {
      hint: 'Record a sample: every spoiled row draws one of them.',
    });
  }
  const [columns, ...rows] = records;
  if (columns === undefined) throw empty(name);
  return { columns, rows, digest: toDigest(hash) };
}

/** Records of a file, header first, all of the header's length. @param name as shown in errors */
async function* readRecords(path: string, name: string, hash: Hash): AsyncGenerator<readonly string[]> {
  const reader = new CsvReader(name);
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let [columns, row] = [0, 0];
  const check = (record: readonly string[]): readonly string[] => {
    if (row === 0) columns = record.length;
    else if (record.length !== columns) throw ragged(name, row, record.length, columns);
    row += 1;
    return record;
  };
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk as Buffer);
    for (const record of reader.push(decode(decoder, name, chunk as Buffer))) yield check(record);
  }
  for (const record of reader.push(decode(decoder, name))) yield check(record);
  for (const record of reader.end()) yield check(record);
}

function decode(decoder: TextDecoder, name: string, chunk?: Uint8Array): string {
  try {
    return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
  } catch (cause) {
    throw new InputError('CSV_ENCODING', `${name} is not UTF-8`, { hint: 'Write the file as UTF-8.', cause });
  }
}

const ragged = (name: string, row: number, found: number, columns: number): InputError =>
  new InputError('CSV_RAGGED', `Row ${row} of ${name} has ${found} fields, and its header has ${columns}`, {
    hint: 'Write as many fields in every row as the header has.',
  });

const empty = (name: string): InputError =>
  new InputError('CSV_EMPTY', `${name} has no rows`, { hint: 'Give a header and at least one row.' });

const refuseTarget =
  (target: string) =>
  (cause: unknown): never => {
    throw new InputError('PRODUCTION_LIKE_TARGET', `${target} cannot be written anew`, {
      hint: 'Name a file that is not there yet, in a folder that is.',
      cause,
    });
  };

const toDigest = (hash: Hash): Digest => `sha256:${hash.digest('hex')}`;

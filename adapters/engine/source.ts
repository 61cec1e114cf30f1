import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileProblem, MeasuredFile } from '../../core/dataset/measured.ts';
import type { Ask } from './ask.ts';
import { wideBatchColumns, wideColumns } from './batch.ts';
import { csvCell, jsonCell } from './cell-sql.ts';
import { findCompression, unpackFile } from './compressed.ts';
import { CsvScan } from './csv-scan.ts';
import { splitCsv } from './csv-split.ts';
import type { DataFile } from './engine.ts';
import { FileScan, type ScanResult } from './file-scan.ts';
import { JsonScan } from './json-scan.ts';
import { openParquet } from './parquet.ts';
import { quotePointer, readCsv, readJsonLines } from './sql.ts';
import type { Source, SourceColumn } from './table.ts';
import type { TextScan } from './text-scan.ts';

/** A file whose header is known; its rows may still be under proof. */
export interface OpenedFile {
  readonly file: MeasuredFile;
  readonly source: Source | null;
  readonly problem: FileProblem | null;
  /** Proves the rest of a text file; null where there is nothing left to prove. */
  readonly proof: FileScan | null;
}

export interface Opening {
  readonly ask: Ask;
  /** A folder of ours for files that are unpacked. */
  readonly workdir: string;
  /** Told of every part of a file that was read. */
  readonly onBytes: (bytes: number) => void;
  /** Names of files of ours in `workdir`, to be removed at the end. */
  readonly unpacked: string[];
  /** True where the columns will be read a few at a time: wide text files are then cut into parts first. */
  readonly isReadByColumns?: boolean;
}

/** More than the engine's own limit would let lines through that the scan has refused. */
const jsonLineBytes = 2 ** 21;
/** Larger files are read again and again: parts of them would fill the disk. */
const maxCutBytes = 4 * 2 ** 30;

/** Reads a file's header; what cannot be read is a problem, not an exception. */
export async function openSource(opening: Opening, file: DataFile): Promise<OpenedFile> {
  const found = await stat(file.local).catch(() => null);
  if (found === null || !found.isFile()) return refuse(file, 'it is not there');
  if (found.size === 0) return refuse(file, 'it is empty: not even a header');
  // The engine would expand these characters as a pattern of file names.
  if (/[*?[\]{}\0]/.test(file.local)) return refuse(file, 'it lies under a name with one of * ? [ ] { }');
  const compression = findCompression(file.path);
  const format = findFormat(compression === null ? file.path : file.path.slice(0, -compression.length - 1));
  if (format === 'parquet' && compression === null) return openParquet(opening.ask, file);
  if (format === 'csv' || format === 'json') {
    const archive = compression === null ? await findArchive(file.local) : null;
    if (archive !== null) return refuse(file, `it is ${archive}, whatever its name says`);
    if (compression === null) return openText(opening, file, format);
    return openUnpacked(opening, file, format, compression);
  }
  return refuse(
    file,
    'its name ends in none of .csv, .jsonl, .ndjson (each also with .gz or .zst) and .parquet',
  );
}

function findFormat(path: string): 'csv' | 'json' | 'parquet' | null {
  if (path.endsWith('.csv')) return 'csv';
  if (path.endsWith('.jsonl') || path.endsWith('.ndjson')) return 'json';
  return path.endsWith('.parquet') ? 'parquet' : null;
}

/** Archives and compressed files by their first bytes. */
async function findArchive(local: string): Promise<string | null> {
  const handle = await open(local);
  try {
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    const magic = buffer.toString('latin1');
    if (magic.startsWith('PK\x03\x04')) return 'a zip archive';
    if (magic.startsWith('\x1f\x8b')) return 'compressed with gzip';
    if (magic === '\x28\xb5\x2f\xfd') return 'compressed with zstd';
    return magic === 'PAR1' ? 'a Parquet file' : null;
  } finally {
    await handle.close();
  }
}

async function openUnpacked(
  opening: Opening,
  file: DataFile,
  format: 'csv' | 'json',
  compression: 'gz' | 'zst',
): Promise<OpenedFile> {
  const local = join(opening.workdir, `unpacked-${opening.unpacked.length}-${process.pid}`);
  opening.unpacked.push(local);
  const because = await unpackFile(file.local, local, compression);
  if (because !== null) return refuse(file, because);
  const { size } = await stat(local);
  if (size === 0) return refuse(file, 'it is empty: not even a header');
  return openText(opening, { path: file.path, local }, format);
}

async function openText(opening: Opening, file: DataFile, format: 'csv' | 'json'): Promise<OpenedFile> {
  const scan: TextScan = format === 'csv' ? new CsvScan() : new JsonScan();
  const proof = new FileScan(file.local, scan, opening.onBytes);
  // Only at the end of a file of objects are all of its keys known.
  const result = format === 'csv' ? await proof.readHeader() : await proof.readRest();
  if (result.problem !== null) {
    proof.close();
    return { ...refuse(file, result.problem.because), problem: toProblem(file, result) };
  }
  const { header } = result;
  if (format === 'json' && header.length === 0) return refuse(file, 'it is empty: no object has a key');
  if (format === 'csv' && opening.isReadByColumns === true && header.length > wideColumns) {
    const { size } = await stat(file.local);
    if (size <= maxCutBytes) return openWide(opening, file, proof);
  }
  return {
    file: { path: file.path, columns: header, rows: format === 'csv' ? null : result.rows },
    source: format === 'csv' ? toCsvSource(file, header) : toJsonSource(file, header),
    problem: null,
    proof: format === 'csv' ? proof : null,
  };
}

/** A wide CSV file, cut into parts of some columns once the whole file is proven. */
async function openWide(opening: Opening, file: DataFile, proof: FileScan): Promise<OpenedFile> {
  const result = await proof.readRest();
  if (result.problem !== null)
    return { ...refuse(file, result.problem.because), problem: toProblem(file, result) };
  const { header, rows } = result;
  const prefix = join(opening.workdir, `columns-${opening.unpacked.length}-${process.pid}`);
  const parts = await splitCsv(file.local, header.length, wideBatchColumns, (part) => {
    opening.unpacked.push(`${prefix}-${part}`);
    return `${prefix}-${part}`;
  });
  const whole = toCsvSource(file, header);
  const scans = parts.map(({ local, from, to }) => readCsv(local, from, to, false));
  const partAt = parts.flatMap(({ from, to }, part) => Array.from({ length: to - from }, () => part));
  const partOf = new Map(header.map((column, at) => [column, partAt[at]]));
  const scan = (used: readonly SourceColumn[]): string => {
    const [part = 0, ...more] = new Set(used.map(({ column }) => partOf.get(column)));
    // Rows of columns far apart are read from the file as it is.
    return (more.length === 0 ? scans[part] : undefined) ?? whole.scan(used);
  };
  return {
    file: { path: file.path, columns: header, rows },
    source: { ...whole, scan, partOf: (column) => partOf.get(column) },
    problem: null,
    proof: null,
  };
}

function toCsvSource(file: DataFile, header: readonly string[]): Source {
  const columns = header.map((column, at) => ({ column, cell: `c${at}`, physical: csvCell }));
  const scan = readCsv(file.local, 0, header.length, true);
  return { path: file.path, local: file.local, isText: true, columns, scan: () => scan };
}

function toJsonSource(file: DataFile, header: readonly string[]): Source {
  const columns = header.map((column, at) => ({ column, cell: `c${at}`, physical: jsonCell }));
  const lines = readJsonLines(file.local, jsonLineBytes);
  const scan = (used: readonly SourceColumn[]): string => {
    if (used.length === 0) return `(SELECT json FROM ${lines})`;
    const pointers = used.map(({ column }) => quotePointer(column));
    const cells = used.map(({ cell }, at) => `l[${at + 1}] AS ${cell}`);
    // All keys of a line in one go: each look would read the line again.
    const lists = `SELECT json_extract(json, [${pointers.join(', ')}]) AS l FROM ${lines}`;
    return `(SELECT ${cells.join(', ')} FROM (${lists}))`;
  };
  return { path: file.path, local: file.local, isText: true, columns, scan };
}

/** The problem that a scan found; null for none. */
export function toProblem(file: { readonly path: string }, { problem }: ScanResult): FileProblem | null {
  return problem === null ? null : { path: file.path, ...problem };
}

export function refuse(file: DataFile, because: string): OpenedFile {
  return {
    file: { path: file.path, columns: [], rows: null },
    source: null,
    problem: { path: file.path, line: null, because },
    proof: null,
  };
}

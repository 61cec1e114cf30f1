import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { FileProblem, MeasuredFile } from '../../core/dataset/measured.ts';
import type { Ask } from './ask.ts';
import { CsvScan } from './csv-scan.ts';
import type { DataFile } from './engine.ts';
import { describeEngineError } from './problem.ts';
import { readCsv, readParquet } from './sql.ts';
import type { Source } from './table.ts';

interface Opened {
  readonly file: MeasuredFile;
  readonly source: Source | null;
  readonly problem: FileProblem | null;
}

/** Reads a file's header and proves its shape; what cannot be read is a problem, not an exception. */
export async function openSource(ask: Ask, file: DataFile): Promise<Opened> {
  const found = await stat(file.local).catch(() => null);
  if (found === null || !found.isFile()) return fail(file, null, 'it is not there');
  if (found.size === 0) return fail(file, null, 'it is empty: not even a header');
  // The engine would expand these characters as a pattern of file names.
  if (/[*?[\]{}\0]/.test(file.local)) return fail(file, null, 'it lies under a name with one of * ? [ ] { }');
  if (file.path.endsWith('.parquet')) return openParquet(ask, file);
  if (file.path.endsWith('.csv')) return openCsv(file);
  return fail(file, null, 'its name ends in neither .csv nor .parquet');
}

async function openCsv(file: DataFile): Promise<Opened> {
  const scan = new CsvScan();
  for await (const chunk of createReadStream(file.local, { highWaterMark: 1 << 20 })) {
    scan.push(chunk as Buffer);
    if (scan.problem !== null) break;
  }
  scan.end();
  if (scan.problem !== null) return fail(file, scan.problem.line, scan.problem.because);
  const header = scan.header ?? [];
  const columns = header.map((column, at) => ({ column, name: `c${at}`, physical: 'CSV' }));
  return {
    file: { path: file.path, columns: header, rows: scan.rows },
    source: { path: file.path, scan: readCsv(file.local, header.length), columns },
    problem: null,
  };
}

async function openParquet(ask: Ask, file: DataFile): Promise<Opened> {
  const scan = readParquet(file.local);
  try {
    const described = await ask(`DESCRIBE SELECT * FROM ${scan}`);
    const columns = described.map(([name, type]) => ({
      column: String(name),
      name: String(name),
      physical: String(type),
    }));
    return {
      file: { path: file.path, columns: columns.map(({ column }) => column), rows: null },
      source: { path: file.path, scan, columns },
      problem: null,
    };
  } catch (cause) {
    const problem = describeEngineError(cause, [{ path: file.path, scan, columns: [] }]);
    return { file: { path: file.path, columns: [], rows: null }, source: null, problem };
  }
}

function fail(file: DataFile, line: number | null, because: string): Opened {
  return {
    file: { path: file.path, columns: [], rows: null },
    source: null,
    problem: { path: file.path, line, because },
  };
}

import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Part } from './data-part.ts';

const run = promisify(execFile);
const flights = join(import.meta.dirname, '../../node_modules/vega-datasets/data/flights-3m.parquet');
/** Rounds over all measurements, so that a busy minute of the machine does not fall on one alone. */
const rounds = 2;
const formats = ['csv', 'parquet', 'jsonl'] as const;
const pythons = ['python3', '/usr/bin/python3'];

interface Row {
  readonly what: string;
  readonly part: Part;
  readonly note: string;
}

/** Measures data checks on three million real flights against the engine alone, the bytes alone, and pandas. */
export async function benchData(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-bench-data-'));
  try {
    const engine = await writeTables(folder);
    let pandas: Pandas | null = null;
    let rows: readonly Row[] = [];
    for (let round = 0; round < rounds; round += 1) {
      pandas = pickBest(pandas, await measurePandas(join(folder, 'flights.csv')));
      const found: Row[] = [];
      for (const format of formats) found.push(...(await measureFormat(folder, format)));
      const before = rows;
      rows = found.map((row, at) => ({
        ...row,
        part: pickBest(before[at]?.part ?? null, row.part) ?? row.part,
      }));
    }
    const processor = `${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}`;
    console.log(`Node.js ${process.version}, duckdb ${engine}, ${processor}; 3,000,000 rows, best of 4\n`);
    print(rows, pandas);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function pickBest<Found extends Part>(before: Found | null, now: Found | null): Found | null {
  if (before === null || now === null) return now ?? before;
  return now.seconds < before.seconds ? now : before;
}

/** The flights with a number, three repeated numbers, some empty cells; dates as text to the minute where there are no types. */
async function writeTables(folder: string): Promise<string> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const numbered = `SELECT row_number() OVER () AS r, * FROM read_parquet('${flights}')`;
  const select = (date: string): string => `SELECT
    CAST(CASE WHEN r IN (1000, 2000, 3000) THEN r - 1 ELSE r END AS BIGINT) AS id, ${date} AS date,
    CASE WHEN r % 3433 <> 0 THEN delay END AS delay, CASE WHEN r % 3429 <> 0 THEN distance END AS distance,
    origin, destination FROM (${numbered})`;
  const text = select(`strftime(date, '%Y-%m-%d %H:%M')`);
  await connection.run(`COPY (${text}) TO '${folder}/flights.csv' (HEADER)`);
  await connection.run(`COPY (${text}) TO '${folder}/flights.jsonl' (FORMAT json)`);
  await connection.run(`COPY (${select('date')}) TO '${folder}/flights.parquet' (FORMAT parquet)`);
  const reader = await connection.runAndReadAll('SELECT version()');
  connection.closeSync();
  instance.closeSync();
  return String(reader.getRowsJson()[0]?.[0] ?? 'unknown');
}

async function measureFormat(folder: string, format: (typeof formats)[number]): Promise<readonly Row[]> {
  const file = join(folder, `flights.${format}`);
  const { size } = await stat(file);
  const note = `${(size / 1e6).toFixed(1)} MB`;
  return [
    { what: `${format}: profile and checks`, part: await measurePart('gatehouse', file), note },
    {
      what: `${format}: bare scan of the engine`,
      part: await measurePart('scan', file),
      note: 'max of each column',
    },
    {
      what: `${format}: one pass over the bytes`,
      part: await measurePart('bytes', file),
      note: 'JavaScript',
    },
  ];
}

async function measurePart(what: string, file: string): Promise<Part> {
  const script = join(import.meta.dirname, 'data-part.ts');
  const { stdout } = await run(process.execPath, [script, what, file]);
  return JSON.parse(stdout) as Part;
}

type Pandas = Part & { readonly version: string };

async function measurePandas(file: string): Promise<Pandas | null> {
  for (const python of pythons) {
    const isThere = await run(python, ['-c', 'import pandas']).then(
      () => true,
      () => false,
    );
    if (!isThere) continue;
    const { stdout } = await run(python, [join(import.meta.dirname, 'data-pandas.py'), file]);
    return JSON.parse(stdout) as Pandas;
  }
  return null;
}

function print(rows: readonly Row[], pandas: Pandas | null): void {
  const secondsOf = (what: string): number =>
    rows.find((row) => row.what === what)?.part.seconds ?? Number.NaN;
  const all =
    pandas === null
      ? rows
      : [...rows, { what: 'csv: the same in pandas', part: pandas, note: pandas.version }];
  const cells = all.map(({ what, part, note }) => [
    what,
    part.seconds.toFixed(3),
    part.processorSeconds.toFixed(2),
    part.peakMiB.toFixed(0),
    note,
  ]);
  const table = [['', 'seconds', 'processor s', 'peak MiB', ''], ...cells];
  const widths = [0, 1, 2, 3, 4].map((at) => Math.max(...table.map((row) => row[at]?.length ?? 0)));
  for (const row of table)
    console.log(
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  console.log('');
  for (const format of formats) {
    const own = secondsOf(`${format}: profile and checks`);
    const scan = own / secondsOf(`${format}: bare scan of the engine`);
    const bytes = own / secondsOf(`${format}: one pass over the bytes`);
    console.log(
      `${format}: ${scan.toFixed(1)} times the bare scan, ${bytes.toFixed(1)} times one pass over the bytes`,
    );
  }
  if (pandas === null) {
    console.log('pandas is not installed: not compared');
    return;
  }
  const ratio = pandas.seconds / secondsOf('csv: profile and checks');
  console.log(`csv: pandas takes ${ratio.toFixed(1)} times as long${describeCounts(rows, pandas)}`);
}

/** Only equal work may be compared. */
function describeCounts(rows: readonly Row[], pandas: Pandas): string {
  const own = rows[0]?.part.counts ?? {};
  const different = Object.keys(own).filter((name) => own[name] !== pandas.counts[name]);
  if (different.length === 0) return ' and finds the same counts';
  return `; its counts differ, do not compare: ${different.join(', ')}`;
}

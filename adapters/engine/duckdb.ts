import { mkdir } from 'node:fs/promises';
import type { DuckDBConnection, DuckDBInstance, Json } from '@duckdb/node-api';
import type {
  FileProblem,
  Measured,
  MeasuredColumn,
  MeasuredFile,
  Tally,
} from '../../core/dataset/measured.ts';
import type { CheckPlan, ColumnCheck } from '../../core/dataset/plan.ts';
import { ServiceError } from '../../core/error/error.ts';
import type { Ask } from './ask.ts';
import type { DataEngine, DataFile } from './engine.ts';
import { describeEngineError } from './problem.ts';
import { openSource } from './source.ts';
import {
  findCommonChecks,
  listRules,
  type Rule,
  type Source,
  writeCounts,
  writeExamples,
  writeTable,
} from './table.ts';

export interface EngineSettings {
  /** A folder of ours: the engine spills into it. */
  readonly workdir: string;
  /** 1 GiB when absent: the aim is to stay below it at any number of rows. */
  readonly memoryMiB?: number;
  /** All cores when absent. */
  readonly threads?: number;
}

/**
 * Opens DuckDB in memory. Extensions, the network and further settings are off.
 * @throws ServiceError ENGINE_MISSING when its native part cannot be loaded
 */
export async function openDuckDb(settings: EngineSettings): Promise<DataEngine> {
  await mkdir(settings.workdir, { recursive: true });
  const { api, instance } = await start(settings);
  const connection = await instance.connect();
  const ask: Ask = async (sql) => {
    const reader = await connection.runAndReadAll(sql);
    return reader.getRowsJson();
  };
  await ask('SET lock_configuration = true');
  return {
    version: `duckdb ${api.version().replace(/^v/, '')}`,
    profile: (plan, files) => profile(ask, plan, files),
    close: () => close(connection, instance),
  };
}

async function start(settings: EngineSettings) {
  try {
    // Loaded when first used, so that an action that never touches data needs no engine.
    const api = await import('@duckdb/node-api');
    const instance = await api.DuckDBInstance.create(':memory:', {
      memory_limit: `${settings.memoryMiB ?? 1024}MiB`,
      temp_directory: settings.workdir,
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      ...(settings.threads === undefined ? {} : { threads: String(settings.threads) }),
    });
    return { api, instance };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ServiceError('ENGINE_MISSING', `The data engine could not be started: ${why}`, {
      hint: 'Give the input engine-path a folder with duckdb.node and its library, or allow the download (offline: false).',
      cause,
    });
  }
}

function close(connection: DuckDBConnection, instance: DuckDBInstance): void {
  connection.closeSync();
  instance.closeSync();
}

async function profile(ask: Ask, plan: CheckPlan, files: readonly DataFile[]): Promise<Measured> {
  const opened = await openAll(ask, files);
  const sources = opened.flatMap(({ source }) => (source === null ? [] : [source]));
  const measuredFiles = opened.map(({ file }) => file);
  const problems = opened.flatMap(({ problem }) => (problem === null ? [] : [problem]));
  if (problems.length > 0 || sources.length === 0) {
    return { files: measuredFiles, problems, rows: null, columns: [], rules: [], profile: null };
  }
  try {
    return await measure(ask, plan, sources, measuredFiles);
  } catch (cause) {
    const problem = describeEngineError(cause, sources);
    return { files: measuredFiles, problems: [problem], rows: null, columns: [], rules: [], profile: null };
  }
}

interface Opened {
  readonly file: MeasuredFile;
  readonly source: Source | null;
  readonly problem: FileProblem | null;
}

async function openAll(ask: Ask, files: readonly DataFile[]): Promise<readonly Opened[]> {
  const opened: Opened[] = [];
  // One after another: each scan reads a whole file.
  for (const file of files) opened.push(await openSource(ask, file));
  return opened;
}

async function measure(
  ask: Ask,
  plan: CheckPlan,
  sources: readonly Source[],
  files: readonly MeasuredFile[],
): Promise<Measured> {
  const checks = findCommonChecks(plan, sources);
  const rules = listRules(checks);
  const table = writeTable(checks, sources);
  const cells = (await ask(writeCounts(rules, checks, sources.length, table)))[0] ?? [];
  const rowsOfFiles = cells.slice(0, sources.length).map(toCount);
  const counts = cells.slice(sources.length, sources.length + rules.length).map(toCount);
  const extremes = cells.slice(sources.length + rules.length);
  const problems = files.flatMap((file, at) => compareRows(file, rowsOfFiles[at]));
  const broken = rules.filter((_, at) => counts[at] !== 0);
  const examples = broken.length === 0 ? [] : ((await ask(writeExamples(broken, table)))[0] ?? []);
  const tallies = new Map(
    rules.map((rule, at) => [rule, readTally(counts[at] ?? 0, broken.indexOf(rule), examples)]),
  );
  return {
    files: files.map((file, at) => ({ ...file, rows: rowsOfFiles[at] ?? null })),
    problems,
    rows: rowsOfFiles.reduce((sum, rows) => sum + rows, 0),
    columns: checks.map((check, at) => toColumn(check, at, rules, tallies, extremes)),
    rules: [],
    profile: null,
  };
}

/** Two parsers read every CSV file; should they ever disagree on its rows, nobody is believed. */
function compareRows(file: MeasuredFile, rows: number | undefined): readonly FileProblem[] {
  if (file.rows === null || file.rows === rows) return [];
  const because = `two readers count ${file.rows} and ${rows} rows in it`;
  return [{ path: file.path, line: null, because }];
}

function readTally(count: number, at: number, examples: readonly Json[]): Tally {
  if (at < 0) return { count, firstRow: null, examples: [], rows: [] };
  const shown = examples[2 * at + 1];
  return {
    count,
    firstRow: toCount(examples[2 * at] ?? null),
    examples: Array.isArray(shown) ? shown.map(String) : [],
    rows: [],
  };
}

function toColumn(
  check: ColumnCheck,
  at: number,
  rules: readonly Rule[],
  tallies: ReadonlyMap<Rule, Tally>,
  extremes: readonly Json[],
): MeasuredColumn {
  const none: Tally = { count: 0, firstRow: null, examples: [], rows: [] };
  const of = (name: Rule['rule']): Tally => {
    const rule = rules.find((candidate) => candidate.at === at && candidate.rule === name);
    return (rule && tallies.get(rule)) ?? none;
  };
  return {
    column: check.column,
    tallies: {
      nulls: of('nulls'),
      type: of('type'),
      range: of('range'),
      length: of('length'),
      allowed: of('allowed'),
      pattern: of('pattern'),
    },
    smallest: toText(extremes[2 * at]),
    largest: toText(extremes[2 * at + 1]),
  };
}

/** 64-bit counts arrive as text. */
function toCount(value: Json): number {
  const count = Number(value);
  if (value === null || !Number.isSafeInteger(count))
    throw new TypeError(`a count that is no count: ${value}`);
  return count;
}

function toText(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

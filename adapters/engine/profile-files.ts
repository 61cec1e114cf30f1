import { rm, stat } from 'node:fs/promises';
import type { FileProblem, Measured, MeasuredFile } from '../../core/dataset/measured.ts';
import type { CheckPlan } from '../../core/dataset/plan.ts';
import type { Ask } from './ask.ts';
import type { DataFile, ProfileOptions } from './engine.ts';
import { measureTable, type TableMeasurement } from './measure.ts';
import { describeEngineError } from './problem.ts';
import { ProgressMeter } from './progress.ts';
import { type OpenedFile, type Opening, openSource, toProblem } from './source.ts';
import { joinSources, type Source } from './table.ts';
import type { OtherTable } from './table-rule.ts';

/** An open engine. */
export interface Session {
  readonly ask: Ask;
  readonly workdir: string;
  /** Ends the present statement. */
  readonly interrupt: () => void;
  /** How far the present statement has come, 0 to 1. */
  readonly readFraction: () => number;
}

/** Tables that one measurement leaves behind in the engine. */
const scratchTables = [
  'cell_groups',
  'counted_cells',
  'counted_values',
  'read_cells',
  'repeated_keys',
  'conflicting_keys',
  'other_keys',
  'label_pairs',
];

/**
 * Measures files as one table. What cannot be read is a problem of its file, not an exception.
 * @throws ServiceError ENGINE_FAILED when the engine itself failed
 */
export async function profileFiles(
  session: Session,
  plan: CheckPlan,
  files: readonly DataFile[],
  options: ProfileOptions,
): Promise<Measured> {
  const meter = new ProgressMeter(options.onProgress, session.readFraction);
  const unpacked: string[] = [];
  const opening: Opening = {
    ask: session.ask,
    workdir: session.workdir,
    onBytes: (bytes) => meter.addBytes(bytes),
    unpacked,
    isReadByColumns: true,
  };
  meter.start();
  try {
    return await profileOpened(
      { session, plan, meter, opening, isStopped: false },
      await openAll(opening, files),
      options,
    );
  } finally {
    meter.stop();
    for (const name of scratchTables) await session.ask(`DROP TABLE IF EXISTS ${name}`).catch(() => []);
    for (const local of unpacked) await rm(local, { force: true });
  }
}

interface Job {
  readonly session: Session;
  readonly plan: CheckPlan;
  readonly meter: ProgressMeter;
  readonly opening: Opening;
  /** Set when a file turned out to be no table: nothing more is asked of the engine. */
  isStopped: boolean;
}

async function openAll(opening: Opening, files: readonly DataFile[]): Promise<readonly OpenedFile[]> {
  const opened: OpenedFile[] = [];
  // One after another: each may read a whole file.
  for (const file of files) opened.push(await openSource(opening, file));
  return opened;
}

async function profileOpened(
  job: Job,
  opened: readonly OpenedFile[],
  options: ProfileOptions,
): Promise<Measured> {
  const sources = opened.flatMap(({ source }) => source ?? []);
  const problems = opened.flatMap(({ problem }) => problem ?? []);
  const files = opened.map(({ file }) => file);
  if (problems.length > 0 || sources.length === 0) {
    for (const { proof } of opened) proof?.close();
    return { ...nothing, files, problems };
  }
  const others = await openOthers({ ...job.opening, isReadByColumns: false }, options);
  // The engine is at work while the rest of the text files is still under proof: nothing counts before both agree.
  const proven = proveAll(job, opened);
  const measuring = measure(job, sources, others).then(
    (value) => ({ value }),
    (cause: unknown) => ({ cause }),
  );
  const [proof, measured] = await Promise.all([proven, measuring]);
  if (proof.problems.length > 0) return { ...nothing, files: proof.files, problems: proof.problems };
  if ('cause' in measured) {
    return { ...nothing, files: proof.files, problems: [describeEngineError(measured.cause, sources)] };
  }
  return toMeasured(proof.files, measured.value);
}

const nothing = { rows: null, columns: [], rules: [], profile: null } as const;

async function measure(
  job: Job,
  sources: readonly Source[],
  others: ReadonlyMap<string, readonly OpenedFile[] | string>,
): Promise<TableMeasurement> {
  const { plan, meter, session } = job;
  const ask: Ask = (sql) => {
    if (job.isStopped) throw new Error('stopped: a file is no table');
    return session.ask(sql);
  };
  const sizes = await Promise.all(sources.map(async ({ local }) => (await stat(local)).size));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  const tables = new Map([...others].map(([name, opened]) => [name, toOther(plan, opened)]));
  return measureTable({
    ask,
    plan,
    table: joinSources(plan, sources),
    others: tables,
    meter,
    bytes,
  });
}

function toOther(plan: CheckPlan, opened: readonly OpenedFile[] | string): OtherTable {
  if (typeof opened === 'string') return opened;
  return joinSources(
    plan,
    opened.flatMap(({ source }) => source ?? []),
  );
}

/** Tables to compare with; what cannot be read says so instead. */
async function openOthers(
  opening: Opening,
  options: ProfileOptions,
): Promise<ReadonlyMap<string, readonly OpenedFile[] | string>> {
  const others = new Map<string, readonly OpenedFile[] | string>();
  for (const [name, files] of options.others ?? []) {
    const opened = await openAll(opening, files);
    let because: string | null = opened.length === 0 ? 'the table to compare with has no file' : null;
    for (const { problem, proof, file } of opened) {
      const found = problem ?? (proof === null ? null : toProblem(file, await proof.readRest()));
      if (found !== null)
        because ??= `the table to compare with cannot be read: ${found.path}: ${found.because}`;
    }
    others.set(name, because ?? opened);
  }
  return others;
}

interface Proof {
  readonly files: readonly MeasuredFile[];
  readonly problems: readonly FileProblem[];
}

async function proveAll(job: Job, opened: readonly OpenedFile[]): Promise<Proof> {
  const files: MeasuredFile[] = [];
  const problems: FileProblem[] = [];
  for (const { source, proof } of opened) {
    if (source !== null && proof !== null) job.meter.expectBytes((await stat(source.local)).size);
  }
  for (const { file, proof } of opened) {
    const result = proof === null ? null : await proof.readRest();
    const problem = result === null ? null : toProblem(file, result);
    if (problem !== null) problems.push(problem);
    files.push(result === null ? file : { ...file, rows: problem === null ? result.rows : null });
  }
  // What the engine still counts is of no use any more.
  if (problems.length > 0) {
    job.isStopped = true;
    job.session.interrupt();
  }
  return { files, problems };
}

function toMeasured(files: readonly MeasuredFile[], found: TableMeasurement): Measured {
  const problems = files.flatMap((file, at) => compareRows(file, found.rowsOfFiles[at]));
  if (problems.length > 0) return { ...nothing, files, problems };
  const rows = found.rowsOfFiles.reduce((sum, count) => sum + count, 0);
  const { columns, rules, profile } = found;
  return { files, problems, rows, columns, rules, profile };
}

/** Two readers count the rows of every file; should they ever disagree, nobody is believed. */
function compareRows(file: MeasuredFile, rows: number | undefined): readonly FileProblem[] {
  if (file.rows === rows) return [];
  const because = `two readers count ${file.rows} and ${rows} rows in it`;
  return [{ path: file.path, line: null, because }];
}

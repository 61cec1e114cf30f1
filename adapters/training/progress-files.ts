import { constants, type Dirent } from 'node:fs';
import { lstat, open, readdir, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import type { ProgressPoint } from '../../core/training/progress.ts';
import { parseProgressJson, parseProgressLine } from '../../core/training/progress-line.ts';
import {
  joinSeries,
  parseDvcliveSeries,
  parseMlflowSeries,
  type Series,
} from '../../core/training/progress-series.ts';

/** Of one file, from its end: the newest values. */
const maxFileBytes = 256 * 1024;
/** Of one look: more metrics than these are no table. */
const maxFiles = 40;
const maxEntries = 2000;
const maxDepth = 6;

/** A file below one of the declared paths. */
interface Found {
  readonly file: string;
  /** Below the declared path, with `/`; its own name for a declared file. */
  readonly name: string;
}

/**
 * Reads the progress that a command writes into files beside what it prints: folders of dvclive and of MLflow's file
 * store, `metrics.json`, and any other text file with lines of progress. It is read while it is written, so nothing that
 * is missing, broken or half there is an error: it says nothing yet.
 * @param folder checkout in which the command runs
 * @param paths `train.progress` of model.yml, relative to the folder; no link is followed out of it or below it
 * @param at ISO 8601 UTC, now
 * @returns points in the order of their steps; the whole history each time
 */
export async function readProgressFiles(
  folder: string,
  paths: readonly string[],
  at: string,
): Promise<readonly ProgressPoint[]> {
  const points: ProgressPoint[] = [];
  for (const path of paths) {
    const start = await findInside(folder, path);
    if (start !== null) points.push(...(await readPath(start, path, at)));
  }
  return points;
}

async function findInside(folder: string, path: string): Promise<string | null> {
  try {
    const [root, file] = [await realpath(folder), await realpath(join(folder, path))];
    const way = relative(root, file);
    return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way) ? null : file;
  } catch {
    return null; // Not written yet.
  }
}

async function readPath(start: string, path: string, at: string): Promise<readonly ProgressPoint[]> {
  const kind = await lstat(start).catch(() => null);
  if (kind === null) return [];
  if (kind.isFile()) return readOne({ file: start, name: path.split('/').at(-1) ?? path }, at);
  const files = await listFiles(start);
  const histories = files.filter(({ name }) => name.endsWith('.tsv')).slice(0, maxFiles);
  const series = histories.length > 0 ? await readAll(histories, toDvclive) : await readMlflow(files);
  if (series.length > 0) return joinSeries(series, at);
  // Metrics that are logged without a plot stand there alone.
  const summary = files.find(({ name }) => name === 'metrics.json');
  return summary === undefined ? [] : readOne(summary, at);
}

async function readOne(found: Found, at: string): Promise<readonly ProgressPoint[]> {
  const text = await readEnd(found.file);
  if (found.name.endsWith('.tsv')) return joinSeries([toDvclive(found.name, text)], at);
  if (found.name.endsWith('.json')) return [parseProgressJson(text, at) ?? []].flat();
  return text.split('\n').flatMap((line) => parseProgressLine(line, at) ?? []);
}

const toDvclive = (name: string, text: string): Series =>
  parseDvcliveSeries(name.replace(/^(?:.*\/)?plots\/metrics\//, '').replace(/\.tsv$/, ''), text);

const runFile = /^(?:(?:.*\/)?([0-9a-f]{32})\/)?metrics\/(.+)$/;

/** A store holds every run of the machine: the newest one is ours. */
async function readMlflow(files: readonly Found[]): Promise<readonly Series[]> {
  const runs = new Map<string, { files: Found[]; newest: number }>();
  for (const { file, name } of files) {
    const [, id = '', metric] = runFile.exec(name) ?? [];
    if (metric === undefined) continue;
    const run = runs.get(id) ?? { files: [], newest: 0 };
    const changed = await lstat(file).catch(() => null);
    run.newest = Math.max(run.newest, changed?.mtimeMs ?? 0);
    run.files.push({ file, name: metric });
    runs.set(id, run);
  }
  const [newest] = [...runs.values()].sort((a, b) => b.newest - a.newest);
  return newest === undefined ? [] : readAll(newest.files.slice(0, maxFiles), parseMlflowSeries);
}

async function readAll(
  files: readonly Found[],
  parse: (name: string, text: string) => Series,
): Promise<readonly Series[]> {
  const series: Series[] = [];
  for (const { file, name } of files) {
    const each = parse(name, await readEnd(file));
    if (each.values.length > 0) series.push(each);
  }
  return series;
}

/** Plain files below a folder, in the order of their names; links are left where they are. */
async function listFiles(folder: string): Promise<readonly Found[]> {
  const found: Found[] = [];
  let left = maxEntries;
  const walk = async (path: string, depth: number): Promise<void> => {
    const entries = await readdir(join(folder, path), { withFileTypes: true }).catch((): Dirent[] => []);
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      left -= 1;
      if (left < 0) return;
      const name = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.isFile()) found.push({ file: join(folder, name), name });
      else if (entry.isDirectory() && depth < maxDepth) await walk(name, depth + 1);
    }
  };
  await walk('', 0);
  return found;
}

/** Text of a file, of a long one its last whole lines; nothing when it is gone or became a link meanwhile. */
async function readEnd(file: string): Promise<string> {
  try {
    // A pipe that nobody writes to would hold the job for ever.
    const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const kind = await handle.stat();
      if (!kind.isFile()) return '';
      const start = Math.max(0, kind.size - maxFileBytes);
      const bytes = Buffer.alloc(Math.min(kind.size, maxFileBytes));
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, start);
      const text = bytes.toString('utf8', 0, bytesRead);
      return start === 0 ? text : text.slice(text.indexOf('\n') + 1);
    } finally {
      await handle.close();
    }
  } catch {
    return ''; // Replaced or removed while it was looked at.
  }
}

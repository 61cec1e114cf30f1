import { opendir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { GatehouseError, InputError } from '../../core/error/error.ts';
import { maxRunRecordBytes, parseRunRecord } from '../../core/evidence/run-record.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import type { ListedRun } from '../../core/training/run-list.ts';
import type { FoundRuns } from './github-runs.ts';

const mostFiles = 1_000;
const mostFolders = 5_000;

/**
 * Reads every `run.json` below a folder, links not followed. One that is no run record is told, not read.
 * @throws InputError RUNS_FOLDER
 */
export async function readFolderRuns(folder: string): Promise<FoundRuns> {
  const files = await listFiles(folder);
  const runs: ListedRun[] = [];
  const notes: string[] = [];
  for (const file of files) {
    try {
      runs.push(await readRunFile(file, relative(folder, file)));
    } catch (error) {
      if (!(error instanceof GatehouseError)) throw error;
      notes.push(`${relative(folder, file)} is left out: ${error.message}`);
    }
  }
  return { runs, notes };
}

/** @throws InputError RUN_RECORD_INVALID */
export async function readRunFile(file: string, place: string): Promise<ListedRun> {
  const { size } = await stat(file);
  // One that is too large is refused by its size alone.
  const bytes = size > maxRunRecordBytes ? new Uint8Array(maxRunRecordBytes + 1) : await readFile(file);
  return { digest: digestBytes(bytes), record: parseRunRecord(bytes, place), places: [place] };
}

async function listFiles(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  const folders = [folder];
  for (let at = 0; at < folders.length && at < mostFolders && found.length < mostFiles; at += 1) {
    const path = folders[at] as string;
    const opened = await opendir(path).catch((cause: unknown) => {
      if (at === 0) throw notThere(folder, cause);
      return null; // A folder that may not be read has nothing to tell.
    });
    if (opened === null) continue;
    for await (const entry of opened) {
      if (entry.isDirectory() && entry.name !== 'node_modules' && entry.name !== '.git')
        folders.push(join(path, entry.name));
      if (entry.isFile() && entry.name === 'run.json') found.push(join(path, entry.name));
    }
  }
  return found.slice(0, mostFiles).sort();
}

function notThere(folder: string, cause: unknown): InputError {
  return new InputError('RUNS_FOLDER', `${folder} is no folder that can be read`, {
    hint: 'Give a folder with run.json files, for example with unpacked artifacts of training jobs.',
    cause,
  });
}

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { z } from 'zod';
import { InputError } from '../../core/error/error.ts';
import { parseStrictJson } from '../../core/json/strict.ts';

/** The files of one case, or of its `before` folder, which has only what was different then. */
export interface CaseFiles {
  /** Path from the folder that was asked for. */
  readonly name: string;
  /** File name -> text. */
  readonly texts: ReadonlyMap<string, string>;
  readonly before: ReadonlyMap<string, string> | null;
}

/**
 * Finds every case below a folder: a case is a folder with a `case.json`.
 * @returns sorted by name, never empty
 * @throws InputError CONFORMANCE_FOLDER when the folder cannot be read or has no case, or has a folder without one
 */
export function readCases(folder: string): readonly CaseFiles[] {
  const found = findCases(folder, folder);
  if (found.length > 0) return found;
  throw unreadable(`${folder} has no case: no folder in it has a case.json`);
}

/**
 * Reads one file of a case in its form.
 * @throws InputError CONFORMANCE_CASE when it is missing, no strict JSON, or not of that form
 */
export function readForm<T>(texts: ReadonlyMap<string, string>, file: string, form: z.ZodType<T>): T {
  const result = form.safeParse(parseStrictJson(readText(texts, file), file));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw wrong(`${file} at /${issue?.path.join('/') ?? ''}: ${issue?.message ?? 'not of its form'}`);
}

/** @throws InputError CONFORMANCE_CASE when the case has no such file */
export function readText(texts: ReadonlyMap<string, string>, file: string): string {
  const text = texts.get(file);
  if (text === undefined) throw wrong(`${file} is missing`);
  return text;
}

function findCases(folder: string, root: string): readonly CaseFiles[] {
  const entries = entriesOf(folder);
  const folders = entries.filter((entry) => statSync(join(folder, entry)).isDirectory());
  if (entries.includes('case.json')) {
    const before = folders.includes('before') ? textsOf(join(folder, 'before')) : null;
    return [{ name: relative(root, folder) || folder, texts: textsOf(folder), before }];
  }
  return folders.flatMap((entry) => {
    const below = findCases(join(folder, entry), root);
    if (below.length === 0) throw unreadable(`${join(folder, entry)} has no case.json`);
    return below;
  });
}

function textsOf(folder: string): ReadonlyMap<string, string> {
  const files = entriesOf(folder).filter((entry) => statSync(join(folder, entry)).isFile());
  return new Map(files.map((entry) => [entry, readFileSync(join(folder, entry), 'utf8')]));
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch (cause) {
    throw unreadable(`${folder} cannot be read`, cause);
  }
}

const unreadable = (message: string, cause?: unknown): InputError =>
  new InputError('CONFORMANCE_FOLDER', message, {
    hint: 'Name a folder of cases, for example conformance.',
    cause,
  });

const wrong = (message: string): InputError =>
  new InputError('CONFORMANCE_CASE', message, {
    hint: 'conformance/README.md lists every file and key of a case.',
  });

import { createHash } from 'node:crypto';
import { InputError } from '../error/error.ts';
import { parseStrictJson } from '../json/strict.ts';
import { compareCodePoints, quotePython } from './python-json.ts';

/** One file of a folder, as the folder's manifest in a DVC remote names it. */
export interface ManifestEntry {
  /** Path below the folder, parts joined by "/". */
  readonly relpath: string;
  /** 32 lower-case hex characters. */
  readonly md5: string;
}

/** More files than this belong into fewer, larger tables. */
export const maxManifestFiles = 100_000;
/** 100,000 entries with long paths, each character of them escaped. */
export const maxManifestBytes = 67_108_864;

/** The bytes of a `.dir` manifest, exactly as DVC writes them. */
export function writeManifest(entries: readonly ManifestEntry[]): string {
  const sorted = [...entries].sort((a, b) => compareCodePoints(a.relpath, b.relpath));
  return `[${sorted.map(({ md5, relpath }) => `{"md5": "${md5}", "relpath": ${quotePython(relpath)}}`).join(', ')}]`;
}

/** What names a folder in pointers: the MD5 of its manifest and `.dir`. */
export function digestManifest(entries: readonly ManifestEntry[]): string {
  return `${createHash('md5').update(writeManifest(entries)).digest('hex')}.dir`;
}

/**
 * Reads a `.dir` manifest.
 * @param text what the remote holds, its MD5 already verified; whoever pushed it chose the names
 * @param source path of the pointer, for messages
 * @returns entries by relpath in code-point order, whose paths stay below the folder and do not stand in each other's way
 * @throws InputError DVC_MANIFEST
 */
export function parseManifest(text: string, source: string): readonly ManifestEntry[] {
  const list = readJson(text, source);
  if (!Array.isArray(list)) throw refuse(source, 'it is no list');
  if (list.length > maxManifestFiles)
    throw refuse(source, `it names ${list.length} files, ${maxManifestFiles} are allowed`);
  const entries = list.map((value: unknown) => readEntry(value, source));
  entries.sort((a, b) => compareCodePoints(a.relpath, b.relpath));
  requireDistinct(entries, source);
  return entries;
}

function readJson(text: string, source: string): unknown {
  try {
    return parseStrictJson(text, source);
  } catch (cause) {
    throw refuse(source, 'it is no JSON', cause);
  }
}

function readEntry(value: unknown, source: string): ManifestEntry {
  if (typeof value !== 'object' || value === null) throw refuse(source, 'an entry is no map');
  const { md5, relpath, ...rest } = value as Readonly<Record<string, unknown>>;
  const [extra] = Object.keys(rest);
  if (extra !== undefined) throw refuse(source, `an entry has the unknown key ${JSON.stringify(extra)}`);
  if (typeof md5 !== 'string' || !/^[0-9a-f]{32}$/.test(md5))
    throw refuse(source, 'an md5 is not 32 hex characters');
  if (typeof relpath !== 'string' || !isBelow(relpath)) {
    throw refuse(source, `the path ${JSON.stringify(relpath ?? null).slice(0, 200)} leads out of the folder`);
  }
  return { relpath, md5 };
}

/** Whether a path names something below a folder on every system: no "..", no root, drive, backslash or control. */
export function isBelow(relpath: string): boolean {
  if (!relpath.isWellFormed() || /[\\\p{Cc}]|^[a-zA-Z]:/u.test(relpath)) return false;
  return relpath.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

function requireDistinct(entries: readonly ManifestEntry[], source: string): void {
  const files = new Set(entries.map(({ relpath }) => relpath));
  if (files.size < entries.length) throw refuse(source, 'a path stands twice');
  for (const { relpath } of entries) {
    for (let at = relpath.indexOf('/'); at !== -1; at = relpath.indexOf('/', at + 1)) {
      const parent = relpath.slice(0, at);
      if (files.has(parent)) throw refuse(source, `${JSON.stringify(parent)} is a file and a folder`);
    }
  }
}

function refuse(source: string, why: string, cause?: unknown): InputError {
  return new InputError('DVC_MANIFEST', `The list of files that ${source} names is not valid: ${why}`, {
    hint: 'Write it again with "dvc add" and "dvc push".',
    where: { file: source },
    cause,
  });
}

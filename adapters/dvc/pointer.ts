import { posix } from 'node:path';
import { CORE_SCHEMA, dump, FAILSAFE_SCHEMA, load, YAMLException } from 'js-yaml';
import { InputError } from '../../core/error/error.ts';

/** What a `.dvc` file says about the one file that it stands for. */
export interface DvcPointer {
  /** Name as written in the pointer, relative to it. */
  readonly out: string;
  /** Path of the data in the repository. */
  readonly path: string;
  /** MD5 of the raw bytes, 32 lower-case hex characters. */
  readonly md5: string;
  /** null when the pointer does not say. */
  readonly sizeBytes: number | null;
}

const maxPointerBytes = 262_144;
const topKeys = 'desc md5 cmd wdir frozen locked deps outs always_changed meta'.split(' ');
const outKeys =
  'md5 etag checksum size nfiles isexec cloud hash path fs_config desc type labels meta cache metric plot persist remote push files'.split(
    ' ',
  );

/**
 * Reads a `.dvc` pointer of DVC 3 for a single file.
 * @param text pull-request controlled
 * @param source path of the pointer in the repository; the data must lie in the same repository
 * @throws InputError DVC_POINTER when it is no valid pointer, DVC_UNSUPPORTED for a valid one of another kind
 * @see https://github.com/iterative/dvc dvc/schema.py SINGLE_STAGE_SCHEMA
 */
export function parsePointer(text: string, source: string): DvcPointer {
  const top = readMap(parseYaml(text, source), topKeys, source, 'the pointer');
  const outs = top.get('outs');
  if (!Array.isArray(outs) || outs.length === 0) throw refuse(source, 'it has no outs');
  if (outs.length > 1)
    throw refuseKind(source, `${outs.length} outs`, 'one pointer for each file (dvc add <file>)');
  if (top.has('deps'))
    throw refuseKind(source, 'an import (deps)', 'dvc add, so that the bytes lie in your own remote');
  const out = readMap(outs[0], outKeys, source, 'outs[0]');
  refuseOtherKinds(out, source);
  const name = readText(out, 'path', source);
  const md5 = readText(out, 'md5', source).toLowerCase();
  if (!/^[0-9a-f]{32}$/.test(md5)) throw refuse(source, 'md5 is not 32 hex characters');
  const wdir = top.has('wdir') ? readText(top, 'wdir', source) : '.';
  return { out: name, path: resolveData(source, wdir, name), md5, sizeBytes: readSize(out, source) };
}

/** Writes a pointer exactly as DVC 3 writes one for a single file, byte for byte. */
export function writePointer(pointer: {
  readonly out: string;
  readonly md5: string;
  readonly sizeBytes: number;
}): string {
  const out = { md5: pointer.md5, size: pointer.sizeBytes, hash: 'md5', path: pointer.out };
  return dump({ outs: [out] }, { schema: CORE_SCHEMA, seqNoIndent: true, lineWidth: -1, noRefs: true });
}

/** Every scalar as text: an md5 of digits and one "e" must never become a number on the way. */
function parseYaml(text: string, source: string): unknown {
  if (Buffer.byteLength(text) > maxPointerBytes)
    throw refuse(source, 'it is over 256 KiB, which is no pointer');
  try {
    return load(text, { schema: FAILSAFE_SCHEMA, filename: source, maxAliases: 0 });
  } catch (cause) {
    const line = cause instanceof YAMLException ? cause.mark?.line : undefined;
    throw refuse(source, 'it is not YAML', line === undefined ? undefined : line + 1, cause);
  }
}

function readMap(
  value: unknown,
  keys: readonly string[],
  source: string,
  what: string,
): ReadonlyMap<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw refuse(source, `${what} is no map`);
  const map = new Map<string, unknown>(Object.entries(value));
  const unknown = [...map.keys()].find((key) => !keys.includes(key));
  if (unknown !== undefined) throw refuse(source, `${what} has the unknown key "${unknown}"`);
  return map;
}

function refuseOtherKinds(out: ReadonlyMap<string, unknown>, source: string): void {
  const md5 = out.get('md5');
  if ((typeof md5 === 'string' && md5.endsWith('.dir')) || out.has('nfiles')) {
    throw refuseKind(source, 'a folder', 'dvc add for each file of the folder');
  }
  for (const key of ['etag', 'checksum', 'cloud', 'files', 'remote', 'fs_config']) {
    if (out.has(key))
      throw refuseKind(source, `"${key}"`, 'a plain remote that is not versioned by the cloud');
  }
  for (const key of ['cache', 'push']) {
    if (out.get(key) === 'false')
      throw refuseKind(source, `${key}: false`, `${key}: true, so that dvc push keeps the bytes`);
  }
  if (!out.has('hash'))
    throw refuseKind(source, 'a pointer of DVC 2 (no hash)', 'dvc cache migrate --dvc-files');
  if (out.get('hash') !== 'md5') throw refuse(source, 'hash is not md5');
}

function readText(map: ReadonlyMap<string, unknown>, key: string, source: string): string {
  const value = map.get(key);
  if (typeof value === 'string' && value !== '') return value;
  throw refuse(source, `${key} is missing`);
}

function readSize(out: ReadonlyMap<string, unknown>, source: string): number | null {
  const text = out.get('size');
  if (text === undefined) return null;
  const size = typeof text === 'string' && /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(size)) throw refuse(source, 'size is no number of bytes');
  return size;
}

/** The pointer names the data relative to itself; it may not name anything outside the repository. */
function resolveData(source: string, wdir: string, name: string): string {
  const path = posix.normalize(posix.join(posix.dirname(source), wdir, name));
  const foreign = [wdir, name].some((part) => posix.isAbsolute(part) || /[\\\0]|^[a-zA-Z]:|:\/\//.test(part));
  const noFile = ['.', '..', ''].includes(posix.basename(name)) || name.endsWith('/');
  if (foreign || noFile || path === '..' || path.startsWith('../')) {
    throw refuse(source, 'its path leaves the repository or names no file');
  }
  return path;
}

function refuse(source: string, why: string, line?: number, cause?: unknown): InputError {
  return new InputError('DVC_POINTER', `${source} is no valid DVC pointer: ${why}`, {
    hint: `Write it again with "dvc add" and commit the result.`,
    where: { file: source, ...(line === undefined ? {} : { line }) },
    cause,
  });
}

function refuseKind(source: string, what: string, instead: string): InputError {
  return new InputError('DVC_UNSUPPORTED', `${source} holds ${what}, which is not supported`, {
    hint: `Use ${instead}.`,
    where: { file: source },
  });
}

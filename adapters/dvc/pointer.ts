import { posix } from 'node:path';
import { dumpDvcYaml } from '../../core/dvc/dump.ts';
import { type DvcDependency, type DvcOutput, parseDvcFile } from '../../core/dvc/dvc-file.ts';
import { toMap } from '../../core/dvc/node.ts';
import { toPointerEntry } from '../../core/dvc/stage-node.ts';
import { InputError } from '../../core/error/error.ts';

/** What a `.dvc` file says about the one file or folder that it stands for. */
export interface DvcPointer {
  /** Name as written in the pointer, relative to it. */
  readonly out: string;
  /** Path of the data in the repository. */
  readonly path: string;
  readonly kind: 'file' | 'folder';
  /** What `md5` was computed over: the raw bytes (DVC 3), or the bytes with LF for CRLF in texts (DVC 2). */
  readonly hash: 'md5' | 'md5-dos2unix';
  /** 32 lower-case hex characters; of a folder that of its manifest, with `.dir` behind it. */
  readonly md5: string;
  /** Of a folder the sum over its files. null when the pointer does not say. */
  readonly sizeBytes: number | null;
  /** How many files a folder has, at every depth; null for a file and when the pointer does not say. */
  readonly files: number | null;
  /** Where the data was imported from. It is recorded and never fetched: the bytes come from our own remote. */
  readonly imported: DataSource | null;
}

/** The place that a pull request says its data came from. */
export interface DataSource {
  readonly kind: 'repository' | 'url' | 'database';
  /** Without user and password. Of a database the name of the connection. */
  readonly url: string;
  /** Path in the repository, or table of the database. */
  readonly path: string | null;
  /** The commit that was imported. */
  readonly revision: string | null;
}

const code = 'DVC_POINTER';
const maxPointerBytes = 262_144;

/**
 * Reads a `.dvc` pointer of DVC 2 or 3 for one file or folder.
 * @param text pull-request controlled
 * @param source path of the pointer in the repository; the data must lie in the same repository
 * @throws InputError DVC_POINTER when it is no valid pointer, DVC_UNSUPPORTED for a valid one of another kind
 * @see https://github.com/iterative/dvc dvc/schema.py SINGLE_STAGE_SCHEMA
 */
export function parsePointer(text: string, source: string): DvcPointer {
  if (Buffer.byteLength(text) > maxPointerBytes)
    throw refuse(source, 'it is over 256 KiB, which is no pointer');
  const file = parseDvcFile(text, source, code);
  const [out, ...more] = file.outputs;
  if (out === undefined) throw refuse(source, 'it has no outs');
  if (more.length > 0)
    throw refuseKind(
      source,
      `${file.outputs.length} outs`,
      'Write one pointer for each file (dvc add <file>).',
    );
  const hash = requireMd5(out, source);
  const isFolder = hash.value.endsWith('.dir');
  if (!isFolder && out.files !== null) throw refuse(source, 'nfiles stands beside the md5 of a single file');
  return {
    out: out.path,
    path: resolveData(source, file.workingFolder, out.path),
    kind: isFolder ? 'folder' : 'file',
    hash: hash.kind,
    md5: hash.value,
    sizeBytes: out.sizeBytes,
    files: out.files,
    // A stage with a command made its data here; without one, dvc import-url took it from its dependency.
    imported: file.command.length > 0 ? null : readSource(file.dependencies),
  };
}

/** Writes a pointer exactly as DVC 3 writes one for a file or, with `files`, a folder, byte for byte. */
export function writePointer(pointer: {
  readonly out: string;
  readonly md5: string;
  readonly sizeBytes: number;
  readonly files?: number | null;
}): string {
  const entry = toPointerEntry({
    path: pointer.out,
    hash: { kind: 'md5', value: pointer.md5 },
    sizeBytes: pointer.sizeBytes,
    files: pointer.files ?? null,
    executable: false,
    cloud: null,
    versions: null,
  });
  return dumpDvcYaml(toMap({ outs: { kind: 'list', items: [entry] } }));
}

function requireMd5(
  out: DvcOutput,
  source: string,
): { readonly kind: DvcPointer['hash']; readonly value: string } {
  const { hash } = out;
  if (hash === null && (out.cloud !== null || out.versions !== null)) {
    throw refuseKind(source, 'versions of a cloud and no md5', cloudHint);
  }
  if (hash === null) throw refuse(source, 'md5 is missing');
  if (hash.kind !== 'md5' && hash.kind !== 'md5-dos2unix')
    throw refuseKind(source, `"${hash.kind}"`, cloudHint);
  if (out.versions !== null) throw refuseKind(source, '"files"', cloudHint);
  if (out.remote !== null)
    throw refuseKind(source, '"remote"', 'Push the data to the default remote, and take "remote" out.');
  if (!out.cached || !out.pushed) {
    const key = out.cached ? 'push' : 'cache';
    throw refuseKind(source, `${key}: false`, `Set ${key}: true, so that dvc push keeps the bytes.`);
  }
  return { kind: hash.kind, value: hash.value };
}

const cloudHint =
  'Use a plain remote that is not versioned by the cloud (version_aware, worktree): its data has an md5.';

function readSource([first]: readonly DvcDependency[]): DataSource | null {
  switch (first?.kind) {
    case undefined:
      return null;
    case 'repository': {
      const { url, revision, lockedRevision } = first.repository;
      return {
        kind: 'repository',
        url: withoutCredentials(url),
        path: first.path,
        revision: lockedRevision ?? revision,
      };
    }
    case 'file':
      return { kind: 'url', url: withoutCredentials(first.path), path: null, revision: null };
    case 'database': {
      const { connection, table } = first.database;
      return { kind: 'database', url: connection ?? 'database', path: table, revision: null };
    }
  }
}

/** What is recorded is read by everybody: a token in an address stays out, and so does a query. */
function withoutCredentials(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '$1').replace(/[?#].*$/s, '');
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

function refuse(source: string, why: string): InputError {
  return new InputError(code, `${source} is no valid DVC pointer: ${why}`, {
    hint: `Write it again with "dvc add" and commit the result.`,
    where: { file: source },
  });
}

function refuseKind(source: string, what: string, hint: string): InputError {
  return new InputError('DVC_UNSUPPORTED', `${source} holds ${what}, which is not supported`, {
    hint,
    where: { file: source },
  });
}

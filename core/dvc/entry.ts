import type { FieldReader } from './field-reader.ts';
import type { DvcNode } from './node.ts';

/** The recipe of a digest: `md5` of raw bytes (DVC 3), `md5-dos2unix` (DVC 2), or what a foreign store calls its own. */
export type HashKind = 'md5' | 'md5-dos2unix' | 'etag' | 'checksum';

export interface DvcHash {
  readonly kind: HashKind;
  /** Of md5 32 lower-case hex characters, with `.dir` behind them for a folder; of an etag whatever the store says. */
  readonly value: string;
}

/** Where a versioning cloud keeps one file. */
export interface CloudVersion {
  /** Name of the remote; null where the entry itself names the version. */
  readonly remote: string | null;
  readonly versionId: string | null;
  readonly etag: string | null;
}

/** One file of a cloud-versioned folder. */
export interface ListedVersion {
  readonly relpath: string;
  readonly hash: DvcHash | null;
  readonly sizeBytes: number | null;
  readonly cloud: CloudVersion | null;
}

/** What .dvc files and dvc.lock say of every dependency and output. */
export interface DvcEntryFacts {
  readonly path: string;
  /** null before DVC has seen the data. */
  readonly hash: DvcHash | null;
  readonly sizeBytes: number | null;
  /** Of a folder, all levels; null when not said. */
  readonly files: number | null;
  readonly executable: boolean;
  readonly cloud: CloudVersion | null;
  /** A cloud-versioned folder file by file, null elsewhere. */
  readonly versions: readonly ListedVersion[] | null;
}

/** Keys that `readEntry` understands. */
export const entryKeys =
  'path hash md5 etag checksum size nfiles isexec version_id cloud files fs_config'.split(' ');
const listedKeys = 'relpath hash md5 etag checksum size nfiles isexec version_id cloud'.split(' ');

/** Reads what every entry has. @see https://github.com/iterative/dvc dvc/schema.py, dvc/output.py ARTIFACT_SCHEMA */
export function readEntry(reader: FieldReader): DvcEntryFacts {
  return {
    path: reader.requireText('path'),
    hash: readHash(reader),
    sizeBytes: reader.count('size'),
    files: reader.count('nfiles'),
    executable: reader.flag('isexec', false),
    cloud: readCloud(reader),
    versions: reader.has('files') ? reader.maps('files').map(readListed) : null,
  };
}

/** @throws InputError when the digest is of no known kind, or no md5 at all */
export function readHash(reader: FieldReader): DvcHash | null {
  const md5 = reader.text('md5');
  if (md5 !== null && md5 !== '') return { kind: readMd5Kind(reader), value: readMd5(reader, md5) };
  for (const kind of ['etag', 'checksum'] as const) {
    const value = reader.text(kind);
    if (value !== null && value !== '') return { kind, value };
  }
  return null;
}

function readMd5Kind(reader: FieldReader): 'md5' | 'md5-dos2unix' {
  if (!reader.has('hash')) return 'md5-dos2unix';
  const name = reader.text('hash');
  if (name === 'md5' || name === 'md5-dos2unix') return name;
  throw reader.refuse(`${reader.name('hash')} is not md5`);
}

function readMd5(reader: FieldReader, text: string): string {
  const value = text.toLowerCase();
  if (/^[0-9a-f]{32}(?:\.dir)?$/.test(value)) return value;
  throw reader.refuse(`${reader.name('md5')} is not 32 hex characters`);
}

/** `cloud: {<remote>: {...}}` names one remote at most; older entries have version_id beside the etag. */
function readCloud(reader: FieldReader): CloudVersion | null {
  const remotes = reader.children('cloud');
  if (remotes.length > 1) throw reader.refuse(`${reader.name('cloud')} names more than one remote`);
  const [found] = remotes;
  if (found !== undefined) {
    const [remote, version] = found;
    version.only(['etag', 'checksum', 'version_id', 'md5']);
    return { remote, versionId: version.text('version_id'), etag: version.text('etag') };
  }
  const versionId = reader.text('version_id');
  return versionId === null ? null : { remote: null, versionId, etag: reader.text('etag') };
}

function readListed(reader: FieldReader): ListedVersion {
  reader.only(listedKeys);
  return {
    relpath: reader.requireText('relpath'),
    hash: readHash(reader),
    sizeBytes: reader.count('size'),
    cloud: readCloud(reader),
  };
}

/** DVC takes a list of one line for another command than that line. */
export function isCommandList(reader: FieldReader): boolean {
  return reader.get('cmd')?.kind === 'list';
}

/** A command is one line, a list of lines, or nothing for a stage that only watches files. */
export function readCommand(reader: FieldReader): readonly string[] {
  const node: DvcNode | undefined = reader.get('cmd');
  if (node?.kind === 'list') return reader.texts('cmd');
  const line = reader.text('cmd');
  return line === null ? [] : [line];
}

import { type DvcEntryFacts, entryKeys, readCommand, readEntry } from './entry.ts';
import { FieldReader, type Subject } from './field-reader.ts';
import { type DvcMap, type DvcNode, textOf } from './node.ts';
import { parseDvcYaml } from './parse-yaml.ts';

/** A `.dvc` file: one stage, most often of one output and no command. */
export interface DvcFile {
  readonly description: string | null;
  /** Digest of the stage itself; imports and stages of DVC 0 and 1 have one. */
  readonly md5: string | null;
  readonly command: readonly string[];
  /** Relative to the folder of the file. */
  readonly workingFolder: string;
  readonly frozen: boolean;
  readonly alwaysChanged: boolean;
  readonly dependencies: readonly DvcDependency[];
  readonly outputs: readonly DvcOutput[];
  readonly meta: DvcNode | null;
  /** The file as it stands. */
  readonly document: DvcMap;
}

export type DvcDependency =
  | ({ readonly kind: 'file' } & DvcEntryFacts)
  | { readonly kind: 'repository'; readonly path: string; readonly repository: DvcRepository }
  | { readonly kind: 'database'; readonly database: DvcDatabase };

/** The repository that `dvc import` took data from. It is recorded, never fetched. */
export interface DvcRepository {
  readonly url: string;
  /** What was asked for: branch or tag. */
  readonly revision: string | null;
  /** The commit that it was. */
  readonly lockedRevision: string | null;
  readonly remote: string | null;
}

export interface DvcDatabase {
  readonly connection: string | null;
  readonly fileFormat: string | null;
  readonly query: string | null;
  readonly table: string | null;
}

export interface DvcOutput extends DvcEntryFacts {
  readonly description: string | null;
  readonly type: string | null;
  readonly labels: readonly string[];
  readonly meta: DvcNode | null;
  /** False: DVC keeps no copy of it, so no remote has one. */
  readonly cached: boolean;
  readonly pushed: boolean;
  readonly persisted: boolean;
  /** The one remote it is pushed to, null for the default. */
  readonly remote: string | null;
}

const topKeys = 'desc md5 cmd wdir frozen locked deps outs always_changed meta'.split(' ');
/** The last three only DVC 0 to 2 wrote: they are read over. */
const outKeys = [
  ...entryKeys,
  ...'desc type labels meta cache metric plot persist remote push checkpoint live tags'.split(' '),
];
const repositoryKeys = 'url rev rev_lock config remote'.split(' ');
const databaseKeys = 'query connection file_format table'.split(' ');

/**
 * Reads a `.dvc` file of DVC 2 or 3.
 * @param text pull-request controlled
 * @param file its path, for messages
 * @param code under which faults are told
 * @throws InputError `code` for anything that DVC's schema refuses
 * @see https://github.com/iterative/dvc dvc/schema.py SINGLE_STAGE_SCHEMA
 */
export function parseDvcFile(text: string, file: string, code = 'DVC_FILE'): DvcFile {
  const subject: Subject = { file, code };
  const top = new FieldReader(parseDvcYaml(text, file, code), subject).only(topKeys);
  return {
    description: top.text('desc'),
    md5: top.text('md5'),
    command: readCommand(top),
    workingFolder: top.text('wdir') ?? '.',
    frozen: top.flag('frozen', false) || top.flag('locked', false),
    alwaysChanged: top.flag('always_changed', false),
    dependencies: top.maps('deps').map(readDependency),
    outputs: top.maps('outs').map(readOutput),
    meta: top.get('meta') ?? null,
    document: top.map,
  };
}

function readDependency(reader: FieldReader): DvcDependency {
  const repository = reader.child('repo');
  if (repository !== null) {
    reader.only([...entryKeys, 'repo']);
    const path = reader.requireText('path');
    return { kind: 'repository', path, repository: readRepository(repository.only(repositoryKeys)) };
  }
  const database = reader.child('db');
  if (database !== null) {
    reader.only([...entryKeys, 'db']);
    return { kind: 'database', database: readDatabase(database.only(databaseKeys)) };
  }
  return { kind: 'file', ...readEntry(reader.only(entryKeys)) };
}

function readRepository(reader: FieldReader): DvcRepository {
  const remote = reader.get('remote');
  return {
    url: reader.requireText('url'),
    revision: reader.text('rev'),
    lockedRevision: reader.text('rev_lock'),
    // A map of settings has no name, and may hold credentials: it is not taken along.
    remote: remote?.kind === 'text' || remote?.kind === 'plain' ? textOf(remote) : null,
  };
}

function readDatabase(reader: FieldReader): DvcDatabase {
  return {
    connection: reader.text('connection'),
    fileFormat: reader.text('file_format'),
    query: reader.text('query'),
    table: reader.text('table'),
  };
}

function readOutput(reader: FieldReader): DvcOutput {
  reader.only(outKeys);
  return {
    ...readEntry(reader),
    description: reader.text('desc'),
    type: reader.text('type'),
    labels: reader.texts('labels'),
    meta: reader.get('meta') ?? null,
    cached: reader.flag('cache', true),
    pushed: reader.flag('push', true),
    persisted: reader.flag('persist', false),
    remote: reader.text('remote'),
  };
}

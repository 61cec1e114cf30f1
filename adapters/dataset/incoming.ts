import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Contract } from '../../core/config/contract.ts';
import { matchesGlob } from '../../core/config/glob.ts';
import type { ListedFile } from '../../core/dataset/files.ts';
import { type IngestedFile, type IngestRecord, isBelow } from '../../core/dataset/ingest-record.ts';
import { InputError } from '../../core/error/error.ts';
import type { Finding } from '../../core/finding/finding.ts';
import type { ReadBlob } from '../dvc/dataset.ts';
import { writePointer } from '../dvc/pointer.ts';
import type { DvcRemote } from '../dvc/remote.ts';
import { copyHashed } from '../store/transfer.ts';
import { gatherFolder, type IncomingFolder } from './incoming-folder.ts';
import type { TableSource } from './tables.ts';

type OpenRemote = NonNullable<TableSource['openRemote']>;

/** A batch that is to come in, laid over the tree of a commit: checked as if it had been committed and pushed. */
export interface Incoming {
  readonly listing: ReadonlyMap<string, ListedFile>;
  readonly readBlob: ReadBlob;
  /** The data of the batch from this machine, all other from the remote. */
  readonly openRemote: (open: OpenRemote) => OpenRemote;
  /** Data for the DVC remote. */
  readonly data: readonly { readonly md5: string; readonly local: string }[];
  /** What has to be committed for it: pointers, and files that lie in git itself. */
  readonly commit: ReadonlyMap<string, { readonly text: string } | { readonly local: string }>;
  /** Paths that have to go with it. */
  readonly removed: readonly string[];
  readonly findings: readonly Finding[];
}

interface Placed {
  readonly path: string;
  readonly blob: string;
  readonly content: { readonly text: string } | { readonly local: string };
  readonly md5: string | null;
  readonly local: string;
}

/**
 * Lays the files of an ingest over a tree. A table that the contract knows by its pointer gets the pointer that
 * `dvc add` would write.
 * @param files each file of the record with the place where its verified bytes lie
 */
export async function layOver(
  tree: { readonly listing: ReadonlyMap<string, ListedFile>; readonly readBlob: ReadBlob },
  contract: Contract,
  record: IngestRecord,
  files: readonly { readonly file: IngestedFile; readonly local: string }[],
): Promise<Incoming> {
  const folder = await findFolder(contract, record, files);
  const placed: Placed[] = folder === null ? [] : [placeFolder(record, folder)];
  const outside: string[] = [];
  for (const { file, local } of folder === null ? files : []) {
    const place = await placeFile(tree.listing, contract, file, local);
    if (place === null) outside.push(file.path);
    else placed.push(place);
  }
  const removed = record.removed.filter((path) => isBelow(path, record.to) && tree.listing.has(path));
  const listing = new Map(tree.listing);
  for (const path of removed) listing.delete(path);
  for (const { path, blob } of placed) listing.set(path, { path, blob, mode: '100644' });
  const contents = new Map(placed.map(({ path, content }) => [path, content]));
  const blobs = new Map(placed.map(({ path, blob }) => [path, blob]));
  const data = placed.flatMap(({ md5, local }) => (md5 === null ? [] : [{ md5, local }]));
  const local = new Map(data.map((each) => [each.md5, each.local]));
  return {
    listing,
    readBlob: async (listed) => {
      const content = contents.get(listed.path);
      // Of the same path the commit may hold other content, which the batch is compared with.
      if (content === undefined || blobs.get(listed.path) !== listed.blob) return tree.readBlob(listed);
      return 'text' in content ? Buffer.from(content.text) : readFile(content.local);
    },
    openRemote: (open) => (url, network) => withLocal(open(url, network), local, folder),
    data,
    commit: contents,
    removed: removed.filter((path) => !contents.has(path)),
    findings: outside.length === 0 ? [] : [toOutside(contract, outside, placed.length === 0)],
  };
}

const isNamed = ({ files }: Contract, path: string): boolean =>
  files.includes(path) || matchesGlob(files, path);

/** null: the dataset has a pointer for each file, not one for the folder that the command writes. */
async function findFolder(
  contract: Contract,
  { to }: IngestRecord,
  files: Parameters<typeof gatherFolder>[1],
): Promise<IncomingFolder | null> {
  const [first] = files;
  const isOwn = ({ path }: IngestedFile) => isNamed(contract, path) || isNamed(contract, `${path}.dvc`);
  if (first === undefined || !isNamed(contract, `${to}.dvc`)) return null;
  if (files.some(({ file }) => file.path === to || isOwn(file))) return null;
  return gatherFolder(to, files, join(dirname(first.local), 'folder'));
}

function placeFolder({ to }: IngestRecord, { md5, pointer, local }: IncomingFolder): Placed {
  return { path: `${to}.dvc`, blob: blobOfText(pointer), content: { text: pointer }, md5, local };
}

/** null: the file is no part of the dataset. */
async function placeFile(
  listing: ReadonlyMap<string, ListedFile>,
  contract: Contract,
  file: IngestedFile,
  local: string,
): Promise<Placed | null> {
  const { path, md5, sizeBytes } = file;
  const pointer = `${path}.dvc`;
  const isPlain = isNamed(contract, path) && (!isNamed(contract, pointer) || listing.has(path));
  if (isPlain) return { path, blob: await blobOf(local, sizeBytes), content: { local }, md5: null, local };
  if (!isNamed(contract, pointer)) return null;
  const text = writePointer({ out: posix.basename(path), md5, sizeBytes });
  const blob = blobOfText(text);
  return { path: pointer, blob, content: { text }, md5, local };
}

const blobOfText = (text: string): string =>
  createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest('hex');

async function blobOf(local: string, sizeBytes: number): Promise<string> {
  const hash = createHash('sha1').update(`blob ${sizeBytes}\0`);
  for await (const chunk of createReadStream(local)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

function withLocal(
  remote: DvcRemote,
  local: ReadonlyMap<string, string>,
  folder: IncomingFolder | null,
): DvcRemote {
  return {
    ...remote,
    fetchFolder: (pointer, source, name) =>
      folder !== null && pointer.md5 === folder.md5
        ? folder.fetch(pointer, name)
        : remote.fetchFolder(pointer, source, name),
    fetch: async (pointer, source, to) => {
      const own = pointer.hash === 'md5' ? local.get(pointer.md5) : undefined;
      if (own === undefined) return remote.fetch(pointer, source, to);
      const { hex, sizeBytes } = await copyHashed(createReadStream(own), to, 'md5');
      if (hex === pointer.md5) return sizeBytes;
      throw changed(source);
    },
  };
}

function toOutside({ dataset }: Contract, paths: readonly string[], all: boolean): Finding {
  const more = paths.length > 5 ? ` and ${paths.length - 5} more` : '';
  return {
    code: 'data/ingest-outside',
    severity: all ? 'fail' : 'warn',
    message: all
      ? `Nothing that the ingest command wrote belongs to the dataset "${dataset}".`
      : `The ingest command wrote files that do not belong to the dataset "${dataset}".`,
    found: `${paths.slice(0, 5).join(', ')}${more}`,
    allowed: 'files that "files" of the contract names, as they are or by their .dvc pointer',
    fix: 'Name them in "files" of the contract (one pointer for each file), or let the command write them elsewhere.',
  };
}

/**
 * Unpacks one file of an artifact and holds its bytes against the record.
 * @throws InputError INGEST_CHANGED
 */
export async function unpackIngested(
  bytes: AsyncIterable<Uint8Array>,
  file: IngestedFile,
  folder: string,
): Promise<string> {
  const [sha256, md5] = [createHash('sha256'), createHash('md5')];
  let sizeBytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sizeBytes += chunk.length;
      sha256.update(chunk);
      md5.update(chunk);
      done(null, chunk);
    },
  });
  const local = join(folder, file.name);
  await pipeline(Readable.from(bytes), measure, createWriteStream(local));
  const same =
    `sha256:${sha256.digest('hex')}` === file.sha256 &&
    md5.digest('hex') === file.md5 &&
    sizeBytes === file.sizeBytes;
  if (same) return local;
  throw changed(file.path);
}

function changed(path: string): InputError {
  return new InputError('INGEST_CHANGED', `${path} is not what the ingest record says`, {
    hint: 'Run the job again; if it stays so, see which process of the ingest command goes on after its end.',
  });
}

import { readdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { digestManifest, isBelow, type ManifestEntry, maxManifestFiles } from '../../core/dvc/manifest.ts';
import { InputError } from '../../core/error/error.ts';
import { digestFile } from './file.ts';
import { readIgnoreRules } from './ignore.ts';
import type { DvcPointer } from './pointer.ts';
import { type HashBatch, type HashedFile, hashBatches } from './tree-worker.ts';

/** What a folder is to DVC 3. */
export interface DigestedTree {
  /** With `.dir` behind it. */
  readonly md5: string;
  /** Sum over its files. */
  readonly sizeBytes: number;
  readonly entries: readonly (ManifestEntry & { readonly sizeBytes: number })[];
}

/** Below this number of files a second thread costs more than it gives. */
const filesForThreads = 500;
/** Reading and hashing wait for each other: more threads than this gave nothing. */
const maxThreads = 4;
/** Folders of version control that DVC never takes for data. */
const never = new Set(['.git', '.hg', '.dvc']);

/**
 * Hashes a folder as `dvc add` does. Empty folders do not count; a file that changes meanwhile gets the digest of what was
 * read of it.
 * @param folder absolute
 * @param hash the recipe: of DVC 3, or of DVC 2
 * @throws InputError DVC_UNSUPPORTED for links and special files, which may lead anywhere, DVC_TREE for names that no
 * manifest can hold and files that cannot be read
 */
export async function digestTree(folder: string, hash: DvcPointer['hash'] = 'md5'): Promise<DigestedTree> {
  const relpaths = await listFiles(folder);
  const paths = relpaths.map((relpath) => join(folder, relpath));
  const hashed = hash === 'md5' ? await hashAll(paths) : await hashAllLegacy(paths);
  const entries = hashed.map(({ md5, sizeBytes }, at) => ({ relpath: relpaths[at] ?? '', md5, sizeBytes }));
  return {
    md5: digestManifest(entries),
    sizeBytes: entries.reduce((sum, entry) => sum + entry.sizeBytes, 0),
    entries,
  };
}

async function listFiles(folder: string): Promise<readonly string[]> {
  const ignored = await readIgnoreRules(folder);
  const files: string[] = [];
  const waiting = [''];
  for (let below = waiting.pop(); below !== undefined; below = waiting.pop()) {
    for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
      const relpath = below === '' ? entry.name : `${below}/${entry.name}`;
      if (never.has(entry.name) || ignored(relpath, entry.isDirectory())) continue;
      if (entry.isDirectory()) waiting.push(relpath);
      else files.push(requirePlain(relpath, entry.isFile(), folder));
    }
    if (files.length > maxManifestFiles) throw refuseCount(folder);
  }
  return files;
}

function requirePlain(relpath: string, isFile: boolean, folder: string): string {
  if (!isFile) {
    throw new InputError('DVC_UNSUPPORTED', `${join(folder, relpath)} is a link or a special file`, {
      hint: 'Put the file itself there: a link may lead anywhere.',
    });
  }
  if (isBelow(relpath)) return relpath;
  throw new InputError('DVC_TREE', `${JSON.stringify(relpath)} in ${folder} is no name for data`, {
    hint: 'Rename it, without backslashes, control characters and drive letters.',
  });
}

function refuseCount(folder: string): InputError {
  return new InputError('DVC_TREE', `${folder} holds more than ${maxManifestFiles} files`, {
    hint: 'Join the data into fewer, larger tables.',
  });
}

/** One after the other: data of DVC 2 is read here and there, and never written. */
async function hashAllLegacy(paths: readonly string[]): Promise<readonly HashedFile[]> {
  const all: HashedFile[] = [];
  for (const path of paths) all.push({ ...(await digestFile(path, 'md5-dos2unix')), error: null });
  return all;
}

async function hashAll(paths: readonly string[]): Promise<readonly HashedFile[]> {
  const threads = paths.length < filesForThreads ? 1 : Math.min(maxThreads, availableParallelism());
  const shared: HashBatch = { paths, next: new SharedArrayBuffer(4) };
  const parts = await Promise.all([
    ...Array.from({ length: threads - 1 }, () => runWorker(shared)),
    Promise.resolve().then(() => hashBatches(shared)),
  ]);
  const all: HashedFile[] = new Array(paths.length);
  for (const { at, file } of parts.flat()) all[at] = file;
  const broken = all.findIndex((file) => file.error !== null);
  if (broken === -1) return all;
  throw new InputError('DVC_TREE', `${paths[broken]} cannot be read (${all[broken]?.error})`, {
    hint: 'Check its rights, and that nothing writes the folder meanwhile.',
  });
}

type HashedPart = ReturnType<typeof hashBatches>;

/** The code travels as text, so that a bundle needs no second file. */
function runWorker(batch: HashBatch): Promise<HashedPart> {
  const code = `const { workerData, parentPort } = require('node:worker_threads');
parentPort.postMessage((${hashBatches.toString()})(workerData));`;
  return new Promise((resolve, reject) => {
    const worker = new Worker(code, { eval: true, workerData: batch });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('a hashing thread ended without an answer')));
  });
}

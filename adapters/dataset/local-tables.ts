import { lstat, readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ListedFile } from '../../core/dataset/files.ts';
import { InputError } from '../../core/error/error.ts';
import type { DataFileFacts } from '../dvc/dataset.ts';
import { parsePointer } from '../dvc/pointer.ts';
import type { DataFile } from '../engine/engine.ts';
import { hashFile } from '../store/transfer.ts';
import { acceptKnown, type Failure, type TableSource, Tables } from './tables.ts';

/**
 * Tables of a working tree: what lies on disk is read where it lies, of any size and without a copy; only pointers
 * whose data is not checked out ask the remote.
 */
export class LocalTables extends Tables {
  readonly #root: string;
  readonly #local = new Map<string, readonly DataFile[]>();
  /** What whoever runs it should know: data that is not what its pointer says. */
  readonly notes: string[] = [];

  /** @param root folder that paths are relative to */
  constructor(root: string, source: Omit<TableSource, 'readBlob'>) {
    super({ ...source, readBlob: (file) => readLocal(root, file.path) });
    this.#root = root;
  }

  /** What is read where it lies. */
  get localFiles(): readonly DataFile[] {
    return [...this.#local.values()].flat();
  }

  override async readFacts(files: readonly ListedFile[]): ReturnType<Tables['readFacts']> {
    const facts: DataFileFacts[] = [];
    const failures: Failure[] = [];
    for (const file of files) {
      // What is wrong with a pointer is told by whoever reads pointers.
      const found = await this.#findLocal(file).catch((error) => acceptKnown(error) && null);
      if (found !== null) facts.push(found);
      else {
        const read = await super.readFacts([file]);
        facts.push(...read.facts);
        failures.push(read);
      }
    }
    return {
      facts,
      findings: failures.flatMap(({ findings }) => findings),
      evaluated: failures.every(({ evaluated }) => evaluated),
    };
  }

  override async fetch(facts: readonly DataFileFacts[]): Promise<readonly DataFile[] | Failure> {
    const tables: DataFile[] = [];
    for (const fact of facts) {
      const local = this.#local.get(fact.listed.path);
      const found = local ?? (await super.fetch([fact]));
      if ('findings' in found) return found;
      tables.push(...found);
    }
    return tables;
  }

  async #findLocal(listed: ListedFile): Promise<DataFileFacts | null> {
    const { path, blob } = listed;
    if (!path.endsWith('.dvc')) {
      const sizeBytes = await this.#accept(path, path);
      if (sizeBytes === null) return null;
      return {
        fact: { path, md5: null, blob, sizeBytes },
        dataPath: path,
        pointer: null,
        source: null,
        listed,
      };
    }
    const text = Buffer.from(await readLocal(this.#root, path)).toString('utf8');
    const pointer = parsePointer(text, path);
    const sizeBytes = await this.#accept(path, pointer.path);
    if (sizeBytes === null) return null;
    const { md5 } = pointer;
    if (pointer.kind !== 'folder' && (await hashFile(resolve(this.#root, pointer.path), 'md5')).hex !== md5) {
      this.notes.push(
        `${pointer.path} is not what ${path} names: the file on disk was checked. Run "dvc add ${pointer.path}" before you commit.`,
      );
    }
    return {
      fact: { path, md5, blob, sizeBytes },
      dataPath: pointer.path,
      pointer,
      source: pointer.imported,
      listed,
    };
  }

  /** Takes a file, or every file of a folder, where it lies. @returns its size, null when it is not there */
  async #accept(key: string, path: string): Promise<number | null> {
    const local = resolve(this.#root, path);
    const facts = await lstat(local).catch(() => null);
    if (facts?.isFile()) {
      this.#local.set(key, [{ path, local }]);
      return facts.size;
    }
    if (!facts?.isDirectory()) return null;
    const entries = await readdir(local, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    this.#local.set(
      key,
      files.sort(byCodePoint).map((file) => ({ path: `${path}${file.slice(local.length)}`, local: file })),
    );
    return 0;
  }
}

const byCodePoint = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

async function readLocal(root: string, path: string): Promise<Uint8Array> {
  const facts = await lstat(resolve(root, path)).catch(() => null);
  if (facts?.isFile()) return readFile(resolve(root, path));
  const why = facts === null ? 'is not there' : 'is a link or no file, which is not followed';
  throw new InputError('FILE_MISSING', `${path} ${why}`, {
    hint: 'Name a file that lies here.',
    where: { file: path },
  });
}

import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { objectIdOf } from '../../core/change/tree-id.ts';

/** Twenty times a ledger of 20,000 entries. */
const defaultMaxBytes = 4 * 1024 * 1024 * 1024;
/** As large as the largest file of a ledger that is read. */
const maxObjectBytes = 8 * 1024 * 1024;
/** A small file takes a block of the disk. */
const blockBytes = 4096;
/** When it is full, so much of it is kept. */
const keptPart = 0.8;
/** A draft that is older was left by a process that ended. */
const draftLivesMs = 3_600_000;

const parallelWrites = 32;

const draftEnd = '.draft';

export interface ObjectFolderOptions {
  readonly folder: string;
  readonly maxBytes?: number;
  /** Told of the first fault of the disk alone: nothing is lost by it but calls of GitHub. */
  warn(facts: Readonly<Record<string, unknown>>, message: string): void;
}

interface KeptFile {
  readonly id: string;
  readonly file: string;
  readonly bytes: number;
  readonly changedMs: number;
}

/**
 * A folder of git objects that saves asking GitHub for them again after a start. A file is named by the id of what it
 * holds and is believed only when its content has that id, so nobody need be trusted who may write there. Nothing here
 * ever throws: a folder that is missing, full or broken costs calls of GitHub, never an answer. Several processes may
 * share it.
 */
export class ObjectFolder {
  private readonly options: ObjectFolderOptions;
  private readonly maxBytes: number;
  /** Read or written by this process: they are removed last. */
  private readonly used = new Set<string>();
  private readonly made = new Map<string, Promise<unknown>>();
  private readonly writes = new Set<Promise<void>>();
  private sizing: Promise<void> | null = null;
  private bytes = 0;
  private isFaulty = false;

  constructor(options: ObjectFolderOptions) {
    this.options = options;
    this.maxBytes = options.maxBytes ?? defaultMaxBytes;
  }

  /** @returns undefined: it is not there, or is not what its name says */
  async read(kind: 'blob' | 'tree', id: string): Promise<Uint8Array | undefined> {
    const file = this.fileOf(id);
    const bytes = await readPlain(file);
    if (bytes === null) return undefined;
    if (bytes !== 'broken' && objectIdOf(kind, bytes) === id) {
      this.used.add(id);
      return bytes;
    }
    this.used.delete(id);
    await rm(file, { recursive: true, force: true }).catch((error: unknown) => this.fault(error));
    return undefined;
  }

  /**
   * Keeps an object. It need not be waited for until it is on the disk.
   * @param bytes what `id` names: whoever reads it finds out if not
   * @returns when more may be given: whoever waits for it does not fill the memory
   */
  async keep(id: string, bytes: Uint8Array): Promise<void> {
    if (this.used.has(id) || bytes.byteLength > maxObjectBytes) return;
    this.used.add(id);
    const write = this.write(id, bytes).finally(() => this.writes.delete(write));
    this.writes.add(write);
    while (this.writes.size >= parallelWrites) await Promise.race(this.writes);
  }

  /** Resolves when nothing is being written. */
  async flush(): Promise<void> {
    while (this.writes.size > 0) await Promise.all(this.writes);
  }

  private async write(id: string, bytes: Uint8Array): Promise<void> {
    const file = this.fileOf(id);
    const draft = path.join(path.dirname(file), `${randomUUID()}${draftEnd}`);
    try {
      await this.makeRoom(bytes.byteLength);
      await this.makeFolder(path.dirname(file));
      await writeFile(draft, bytes, { flag: 'wx', mode: 0o600 });
      await rename(draft, file);
    } catch (error) {
      this.used.delete(id);
      this.fault(error);
      await rm(draft, { force: true }).catch(() => undefined); // found again by its age
    }
  }

  private fileOf(id: string): string {
    return path.join(this.options.folder, id.slice(0, 2), id.slice(2));
  }

  private makeFolder(folder: string): Promise<unknown> {
    const known = this.made.get(folder);
    if (known !== undefined) return known;
    const making = mkdir(folder, { recursive: true, mode: 0o700 });
    this.made.set(folder, making);
    // Removed while the process runs, or not to be made now: the next one tries again.
    making.catch(() => this.made.delete(folder));
    return making;
  }

  /** Looks how much there is before the first write, and again when that is too much: others write as well. */
  private async makeRoom(bytes: number): Promise<void> {
    this.sizing ??= this.measure().then((files) => {
      this.bytes = sumOf(files);
    });
    await this.sizing;
    this.bytes += onDisk(bytes);
    if (this.bytes <= this.maxBytes) return;
    this.sizing = this.shrink();
    await this.sizing;
  }

  /** What this process did not meet goes first, and of that what is oldest. */
  private async shrink(): Promise<void> {
    const files = [...(await this.measure())].sort(
      (a, b) => Number(this.used.has(a.id)) - Number(this.used.has(b.id)) || a.changedMs - b.changedMs,
    );
    let bytes = sumOf(files);
    for (const { id, file, bytes: freed } of files) {
      if (bytes <= this.maxBytes * keptPart) break;
      await rm(file, { force: true });
      this.used.delete(id);
      bytes -= freed;
    }
    this.bytes = bytes;
  }

  private async measure(): Promise<readonly KeptFile[]> {
    const found: KeptFile[] = [];
    for (const start of await namesIn(this.options.folder)) {
      if (!/^[0-9a-f]{2}$/.test(start)) continue;
      const folder = path.join(this.options.folder, start);
      for (const name of await namesIn(folder)) {
        const file = path.join(folder, name);
        const facts = await stat(file).catch(() => null); // removed meanwhile by another process
        if (facts === null) continue;
        const { size, mtimeMs: changedMs } = facts;
        if (!name.endsWith(draftEnd)) found.push({ id: start + name, file, bytes: onDisk(size), changedMs });
        else if (Date.now() - changedMs > draftLivesMs) await rm(file, { force: true });
      }
    }
    return found;
  }

  private fault(error: unknown): void {
    // Somebody removed a folder that was made, or the disk was away: both are looked at again.
    this.made.clear();
    this.sizing = null;
    if (this.isFaulty) return;
    this.isFaulty = true;
    const { folder } = this.options;
    this.options.warn({ folder, error: String(error) }, 'what was read of GitHub cannot be kept on the disk');
  }
}

const onDisk = (bytes: number): number => Math.max(1, Math.ceil(bytes / blockBytes)) * blockBytes;

const sumOf = (files: readonly KeptFile[]): number => files.reduce((sum, { bytes }) => sum + bytes, 0);

/** Of a folder that is not there: none. */
const namesIn = (folder: string): Promise<readonly string[]> => readdir(folder).catch(() => []);

/** Whatever has the name may be a pipe, a link, or without end. @returns null: there is nothing */
async function readPlain(file: string): Promise<Buffer | 'broken' | null> {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  const handle = await open(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch((error: NodeJS.ErrnoException) =>
    error.code === 'ENOENT' ? null : 'broken',
  );
  if (handle === null || handle === 'broken') return handle;
  try {
    const facts = await handle.stat();
    if (!facts.isFile() || facts.size > maxObjectBytes) return 'broken';
    return await handle.readFile();
  } catch {
    return 'broken'; // of no use, whatever the disk says of it
  } finally {
    await handle.close().catch(() => undefined); // it was only read
  }
}

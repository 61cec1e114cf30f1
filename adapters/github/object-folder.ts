import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { objectIdOf } from '../../core/change/tree-id.ts';
import { findRecords, renderRecord } from './object-record.ts';

/** Six times a ledger of 20,000 entries; looked through in some seconds. */
const defaultMaxBytes = 1024 * 1024 * 1024;
/** The folder is kept small by whole files: a process begins a new one after a sixteenth of it. */
const filesOfAll = 16;
/** As large as the largest file of a ledger that is read. */
const maxObjectBytes = 8 * 1024 * 1024;
/** Whoever gives more to write waits for the disk. */
const maxWaitingBytes = 8 * 1024 * 1024;

/** Each is held open: a process that starts again and again must not use up what it may open. */
const maxFiles = 64;

/** So much of the disk is left to others: deliveries that are not worked yet are written down beside it. */
const leftBytes = 128 * 1024 * 1024;

const fileEnd = '.objects';

export interface ObjectFolderOptions {
  readonly folder: string;
  readonly maxBytes?: number;
  /** Bytes that the disk of a folder could still take; absent: as it says. */
  readonly freeBytes?: (folder: string) => Promise<number>;
  /** Told of the first fault of the disk alone: nothing is lost by it but calls of GitHub. */
  warn(facts: Readonly<Record<string, unknown>>, message: string): void;
}

interface Place {
  readonly file: FileHandle;
  readonly offset: number;
  readonly bytes: number;
}

interface OwnFile {
  readonly handle: FileHandle;
  bytes: number;
}

/**
 * A folder of git objects that saves asking GitHub for them again after a start. An object is believed only when its
 * content has the id that it is asked by, so nobody need be trusted who may write there. Nothing here ever throws: a folder
 * that is missing, full or broken costs calls of GitHub, never an answer.
 *
 * Objects stand one after the other in files, since to make a file for each takes a disk many times as long. Each process
 * appends to files of its own and reads those of others, so several may share a folder; when it is full, the oldest go.
 */
export class ObjectFolder {
  private readonly options: ObjectFolderOptions;
  private readonly maxBytes: number;
  private opening: Promise<Map<string, Place>> | null = null;
  private readonly files = new Set<FileHandle>();
  private own: OwnFile | null = null;
  private waiting: { readonly id: string; readonly record: Buffer; readonly bytes: number }[] = [];
  private waitingBytes = 0;
  private writing: Promise<void> | null = null;
  private isFaulty = false;

  constructor(options: ObjectFolderOptions) {
    this.options = options;
    this.maxBytes = options.maxBytes ?? defaultMaxBytes;
  }

  /** @returns undefined: it is not there, or what is there has another id */
  async read(kind: 'blob' | 'tree', id: string): Promise<Uint8Array | undefined> {
    const places = await this.open();
    const place = places.get(id);
    if (place === undefined) return undefined;
    const content = Buffer.alloc(place.bytes);
    const bytesRead = await readAt(place.file, content, place.offset);
    if (bytesRead === place.bytes && objectIdOf(kind, content) === id) return content;
    // It is written again by whoever reads it of GitHub.
    if (places.get(id) === place) places.delete(id);
    return undefined;
  }

  /**
   * Keeps an object. It need not be waited for until it is on the disk.
   * @param content what `id` names: whoever reads it finds out if not
   * @returns when more may be given: whoever waits for it does not fill the memory
   */
  async keep(id: string, content: Uint8Array): Promise<void> {
    if (content.byteLength > maxObjectBytes || (await this.open()).has(id)) return;
    this.waiting.push({ id, record: renderRecord(id, content), bytes: content.byteLength });
    this.waitingBytes += content.byteLength;
    this.writing ??= this.write().finally(() => {
      this.writing = null;
    });
    if (this.waitingBytes > maxWaitingBytes) await this.writing;
  }

  /** Resolves when nothing is being written. */
  async flush(): Promise<void> {
    await this.opening;
    while (this.writing !== null) await this.writing;
  }

  /** Writes what waits, and closes every file: nothing is read or kept afterwards. */
  async close(): Promise<void> {
    await this.flush();
    this.opening = Promise.resolve(new Map());
    for (const file of this.files) await file.close().catch(() => undefined); // whatever it held is read again
    this.files.clear();
  }

  private async write(): Promise<void> {
    // Whoever keeps many gives all of them before anything else happens.
    await new Promise((resolve) => setImmediate(resolve));
    const places = await this.open();
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      this.waitingBytes = 0;
      try {
        const own = await this.openOwn();
        let { bytes: offset } = own;
        const records = Buffer.concat(batch.map(({ record }) => record));
        await this.requireRoom(records.length);
        await own.handle.appendFile(records);
        for (const { id, record, bytes } of batch) {
          places.set(id, { file: own.handle, offset: offset + record.length - bytes - 1, bytes });
          offset += record.length;
        }
        own.bytes = offset;
      } catch (error) {
        // Half of it may stand there: nothing is appended to that.
        this.own = null;
        this.fault(error);
      }
    }
  }

  private async openOwn(): Promise<OwnFile> {
    if (this.own !== null && this.own.bytes < this.maxBytes / filesOfAll) return this.own;
    const { folder } = this.options;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await this.removeOldest();
    // In the order of time, as far as clocks of machines agree.
    const name = `${String(Date.now()).padStart(15, '0')}-${randomUUID()}${fileEnd}`;
    const handle = await open(path.join(folder, name), 'ax+', 0o600);
    this.files.add(handle);
    this.own = { handle, bytes: 0 };
    return this.own;
  }

  private async requireRoom(bytes: number): Promise<void> {
    const { folder, freeBytes = freeOf } = this.options;
    const free = await freeBytes(folder);
    if (!(free - bytes >= leftBytes)) throw new Error(`the disk has ${free} bytes left`);
  }

  /** Makes room for a file of ours. What another process has open it can read to its end. */
  private async removeOldest(): Promise<void> {
    const { folder } = this.options;
    const names = await namesIn(folder);
    const sizes = await Promise.all(names.map((name) => sizeOf(path.join(folder, name))));
    let bytes = sizes.reduce((sum, size) => sum + size, 0);
    for (const [at, name] of names.entries()) {
      const isFew = names.length - at < maxFiles;
      if (isFew && bytes <= this.maxBytes * (1 - 1 / filesOfAll)) return;
      await rm(path.join(folder, name), { recursive: true, force: true });
      bytes -= sizes[at] ?? 0;
    }
  }

  private open(): Promise<Map<string, Place>> {
    this.opening ??= this.lookThrough();
    return this.opening;
  }

  private async lookThrough(): Promise<Map<string, Place>> {
    const places = new Map<string, Place>();
    for (const name of await namesIn(this.options.folder)) {
      const file = await openPlain(path.join(this.options.folder, name), this.maxBytes);
      if (file === null) continue;
      this.files.add(file);
      // What was kept later stands for what was kept before: it may have been broken.
      for await (const { id, offset, bytes } of findRecords(file, maxObjectBytes))
        places.set(id, { file, offset, bytes });
    }
    return places;
  }

  private fault(error: unknown): void {
    if (this.isFaulty) return;
    this.isFaulty = true;
    const { folder } = this.options;
    this.options.warn({ folder, error: String(error) }, 'what was read of GitHub cannot be kept on the disk');
  }
}

/** Oldest first; of a folder that is not there: none. */
const namesIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(fileEnd)).sort();

const freeOf = async (folder: string): Promise<number> => {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
};

const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0, // removed meanwhile by another process
  );

/** Whatever has the name may be a pipe, a link, or without end. @returns null: of no use */
async function openPlain(file: string, maxBytes: number): Promise<FileHandle | null> {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  const handle = await open(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch(() => null);
  const facts = await handle?.stat().catch(() => null);
  if (facts?.isFile() === true && facts.size <= maxBytes) return handle;
  await handle?.close().catch(() => undefined); // it was only looked at
  return null;
}

const readAt = (file: FileHandle, into: Buffer, offset: number): Promise<number> =>
  file.read(into, 0, into.length, offset).then(
    ({ bytesRead }) => bytesRead,
    () => -1, // of no use, whatever the disk says of it
  );

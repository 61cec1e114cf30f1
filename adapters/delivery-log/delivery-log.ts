import { mkdir, readFile, unlink } from 'node:fs/promises';
import path from 'node:path';
import { ServiceError } from '../../core/error/error.ts';
import { createLogFile, type LogFile } from './log-file.ts';
import { createNames, findOrphans } from './owner.ts';
import { type Entry, type LogRecord, readRecords, renderRecord } from './record.ts';

/** A file larger than this is written anew with what is open, once most of it is done. */
const compactAboveBytes = 1_048_576;
/** Longer than the line of one entry. */
const entryBytes = 1_024;

export interface LogState {
  readonly pending: number;
  /** ISO 8601 UTC; null: nothing waits. */
  readonly oldestAt: string | null;
  /** What the disk said last; null: it took everything. */
  readonly failure: string | null;
}

export interface DeliveryLogOptions {
  readonly folder: string;
  /** ISO 8601 UTC. */
  now(): string;
  /** Told of damage that is survived. */
  warn(facts: Readonly<Record<string, unknown>>, message: string): void;
  readonly compactAboveBytes?: number;
}

interface Waiting {
  readonly text: string;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A write-ahead log of one process: what `append` returned for is found again after a crash at any point. Each process
 * writes files of its own, so several may share a folder; what a dead one left open is adopted by any other, by two at
 * worst, which is why the work must be one that may be done twice. Writes that come together share one sync.
 */
export class DeliveryLog {
  private readonly options: DeliveryLogOptions;
  private readonly names = createNames();
  private readonly pending = new Map<number, Entry>();
  private file: LogFile | null = null;
  /** Files that a newer one will replace: until it is on the disk they hold what is open. */
  private readonly replaced: string[] = [];
  /** Worked, and not on the disk yet. */
  private crossedOut: number[] = [];
  private numbers = 0;
  private waiting: Waiting[] = [];
  private flushing: Promise<void> | null = null;
  private failure: string | null = null;

  private constructor(options: DeliveryLogOptions) {
    this.options = options;
  }

  /** @throws ServiceError DELIVERY_LOG_NOT_WRITABLE */
  static async open(options: DeliveryLogOptions): Promise<DeliveryLog> {
    const log = new DeliveryLog(options);
    try {
      await mkdir(options.folder, { recursive: true, mode: 0o700 });
    } catch (cause) {
      throw notWritable(options.folder, cause);
    }
    await log.beat();
    return log;
  }

  /**
   * Writes a value down.
   * @returns the entry, on the disk
   * @throws ServiceError DELIVERY_LOG_NOT_WRITABLE: it may be lost, so nobody must be told that it was taken
   */
  append(value: unknown): Promise<Entry> {
    return this.write(this.options.now(), value);
  }

  /**
   * Forgets what was worked. It is written with the next entry or sign of life: a sync of its own would make whoever
   * comes next wait for it, and after a crash it is only worked again.
   */
  done(number: number): void {
    if (this.pending.delete(number)) this.crossedOut.push(number);
  }

  /** A sign of life, and a trial whether the disk takes one. @throws ServiceError DELIVERY_LOG_NOT_WRITABLE */
  beat(): Promise<void> {
    return this.enqueue({ kind: 'alive' });
  }

  /**
   * Takes over what processes that ended left open: into the own log first, then out of theirs.
   * @returns entries to work
   */
  async adopt(): Promise<readonly Entry[]> {
    const adopted: Entry[] = [];
    const orphans = await findOrphans(this.options.folder, this.names.isOwn);
    for (const orphan of orphans) {
      const text = await this.readOrphan(orphan);
      if (text === null) continue;
      const { open, damaged } = readRecords(text);
      if (damaged > 0) this.options.warn({ lines: damaged }, 'lines of a delivery log could not be read');
      adopted.push(...(await Promise.all(open.map(({ at, value }) => this.write(at, value)))));
      await remove(orphan);
    }
    return adopted;
  }

  state(): LogState {
    const times = [...this.pending.values()].map(({ at }) => at);
    const oldestAt = times.reduce<string | null>((a, b) => (a === null || b < a ? b : a), null);
    return { pending: this.pending.size, oldestAt, failure: this.failure };
  }

  /** Leaves no file behind when nothing is open. */
  async close(): Promise<void> {
    if (this.crossedOut.length > 0 && this.pending.size > 0) await this.beat().catch(() => undefined);
    while (this.flushing !== null) await this.flushing;
    const { file } = this;
    this.file = null;
    await file?.close();
    if (file !== null && this.pending.size === 0) await remove(file.path);
  }

  private async write(at: string, value: unknown): Promise<Entry> {
    this.numbers += 1;
    const entry: Entry = { number: this.numbers, at, value };
    await this.enqueue({ kind: 'taken', ...entry }, () => this.pending.set(entry.number, entry));
    return entry;
  }

  /** @param onDisk called before anything that is written later, so that a file written anew has it */
  private enqueue(record: LogRecord, onDisk: () => void = () => undefined): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      const written = () => {
        onDisk();
        resolve();
      };
      this.waiting.push({ text: renderRecord(record), resolve: written, reject });
      this.flushing ??= this.flush();
    });
  }

  private async flush(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      try {
        await this.store(batch.map(({ text }) => text).join('') + this.takeCrossedOut());
        this.failure = null;
        for (const { resolve } of batch) resolve();
      } catch (cause) {
        this.failure = cause instanceof Error ? cause.message : String(cause);
        const error = notWritable(this.options.folder, cause);
        for (const { reject } of batch) reject(error);
      }
    }
    this.flushing = null;
  }

  /** One line for all; lost with a write that fails, and worked again after a crash then. */
  private takeCrossedOut(): string {
    const numbers = this.crossedOut.splice(0);
    return numbers.length === 0 ? '' : renderRecord({ kind: 'done', numbers });
  }

  private async store(text: string): Promise<void> {
    if (this.file === null || this.isMostlyDone(this.file)) await this.renew();
    for (;;) {
      const file = this.file ?? (await this.renew());
      try {
        await file.append(text);
      } catch (error) {
        // Half a line may stand at its end, and a sync that failed once proves nothing the next time.
        this.retire(file);
        throw error;
      }
      // Whoever took the file away did it before this look, and may have read it before this text.
      if (await file.isAtPlace()) return;
      this.retire(file);
    }
  }

  private isMostlyDone({ sizeBytes }: LogFile): boolean {
    const limit = this.options.compactAboveBytes ?? compactAboveBytes;
    return sizeBytes > Math.max(limit, 2 * entryBytes * this.pending.size);
  }

  /** A new file with everything that is open; the old one goes when the new one is on the disk. */
  private async renew(): Promise<LogFile> {
    const { folder } = this.options;
    const file = await createLogFile(folder, path.join(folder, this.names.next()));
    try {
      const open = [...this.pending.values()].map((entry) => renderRecord({ kind: 'taken', ...entry }));
      await file.append(open.join(''));
    } catch (error) {
      await file.close().catch(() => undefined);
      await remove(file.path).catch(() => undefined);
      throw error;
    }
    if (this.file !== null) this.retire(this.file);
    this.file = file;
    for (const old of this.replaced.splice(0)) await remove(old).catch(() => this.replaced.push(old));
    return file;
  }

  private retire(file: LogFile): void {
    this.file = null;
    this.replaced.push(file.path);
    file.close().catch(() => undefined);
  }

  private async readOrphan(file: string): Promise<string | null> {
    try {
      return await readFile(file, 'utf8');
    } catch (error) {
      if (isMissing(error)) return null; // another process adopted it at the same time
      this.options.warn({ error: String(error) }, 'a delivery log of before cannot be read; it stays there');
      return null;
    }
  }
}

async function remove(file: string): Promise<void> {
  try {
    await unlink(file);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

function notWritable(folder: string, cause: unknown): ServiceError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new ServiceError(
    'DELIVERY_LOG_NOT_WRITABLE',
    `The folder ${folder} does not take what must be kept: ${why}`,
    {
      hint: 'Free the disk or give the process a folder that it may write, with GATEHOUSE_STATE.',
      cause,
    },
  );
}

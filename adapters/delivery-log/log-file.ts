import { constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';

/** A file that only grows at its end, and whose end is on the disk when `append` returns. */
export interface LogFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** @throws what the disk says; the file may end in half a line then and must not be appended to again */
  append(text: string): Promise<void>;
  /** False: another process took the file away, so what is written into it from now on is read by nobody. */
  isAtPlace(): Promise<boolean>;
  close(): Promise<void>;
}

/** Creates a file that must not exist yet, and makes its name durable. @throws what the disk says */
export async function createLogFile(folder: string, path: string): Promise<LogFile> {
  const flags = constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | constants.O_APPEND;
  const handle = await open(path, flags, 0o600);
  try {
    await syncFolder(folder);
    const { ino } = await handle.stat();
    return new OpenLogFile(path, handle, ino);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

class OpenLogFile implements LogFile {
  readonly path: string;
  private readonly handle: FileHandle;
  private readonly inode: number;
  private written = 0;

  constructor(path: string, handle: FileHandle, inode: number) {
    this.path = path;
    this.handle = handle;
    this.inode = inode;
  }

  get sizeBytes(): number {
    return this.written;
  }

  async append(text: string): Promise<void> {
    await this.handle.writeFile(text);
    await this.handle.datasync();
    this.written += Buffer.byteLength(text);
  }

  async isAtPlace(): Promise<boolean> {
    try {
      return (await stat(this.path)).ino === this.inode;
    } catch {
      return false; // gone, or nobody can say: the next file is ours for certain
    }
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}

/**
 * A new name is in its folder after a loss of power only when the folder was synced.
 * @see https://man7.org/linux/man-pages/man2/fsync.2.html
 */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

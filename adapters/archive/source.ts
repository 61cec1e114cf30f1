import { open } from 'node:fs/promises';

/** Bytes that can be read at any place: a file of two gigabytes is never held in memory. */
export interface ArchiveSource {
  readonly sizeBytes: number;
  /** @returns exactly `length` bytes, or fewer at the end */
  read(offset: number, length: number): Promise<Buffer>;
}

export function fromBytes(bytes: Uint8Array): ArchiveSource {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    sizeBytes: buffer.length,
    read: async (offset, length) => buffer.subarray(offset, offset + length),
  };
}

/** Opens a file for the time of `use`. */
export async function withFile<T>(path: string, use: (source: ArchiveSource) => Promise<T>): Promise<T> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    return await use({
      sizeBytes: size,
      read: async (offset, length) => {
        // A file shorter than what is looked for at its end.
        if (offset < 0) return Buffer.alloc(0);
        const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - offset)));
        const { bytesRead } = await handle.read(buffer, 0, buffer.length, offset);
        return buffer.subarray(0, bytesRead);
      },
    });
  } finally {
    await handle.close();
  }
}

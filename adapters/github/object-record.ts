import type { FileHandle } from 'node:fs/promises';

/** `<id> <length>\n`, the content, and a line end: a person can find their way through it. */
export function renderRecord(id: string, content: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${id} ${content.byteLength}\n`, 'latin1'), content, Buffer.from('\n')]);
}

/** Where the content of an object stands in a file. */
export interface RecordPlace {
  readonly id: string;
  readonly offset: number;
  readonly bytes: number;
}

const windowBytes = 1024 * 1024;
const header = /^([0-9a-f]{40}) (\d{1,9})\n/;
const maxHeaderBytes = 51;

/**
 * Finds the objects of a file without holding their content. It ends where the file does not go on as it was written: at
 * what a process did not write to its end, or somebody else wrote.
 */
export async function* findRecords(file: FileHandle, maxObjectBytes: number): AsyncGenerator<RecordPlace> {
  const window = Buffer.alloc(windowBytes);
  let [start, length, at] = [0, 0, 0];
  for (;;) {
    if (at < start || at + maxHeaderBytes > start + length) {
      const read = await file.read(window, 0, windowBytes, at).catch(() => null);
      if (read === null || read.bytesRead === 0) return;
      [start, length] = [at, read.bytesRead];
    }
    const text = window.toString('latin1', at - start, Math.min(at - start + maxHeaderBytes, length));
    const [line, id, digits] = header.exec(text) ?? [];
    const bytes = Number(digits);
    if (line === undefined || id === undefined || !(bytes <= maxObjectBytes)) return;
    yield { id, offset: at + line.length, bytes };
    at += line.length + bytes + 1;
  }
}

import { createReadStream, createWriteStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Slice } from '../../core/dataset/shard-plan.ts';
import { CsvScan } from '../engine/csv-scan.ts';

const maxChunkBytes = 1_048_576;
/** Slices differ by a chunk at most. */
const chunksOfSlice = 16;

interface Edge {
  readonly offset: number;
  /** Rows in front of it. */
  readonly rows: number;
}

/**
 * Writes one slice of a CSV file as a CSV file with the same header. The whole file is read, so that a line end inside
 * quotes is never taken for the end of a record; every machine finds the same edges.
 * @param to a new file
 * @returns rows in front of the slice; null when the shape of the file is broken: it is not cut then
 */
export async function cutCsv(
  local: string,
  { number, of }: Slice,
  to: string,
): Promise<{ readonly before: number } | null> {
  const handle = await open(local);
  try {
    const { size } = await handle.stat();
    const header = await measureHeader(handle);
    const wanted = [number - 1, number].map((at) => (size * at) / of);
    const chunkBytes = Math.max(1, Math.min(maxChunkBytes, Math.floor(size / of / chunksOfSlice)));
    const edges = await findEdges(handle, wanted, chunkBytes);
    if (edges === null) return null;
    const [start, end] = edges as [Edge, Edge];
    const from = number === 1 ? { offset: header, rows: 0 } : start;
    const until = number === of ? size : end.offset;
    await copy(local, 0, header, to, 'w');
    await copy(local, from.offset, until, to, 'a');
    return { before: from.rows };
  } finally {
    await handle.close();
  }
}

/** Bytes of the first record, its line end included. */
async function measureHeader(handle: FileHandle): Promise<number> {
  const scan = new CsvScan();
  let at = 0;
  for await (const chunk of readChunks(handle, maxChunkBytes)) {
    for (let index = 0; index < chunk.length; index += 1) {
      if (scan.header !== null || scan.problem !== null) return at;
      scan.push(chunk.subarray(index, index + 1));
      at += 1;
    }
  }
  return at;
}

/** The first record after each offset of which a chunk shows the beginning; the end of the file after the last one. */
async function findEdges(
  handle: FileHandle,
  offsets: readonly number[],
  chunkBytes: number,
): Promise<readonly Edge[] | null> {
  const scan = new CsvScan();
  const edges: (Edge | null)[] = offsets.map(() => null);
  let size = 0;
  for await (const chunk of readChunks(handle, chunkBytes)) {
    scan.push(chunk);
    if (scan.problem !== null) return null;
    size += chunk.length;
    const { header, recordStart, rows } = scan;
    for (const [at, offset] of offsets.entries()) {
      if (header !== null && recordStart >= offset) edges[at] ??= { offset: recordStart, rows };
    }
  }
  scan.end();
  return scan.problem === null ? edges.map((edge) => edge ?? { offset: size, rows: scan.rows }) : null;
}

/** Whole chunks of one size but the last, whatever the file system hands over at once. */
async function* readChunks(handle: FileHandle, chunkBytes: number): AsyncGenerator<Buffer> {
  for (let position = 0; ; ) {
    const chunk = Buffer.alloc(chunkBytes);
    let filled = 0;
    while (filled < chunkBytes) {
      const { bytesRead } = await handle.read(chunk, filled, chunkBytes - filled, position + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    if (filled === 0) return;
    yield chunk.subarray(0, filled);
    position += filled;
  }
}

async function copy(from: string, start: number, end: number, to: string, flags: 'w' | 'a'): Promise<void> {
  // `end` of a stream is inclusive: an empty run has none.
  if (end <= start) return;
  await pipeline(createReadStream(from, { start, end: end - 1 }), createWriteStream(to, { flags }));
}

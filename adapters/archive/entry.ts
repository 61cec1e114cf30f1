import { pipeline, Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { type ArchiveEntry, refuseArchive, showName } from './directory.ts';
import type { ArchiveSource } from './source.ts';

const chunkBytes = 1024 * 1024;

/**
 * Streams one file of a zip, unpacked. The stream fails, after the bytes but before its end, when size or checksum are
 * not what the directory says: use the bytes only after it has ended.
 * @throws InputError ARCHIVE_REFUSED
 * @see APPNOTE.TXT 6.3.10, section 4.3.7
 */
export async function* readEntry(source: ArchiveSource, entry: ArchiveEntry): AsyncGenerator<Buffer> {
  const start = await locate(source, entry);
  let size = 0;
  let crc = 0;
  for await (const chunk of unpack(source, entry, start)) {
    size += chunk.length;
    // A bomb says it is small: stop at the size that it claimed.
    if (size > entry.sizeBytes) throw refuseArchive(`${showName(entry.name)} is larger than it says`);
    crc = crc32(chunk, crc);
    yield chunk;
  }
  if (size !== entry.sizeBytes || crc !== entry.crc) {
    throw refuseArchive(`${showName(entry.name)} is not the content that the directory names`);
  }
}

/** Reads one small file whole. */
export async function readWhole(source: ArchiveSource, entry: ArchiveEntry): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of readEntry(source, entry)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The local header must tell the same name: two readers must not see two files. */
async function locate(source: ArchiveSource, entry: ArchiveEntry): Promise<number> {
  const header = await source.read(entry.offset, 30);
  if (header.length !== 30 || header.readUInt32LE(0) !== 0x04034b50) {
    throw refuseArchive(`${showName(entry.name)} is not where the directory says`);
  }
  const nameLength = header.readUInt16LE(26);
  const name = (await source.read(entry.offset + 30, nameLength)).toString('utf8');
  if (name !== entry.name || header.readUInt16LE(8) !== entry.method) {
    throw refuseArchive(`${showName(entry.name)} is described in two ways`);
  }
  return entry.offset + 30 + nameLength + header.readUInt16LE(28);
}

async function* unpack(source: ArchiveSource, entry: ArchiveEntry, start: number): AsyncGenerator<Buffer> {
  const packed = readPacked(source, start, entry.packedBytes);
  if (entry.method === 0) {
    yield* packed;
    return;
  }
  const inflate = createInflateRaw();
  // A failure on either side destroys both, and the loop below throws it.
  pipeline(Readable.from(packed), inflate, () => undefined);
  try {
    for await (const chunk of inflate) yield chunk as Buffer;
  } catch (cause) {
    throw refuseArchive(`${showName(entry.name)} does not unpack`, cause);
  }
}

async function* readPacked(source: ArchiveSource, start: number, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < length; at += chunkBytes) {
    yield await source.read(start + at, Math.min(chunkBytes, length - at));
  }
}

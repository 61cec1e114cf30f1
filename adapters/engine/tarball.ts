import { gunzipSync } from 'node:zlib';

/** An engine package unpacks to about 75 MB: far more is no engine. */
const maxUnpackedBytes = 500_000_000;
const block = 512;

/**
 * Reads the regular files of a gzipped tar archive whose digest was already verified.
 * @returns base name -> content; folders, links and extended headers are passed over
 * @throws RangeError when the archive is cut off or far too big
 */
export function readTarball(bytes: Buffer): ReadonlyMap<string, Buffer> {
  const tar = gunzipSync(bytes, { maxOutputLength: maxUnpackedBytes });
  const files = new Map<string, Buffer>();
  let at = 0;
  while (at + block <= tar.length && tar[at] !== 0) {
    const name = readField(tar, at, 100);
    const size = Number.parseInt(readField(tar, at + 124, 12), 8);
    const isFile = tar[at + 156] === 0x30 || tar[at + 156] === 0;
    const end = at + block + size;
    if (!Number.isSafeInteger(size) || end > tar.length) throw new RangeError('the archive is cut off');
    if (isFile) files.set(name.slice(name.lastIndexOf('/') + 1), tar.subarray(at + block, end));
    at = at + block + Math.ceil(size / block) * block;
  }
  return files;
}

function readField(tar: Buffer, at: number, length: number): string {
  const field = tar.subarray(at, at + length);
  const end = field.indexOf(0);
  return field.toString('latin1', 0, end < 0 ? length : end).trim();
}

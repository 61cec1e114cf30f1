import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import zlib from 'node:zlib';

export interface UnpackLimits {
  /** No file may unpack to more. */
  readonly maxBytes: number;
  /** No file may unpack to more than so many times its size, once it is over `freeBytes`. */
  readonly maxRatio: number;
  readonly freeBytes: number;
}

/** Tables of text shrink 3 to 30 times, tables of one repeated line some hundred times; bombs a thousand times and more. */
export const unpackLimits: UnpackLimits = {
  maxBytes: 64 * 2 ** 30,
  maxRatio: 300,
  freeBytes: 64 * 2 ** 20,
};

export type Compression = 'gz' | 'zst';

/** How a file is compressed, by its name. */
export function findCompression(path: string): Compression | null {
  if (path.endsWith('.gz')) return 'gz';
  return path.endsWith('.zst') ? 'zst' : null;
}

/**
 * Unpacks a file that somebody else made into `target`, in constant memory.
 * @returns null, or one clause why it is refused
 */
export async function unpackFile(
  local: string,
  target: string,
  compression: Compression,
  limits: UnpackLimits = unpackLimits,
): Promise<string | null> {
  const { size } = await stat(local);
  const most = Math.min(limits.maxBytes, Math.max(limits.freeBytes, size * limits.maxRatio));
  const meter = new Meter(most);
  const reader = compression === 'gz' ? zlib.createGunzip() : zlib.createZstdDecompress?.();
  // Node before 22.15 has no reader for it.
  if (reader === undefined) return 'this Node.js cannot unpack .zst: give it as .gz, or use Node.js 24';
  try {
    await pipeline(createReadStream(local), reader, meter, createWriteStream(target));
    return null;
  } catch (error) {
    if (meter.isOver) return `it unpacks to over ${most} bytes from ${size}: refused as a compression bomb`;
    if (isZlibError(error)) return 'its compression is damaged or cut off';
    throw error;
  }
}

function isZlibError(error: unknown): boolean {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return typeof code === 'string' && /^(Z_|ZSTD_|ERR_ZSTD|ERR_BUFFER)/.test(code);
}

/** Passes bytes on until there are too many. */
class Meter extends Transform {
  isOver = false;
  readonly #most: number;
  #bytes = 0;

  constructor(most: number) {
    super();
    this.#most = most;
  }

  override _transform(chunk: Buffer, _: string, done: (error: Error | null, chunk?: Buffer) => void): void {
    this.#bytes += chunk.length;
    this.isOver = this.#bytes > this.#most;
    if (this.isOver) done(new Error('over the limit'));
    else done(null, chunk);
  }
}

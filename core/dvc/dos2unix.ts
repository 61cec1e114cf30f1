import { createHash } from 'node:crypto';

/** DVC 2 reads files in pieces of this size and judges each for itself. */
const chunkBytes = 1_048_576;
const headBytes = 512;
/** A head with a larger share of other bytes is no text. */
const maxOtherShare = 0.3;
const textBytes = new Set([0x0a, 0x0d, 0x09, 0x0c, 0x08]);

/**
 * The MD5 of DVC 2 (`md5-dos2unix`): CRLF counts as LF in every piece of 1 MiB that looks like text.
 * @see https://github.com/iterative/dvc-data hash.py, istextfile.py
 */
export class Dos2UnixHash {
  readonly hash = createHash('md5');
  readonly chunk = Buffer.alloc(chunkBytes);
  filled = 0;

  update(bytes: Uint8Array): this {
    let at = 0;
    while (at < bytes.byteLength) {
      const taken = Math.min(chunkBytes - this.filled, bytes.byteLength - at);
      this.chunk.set(bytes.subarray(at, at + taken), this.filled);
      this.filled += taken;
      at += taken;
      if (this.filled === chunkBytes) this.flush();
    }
    return this;
  }

  /** Lower-case hex; ends the hash. */
  digest(): string {
    this.flush();
    return this.hash.digest('hex');
  }

  flush(): void {
    const chunk = this.chunk.subarray(0, this.filled);
    this.hash.update(looksLikeText(chunk) ? toUnix(chunk) : chunk);
    this.filled = 0;
  }
}

/** No NUL, and at most 30 % of the first 512 bytes neither printable ASCII nor one of five controls. */
export function looksLikeText(chunk: Uint8Array): boolean {
  const head = chunk.subarray(0, headBytes);
  if (head.includes(0)) return false;
  const other = head.reduce((count, byte) => count + (isText(byte) ? 0 : 1), 0);
  return other <= maxOtherShare * head.byteLength;
}

function isText(byte: number): boolean {
  return (byte >= 0x20 && byte <= 0x7e) || textBytes.has(byte);
}

function toUnix(chunk: Buffer): Buffer {
  const text = chunk.toString('latin1');
  return text.includes('\r\n') ? Buffer.from(text.replaceAll('\r\n', '\n'), 'latin1') : chunk;
}

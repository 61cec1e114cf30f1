import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Dos2UnixHash } from '../../core/dvc/dos2unix.ts';
import { InputError } from '../../core/error/error.ts';
import type { DvcPointer } from './pointer.ts';

const chunkBytes = 1_048_576;

/**
 * Hashes one file as DVC 3 or DVC 2 does, streaming.
 * @throws InputError DVC_TREE when it cannot be read
 */
export async function digestFile(
  path: string,
  recipe: DvcPointer['hash'],
): Promise<{ readonly md5: string; readonly sizeBytes: number }> {
  const raw = createHash('md5');
  const legacy = new Dos2UnixHash();
  let sizeBytes = 0;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes })) {
      (recipe === 'md5' ? raw : legacy).update(chunk as Buffer);
      sizeBytes += (chunk as Buffer).byteLength;
    }
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'broken off';
    throw new InputError('DVC_TREE', `${path} cannot be read (${code})`, {
      hint: 'Check its rights, and that nothing writes it meanwhile.',
      cause,
    });
  }
  return { md5: recipe === 'md5' ? raw.digest('hex') : legacy.digest(), sizeBytes };
}

import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { InputError, ServiceError } from '../../core/error/error.ts';

/** No model or data file is larger: GitHub artifacts and git hosts get slow far below it. */
export const maxFileBytes = 2_147_483_648;

export interface Copied {
  /** Lower-case hex of the digest of what was copied. */
  readonly hex: string;
  readonly sizeBytes: number;
}

/**
 * Copies bytes into a new file while hashing them: what was hashed is what lies there, complete or not at all.
 * @param maxBytes stops and removes the copy as soon as one byte more arrives
 * @throws InputError FILE_TOO_LARGE, ServiceError STORE_FAILED when reading or writing breaks off
 */
export async function copyHashed(
  bytes: AsyncIterable<Uint8Array>,
  to: string,
  algorithm: 'md5' | 'sha256',
  maxBytes: number = maxFileBytes,
): Promise<Copied> {
  await mkdir(dirname(to), { recursive: true });
  const draft = `${to}.${randomUUID()}`;
  const file = await open(draft, 'wx');
  try {
    const copied = await pump(bytes, file, algorithm, maxBytes);
    await file.close();
    await rename(draft, to);
    return copied;
  } catch (error) {
    await file.close().catch(() => undefined); // Already closed: the error below is the one that counts.
    await rm(draft, { force: true });
    throw toTransferError(error, to);
  }
}

async function pump(
  bytes: AsyncIterable<Uint8Array>,
  file: FileHandle,
  algorithm: 'md5' | 'sha256',
  maxBytes: number,
): Promise<Copied> {
  const hash = createHash(algorithm);
  let sizeBytes = 0;
  for await (const chunk of bytes) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > maxBytes) throw refuseSize(`more than ${maxBytes} bytes arrived`);
    hash.update(chunk);
    await file.writev([chunk]);
  }
  return { hex: hash.digest('hex'), sizeBytes };
}

/** Hashes a file that lies on this machine, streaming. */
export async function hashFile(path: string, algorithm: 'md5' | 'sha256'): Promise<Copied> {
  const { size } = await stat(path);
  if (size > maxFileBytes) throw refuseSize(`${path} has ${size} bytes`);
  return hashBytes(createReadStream(path, { highWaterMark: 1 << 20 }), algorithm);
}

/** Hashes bytes that are not kept. */
export async function hashBytes(
  bytes: AsyncIterable<Uint8Array>,
  algorithm: 'md5' | 'sha256',
): Promise<Copied> {
  const hash = createHash(algorithm);
  let sizeBytes = 0;
  for await (const chunk of bytes) {
    hash.update(chunk);
    sizeBytes += chunk.byteLength;
  }
  return { hex: hash.digest('hex'), sizeBytes };
}

/** The one refusal of files over 2 GiB. */
export function refuseSize(what: string, limitBytes: number = maxFileBytes): InputError {
  const limit = limitBytes === maxFileBytes ? `${limitBytes} (2 GiB)` : String(limitBytes);
  return new InputError('FILE_TOO_LARGE', `A file is too large: ${what}, at most ${limit} are allowed`, {
    hint: 'Split the data into several files, or make the model smaller (leave optimiser state and checkpoints out).',
  });
}

function toTransferError(error: unknown, to: string): Error {
  if (error instanceof InputError || error instanceof ServiceError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'broken off';
  return new ServiceError('STORE_FAILED', `Copying to ${to} failed (${code})`, {
    hint: 'Check disk space, rights and the connection of the runner, then run the job again.',
    cause: error,
  });
}

/** A place that answers in no documented way. The path never holds a secret; the address has no credentials. */
export function fail(address: string, what: string, cause?: unknown): ServiceError {
  return new ServiceError('STORE_FAILED', `${address} failed: ${what}`, {
    hint: 'Check that the runner reaches it and may read and write it, then run the job again.',
    cause,
  });
}

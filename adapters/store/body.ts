import type { IncomingMessage } from 'node:http';
import { ServiceError } from '../../core/error/error.ts';
import { refuseSize } from './transfer.ts';

/** Small enough to read and forget, so that its connection serves again. */
const forgettableBytes = 65_536;

/**
 * Hands on the bytes of an answer and counts them: the length that a server names beforehand is its own word.
 * @throws InputError FILE_TOO_LARGE; ServiceError STORE_FAILED when it breaks off, is shorter than it said, or is packed
 */
export async function* readBody(
  response: IncomingMessage,
  url: URL,
  limitBytes: number,
): AsyncGenerator<Uint8Array> {
  const announced = announcedBytes(response);
  try {
    const coding = response.headers['content-encoding'] ?? 'identity';
    if (coding !== 'identity') throw broken(url, 'the answer is compressed, which was not asked for');
    if (announced !== null && announced > limitBytes)
      throw refuseSize(`${url.host} announces ${announced} bytes`, limitBytes);
    let sizeBytes = 0;
    for await (const chunk of response as AsyncIterable<Uint8Array>) {
      sizeBytes += chunk.byteLength;
      if (sizeBytes > limitBytes)
        throw refuseSize(`${url.host} sent more than ${limitBytes} bytes`, limitBytes);
      yield chunk;
    }
    if (!response.complete || (announced !== null && announced !== sizeBytes)) {
      throw broken(url, `the answer broke off after ${sizeBytes} bytes`);
    }
  } catch (error) {
    throw error instanceof Error && 'code' in error && error.code === 'ECONNRESET'
      ? broken(url, 'the answer broke off', error)
      : error;
  } finally {
    if (!response.complete) response.destroy();
  }
}

/** Lets go of an answer that nobody reads. */
export function skipBody(response: IncomingMessage): void {
  response.on('error', () => undefined); // Nobody waits for these bytes any more.
  const announced = announcedBytes(response);
  if (announced !== null && announced <= forgettableBytes) response.resume();
  else response.destroy();
}

function announcedBytes({ headers }: IncomingMessage): number | null {
  const text = headers['content-length'];
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

function broken(url: URL, what: string, cause?: unknown): ServiceError {
  return new ServiceError('STORE_FAILED', `${url.host} failed: ${what}`, {
    hint: 'Run the job again; if it stays so, see what lies between the runner and this host.',
    cause,
  });
}

import type { GitHubReader } from '../../adapters/github/reader.ts';

/** What is asked for at once comes by one question. */
const parallel = 40;
const maxConfigurationBytes = 256 * 1024;

/** Reads contents some at a time: all at once, one by one, would meet GitHub's limit on concurrent requests. */
export async function readBlobs(
  reader: GitHubReader,
  blobs: readonly string[],
  maxBytes = maxConfigurationBytes,
): Promise<ReadonlyMap<string, string | null>> {
  const texts = new Map<string, string | null>();
  const rest = [...blobs];
  const work = async (): Promise<void> => {
    for (let blob = rest.pop(); blob !== undefined; blob = rest.pop())
      texts.set(blob, toText(await reader.blob(blob), maxBytes));
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return texts;
}

/** Strict UTF-8 of at most `maxBytes`; else null. A byte order mark is kept. */
export function toText(bytes: Uint8Array, maxBytes = maxConfigurationBytes): string | null {
  if (bytes.byteLength > maxBytes) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null; // "not text" is an answer: the caller names the file
  }
}

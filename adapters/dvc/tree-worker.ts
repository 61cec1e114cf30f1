/** Files to hash; threads take the next piece of the list by counting `next` up. */
export interface HashBatch {
  readonly paths: readonly string[];
  /** One Int32: the first path that no thread has taken. */
  readonly next: SharedArrayBuffer;
}

export interface HashedFile {
  readonly md5: string;
  readonly sizeBytes: number;
  /** System code when the file could not be read. */
  readonly error: string | null;
}

/**
 * Hashes files until none is left. Runs in several threads: its text is sent to them, so it names nothing outside itself.
 * Synchronous on purpose: for small files a promise costs more than the read.
 */
export function hashBatches(batch: HashBatch): { readonly at: number; readonly file: HashedFile }[] {
  const { closeSync, openSync, readSync } = process.getBuiltinModule('node:fs');
  const { createHash } = process.getBuiltinModule('node:crypto');
  const filesPerTurn = 64;
  const buffer = Buffer.allocUnsafe(1_048_576);
  const next = new Int32Array(batch.next);
  const done: { at: number; file: HashedFile }[] = [];
  const hash = (path: string): HashedFile => {
    const md5 = createHash('md5');
    let sizeBytes = 0;
    const file = openSync(path, 'r');
    try {
      for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer)) {
        md5.update(buffer.subarray(0, read));
        sizeBytes += read;
      }
    } finally {
      closeSync(file);
    }
    return { md5: md5.digest('hex'), sizeBytes, error: null };
  };
  for (;;) {
    const start = Atomics.add(next, 0, filesPerTurn);
    if (start >= batch.paths.length) return done;
    for (let at = start; at < Math.min(start + filesPerTurn, batch.paths.length); at += 1) {
      try {
        done.push({ at, file: hash(batch.paths[at] ?? '') });
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
        done.push({ at, file: { md5: '', sizeBytes: 0, error: code } });
      }
    }
  }
}

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import type { Told } from './told.ts';

/** Heap that the child may have. Together with code, buffers and the runtime it stays below `limitBytes`. */
const heapMiB = 96;
/** Nothing that is read may bring a process over this. */
export const limitBytes = 256 * 1024 ** 2;
/** Work that one file may cost. */
export const limitMs = 250;

/**
 * Reads the whole corpus in one process of little memory.
 * @throws when the child dies: out of memory, or an error that no reader may throw
 */
export async function readCorpus(): Promise<readonly Told[]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [`--max-old-space-size=${heapMiB}`, '--max-semi-space-size=4', join(import.meta.dirname, 'child.ts')],
    { maxBuffer: 64 * 1024 ** 2, timeout: 300_000 },
  );
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Told);
}

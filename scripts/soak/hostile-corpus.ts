import { execFile } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';

/** One line of what the child tells. */
export type Told =
  | { readonly kind: 'good'; readonly surface: string; readonly isTaken: boolean; readonly answer: string }
  | {
      readonly kind: 'file';
      readonly surface: string;
      readonly name: string;
      readonly isExpected: boolean;
      readonly answer: string;
      /** Work of the processor: other programs on the machine do not count. */
      readonly cpuMs: number;
    }
  /** Memory of the whole process at its most, the runtime and the making of the files included. */
  | {
      readonly kind: 'end';
      readonly files: number;
      readonly peakBytes: number;
      readonly isPolluted: boolean;
    };

const child = join(import.meta.dirname, '..', '..', 'test', 'hostile', 'child.ts');
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
    [`--max-old-space-size=${heapMiB}`, '--max-semi-space-size=4', child],
    { maxBuffer: 64 * 1024 ** 2, timeout: 300_000 },
  );
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Told);
}

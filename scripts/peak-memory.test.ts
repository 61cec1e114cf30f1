import { execFile } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { peakMemoryBytes } from './peak-memory.ts';

it('tells what a child itself held, whatever its parent is', async () => {
  const held = Buffer.alloc(300 * 1024 ** 2, 1);
  const own = peakMemoryBytes();
  const program = `import { peakMemoryBytes } from ${JSON.stringify(join(import.meta.dirname, 'peak-memory.ts'))};
    console.log(peakMemoryBytes());`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);
  expect(own).toBeGreaterThan(held.length);
  expect(Number(stdout)).toBeGreaterThan(10 * 1024 ** 2);
  expect(Number(stdout)).toBeLessThan(held.length / 2);
});

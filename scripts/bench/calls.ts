import { spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';

/**
 * Calls of GitHub's API for each look in the life of a version, by kind: by one process that sees all of it, and by a
 * fresh one for each look. `cost` leaves out what was answered 304.
 */
export async function benchCalls(): Promise<void> {
  const file = path.join(import.meta.dirname, '..', '..', 'test', 'bot', 'bench-calls.ts');
  const child = spawn(process.execPath, [file], { stdio: 'inherit' });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) process.exitCode = 1;
}

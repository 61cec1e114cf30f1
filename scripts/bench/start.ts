import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import process from 'node:process';

/**
 * What the first reading of a ledger costs a process that was just started, with 200, 2,000 and 20,000 entries and GitHub
 * taking 0.7 s for every answer: the first start of all, a second one, and one that keeps nothing. Calls, seconds, how
 * long nobody else was answered, and memory. `npm run bench -- start ENTRIES...` takes other numbers.
 */
export async function benchStart(): Promise<void> {
  const file = path.join(import.meta.dirname, '..', '..', 'test', 'bot', 'bench-start.ts');
  const child = spawn(process.execPath, [file, ...process.argv.slice(3)], { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  if (code !== 0) process.exitCode = 1;
}

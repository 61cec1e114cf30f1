import { spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import type { SoakOutcome } from './main.ts';

/**
 * The app ends at every call of every operation that writes, in the sandbox, each time from the same moment: one reconcile
 * of a new process leaves what the whole operation leaves, nothing twice and nothing missing.
 */
export async function soakCrashes(): Promise<SoakOutcome> {
  const file = path.join(import.meta.dirname, '..', '..', 'test', 'bot', 'soak-crashes.ts');
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (data: Buffer) => {
    said += data.toString();
    process.stdout.write(data);
  });
  await new Promise((resolve) => child.once('exit', resolve));
  const [, passed, failed] = /(\d+) passed, (\d+) failed\s*$/.exec(said) ?? [];
  return passed === undefined ? { passed: 0, failed: 1 } : { passed: Number(passed), failed: Number(failed) };
}

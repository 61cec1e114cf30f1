import { spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import type { SoakOutcome } from './main.ts';

/**
 * GitHub shows reads what was there before a write, for every write of every operation, in the sandbox: when it shows all
 * again, one reconcile leaves what is left without that, nothing twice and nothing missing.
 */
export async function soakLag(): Promise<SoakOutcome> {
  const file = path.join(import.meta.dirname, '..', '..', 'test', 'bot', 'soak-lag.ts');
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

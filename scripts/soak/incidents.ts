import { spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import type { SoakOutcome } from './main.ts';

/**
 * The app ends at every call while it tends a repository in which something went past the gate: a push, a foreign commit
 * on the ledger, a ledger that was set back or deleted. One more look leaves everything told once, and the ledger proven.
 */
export async function soakIncidents(): Promise<SoakOutcome> {
  const file = path.join(import.meta.dirname, '..', '..', 'test', 'bot', 'soak-incidents.ts');
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

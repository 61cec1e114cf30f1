import { spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import type { SoakOutcome } from './main.ts';

/**
 * Every order of every subset of six deliveries, and doublings, against the sandbox: the same ledger to the byte after
 * one reconcile. Some 2,000 runs of a second or more; `GATEHOUSE_SOAK_ORDERS` takes fewer, spread evenly.
 */
export async function soakDeliveries(): Promise<SoakOutcome> {
  const file = path.join(import.meta.dirname, '..', '..', 'test', 'bot', 'soak-deliveries.ts');
  const some = process.env.GATEHOUSE_SOAK_ORDERS;
  const args = some === undefined ? [file] : [file, some];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (data: Buffer) => {
    said += data.toString();
  });
  await new Promise((resolve) => child.once('exit', resolve));
  console.log(said.trimEnd());
  const [, passed, failed] = /(\d+) passed, (\d+) failed of \d+ orders\s*$/.exec(said) ?? [];
  return passed === undefined ? { passed: 0, failed: 1 } : { passed: Number(passed), failed: Number(failed) };
}

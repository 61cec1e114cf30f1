import { spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import type { SoakOutcome } from './main.ts';

/** Stories of one process each: they take about as long, and run beside each other. */
const shares = [['ledger'], ['others', 'onboarding']] as const;

/**
 * GitHub shows reads what was there before a write, for every write of every operation, in the sandbox: when it shows all
 * again, a reconcile leaves what is left without that, nothing twice and nothing missing. Where an operation writes much,
 * the rarer ways to be late are tried behind some of its writes, drawn by GATEHOUSE_SOAK_SEED.
 */
export async function soakLag(): Promise<SoakOutcome> {
  const outcomes = await Promise.all(shares.map(runShare));
  return {
    passed: outcomes.reduce((sum, { passed }) => sum + passed, 0),
    failed: outcomes.reduce((sum, { failed }) => sum + failed, 0),
  };
}

/** One that says no count at its end has failed. */
async function runShare(stories: readonly string[]): Promise<SoakOutcome> {
  const file = path.join(import.meta.dirname, '..', '..', 'test', 'bot', 'soak-lag.ts');
  const child = spawn(process.execPath, [file, ...stories], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (data: Buffer) => {
    said += data.toString();
    process.stdout.write(data);
  });
  await new Promise((resolve) => child.once('close', resolve));
  const [, passed, failed] = /(\d+) passed, (\d+) failed\s*$/.exec(said) ?? [];
  return passed === undefined ? { passed: 0, failed: 1 } : { passed: Number(passed), failed: Number(failed) };
}

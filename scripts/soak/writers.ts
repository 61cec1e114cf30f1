import { spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import type { SoakOutcome } from './main.ts';

/**
 * Eight instances of the app, 100 promotions each, on one ref of the sandbox: none lost, none doubled, none of a champion
 * that was not compared with, as git alone counts them. `GATEHOUSE_SOAK_PROMOTIONS` takes fewer for each.
 */
export async function soakWriters(): Promise<SoakOutcome> {
  const file = path.join(import.meta.dirname, '..', '..', 'test', 'bot', 'soak-writers.ts');
  const args = [file, '8', process.env.GATEHOUSE_SOAK_PROMOTIONS ?? '100'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (data: Buffer) => {
    said += data.toString();
  });
  await new Promise((resolve) => child.once('exit', resolve));
  console.log(said.trimEnd());
  const [, passed, failed] = /(\d+) passed, (\d+) failed\s*$/.exec(said) ?? [];
  return passed === undefined ? { passed: 0, failed: 1 } : { passed: Number(passed), failed: Number(failed) };
}

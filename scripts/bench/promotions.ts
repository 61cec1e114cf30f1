import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import process from 'node:process';

/**
 * 100 promotions of as many models, each looked at when it was opened, judged and approved, are merged at once, and GitHub
 * takes 0.7 s for every answer: how fast the ledger gets them, in how many commits, with how many calls, and how much of
 * the time the hub itself takes, which runs beside the app. `GATEHOUSE_BENCH_PROMOTIONS` takes another number.
 */
export async function benchPromotions(): Promise<void> {
  const file = path.join(import.meta.dirname, '..', '..', 'test', 'bot', 'bench-promotions.ts');
  const child = spawn(process.execPath, [file, process.env.GATEHOUSE_BENCH_PROMOTIONS ?? '100'], {
    stdio: 'inherit',
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) process.exitCode = 1;
}

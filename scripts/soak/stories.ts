import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import type { SoakOutcome } from './main.ts';

/**
 * The whole story of the demo with the ledger on the default branch, each step checked, and a crash on either side of every
 * call; `npm test` has the beginning of one and one side of the other.
 */
export async function soakStories(): Promise<SoakOutcome> {
  const vitest = spawn(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', 'test/scenario/default-branch', 'bot/crash'],
    {
      stdio: 'inherit',
      env: { ...process.env, GATEHOUSE_LONG: '1' },
    },
  );
  const [code] = await once(vitest, 'exit');
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

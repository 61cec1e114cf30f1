import process from 'node:process';
import { runHistories } from '../../core/registry/history-run.fixture.ts';
import type { SoakOutcome } from './main.ts';

/** Histories in all, and how many between two lines of progress. */
const total = 100_000;
const batch = 10_000;

/**
 * Random histories of pull requests against an oracle that was written from the rules alone: nothing that it objects to
 * is promoted, and everything else is.
 */
export async function soakHistories(): Promise<SoakOutcome> {
  let [merges, promoted, failed] = [0, 0, 0];
  for (let first = 1; first <= total; first += batch) {
    const verdicts = runHistories(first, batch);
    const wrong = [...verdicts.unauthorised, ...verdicts.missed];
    for (const each of wrong.slice(0, 10)) console.error(`  ${each}`);
    merges += verdicts.merges;
    promoted += verdicts.promoted;
    failed += wrong.length;
    const done = first + batch - 1;
    process.stdout.write(
      `  ${done} histories: ${merges} merges tried, ${promoted} promoted, ${failed} against the oracle\n`,
    );
  }
  return { passed: total - Math.min(total, failed), failed };
}

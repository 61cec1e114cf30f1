import process from 'node:process';
import { crashEverywhere } from './crash-run.ts';
import { crashStories } from './crash-stories.ts';

/**
 * Ends the process at every call of every operation.
 * Run as a process of its own: `soak-crashes.ts [STORY ...]`.
 */
const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(crashStories);
/** Operations to break off, by a part of their name; the others are carried out. */
const only = new RegExp(process.env.GATEHOUSE_SOAK_OPERATION ?? '');
let [crashes, failed] = [0, 0];
for (const name of names) {
  for await (const operation of crashStories[name]?.() ?? []) {
    if (!only.test(operation.name)) {
      await operation.work(operation.bench.newDeps());
      continue;
    }
    const startedAt = performance.now();
    const outcome = await crashEverywhere(operation);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(
      `  ${outcome.name}: ${outcome.crashes} crashes, ${outcome.worlds} worlds, ${outcome.faults.length} faults, ${seconds} s`,
    );
    for (const fault of outcome.faults.slice(0, 12)) console.log(`    ${fault}`);
    crashes += outcome.crashes;
    failed += outcome.faults.length;
  }
}
console.log(`${crashes} passed, ${failed} failed`);

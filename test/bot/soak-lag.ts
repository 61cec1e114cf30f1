import process from 'node:process';
import { crashStories } from './crash-stories.ts';
import { lagEverywhere, lagWays } from './lag-run.ts';

/**
 * Lets reads lag behind every write of every operation.
 * Run as a process of its own: `soak-lag.ts [STORY ...]`.
 */
const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(crashStories);
/** Operations and ways to lag, by a part of their name; other operations are carried out. */
const only = new RegExp(process.env.GATEHOUSE_SOAK_OPERATION ?? '');
const way = new RegExp(process.env.GATEHOUSE_SOAK_WAY ?? '');
let [lags, failed] = [0, 0];
for (const name of names) {
  for await (const operation of crashStories[name]?.() ?? []) {
    if (!only.test(operation.name)) {
      operation.bench.hub.lag.watch();
      await operation.work(operation.bench.newDeps());
      continue;
    }
    const startedAt = performance.now();
    const outcome = await lagEverywhere(
      operation,
      lagWays.filter((each) => way.test(each.name)),
    );
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(
      `  ${outcome.name}: ${outcome.lags} lags, ${outcome.late} late reads, ${outcome.faults.length} faults, ${seconds} s`,
    );
    for (const fault of outcome.faults.slice(0, 40)) console.log(`    ${fault.slice(0, 300)}`);
    lags += outcome.lags;
    failed += outcome.faults.length;
  }
}
console.log(`${lags} passed, ${failed} failed`);

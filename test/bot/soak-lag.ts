import process from 'node:process';
import { crashStories } from './crash-stories.ts';
import { lagEverywhere } from './lag-run.ts';
import { lagWays } from './lag-ways.ts';

/**
 * Lets reads lag behind every write of every operation.
 * Run as a process of its own: `soak-lag.ts [STORY ...]`.
 */
const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(crashStories);
/** Operations and ways to lag, by a part of their name; other operations are carried out. */
const only = new RegExp(process.env.GATEHOUSE_SOAK_OPERATION ?? '');
const way = new RegExp(process.env.GATEHOUSE_SOAK_WAY ?? '');
/** Another one draws other writes where an operation has many. */
const seed = process.env.GATEHOUSE_SOAK_SEED ?? '1';
let [lags, all, failed] = [0, 0, 0];
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
      seed,
    );
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(
      `  ${outcome.name}: ${outcome.lags} of ${outcome.all} lags, ${outcome.late} late reads, ${outcome.failed} failed, ${seconds} s`,
    );
    for (const fault of outcome.faults.slice(0, 40)) console.log(`    ${fault.slice(0, 300)}`);
    lags += outcome.lags;
    all += outcome.all;
    failed += outcome.failed;
  }
}
console.log(`  ${names.join(', ')}: ${lags} of ${all} lags, drawn by seed ${seed}`);
console.log(`${lags - failed} passed, ${failed} failed`);

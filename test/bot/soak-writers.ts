import process from 'node:process';
import { type BotBench, startBotBench } from './bench.ts';
import { countLedger } from './ledger-count.ts';
import { place, promoteAll, setUpModels } from './writers.ts';

/**
 * Several instances of the app promote at once on one ref; git then counts what is there.
 * Run as a process of its own: `soak-writers.ts WRITERS PROMOTIONS`.
 */
export async function runWriters(bench: BotBench, writers: number, each: number, models = 20) {
  const anchorOn = (await bench.reader.branchHead('main')) ?? '';
  await setUpModels(bench.newDeps(), models, anchorOn);
  const tasks = Array.from({ length: writers * each }, (_, at) => ({
    pull: at + 1,
    model: (at * 7) % models,
    endpoint: at % 2 === 0 ? 'eu' : 'us',
  }));
  const startedAt = performance.now();
  const ended = await Promise.allSettled(
    Array.from({ length: writers }, (_, writer) =>
      promoteAll(
        bench.newDeps(),
        tasks.filter((task) => task.pull % writers === writer),
        anchorOn,
      ),
    ),
  );
  // Nobody writes any more when the hub is closed, even where one broke off.
  const stints = ended.map((each) => {
    if (each.status === 'rejected') throw each.reason;
    return each.value;
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const count = await countLedger(bench.hub.gitDir('acme/flights'), place.branch);
  const ofTasks = count.promoted.filter((pull) => pull <= tasks.length);
  const told = stints.flatMap(({ recorded }) => recorded);
  return {
    seconds,
    asked: tasks.length,
    told: new Set(told).size,
    inLedger: ofTasks.length,
    lost: tasks.filter(({ pull }) => !ofTasks.includes(pull)).length,
    doubled: ofTasks.length - new Set(ofTasks).size,
    faults: count.faults,
    commits: count.commits,
    sentBack: stints.reduce((sum, stint) => sum + stint.sentBack, 0),
  };
}

if (process.argv[1] === import.meta.filename) {
  const [writers = 8, each = 100] = process.argv.slice(2).map(Number);
  const bench = await startBotBench();
  const outcome = await runWriters(bench, writers, each).finally(() => bench.close());
  const { faults, ...figures } = outcome;
  console.log(JSON.stringify(figures));
  for (const fault of faults.slice(0, 20)) console.log(`  ${fault}`);
  const failed = outcome.lost + outcome.doubled + faults.length + (outcome.told === outcome.asked ? 0 : 1);
  console.log(`${outcome.inLedger} passed, ${failed} failed`);
}

import type { BotDeps } from '../../bot/deps.ts';
import { evaluate } from '../../bot/evaluate.ts';
import { tend } from '../../bot/incident/tend.ts';
import { onboard } from '../../bot/onboard.ts';
import { Reconciler } from '../../bot/reconcile.ts';
import type { Moment } from '../../sandbox/hub/lag.ts';
import { type BotBench, fullName } from './bench.ts';
import { differences, type Operation } from './crash-run.ts';
import { choosePoints, type LagWay, lagWays } from './lag-ways.ts';
import { describeAll } from './lag-world.ts';
import { rememberMoment } from './moment.ts';

export interface LagOutcome {
  readonly name: string;
  readonly lags: number;
  /** Lags that there are: where there are many, some are drawn. */
  readonly all: number;
  /** Reads that were answered as of before. */
  readonly late: number;
  /** Lags after which something was missing, or there twice. */
  readonly failed: number;
  readonly faults: readonly string[];
}

/** Between a look and the reconcile after it. */
const laterSeconds = 600;

/**
 * Lets reads lag behind every write of an operation in turn, and behind the one before it (the event came earlier than
 * what it tells), each time from the same moment: when the lag is over, one reconcile of the same process leaves what is
 * left without any lag. Where it has to note first what another look ends, a second one does.
 */
export async function lagEverywhere(
  operation: Operation,
  ways: readonly LagWay[] = lagWays,
  seed = '1',
): Promise<LagOutcome> {
  const { bench } = operation;
  const { lag } = bench.hub;
  const before = lag.last;
  lag.watch(false);
  const back = await rememberMoment(bench);
  let late = 0;
  const run = async (behind: number | Moment, way: LagWay | null) => {
    let deps = bench.newDeps();
    lag.begin({ behind, ...(way ?? { reads: 0 }) });
    let hasFailed = false;
    await operation.work(deps).catch((error: unknown) => {
      hasFailed = true;
      if (way === null) throw error;
    });
    // Its own writes are events, too: it looks again at once.
    if (way?.restarts === true) deps = bench.newDeps();
    if (hasFailed && operation.isDelivered) await operation.work(deps).catch(() => undefined);
    await reconcile(bench, deps).catch(() => undefined);
    const writes = lag.end();
    late += lag.late;
    bench.hub.clock.advance(laterSeconds);
    if (hasFailed && operation.isDelivered) await operation.work(deps);
    await reconcile(bench, deps);
    return { writes, deps };
  };
  const again = async (deps: BotDeps): Promise<void> => {
    bench.hub.clock.advance(laterSeconds);
    await reconcile(bench, deps);
  };
  const { writes, deps } = await run(0, null);
  await again(deps);
  const whole = await describeAll(bench, false);
  const faults: string[] = [];
  let [lags, failed] = [0, 0];
  const first = before === null ? 1 : 0;
  for (const way of ways) {
    for (const point of choosePoints(writes + 1 - first, way, operation.name, seed)) {
      const at = first + point;
      const mayDouble = at === 0 || way.restarts === true;
      await back();
      lags += 1;
      try {
        const { deps } = await run(at === 0 && before !== null ? before : at, way);
        if (differences(whole, await describeAll(bench, mayDouble)).length === 0) continue;
        await again(deps);
        const left = differences(whole, await describeAll(bench, mayDouble));
        if (left.length > 0) failed += 1;
        faults.push(...left.map((each) => `${way.name}, write ${at}: ${each}`));
      } catch (error) {
        failed += 1;
        faults.push(`${way.name}, write ${at}: ${String(error)}`);
      }
    }
  }
  await back();
  lag.watch();
  await operation.work(bench.newDeps());
  return { name: operation.name, lags, all: (writes + 1 - first) * ways.length, late, failed, faults };
}

/** As the app does every ten minutes, and after the events of what it wrote itself; what fails holds nobody up. */
async function reconcile(bench: BotBench, deps: BotDeps): Promise<void> {
  const numbers = await new Reconciler().list(deps, fullName);
  await Promise.allSettled(numbers.map((number) => evaluate(deps, number)));
  await tend(deps).catch(() => undefined);
  await onboard(deps).catch(() => undefined);
  const open = await bench.reader.pulls({ state: 'open' });
  await Promise.allSettled(open.map(({ number }) => evaluate(deps, number)));
}

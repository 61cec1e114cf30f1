import type { BotDeps } from '../../bot/deps.ts';
import { evaluate } from '../../bot/evaluate.ts';
import { tend } from '../../bot/incident/tend.ts';
import { readLedgerFiles } from '../../bot/ledger/ledger-files.ts';
import { onboard } from '../../bot/onboard.ts';
import { Reconciler } from '../../bot/reconcile.ts';
import type { Moment } from '../../sandbox/hub/lag.ts';
import type { ApiCall } from '../../sandbox/hub/traffic.ts';
import { type BotBench, fullName } from './bench.ts';
import { describeWorld, differences, type Operation, plain } from './crash-run.ts';
import { rememberMoment } from './moment.ts';

/** Which reads lag, and how many of them. */
export interface LagWay {
  readonly name: string;
  readonly reads: number;
  readonly which?: (call: ApiCall) => boolean;
  /** The process ends after the operation, and a new one looks while reads still lag. */
  readonly restarts?: boolean;
}

const ends = (pattern: RegExp) => (call: ApiCall) => pattern.test(call.path);

/** More than an operation asks for; who waits for GitHub to show something waits no longer. */
const manyReads = 80;

/** GitHub answers from several copies: all of them late, one kind of them, one list. */
export const lagWays: readonly LagWay[] = [
  { name: 'every read', reads: manyReads },
  { name: 'every read, and a restart', reads: manyReads, restarts: true },
  { name: 'the next read', reads: 1 },
  { name: 'the next three reads', reads: 3 },
  { name: 'GraphQL', reads: manyReads, which: ends(/^\/graphql$/) },
  { name: 'REST', reads: manyReads, which: ends(/^\/repos/) },
  { name: 'refs', reads: manyReads, which: ends(/\/git\/ref/) },
  {
    name: 'lists of pull requests',
    reads: manyReads,
    which: ends(/\/commits\/[^/]+\/pulls$|\/pulls$/),
  },
  { name: 'check runs', reads: manyReads, which: ends(/\/check-runs/) },
  { name: 'activity', reads: manyReads, which: ends(/\/activity$/) },
  {
    name: 'commits of a pull request',
    reads: manyReads,
    which: ends(/\/pulls\/\d+\/commits$/),
  },
  { name: 'comments', reads: manyReads, which: ends(/\/comments/) },
];

export interface LagOutcome {
  readonly name: string;
  readonly lags: number;
  /** Reads that were answered as of before. */
  readonly late: number;
  readonly faults: readonly string[];
}

/** Between a look and the reconcile after it. */
const laterSeconds = 600;

/**
 * Lets reads lag behind every write of an operation in turn, and behind the one before it (the event came earlier than
 * what it tells), each time from the same moment: when the lag is over, one reconcile of the same process leaves what is
 * left without any lag.
 */
export async function lagEverywhere(
  operation: Operation,
  ways: readonly LagWay[] = lagWays,
): Promise<LagOutcome> {
  const { bench } = operation;
  const { lag } = bench.hub;
  const before = lag.last;
  lag.watch(false);
  const back = await rememberMoment(bench);
  let late = 0;
  const run = async (behind: number | Moment, way: LagWay | null): Promise<number> => {
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
    return writes;
  };
  const writes = await run(0, null);
  const whole = await describeAll(bench);
  const faults: string[] = [];
  let lags = 0;
  for (const way of ways) {
    for (let at = before === null ? 1 : 0; at <= writes; at += 1) {
      await back();
      lags += 1;
      try {
        await run(at === 0 && before !== null ? before : at, way);
        const left = await describeAll(bench);
        faults.push(...differences(whole, left).map((each) => `${way.name}, write ${at}: ${each}`));
      } catch (error) {
        faults.push(`${way.name}, write ${at}: ${String(error)}`);
      }
    }
  }
  await back();
  lag.watch();
  await operation.work(bench.newDeps());
  return { name: operation.name, lags, late, faults };
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

const ledgerBranch = 'gatehouse-ledger';

/** The ledger by its words: a commit that is made anew has another id. */
async function describeAll(bench: BotBench): Promise<readonly string[]> {
  const lines = (await describeWorld(bench)).filter(
    (line) => !line.startsWith(`branch refs/heads/${ledgerBranch} `),
  );
  const head = await bench.reader.branchHead(ledgerBranch);
  const files = head === null ? [] : [...(await readLedgerFiles(bench.reader, head, 'own'))];
  return [...lines, ...files.map(([path, text]) => plain(`ledger ${path} ${text}`))].sort();
}

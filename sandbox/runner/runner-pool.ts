import type { Runner } from './job-task.ts';

/** What a job asks for with `runs-on`. */
export interface Demand {
  readonly labels: readonly string[];
  readonly group: string | undefined;
}

/** Hands runners to jobs in the order of asking; at most `maxParallel` jobs run at once. */
export interface RunnerPool {
  readonly runners: readonly Runner[];
  /** Waits for a free runner with every label. @returns undefined when the signal aborts first. */
  acquire(demand: Demand, signal: AbortSignal): Promise<Runner | undefined>;
  release(runner: Runner): void;
  add(runner: Runner): void;
  /** Whether any registered runner that is online could ever take it. */
  canServe(demand: Demand): boolean;
  isBusy(runner: Runner): boolean;
  isOnline(runner: Runner): boolean;
  /** A runner that is offline takes no job. */
  setOnline(runner: Runner, online: boolean): void;
}

interface Waiting {
  readonly demand: Demand;
  readonly take: (runner: Runner) => void;
}

/** Every self-hosted runner has these, whatever its own labels are. */
export const OWN_LABELS = ['self-hosted', 'linux', process.arch === 'arm64' ? 'arm64' : 'x64'];

/** Creates a pool. A self-hosted runner takes one job at a time, a hosted one stands for any number of machines. */
export function createPool(runners: readonly Runner[], maxParallel: number): RunnerPool {
  const known = [...runners];
  const busy = new Set<Runner>();
  const offline = new Set<Runner>();
  let queue: readonly Waiting[] = [];
  let running = 0;
  const isFree = (runner: Runner) =>
    !offline.has(runner) && (runner.environment === 'github-hosted' || !busy.has(runner));
  const serve = () => {
    for (const waiting of queue) {
      if (running >= maxParallel) return;
      const runner = known.find((one) => isFree(one) && fits(one, waiting.demand));
      if (runner === undefined) continue;
      running += 1;
      busy.add(runner);
      queue = queue.filter((one) => one !== waiting);
      waiting.take(runner);
    }
  };
  return {
    runners: known,
    canServe: (demand) => known.some((runner) => !offline.has(runner) && fits(runner, demand)),
    isBusy: (runner) => busy.has(runner),
    isOnline: (runner) => !offline.has(runner),
    setOnline(runner, online) {
      if (online) offline.delete(runner);
      else offline.add(runner);
      serve();
    },
    acquire(demand, signal) {
      return new Promise((resolve) => {
        if (signal.aborted) return resolve(undefined);
        const waiting: Waiting = { demand, take: resolve };
        queue = [...queue, waiting];
        signal.addEventListener('abort', () => {
          queue = queue.filter((one) => one !== waiting);
          resolve(undefined);
        });
        serve();
      });
    },
    release(runner) {
      busy.delete(runner);
      running -= 1;
      serve();
    },
    add(runner) {
      known.push(runner);
      serve();
    },
  };
}

function fits(runner: Runner, { labels, group }: Demand): boolean {
  const own = runner.environment === 'self-hosted' ? [...OWN_LABELS, ...runner.labels] : runner.labels;
  const has = new Set(own.map((label) => label.toLowerCase()));
  if (group !== undefined && group !== (runner.group ?? 'Default')) return false;
  return (labels.length > 0 || group !== undefined) && labels.every((label) => has.has(label.toLowerCase()));
}

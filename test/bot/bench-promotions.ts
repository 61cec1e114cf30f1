import process from 'node:process';
import type { BotDeps } from '../../bot/deps.ts';
import { evaluate } from '../../bot/evaluate.ts';
import type { Log } from '../../bot/log.ts';
import { registrationOf } from '../../core/audit/promotion.fixture.ts';
import { type BotBench, fullName, startBotBench } from './bench.ts';
import { playJudge } from './judge.ts';
import { countLedger } from './ledger-count.ts';
import { place } from './writers.ts';

/** What GitHub takes for one answer, by the measurements that the design rests on. */
const latencyMs = 700;

/**
 * Promotions of as many models that were merged and wait, each already looked at before its merge, recorded by one
 * process with GitHub's latency on every call. Run as a process of its own: `bench-promotions.ts PROMOTIONS`.
 */
async function measure(promotions: number): Promise<void> {
  const bench = await startBotBench();
  try {
    const said = createTimes();
    const deps: BotDeps = { ...bench.newDeps(), log: said.log };
    const numbers = await mergeAll(bench, deps, promotions);
    console.log(`${numbers.length} merges wait`);
    await race(bench, deps, numbers, said);
  } finally {
    await bench.close();
  }
}

interface Times {
  readonly log: Log;
  /** When a commit of the ledger was there, and how many promotions it holds. */
  readonly commits: { readonly at: number; readonly jobs: number }[];
}

function createTimes(): Times {
  const commits: { readonly at: number; readonly jobs: number }[] = [];
  const info = (facts: Readonly<Record<string, unknown>>, message: string): void => {
    if (message === 'recorded') commits.push({ at: performance.now(), jobs: Number(facts.jobs) });
  };
  return { log: { info, warn: (facts, message) => console.error(message, JSON.stringify(facts)) }, commits };
}

const nameOf = (at: number): string => `model-${String(at).padStart(3, '0')}`;

/** Version 1 of each model in staging, and a promotion request for it: judged, looked at, approved, merged. */
async function mergeAll(bench: BotBench, deps: BotDeps, count: number): Promise<readonly number[]> {
  const names = Array.from({ length: count }, (_, at) => nameOf(at));
  const main = (await bench.reader.branchHead('main')) ?? '';
  const config = new TextDecoder().decode(
    (await bench.reader.file('models/flight-delay/model.yml', main)) ?? new Uint8Array(),
  );
  const files = names.flatMap((name) => [
    [`models/${name}/model.yml`, config.replaceAll('flight-delay', name)],
    [`models/${name}/stages.yml`, 'production: {}\n'],
  ]);
  const anchorOn = await bench.bench.push(fullName, 'ada', 'main', Object.fromEntries(files));
  await Promise.all(
    names.map((name, at) => {
      const waiting = registrationOf(undefined, name, { pull: 10_000 + at, mergeSha: anchorOn });
      const plan = (snapshot: Parameters<typeof waiting.plan>[0]) => waiting.plan(snapshot);
      return deps.ledgerWriter.write(deps, { place, headline: name, url: name, anchorOn, plan });
    }),
  );
  const numbers: number[] = [];
  for (const name of names) {
    await bench.bench.push(fullName, 'ben', name, {
      [`models/${name}/stages.yml`]: 'production: { eu: 1 }\n',
    });
    const number = await bench.openPull('ben', name);
    await playJudge(bench, number);
    await evaluate(deps, number);
    await bench.approve('omar', number);
    await evaluate(deps, number);
    numbers.push(number);
  }
  for (const number of numbers) await bench.merge('ada', number);
  return numbers;
}

async function race(
  bench: BotBench,
  deps: BotDeps,
  numbers: readonly number[],
  { commits }: Times,
): Promise<void> {
  commits.splice(0);
  bench.hub.log.take();
  bench.hub.traffic.set({ latencyMs });
  const startedAt = performance.now();
  const tookMs: number[] = [];
  await Promise.all(
    numbers.map(async (number) => {
      // What the queue of the app does: a connection that broke is made again.
      await evaluate(deps, number).catch(() => evaluate(deps, number));
      tookMs.push(performance.now() - startedAt);
    }),
  );
  const calls = bench.hub.log.take();
  bench.hub.traffic.set({});
  const { promoted, faults } = await countLedger(bench.hub.gitDir(fullName), place.branch);
  const [first, last] = [commits[0]?.at ?? 0, commits.at(-1)?.at ?? 0];
  // From when the first promotion was handed over: its commit took one answer of GitHub.
  const writingMs = last - first + latencyMs;
  const perPromotion = (some: number) => (some / numbers.length).toFixed(2);
  const sorted = tookMs.toSorted((a, b) => a - b);
  const p95 = sorted[Math.ceil(0.95 * sorted.length) - 1] ?? 0;
  const paid = calls.filter(({ status }) => status !== 304);
  const seconds = (ms: number) => (ms / 1000).toFixed(1);
  console.log(
    [
      `promotions in the ledger: ${promoted.length} of ${numbers.length}, ${faults.length} faults`,
      `commits: ${commits.length} (${commits.map(({ jobs }) => jobs).join(', ')})`,
      `ledger written at ${((numbers.length * 1000) / writingMs).toFixed(1)} promotions/s (${seconds(writingMs)} s)`,
      `from the first look to the last entry: ${seconds(last - startedAt)} s, ${((numbers.length * 1000) / (last - startedAt)).toFixed(1)} promotions/s`,
      `from the first look to comment and check: p95 ${seconds(p95)} s, last ${seconds(sorted.at(-1) ?? 0)} s`,
      `calls a promotion: ${perPromotion(calls.length)}, of them ${perPromotion(calls.length - paid.length)} answered 304`,
      ...kindsOf(paid).map(([kind, many]) => `  ${perPromotion(many)} ${kind}`),
    ].join('\n'),
  );
}

function kindsOf(
  calls: readonly { readonly method: string; readonly path: string; readonly mutates: boolean }[],
): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { method, path, mutates } of calls) {
    const shape = path
      .replace(/^\/repos\/[^/]+\/[^/]+/, '')
      .replace(/[0-9a-f]{40}/g, ':sha')
      .replace(/\/\d+/g, '/:id');
    const kind = path === '/graphql' ? `graphql ${mutates ? 'mutation' : 'query'}` : `${method} ${shape}`;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]);
}

await measure(Number(process.argv[2] ?? 100));

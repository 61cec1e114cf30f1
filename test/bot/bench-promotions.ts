import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import process from 'node:process';
import { type BotBench, fullName, startBotBench } from './bench.ts';
import type { LookerAnswer, LookerStart, LookerTask } from './bench-looker.ts';
import { playJudge } from './judge.ts';
import { countLedger } from './ledger-count.ts';
import { place } from './writers.ts';

/** What GitHub takes for one answer, by the measurements that the design rests on. */
const latencyMs = 700;

/**
 * As many promotions of as many models as are asked for, each looked at when it was opened, judged and approved, then all
 * merged at once: recorded by one process with GitHub's latency on every call. The hub is another process.
 * Run as a process of its own: `bench-promotions.ts PROMOTIONS [PROFILE FOLDER]`.
 */
async function measure(promotions: number, profiles: string | undefined): Promise<void> {
  const bench = await startBotBench();
  const looker = await startLooker(bench, profiles);
  try {
    const numbers = await prepareAll(bench, looker, promotions);
    for (const number of numbers) await bench.merge('ada', number);
    console.log(`${numbers.length} merges wait`);
    await race(bench, looker, numbers);
  } finally {
    const ended = once(looker.child, 'exit');
    looker.child.disconnect();
    await ended;
    await bench.close();
  }
}

interface Looker {
  readonly child: ChildProcess;
  run(task: LookerTask): Promise<LookerAnswer>;
}

async function startLooker(bench: BotBench, profiles: string | undefined): Promise<Looker> {
  const execArgv = profiles === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profiles}`];
  const child = fork(path.join(import.meta.dirname, 'bench-looker.ts'), { execArgv });
  const { hub, app, identity, service } = bench;
  const { id } = hub.repository(fullName);
  const offsetMs = () => hub.clock.nowMs() - Date.now();
  const start: LookerStart = {
    ...{ apiUrl: hub.apiUrl, identity, issuer: service.issuer.url, privateKey: app.privateKey },
    token: hub.issueToken({
      ...{ kind: 'installation', installationId: app.installation, repositoryIds: [id] },
    }),
  };
  child.send({ start, offsetMs: offsetMs() });
  return {
    child,
    async run(task) {
      child.send({ task, offsetMs: offsetMs() });
      const [answer] = (await once(child, 'message')) as [LookerAnswer];
      if (answer.error !== undefined) throw new Error(answer.error);
      return answer;
    },
  };
}

const nameOf = (at: number): string => `model-${String(at).padStart(3, '0')}`;

/** Version 1 of each model in staging, and a promotion request for it: judged and approved, with a look after each. */
async function prepareAll(bench: BotBench, looker: Looker, count: number): Promise<readonly number[]> {
  const models = Array.from({ length: count }, (_, at) => nameOf(at));
  const main = (await bench.reader.branchHead('main')) ?? '';
  const config = new TextDecoder().decode(
    (await bench.reader.file('models/flight-delay/model.yml', main)) ?? new Uint8Array(),
  );
  const files = models.flatMap((name) => [
    [`models/${name}/model.yml`, config.replaceAll('flight-delay', name)],
    [`models/${name}/stages.yml`, 'production: {}\n'],
  ]);
  const anchorOn = await bench.bench.push(fullName, 'ada', 'main', Object.fromEntries(files));
  await looker.run({ kind: 'register', models, anchorOn });
  const numbers: number[] = [];
  for (const name of models) {
    await bench.bench.push(fullName, 'ben', name, {
      [`models/${name}/stages.yml`]: 'production: { eu: 1 }\n',
    });
    const number = await bench.openPull('ben', name);
    await playJudge(bench, number);
    await looker.run({ kind: 'look', numbers: [number] });
    await bench.approve('omar', number);
    await looker.run({ kind: 'look', numbers: [number] });
    numbers.push(number);
  }
  return numbers;
}

async function race(bench: BotBench, looker: Looker, numbers: readonly number[]): Promise<void> {
  bench.hub.log.take();
  bench.hub.traffic.set({ latencyMs });
  const { commits, tookMs, answersMs, cpuMs } = await looker.run({ kind: 'look', numbers });
  const calls = bench.hub.log.take();
  bench.hub.traffic.set({});
  const { promoted, faults } = await countLedger(bench.hub.gitDir(fullName), place.branch);
  const [first, last] = [commits[0]?.atMs ?? 0, commits.at(-1)?.atMs ?? 0];
  // From when the first promotion was handed over: its commit took one answer of GitHub.
  const writingMs = last - first + latencyMs;
  const each = (some: number) => (some / numbers.length).toFixed(2);
  const rate = (ms: number) => ((numbers.length * 1000) / ms).toFixed(1);
  const seconds = (ms: number) => (ms / 1000).toFixed(1);
  const at = (part: number, all: readonly number[]) =>
    seconds(all.toSorted((a, b) => a - b)[Math.ceil(part * all.length) - 1] ?? 0);
  const paid = calls.filter(({ status }) => status !== 304);
  console.log(
    [
      `promotions in the ledger: ${promoted.length} of ${numbers.length}, ${faults.length} faults`,
      `commits: ${commits.length} (${commits.map(({ jobs }) => jobs).join(', ')})`,
      `from the first merge delivered to the last entry: ${seconds(last)} s, ${rate(last)} promotions/s`,
      `the writer alone: ${seconds(writingMs)} s, ${rate(writingMs)} promotions/s`,
      `from the first merge delivered to comment and check: p95 ${at(0.95, tookMs)} s, last ${at(1, tookMs)} s`,
      `answers of the hub, ${seconds(latencyMs)} s of which is the latency: half ${at(0.5, answersMs)} s, p95 ${at(0.95, answersMs)} s, longest ${at(1, answersMs)} s`,
      `processor time of the app: ${each(cpuMs)} ms a promotion`,
      `calls a promotion: ${each(paid.length)}, and ${each(calls.length - paid.length)} answered 304`,
      ...kindsOf(paid).map(([kind, many]) => `  ${each(many)} ${kind}`),
    ].join('\n'),
  );
}

function kindsOf(
  calls: readonly { readonly method: string; readonly path: string; readonly mutates: boolean }[],
): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { method, path: called, mutates } of calls) {
    const shape = called
      .replace(/^\/repos\/[^/]+\/[^/]+/, '')
      .replace(/[0-9a-f]{40}/g, ':sha')
      .replace(/\/\d+/g, '/:id');
    const kind = called === '/graphql' ? `graphql ${mutates ? 'mutation' : 'query'}` : `${method} ${shape}`;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]);
}

await measure(Number(process.argv[2] ?? 100), process.argv[3]);

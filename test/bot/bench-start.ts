import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import process from 'node:process';
import { type BotBench, fullName, startBotBench } from './bench.ts';
import type { StartAnswer, StartTask } from './bench-start-reader.ts';
import { growLedger, plantLedger } from './grown-ledger.ts';

/** What GitHub takes for one answer, by the measurements that the design rests on. */
const latencyMs = 700;
/** Whatever the size: the list of files (some calls where GitHub cuts it), one archive at the first start, branches and anchors. */
const mostCalls = { first: 20, second: 16 } as const;

/** Reads ledgers of so many entries for the first time, in a process that was just started. */
async function measure(sizes: readonly number[]): Promise<void> {
  console.log(
    `${'entries'.padEnd(9)}${'files'.padStart(8)}  ${'start'.padEnd(17)}${'calls'.padStart(5)}${'seconds'.padStart(9)}${'processor'.padStart(11)}${'deaf ms'.padStart(9)}${'MiB'.padStart(6)}`,
  );
  for (const entries of sizes) {
    const bench = await startBotBench();
    try {
      const story = growLedger(entries);
      await plantLedger(bench, story);
      const folder = path.join(bench.bench.folder, 'objects');
      const size = story.snapshot.head.size;
      for (const [name, where] of [
        ['first', folder],
        ['second', folder],
        ['without a folder', null],
      ] as const)
        await start(bench, { name, folder: where, entries: size, files: story.files.size });
    } finally {
      await bench.close();
    }
  }
}

interface Start {
  readonly name: 'first' | 'second' | 'without a folder';
  readonly folder: string | null;
  readonly entries: number;
  readonly files: number;
}

async function start(bench: BotBench, { name, folder, entries, files }: Start): Promise<void> {
  const { hub, app, identity } = bench;
  const { id } = hub.repository(fullName);
  const task: StartTask = {
    ...{ apiUrl: hub.apiUrl, identity, folder },
    token: hub.issueToken({
      ...{ kind: 'installation', installationId: app.installation, repositoryIds: [id] },
    }),
  };
  hub.traffic.set({ latencyMs });
  hub.log.take();
  const child = fork(path.join(import.meta.dirname, 'bench-start-reader.ts'));
  child.send(task);
  const [answer] = (await once(child, 'message')) as [StartAnswer];
  hub.traffic.set({});
  if (answer.error !== undefined) throw new Error(answer.error);
  if (answer.entries !== entries) throw new Error(`${answer.entries} of ${entries} entries were read`);
  const calls = hub.log.take();
  const most = name === 'second' ? mostCalls.second : mostCalls.first;
  if (calls.length > most) process.exitCode = 1;
  console.log(
    [
      `${String(entries).padEnd(9)}${String(files).padStart(8)}  ${name.padEnd(17)}`,
      String(calls.length).padStart(5),
      answer.seconds.toFixed(1).padStart(9),
      answer.processor.toFixed(1).padStart(11),
      answer.deafMs.toFixed(0).padStart(9),
      (answer.peakBytes / 1024 ** 2).toFixed(0).padStart(6),
      `   at most ${most} calls: ${calls.length <= most ? 'yes' : 'NO'}`,
    ].join(''),
  );
  if (process.env.GATEHOUSE_BENCH_CALLS !== undefined)
    console.log(calls.map(({ method, path: asked }) => `  ${method} ${asked}`).join('\n'));
}

const given = process.argv.slice(2).map(Number);
await measure(given.length > 0 ? given : [200, 2_000, 20_000]);

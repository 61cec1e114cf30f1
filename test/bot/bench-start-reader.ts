import { monitorEventLoopDelay } from 'node:perf_hooks';
import process from 'node:process';
import { Octokit } from '@octokit/rest';
import type { AppIdentity } from '../../adapters/github/client.ts';
import { openReader } from '../../adapters/github/look-reader.ts';
import { ObjectFolder } from '../../adapters/github/object-folder.ts';
import { keepAny } from '../../adapters/github/octokit-reader.ts';
import { ReaderMemory } from '../../adapters/github/reader-memory.ts';
import { LedgerBook } from '../../bot/ledger/ledger-book.ts';
import { peakMemoryBytes } from '../../scripts/peak-memory.ts';
import { place } from './writers.ts';

export interface StartTask {
  readonly apiUrl: string;
  readonly token: string;
  readonly identity: AppIdentity;
  /** null: the process keeps nothing. */
  readonly folder: string | null;
}

export interface StartAnswer {
  readonly error?: string;
  readonly entries: number;
  readonly seconds: number;
  /** Processor time of the process, in seconds. */
  readonly processor: number;
  /** Longest time in which the process would not have answered anybody, in milliseconds. */
  readonly deafMs: number;
  readonly peakBytes: number;
}

/** The first reading of a ledger in a process of its own, as after a start. */
async function read({ apiUrl, token, identity, folder }: StartTask): Promise<StartAnswer> {
  const name = { owner: 'acme', repo: 'flights' };
  const silent = () => undefined;
  const log = { debug: silent, info: silent, warn: silent, error: silent };
  const client = new Octokit({ auth: token, baseUrl: apiUrl, log });
  const warn = (facts: object, message: string) => console.error(message, JSON.stringify(facts));
  const objects = folder === null ? null : new ObjectFolder({ folder, warn });
  const plain = openReader(client, name, identity.appId, new ReaderMemory(objects))();
  // As in a look: every branch is seen at one moment.
  const reader = { ...plain, branchHead: keepAny((branch) => plain.branchHead(branch)) };
  const loop = monitorEventLoopDelay({ resolution: 5 });
  loop.enable();
  const startMs = performance.now();
  const ledger = await new LedgerBook().read(reader, identity, place);
  const seconds = (performance.now() - startMs) / 1000;
  loop.disable();
  const { user, system } = process.cpuUsage();
  await objects?.close();
  return {
    ...{ entries: ledger.snapshot.head.size, seconds, processor: (user + system) / 1e6 },
    ...{ deafMs: loop.max / 1e6, peakBytes: peakMemoryBytes() },
  };
}

process.once('message', (task: StartTask) => {
  read(task)
    .catch((error: unknown) => ({ error: error instanceof Error ? (error.stack ?? '') : String(error) }))
    .then((answer) => process.send?.(answer, () => process.disconnect()));
});

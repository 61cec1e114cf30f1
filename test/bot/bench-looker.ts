import { createPrivateKey } from 'node:crypto';
import process from 'node:process';
import { Octokit } from '@octokit/rest';
import type { AppIdentity } from '../../adapters/github/client.ts';
import { openReader } from '../../adapters/github/look-reader.ts';
import { createWriter } from '../../adapters/github/octokit-writer.ts';
import { ReaderMemory } from '../../adapters/github/reader-memory.ts';
import { fetchKeys } from '../../adapters/oidc/jwks.ts';
import { openStore } from '../../adapters/store/store.ts';
import type { BotDeps } from '../../bot/deps.ts';
import { evaluate } from '../../bot/evaluate.ts';
import { LedgerBook } from '../../bot/ledger/ledger-book.ts';
import { LedgerWriter } from '../../bot/record/ledger-writer.ts';
import { registrationOf } from '../../core/audit/promotion.fixture.ts';
import { place } from './writers.ts';

export interface LookerStart {
  readonly apiUrl: string;
  readonly token: string;
  readonly identity: AppIdentity;
  readonly issuer: string;
  readonly privateKey: string;
}

export type LookerTask =
  | { readonly kind: 'register'; readonly models: readonly string[]; readonly anchorOn: string }
  | { readonly kind: 'look'; readonly numbers: readonly number[] };

/** What came of one task. Times are of this process, in milliseconds since the task came. */
export interface LookerAnswer {
  readonly error?: string;
  readonly commits: readonly { readonly atMs: number; readonly jobs: number }[];
  readonly tookMs: readonly number[];
  /** How long GitHub's answers took, whatever they were. */
  readonly answersMs: readonly number[];
  readonly cpuMs: number;
}

/** The app without its intake, in a process of its own: the hub must not take the processor that is measured here. */
function makeDeps(
  start: LookerStart,
  log: BotDeps['log'],
  offset: { ms: number },
  answered: (tookMs: number) => void,
): BotDeps {
  const { identity, issuer } = start;
  const name = { owner: 'acme', repo: 'flights' };
  const silent = () => undefined;
  const client = new Octokit({
    ...{ auth: start.token, baseUrl: start.apiUrl },
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
  client.hook.wrap('request', async (request, options) => {
    const sentAt = performance.now();
    try {
      return await request(options);
    } finally {
      answered(performance.now() - sentAt);
    }
  });
  const memory = new ReaderMemory();
  return {
    ...{ name, identity, issuer, fetchKeys, openStore, log },
    newReader: openReader(client, name, identity.appId, memory),
    writer: createWriter(client, name, identity, memory),
    book: new LedgerBook(),
    ledgerWriter: new LedgerWriter(),
    keys: [createPrivateKey(start.privateKey)],
    now: () => new Date(Date.now() + offset.ms).toISOString(),
  };
}

function serve(): void {
  const offset = { ms: 0 };
  let deps: BotDeps | null = null;
  let startedAt = 0;
  let answersMs: number[] = [];
  let commits: { readonly atMs: number; readonly jobs: number }[] = [];
  const log: BotDeps['log'] = {
    warn: (facts, message) => console.error(message, JSON.stringify(facts)),
    info: (facts, message) => {
      if (message === 'recorded')
        commits.push({ atMs: performance.now() - startedAt, jobs: Number(facts.jobs) });
    },
  };
  const carryOut = async (task: LookerTask, given: BotDeps): Promise<LookerAnswer> => {
    commits = [];
    answersMs = [];
    startedAt = performance.now();
    const before = process.cpuUsage();
    const tookMs: number[] = [];
    if (task.kind === 'register') await register(given, task);
    else
      await Promise.all(
        task.numbers.map(async (number) => {
          // What the queue of the app does: a connection that broke is made again.
          await evaluate(given, number).catch(() => evaluate(given, number));
          tookMs.push(performance.now() - startedAt);
        }),
      );
    const { user, system } = process.cpuUsage(before);
    return { commits, tookMs, answersMs, cpuMs: (user + system) / 1000 };
  };
  process.on('message', (message: { start?: LookerStart; task?: LookerTask; offsetMs: number }) => {
    offset.ms = message.offsetMs;
    if (message.start !== undefined) deps = makeDeps(message.start, log, offset, (ms) => answersMs.push(ms));
    if (message.task === undefined || deps === null) return;
    const nothing = { commits: [], tookMs: [], answersMs: [], cpuMs: 0 };
    carryOut(message.task, deps).then(
      (answer) => process.send?.(answer),
      (error: unknown) => process.send?.({ ...nothing, error: String(error) }),
    );
  });
}

/** Version 1 of each model in staging. */
async function register(
  deps: BotDeps,
  { models, anchorOn }: Extract<LookerTask, { readonly kind: 'register' }>,
): Promise<void> {
  await Promise.all(
    models.map((name, at) => {
      const waiting = registrationOf(undefined, name, { pull: 10_000 + at, mergeSha: anchorOn });
      const plan = (snapshot: Parameters<typeof waiting.plan>[0]) => waiting.plan(snapshot);
      return deps.ledgerWriter.write(deps, { place, headline: name, url: name, anchorOn, plan });
    }),
  );
}

serve();

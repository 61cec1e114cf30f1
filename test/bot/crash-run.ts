import type { GitHubClient } from '../../adapters/github/client.ts';
import { align } from '../../bot/align.ts';
import type { BotDeps } from '../../bot/deps.ts';
import { evaluate } from '../../bot/evaluate.ts';
import { onboard } from '../../bot/onboard.ts';
import { Reconciler } from '../../bot/reconcile.ts';
import type { CheckRun } from '../../sandbox/hub/world.ts';
import { type BotBench, fullName } from './bench.ts';
import { rememberMoment } from './moment.ts';

/** One thing that the app does, from a world in which it is due. */
export interface Operation {
  readonly name: string;
  readonly bench: BotBench;
  work(deps: BotDeps): Promise<unknown>;
  /** True: its delivery was written down, so that it is worked again before the reconcile. */
  readonly isDelivered?: boolean;
}

/** How often one operation was broken off, and what was found that a whole one does not leave. */
export interface CrashOutcome {
  readonly name: string;
  readonly crashes: number;
  /** Worlds that the crashes left, each mended by a reconcile; the same world is mended once. */
  readonly worlds: number;
  readonly faults: readonly string[];
}

/**
 * A process that ends at the n-th call, after GitHub did what was asked and before it heard so: from then on it sends
 * nothing any more. What GitHub holds before a call is what it held after the one before.
 */
export function mortal(client: GitHubClient, at: number) {
  let calls = 0;
  let isDead = false;
  const guard = async <T>(send: () => Promise<T>): Promise<T> => {
    calls += 1;
    if (isDead || calls > at) throw new Error('the process has ended');
    if (calls < at) return send();
    isDead = true;
    await send().catch(() => undefined);
    throw new Error(`the process ends at call ${at}`);
  };
  const wrap = <F extends (...args: never[]) => Promise<unknown>>(call: F): F =>
    new Proxy(call, { apply: (target, self, args) => guard(() => Reflect.apply(target, self, args)) });
  return {
    client: { request: wrap(client.request), graphql: wrap(client.graphql) } as GitHubClient,
    hasEnded: () => isDead,
  };
}

/** What a process does first when it starts: it looks at everything. */
export async function reconcileOnce(bench: BotBench): Promise<void> {
  const deps = bench.newDeps();
  const numbers = await new Reconciler().list(deps, fullName);
  // What fails holds nobody up, as in the queue of the app; what it left undone shows in what GitHub holds.
  await Promise.allSettled(numbers.map((number) => evaluate(deps, number)));
  await align(deps).catch(() => undefined);
  await onboard(deps).catch(() => undefined);
  // Of what was opened just now an event tells.
  const open = await bench.reader.pulls({ state: 'open' });
  for (const { number } of open) if (!numbers.includes(number)) await evaluate(deps, number);
}

/**
 * Ends the process at every call of an operation in turn, each time from the same moment, and compares what one reconcile
 * makes of it with what the whole operation leaves.
 */
export async function crashEverywhere(operation: Operation): Promise<CrashOutcome> {
  const { bench } = operation;
  const back = await rememberMoment(bench);
  await operation.work(bench.newDeps());
  await reconcileOnce(bench);
  const whole = await describeWorld(bench);
  const faults: string[] = [];
  const worlds = new Set<string>();
  let crashes = 0;
  for (let at = 1; ; at += 1) {
    await back();
    const { client, hasEnded } = mortal(bench.client(), at);
    await operation.work(bench.newDeps(client)).catch(() => undefined);
    if (!hasEnded()) break;
    crashes += 1;
    const world = (await describeWorld(bench)).join('\n');
    if (worlds.has(world)) continue;
    worlds.add(world);
    if (operation.isDelivered) await operation.work(bench.newDeps());
    await reconcileOnce(bench);
    const left = await describeWorld(bench);
    faults.push(...differences(whole, left).map((each) => `after call ${at}: ${each}`));
  }
  await back();
  await operation.work(bench.newDeps());
  return { name: operation.name, crashes, worlds: worlds.size, faults };
}

/**
 * Lines that say what GitHub holds, without ids, times and commits that are others each time.
 * @param isLeftOut checks that make no difference
 */
export async function describeWorld(
  bench: BotBench,
  isLeftOut: (run: CheckRun) => boolean = () => false,
): Promise<readonly string[]> {
  const repository = bench.hub.repository(fullName);
  const git = bench.hub.git(repository);
  const lines: string[] = [];
  for (const { ref } of await git.refs('refs/heads')) {
    const tree = (await git.run(['rev-parse', `${ref}^{tree}`])).stdout.toString().trim();
    lines.push(`branch ${ref} ${tree}`);
  }
  for (const { headRef, state, title, body, requestedReviewers } of repository.pulls.values()) {
    const asked = requestedReviewers.map(({ login }) => login).sort();
    lines.push(`pull ${headRef} ${state} ${title} [${asked.join(' ')}] ${plain(body ?? '')}`);
  }
  for (const { issue, author, body, reactions } of repository.comments.values()) {
    const given = reactions.map(({ content }) => content).sort();
    lines.push(`comment on ${issue} by ${author.login} [${given.join(' ')}] ${plain(body)}`);
  }
  // A commit that the app makes has another id each time.
  const heads = new Map([...repository.pulls.values()].map(({ headSha, headRef }) => [headSha, headRef]));
  const anchors = new Map<string, number>();
  for (const run of repository.checkRuns.values()) {
    if (isLeftOut(run)) continue;
    const { headSha, name, externalId, status, conclusion, title } = run;
    const size = /^anchor:(\d+):/.exec(externalId)?.[1];
    if (size === undefined) {
      const id = externalId.startsWith('sha256:') ? 'subject' : plain(externalId);
      lines.push(
        `check ${heads.get(headSha) ?? headSha} ${name} ${id} ${status} ${conclusion} ${plain(title ?? '')}`,
      );
    } else anchors.set(`${headSha} ${size}`, (anchors.get(`${headSha} ${size}`) ?? 0) + 1);
  }
  // Which commit carries an anchor depends on who left it; that the newest covers the ledger does not.
  const sizes = [...anchors.keys()].map((key) => Number(key.split(' ')[1]));
  lines.push(`anchored ${Math.max(0, ...sizes)}`);
  for (const [key, times] of anchors) if (times > 1) lines.push(`anchor ${key} left ${times} times`);
  return lines.sort();
}

export const plain = (text: string): string =>
  text
    .replace(/\d{4}-\d\d-\d\d(?:T[\d:.]+Z| \d\d:\d\d UTC)/g, ':time')
    .replace(/\b[0-9a-f]{7,64}\b/g, ':id')
    .replace(/\s+/g, ' ')
    .trim();

/** Lines of the first that the second has not (`-`), and the other way round (`+`). */
export function differences(whole: readonly string[], left: readonly string[]): readonly string[] {
  const rest = [...left];
  const missing = whole.filter((line) => {
    const at = rest.indexOf(line);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
  return [
    ...missing.map((line) => `- ${line.slice(0, 400)}`),
    ...rest.map((line) => `+ ${line.slice(0, 400)}`),
  ];
}

import type { BotDeps } from '../../bot/deps.ts';
import { evaluate } from '../../bot/evaluate.ts';
import type { LoggedCall } from '../../sandbox/hub/call-log.ts';
import type { BotBench } from './bench.ts';
import { playJudge } from './judge.ts';

/** What one look asked of GitHub. */
export interface CallCount {
  /** Questions by GraphQL. */
  readonly queries: number;
  /** Reads by REST that were answered with what they asked for. */
  readonly reads: number;
  /** Reads that were answered 304: nothing of the hourly budget. */
  readonly unchanged: number;
  /** Commits of the ledger. */
  readonly commits: number;
  readonly checks: number;
  readonly comments: number;
  readonly others: number;
}

export interface Stage {
  readonly name: string;
  readonly count: CallCount;
}

const count = (calls: readonly LoggedCall[], matches: (call: LoggedCall) => boolean): number =>
  calls.filter(matches).length;

export function countCalls(all: readonly LoggedCall[]): CallCount {
  const calls = all.filter(({ caller }) => caller === 'installation');
  const queries = count(calls, ({ path, mutates }) => path === '/graphql' && !mutates);
  const unchanged = count(calls, ({ status }) => status === 304);
  const commits = count(calls, ({ path, mutates }) => path === '/graphql' && mutates);
  const reads = count(calls, ({ method, status }) => method === 'GET' && status !== 304);
  const checks = count(calls, ({ path, method }) => method !== 'GET' && /\/check-runs/.test(path));
  const comments = count(calls, ({ path, method }) => method !== 'GET' && /\/comments/.test(path));
  const known = queries + unchanged + commits + reads + checks + comments;
  return { queries, reads, unchanged, commits, checks, comments, others: calls.length - known };
}

/** Calls that cost something of the hourly budgets. */
export const costOf = ({ unchanged, ...counts }: CallCount): number =>
  Object.values(counts).reduce((sum, each) => sum + each, 0);

/**
 * The life of a version: a proposal and the request to promote it, each opened, judged, approved and merged, with a look
 * of the app after each step and one more where nothing happened.
 * @param newDeps the process that looks: the same one each time, or a fresh one
 */
export async function playLife(bench: BotBench, newDeps: () => BotDeps): Promise<readonly Stage[]> {
  const stages: Stage[] = [];
  const look = async (number: number, name: string): Promise<void> => {
    bench.hub.log.take();
    await evaluate(newDeps(), number);
    stages.push({ name, count: countCalls(bench.hub.log.take()) });
  };
  const live = async (kind: string, path: string, text: string, approvers: readonly string[]) => {
    await bench.push('ben', kind, { [path]: text });
    const number = await bench.openPull('ben', kind);
    await look(number, `${kind}: opened`);
    await look(number, `${kind}: nothing new`);
    await playJudge(bench, number);
    await look(number, `${kind}: evidence`);
    await look(number, `${kind}: evidence, nothing new`);
    for (const login of approvers) await bench.approve(login, number);
    await look(number, `${kind}: approved`);
    await bench.merge('ada', number);
    await look(number, `${kind}: merged`);
    await look(number, `${kind}: merged, nothing new`);
  };
  const model = 'models/flight-delay';
  await live('proposal', `${model}/params.json`, '{"features":["hour","day"]}\n', ['rita']);
  await live('promotion', `${model}/stages.yml`, 'production: { eu: 1 }\n', ['rita', 'omar']);
  return stages;
}

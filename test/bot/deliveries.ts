import { Probot, ProbotOctokit } from 'probot';
import { Bot } from '../../bot/bot.ts';
import { evaluate } from '../../bot/evaluate.ts';
import type { Hint } from '../../bot/intake/hint.ts';
import { silentLog } from '../../bot/log.ts';
import type { Look } from '../../bot/look.ts';
import type { Repository } from '../../sandbox/hub/world.ts';
import { createHastyPace } from '../../sandbox/pace.ts';
import { type BotBench, fullName, startBotBench } from './bench.ts';
import { playJudge } from './judge.ts';

/** Two merged proposals of one model whose deliveries are still under way, to be played again and again. */
export interface DeliveryBench {
  /** Six deliveries, of which any may come in any order, twice or never. */
  readonly hints: readonly Hint[];
  /** Delivers in this order to a fresh process, reconciles once, and says what is there. */
  play(order: readonly number[]): Promise<string>;
  close(): Promise<void>;
}

const ledgerRef = 'refs/heads/gatehouse-ledger';
const secret = '0123456789abcdef0123456789abcdef';
const Unthrottled = ProbotOctokit.defaults((options: object) => ({
  ...options,
  throttle: { enabled: false },
  retry: { enabled: false },
}));

export async function startDeliveryBench(): Promise<DeliveryBench> {
  const bench = await startBotBench();
  const first = await propose(bench, 'first', 'params.json');
  const second = await propose(bench, 'second', 'more.json');
  await bench.merge('ada', first.number);
  await bench.merge('ada', second.number);
  const back = await remember(bench);
  const hintOf = (event: string, look: Look): Hint => ({
    ...{ event, delivery: event, repository: fullName, looks: [look] },
    installation: bench.app.installation,
  });
  const hints = [
    hintOf('pull_request_review', { kind: 'pull', number: first.number }),
    hintOf('pull_request', { kind: 'pull', number: first.number }),
    hintOf('pull_request', { kind: 'pull', number: second.number }),
    hintOf('push', { kind: 'repository' }),
    hintOf('workflow_run', { kind: 'commit', sha: first.head }),
    hintOf('check_run', { kind: 'commit', sha: second.head }),
  ];
  return {
    hints,
    async play(order) {
      await back();
      const bot = await startBot(bench);
      for (const at of order) {
        const hint = hints[at];
        if (hint !== undefined) void bot.work(hint);
        // Now and then the one before has begun when the next one comes.
        if (at % 2 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      await bot.idle();
      await bot.reconcile();
      await bot.idle();
      bot.stop();
      return describeEnd(bench, [first.number, second.number]);
    },
    close: () => bench.close(),
  };
}

/** Opened, judged, seen by the app and approved: what an approval is about was there before it. */
async function propose(bench: BotBench, branch: string, file: string) {
  const head = await bench.push('ben', branch, { [`models/flight-delay/${file}`]: `"${branch}"\n` });
  const number = await bench.openPull('ben', branch);
  await playJudge(bench, number, { bytes: branch });
  await evaluate(bench.newDeps(), number);
  await bench.approve('rita', number);
  return { head, number };
}

async function startBot({ hub, app }: BotBench): Promise<Bot> {
  const options = {
    serverUrl: hub.url,
    privateKeys: [app.privateKey],
    log: silentLog,
    now: () => hub.clock.now(),
    retryDelaysMs: [5, 20, 50],
    pace: createHastyPace(),
  };
  const bot = new Bot(options);
  const probot = new Probot({
    ...{ appId: app.id, privateKey: app.privateKey, secret, baseUrl: hub.apiUrl },
    ...{ Octokit: Unthrottled, logLevel: 'fatal' },
  });
  await probot.load(bot.app);
  return bot;
}

/** @returns a function that takes everything back to this moment: refs, checks, comments and pull requests */
async function remember(bench: BotBench): Promise<() => Promise<void>> {
  const repository = bench.hub.repository(fullName);
  const git = bench.hub.git(repository);
  const refs = new Map((await git.refs('refs/heads')).map(({ ref, sha }) => [ref, sha]));
  const { nextNumber } = repository;
  const maps = mapsOf(repository).map((map) => ({
    map,
    entries: [...map].map(([key, value]) => [key, { ...value }] as const),
  }));
  return async () => {
    for (const { ref, sha } of await git.refs('refs/heads')) {
      const before = refs.get(ref);
      if (before === undefined) await git.run(['update-ref', '-d', ref]);
      else if (before !== sha) await git.run(['update-ref', ref, before]);
    }
    repository.nextNumber = nextNumber;
    for (const { map, entries } of maps) {
      map.clear();
      for (const [key, value] of entries) map.set(key, { ...value });
    }
  };
}

type Kept = Map<number, object>;

const mapsOf = ({ checkRuns, comments, issues, pulls }: Repository): readonly Kept[] =>
  [checkRuns, comments, issues, pulls] as unknown as readonly Kept[];

/** The ledger's files by their bytes, and what people see on the pull requests. */
async function describeEnd(bench: BotBench, numbers: readonly number[]): Promise<string> {
  const git = bench.hub.git(bench.hub.repository(fullName));
  const tree = (await git.run(['rev-parse', `${ledgerRef}^{tree}`])).stdout.toString().trim();
  const shown: string[] = [];
  for (const number of numbers) {
    const comments = (await bench.comments(number)).filter(({ login }) => login === 'gatehouse[bot]');
    shown.push(`${number}: ${comments.map(({ body }) => /^#+ .*$/m.exec(body)?.[0] ?? body).join(' | ')}`);
  }
  const open = await bench.reader.pulls({ state: 'open' });
  return [tree, ...shown, `open: ${open.map(({ title }) => title).join()}`].join('\n');
}

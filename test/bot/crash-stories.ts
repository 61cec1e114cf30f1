import { align } from '../../bot/align.ts';
import { answerCommand } from '../../bot/answer-command.ts';
import { evaluate } from '../../bot/evaluate.ts';
import { onboard } from '../../bot/onboard.ts';
import { type BotBench, fullName, startBotBench } from './bench.ts';
import type { Operation } from './crash-run.ts';
import { playJudge } from './judge.ts';

const model = 'models/flight-delay';
const stages = `${model}/stages.yml`;

/** Stories of everything that the app writes, each on a hub of its own; they go on when an operation was tried. */
export const crashStories: Readonly<Record<string, () => AsyncGenerator<Operation, void, void>>> = {
  ledger: tellLedger,
  others: tellOthers,
  onboarding: tellOnboarding,
};

const looking = (bench: BotBench, name: string, ...numbers: readonly number[]): Operation => ({
  bench,
  name,
  work: (deps) => Promise.all(numbers.map((number) => evaluate(deps, number))),
});

async function open(bench: BotBench, branch: string, files: Readonly<Record<string, string>>, auc?: number) {
  await bench.push('ben', branch, files);
  const number = await bench.openPull('ben', branch);
  await playJudge(bench, number, auc === undefined ? {} : { auc });
  return number;
}

/** Judged, seen and approved, so that it may be merged. */
async function ready(bench: BotBench, number: number, approver = 'omar'): Promise<number> {
  await evaluate(bench.newDeps(), number);
  await bench.approve(approver, number);
  await evaluate(bench.newDeps(), number);
  return number;
}

async function register(bench: BotBench, branch: string, auc: number): Promise<void> {
  const number = await open(bench, branch, { [`${model}/params.json`]: `{"branch":"${branch}"}\n` }, auc);
  await ready(bench, number, 'rita');
  await bench.merge('ada', number);
  await evaluate(bench.newDeps(), number);
}

/** A request whose merge waits to be recorded. */
async function merged(bench: BotBench, branch: string, text: string, how = 'merge'): Promise<number> {
  await bench.push('ben', branch, { [stages]: text });
  const number = await bench.openPull('ben', branch);
  await playJudge(bench, number).catch(() => undefined);
  await ready(bench, number);
  await bench.merge('ada', number, how);
  return number;
}

/** Everything that moves a version: one model from its first look to the archive. */
async function* tellLedger(): AsyncGenerator<Operation, void, void> {
  const bench = await startBotBench();
  try {
    const number = await open(bench, 'v1', { [`${model}/params.json`]: '{"v":1}\n' });
    yield looking(bench, 'first look, which counts a result', number);
    await bench.approve('rita', number);
    yield looking(bench, 'look at an approval', number);
    await bench.merge('ada', number);
    yield looking(bench, 'register on merge', number);
    await register(bench, 'v2', 0.66);
    await register(bench, 'v3', 0.67);
    await register(bench, 'v4', 0.68);
    const one = await merged(bench, 'one', 'production: { eu: 1 }\n');
    yield looking(bench, 'promote where nothing serves', one);
    const two = await merged(bench, 'two', 'production: { eu: 2 }\n', 'squash');
    yield looking(bench, 'promote over a champion', two);
    const back = await merged(bench, 'back', 'production: { eu: 1 }\n');
    yield looking(bench, 'roll back', back);
    const off = await merged(bench, 'off', 'production: {}\n');
    yield looking(bench, 'demote', off);
    const bad = await merged(bench, 'bad', 'production: {}\nrejected: [3]\n');
    yield looking(bench, 'reject', bad);
    const away = await merged(bench, 'away', 'production: {}\nrejected: [3]\narchived: [4]\n');
    yield looking(bench, 'archive', away);
  } finally {
    await bench.close();
  }
}

/** What is written beside moves: notices, answers, pull requests of the app, anchors; and several merges in one commit. */
async function* tellOthers(): AsyncGenerator<Operation, void, void> {
  const bench = await startBotBench();
  const say = async (on: number, body: string): Promise<number> => {
    const issue = `/repos/${fullName}/issues/${on}/comments`;
    const { body: comment } = await bench.bench.call(bench.tokens.ada ?? '', 'POST', issue, { body });
    return Number(comment.id);
  };
  const answering = (name: string, comment: number): Operation => ({
    ...{ bench, name, isDelivered: true },
    work: (deps) => answerCommand(deps, comment),
  });
  try {
    await register(bench, 'v1', 0.65);
    await register(bench, 'v2', 0.66);
    await evaluate(bench.newDeps(), await merged(bench, 'one', 'production: { eu: 1 }\n'));
    await evaluate(bench.newDeps(), await merged(bench, 'two', 'production: { eu: 2 }\n'));
    yield* tellGroup(bench);
    const asking = await open(bench, 'asking', { 'notes.txt': 'a\n' }).catch(async () => {
      const [pull] = await bench.reader.pulls({ state: 'open' });
      return pull?.number ?? 0;
    });
    yield answering('answer /gatehouse explain', await say(asking, '/gatehouse explain'));
    yield answering('answer /gatehouse rollback', await say(asking, '/gatehouse rollback eu'));
    await bench.push('ben', 'wish', { [stages]: 'production: { eu: 2, us: 1 }\n' });
    const wish = await bench.openPull('ben', 'wish');
    await evaluate(bench.newDeps(), wish);
    await bench.merge('ada', wish);
    yield looking(bench, 'a merge that is not allowed', wish);
    yield { bench, name: 'open the alignment pull request', work: align };
    for (const { number } of await bench.reader.pulls({ state: 'open' }))
      await evaluate(bench.newDeps(), number);
    await bench.push('ada', 'main', { [stages]: 'production: { eu: 2 }\n' });
    yield { bench, name: 'close the alignment pull request', work: align };
    bench.hub.clock.advance(8 * 86_400);
    await bench.push('ada', 'main', { 'README.md': 'Flights, a week later\n' });
    yield { bench, name: 'renew the anchor', work: align };
    const late = await merged(bench, 'late', 'production: { eu: 2 }\narchived: [1]\n');
    await bench.bench.push(fullName, 'eve', 'gatehouse-ledger', { 'audit/HEAD.json': '{}\n' });
    yield looking(bench, 'a merge while the ledger is frozen', late);
  } finally {
    await bench.close();
  }
}

/** Three models, each with a merge that waits: one process writes them together. */
async function* tellGroup(bench: BotBench): AsyncGenerator<Operation, void, void> {
  const main = (await bench.reader.branchHead('main')) ?? '';
  const text = Buffer.from((await bench.reader.file(`${model}/model.yml`, main)) ?? []).toString();
  const names = ['delay-a', 'delay-b', 'delay-c'];
  const files = names.flatMap((name) => [
    [`models/${name}/model.yml`, text.replaceAll('flight-delay', name)],
    [`models/${name}/params.json`, '{}\n'],
  ]);
  await bench.push('ada', 'main', Object.fromEntries(files));
  const numbers: number[] = [];
  for (const name of names) {
    const number = await open(bench, name, { [`models/${name}/params.json`]: '{"v":1}\n' });
    numbers.push(await ready(bench, number, 'rita'));
  }
  for (const number of numbers) await bench.merge('ada', number);
  yield looking(bench, 'three merges in one commit', ...numbers);
}

async function* tellOnboarding(): AsyncGenerator<Operation, void, void> {
  const bench = await startBotBench();
  try {
    const clone = await bench.bench.clone(fullName, 'ada', bench.tokens.ada ?? '', 'bare');
    await bench.bench.git(clone, 'rm', '-rq', '.');
    await bench.bench.git(clone, 'commit', '-q', '-m', 'Nothing of Gatehouse');
    await bench.bench.git(clone, 'push', '-q', 'origin', 'HEAD:main');
    await bench.push('ada', 'main', { 'churn/train.py': 'x\n', 'data/train.csv.dvc': 'outs: []\n' });
    yield { name: 'open the onboarding pull request', work: onboard, bench };
  } finally {
    await bench.close();
  }
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BotDeps } from '../../bot/deps.ts';
import { evaluate } from '../../bot/evaluate.ts';
import { type BotBench, fullName, startBotBench } from '../bot/bench.ts';
import { playJudge } from '../bot/judge.ts';

const params = 'models/flight-delay/params.json';

describe('what moves between two looks', () => {
  let bench: BotBench;
  const look = (number: number) => evaluate(bench.newDeps(), number);
  const checkOf = async (number: number) =>
    (await bench.checks((await bench.reader.pull(number)).head.sha)).at(-1);
  const propose = async (branch: string) => {
    await bench.push('ben', branch, { [params]: `{"${branch}":1}\n` });
    const number = await bench.openPull('ben', branch);
    await playJudge(bench, number);
    await look(number);
    await bench.approve('rita', number);
    return number;
  };

  beforeAll(async () => {
    bench = await startBotBench();
  });
  afterAll(() => bench.close());

  it('a push while it is decided: the old head gets no success, and the new one is decided', async () => {
    const number = await propose('pushed');
    const before = (await bench.reader.pull(number)).head.sha;
    const deps = bench.newDeps();
    await evaluate(
      pushingDuring(deps, () => bench.push('ben', 'pushed', { [params]: '{"late":1}\n' })),
      number,
    );
    const checks = await bench.checks(before);
    expect(checks.map(({ conclusion }) => conclusion)).not.toContain('success');
    expect((await bench.reader.pull(number)).head.sha).not.toBe(before);
    expect(await checkOf(number)).toMatchObject({ status: 'in_progress' });
  });

  it('other content in a merge that somebody made by hand: nothing is promoted', async () => {
    const number = await propose('by-hand');
    await look(number);
    expect(await checkOf(number)).toMatchObject({ conclusion: 'success' });
    const work = await bench.bench.clone(fullName, 'ada', bench.tokens.ada ?? '', 'by-hand');
    const { git, commit } = bench.bench;
    await git(work, 'merge', '-q', '--no-ff', '--no-commit', 'origin/by-hand');
    await commit(work, { [params]: '{"evil":1}\n' }, 'Merge by hand');
    await git(work, 'push', '-q', 'origin', 'main');
    expect((await bench.reader.pull(number)).merged).toBe(true);
    await look(number);
    expect((await bench.comments(number))[0]?.body).toContain('merged with other content');
    const ledger = await bench.reader.branchHead('gatehouse-ledger');
    const files = ledger === null ? [] : [...(await bench.reader.tree(ledger)).keys()];
    expect(files.filter((path) => path.includes('/versions/'))).toEqual([]);
  });

  it('a ledger that was cut by a forced push: it is frozen, and nothing passes', async () => {
    const number = await propose('cut');
    await look(number);
    await bench.merge('ada', number);
    await look(number);
    const next = await propose('after-the-cut');
    await look(next);
    expect(await checkOf(next)).toMatchObject({ conclusion: 'success' });
    const work = await bench.bench.clone(fullName, 'ada', bench.tokens.ada ?? '', 'cut');
    const { git } = bench.bench;
    const [, ...earlier] = (await git(work, 'log', '--format=%H', 'origin/gatehouse-ledger')).split('\n');
    expect(earlier.length).toBeGreaterThan(0);
    await git(work, 'push', '-q', '-f', 'origin', `${earlier[0]}:gatehouse-ledger`);
    await look(next);
    expect(await checkOf(next)).toMatchObject({ conclusion: 'failure', external_id: 'error:LEDGER_FROZEN' });
  });
});

/** The same, but somebody pushes once while the reviews are read. */
function pushingDuring(deps: BotDeps, push: () => Promise<unknown>): BotDeps {
  let pushed = false;
  return {
    ...deps,
    newReader: () => {
      const reader = deps.newReader();
      return {
        ...reader,
        reviews: async (number) => {
          const reviews = await reader.reviews(number);
          if (!pushed) {
            pushed = true;
            await push();
          }
          return reviews;
        },
      };
    },
  };
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BotBench, startBotBench } from '../test/bot/bench.ts';
import { playJudge } from '../test/bot/judge.ts';
import { align } from './align.ts';
import { evaluate } from './evaluate.ts';
import { Reconciler } from './reconcile.ts';

const stages = 'models/flight-delay/stages.yml';
const alignBranch = 'gatehouse/align-flight-delay';

describe('align and reconcile', () => {
  let bench: BotBench;
  const openAligns = async () =>
    (await bench.reader.pulls({ state: 'open' })).filter(({ head }) => head.ref === alignBranch);
  const register = async () => {
    await bench.push('ben', 'v1', { 'models/flight-delay/params.json': '{"v":1}\n' });
    const number = await bench.openPull('ben', 'v1');
    await playJudge(bench, number);
    await evaluate(bench.newDeps(), number);
    await bench.approve('rita', number);
    await bench.merge('ada', number);
    return number;
  };

  beforeAll(async () => {
    bench = await startBotBench();
  });
  afterAll(() => bench.close());

  it('finds by itself what was merged while nobody listened', async () => {
    const number = await register();
    const numbers = await new Reconciler().list(bench.newDeps(), 'acme/flights');
    expect(numbers).toEqual([number]);
    for (const each of numbers) await evaluate(bench.newDeps(), each);
    expect(await bench.reader.branchHead('gatehouse-ledger')).not.toBeNull();
    await align(bench.newDeps());
    expect(await openAligns()).toEqual([]);
  });

  it('waits while a merged wish is not decided yet, then offers to take it back', async () => {
    await bench.push('ben', 'wish', { [stages]: '# What should serve where.\nproduction: { eu: 1 }\n' });
    const number = await bench.openPull('ben', 'wish');
    await evaluate(bench.newDeps(), number);
    await bench.merge('ada', number);
    await align(bench.newDeps());
    expect(await openAligns()).toEqual([]);
    await evaluate(bench.newDeps(), number);
    await align(bench.newDeps());
    await align(bench.newDeps());
    const [pull, ...more] = await openAligns();
    expect(more).toEqual([]);
    expect(pull?.author.login).toBe('gatehouse[bot]');
    expect(pull?.body).toContain('v1 at eu: the file says production, the ledger says staging');
    const text = Buffer.from((await bench.reader.file(stages, pull?.head.sha ?? '')) ?? []).toString();
    expect(text).toContain('# What should serve where.');
    expect(text).not.toContain('eu: 1');
  });

  it('moves nothing when it is merged, and needs nobody', async () => {
    const [pull] = await openAligns();
    const number = pull?.number ?? 0;
    await evaluate(bench.newDeps(), number);
    expect(await bench.checks(pull?.head.sha ?? '')).toMatchObject([{ conclusion: 'success' }]);
    const before = await bench.reader.branchHead('gatehouse-ledger');
    await bench.merge('ada', number);
    await evaluate(bench.newDeps(), number);
    await align(bench.newDeps());
    expect(await bench.reader.branchHead('gatehouse-ledger')).toBe(before);
    expect(await openAligns()).toEqual([]);
    expect(await bench.reader.branchHead(alignBranch)).toBeNull();
  });

  it('follows the file when it changes again, and closes when the file agrees by itself', async () => {
    await bench.push('ada', 'main', { [stages]: 'production: { eu: 1, us: 1 }\n' });
    await align(bench.newDeps());
    const [first] = await openAligns();
    await bench.push('ada', 'main', { [stages]: 'archived: [1]\nproduction: {}\n' });
    await align(bench.newDeps());
    const [second] = await openAligns();
    expect(second?.number).toBe(first?.number);
    expect(second?.body).toContain('the file says archived');
    await bench.push('ada', 'main', { [stages]: 'staging: [1]\nproduction: {}\n' });
    await align(bench.newDeps());
    expect(await openAligns()).toEqual([]);
  });

  const anchorsOnTip = async () => {
    const tip = (await bench.reader.branchHead('main')) ?? '';
    const runs = await bench.reader.checkRuns(tip, 'gatehouse');
    return runs.filter(({ externalId }) => externalId.startsWith('anchor:'));
  };

  it('leaves the anchor again on the tip after a week, once', async () => {
    await bench.push('ada', 'main', { 'README.md': 'a week later\n' });
    await align(bench.newDeps());
    expect(await anchorsOnTip()).toEqual([]);
    bench.hub.clock.advance(8 * 86_400);
    await align(bench.newDeps());
    await align(bench.newDeps());
    expect(await anchorsOnTip()).toHaveLength(1);
  });

  it('leaves the anchor again when it lies more than 20 commits behind the tip, and not before', async () => {
    const git = bench.hub.git(bench.hub.repository('acme/flights'));
    const goOn = async (commits: number) => {
      const [head] = await git.refs('refs/heads/main');
      const before = head === undefined ? null : await git.commit(head.sha);
      if (head === undefined || before === null) throw new Error('main has no commit');
      let { sha } = before;
      for (let count = 0; count < commits; count += 1)
        sha = await git.writeCommit({ ...before, parents: [sha] });
      expect(await git.updateRef('refs/heads/main', sha, head.sha)).toBe(true);
    };
    const anchored = async () => {
      await align(bench.newDeps());
      return (await anchorsOnTip()).length;
    };
    expect(await anchored()).toBe(1);
    const [before] = await anchorsOnTip();
    await goOn(20);
    expect(await anchored()).toBe(0);
    await goOn(1);
    expect([await anchored(), await anchored()]).toEqual([1, 1]);
    expect((await anchorsOnTip())[0]?.externalId).toBe(before?.externalId);
  });
});

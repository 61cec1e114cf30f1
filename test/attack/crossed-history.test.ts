import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluate } from '../../bot/evaluate.ts';
import { type BotBench, fullName, startBotBench } from '../bot/bench.ts';

const policyFile = '.github/gatehouse.yml';

/**
 * Who merges the base branch and something that was merged into it, each from before the other, has two merge bases. A
 * comparison names one of them, and the merge takes both: what was changed on the way to the other one can be undone
 * by a pull request that shows no change of it.
 */
describe('a pull request with two merge bases', () => {
  let bench: BotBench;
  let work = '';
  const git = (...args: readonly string[]) => bench.bench.git(work, ...args);
  const checkOf = async (number: number) =>
    (await bench.checks((await bench.reader.pull(number)).head.sha)).at(-1);
  const policy = async () => Buffer.from((await bench.reader.file(policyFile, 'main')) ?? []).toString();

  beforeAll(async () => {
    bench = await startBotBench();
    work = await bench.bench.clone(fullName, 'eve', bench.tokens.eve ?? '', 'eve');
  });
  afterAll(() => bench.close());

  it('undoes no rule that nobody saw it undo', async () => {
    await bench.push('eve', 'side', { 'notes.txt': 'a note\n' });
    const stricter = (await policy()).replace('roles:', 'proposal: { approvals: { reviewer: 2 } }\nroles:');
    const rules = await bench.push('ada', 'main', { [policyFile]: stricter });
    bench.hub.clock.advance(60);
    const side = await bench.push('eve', 'side', { 'notes.txt': 'side\n' });
    await bench.merge('eve', await bench.openPull('eve', 'side'));
    await git('fetch', '-q', 'origin');
    for (const [name, tree] of [
      ['one', side],
      ['two', rules],
    ] as const) {
      const head = await git('commit-tree', `${tree}^{tree}`, '-p', side, '-p', rules, '-m', 'Merge');
      await git('push', '-q', 'origin', `${head}:refs/heads/${name}`);
      const number = await bench.openPull('eve', name);
      await evaluate(bench.newDeps(), number);
      expect(await checkOf(number)).toMatchObject({
        conclusion: 'failure',
        output: { summary: expect.stringContaining('Update the branch') },
      });
    }
  });

  it('and one that was brought up to date shows what it changes', async () => {
    await git('checkout', '-q', '-B', 'one', 'origin/one');
    await git('merge', '-q', '--no-edit', 'origin/main');
    await git('push', '-q', 'origin', 'one');
    const [open] = await bench.reader.pulls({ state: 'open', head: 'acme:one' });
    await evaluate(bench.newDeps(), open?.number ?? 0);
    expect(await checkOf(open?.number ?? 0)).toMatchObject({ status: 'in_progress' });
    expect((await bench.comments(open?.number ?? 0))[0]?.body).toContain('change the rules of Gatehouse');
  });
});

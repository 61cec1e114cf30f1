import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BotBench, startBotBench } from '../test/bot/bench.ts';
import { playJudge } from '../test/bot/judge.ts';
import { evaluate } from './evaluate.ts';
import { evaluateGroup } from './merge-group.ts';

/** The sandbox has no merge queue: its groups are made by hand, as merge commits on a branch beside main. */
describe('a merge group', () => {
  let bench: BotBench;
  let work = '';
  const group = async (name: string, heads: readonly string[]): Promise<string> => {
    const { git } = bench.bench;
    await git(work, 'fetch', '-q', 'origin');
    await git(work, 'checkout', '-q', '-B', name, 'origin/main');
    for (const head of heads)
      await git(work, 'merge', '-q', '--no-ff', '-m', `Merge ${head}`, `origin/${head}`);
    await git(work, 'push', '-q', 'origin', name);
    return git(work, 'rev-parse', 'HEAD');
  };
  const verdict = async (sha: string) => {
    await evaluateGroup(bench.newDeps(), sha);
    return (await bench.checks(sha)).at(-1);
  };

  beforeAll(async () => {
    bench = await startBotBench();
    work = await bench.bench.clone('acme/flights', 'ada', bench.tokens.ada ?? '', 'groups');
    await bench.push('ben', 'model', { 'models/flight-delay/params.json': '{"m":1}\n' });
    await bench.push('ben', 'readme', { 'README.md': 'More\n' });
    for (const branch of ['model', 'readme']) await bench.openPull('ben', branch);
    await playJudge(bench, 1);
    await evaluate(bench.newDeps(), 1);
  });
  afterAll(() => bench.close());

  it('fails while one member is not allowed, and names it', async () => {
    const sha = await group('group-1', ['readme', 'model']);
    expect(await verdict(sha)).toMatchObject({
      conclusion: 'failure',
      output: { summary: expect.stringContaining('Pull request 1') },
    });
  });

  it('passes without training or judging anything when all are allowed', async () => {
    await bench.approve('rita', 1);
    const sha = await group('group-2', ['readme', 'model']);
    expect(await verdict(sha)).toMatchObject({ conclusion: 'success' });
  });

  it('fails for a commit that is not the merge of an open pull request', async () => {
    const { git, commit } = bench.bench;
    await group('group-3', ['readme']);
    const sha = await commit(work, { 'models/flight-delay/params.json': '{"evil":1}\n' }, 'Sneak');
    await git(work, 'push', '-q', 'origin', 'group-3');
    expect(await verdict(sha)).toMatchObject({ conclusion: 'failure', external_id: 'error:MERGE_GROUP' });
  });
});

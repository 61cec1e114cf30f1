import { afterAll, beforeAll, expect, it } from 'vitest';
import { type BotBench, fullName, startBotBench } from '../bot/bench.ts';

let bench: BotBench;
beforeAll(async () => {
  bench = await startBotBench();
});
afterAll(() => bench.close());

it('a tag with the name of a branch does not choose where a list of its commits starts', async () => {
  const old = await bench.reader.branchHead('main');
  const work = await bench.bench.clone(fullName, 'ada', bench.tokens.ada ?? '', 'ada-tag');
  const newer = await bench.bench.commit(work, { 'notes.txt': 'newer\n' }, 'Newer');
  await bench.bench.git(work, 'push', '-q', 'origin', 'HEAD:refs/heads/main', `${old}:refs/tags/main`);
  const [tip] = await bench.reader.commitsOf('main', 1);
  expect(tip?.sha).toBe(newer);
  await expect(bench.reader.commitsOf('no-such-branch', 1)).rejects.toMatchObject({ kind: 'service' });
});

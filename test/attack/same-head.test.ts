import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluate } from '../../bot/evaluate.ts';
import { evaluateGroup } from '../../bot/merge-group.ts';
import { type BotBench, fullName, startBotBench } from '../bot/bench.ts';
import { playJudge } from '../bot/judge.ts';

const params = 'models/flight-delay/params.json';
const workflow = '.github/workflows/deploy.yml';

/** A check belongs to a commit, and whoever can read a commit can open another pull request with it. */
describe('two pull requests with one head', () => {
  let bench: BotBench;
  const look = (number: number) => evaluate(bench.newDeps(), number);
  const checkAt = async (sha: string) => (await bench.checks(sha)).at(-1);
  const close = (login: string, number: number) =>
    bench.bench.call(bench.tokens[login] ?? '', 'PATCH', `/repos/${fullName}/pulls/${number}`, {
      state: 'closed',
    });

  beforeAll(async () => {
    bench = await startBotBench();
  });
  afterAll(() => bench.close());

  it('a stranger’s from a fork neither takes the success away nor ends the check when it is closed', async () => {
    const head = await bench.push('ben', 'honest', { [params]: '{"honest":1}\n' });
    const honest = await bench.openPull('ben', 'honest');
    await playJudge(bench, honest);
    await look(honest);
    await bench.hub.fork(fullName, 'zoe');
    const work = await bench.bench.clone('zoe/flights', 'zoe', bench.tokens.zoe ?? '', 'zoe-twin');
    await bench.bench.git(work, 'fetch', '-q', `${bench.hub.url}/${fullName}.git`, 'honest');
    await bench.bench.git(work, 'push', '-q', 'origin', `${head}:refs/heads/twin`);
    const twin = await bench.openPull('zoe', 'zoe:twin');
    await look(twin);
    expect(await checkAt(head)).toMatchObject({ status: 'in_progress' });
    await bench.approve('rita', honest);
    await look(honest);
    await look(twin);
    expect(await checkAt(head)).toMatchObject({ conclusion: 'success' });
    await close('zoe', twin);
    await look(twin);
    expect(await checkAt(head)).toMatchObject({ conclusion: 'success' });
  });

  it('a stranger’s onto a base without a gate does not stop the merge queue', async () => {
    const head = await bench.push('ben', 'queued', { 'README.md': 'Queued\n' });
    await bench.push('ben', 'weak', { 'notes.txt': 'weak\n' });
    const work = await bench.bench.clone('zoe/flights', 'zoe', bench.tokens.zoe ?? '', 'zoe-queue');
    await bench.bench.git(work, 'fetch', '-q', `${bench.hub.url}/${fullName}.git`, 'queued');
    await bench.bench.git(work, 'push', '-q', 'origin', `${head}:refs/heads/queue`);
    await bench.openPull('zoe', 'zoe:queue', 'weak');
    await bench.openPull('zoe', 'zoe:queue', 'main');
    await bench.openPull('ben', 'queued');
    const ours = await bench.bench.clone(fullName, 'ada', bench.tokens.ada ?? '', 'ada-queue');
    const { git } = bench.bench;
    await git(ours, 'merge', '-q', '--no-ff', '-m', 'Group', 'origin/queued');
    await git(ours, 'push', '-q', 'origin', 'HEAD:refs/heads/group');
    const group = await git(ours, 'rev-parse', 'HEAD');
    await evaluateGroup(bench.newDeps(), group);
    expect(await checkAt(group)).toMatchObject({ conclusion: 'success' });
  });

  it('a colleague’s of the same base, closed again, leaves the check that waits', async () => {
    const head = await bench.push('ben', 'first', { [params]: '{"first":1}\n' });
    const first = await bench.openPull('ben', 'first');
    await playJudge(bench, first);
    await look(first);
    const work = await bench.bench.clone(fullName, 'eve', bench.tokens.eve ?? '', 'eve-twin');
    await bench.bench.git(work, 'push', '-q', 'origin', `${head}:refs/heads/second`);
    const second = await bench.openPull('eve', 'second');
    await close('eve', second);
    await look(second);
    expect(await checkAt(head)).toMatchObject({ status: 'in_progress' });
  });

  it('of one base share their approvals, and the merge that merges both registers one version', async () => {
    const head = await bench.push('ben', 'pooled', { [params]: '{"pooled":1}\n' });
    const first = await bench.openPull('ben', 'pooled');
    await playJudge(bench, first);
    await look(first);
    const work = await bench.bench.clone(fullName, 'eve', bench.tokens.eve ?? '', 'eve-pooled');
    await bench.bench.git(work, 'push', '-q', 'origin', `${head}:refs/heads/pooled-too`);
    const second = await bench.openPull('eve', 'pooled-too');
    await bench.approve('eve', first);
    await look(first);
    expect(await checkAt(head)).toMatchObject({ status: 'in_progress' });
    await bench.approve('rita', second);
    await look(first);
    expect(await checkAt(head)).toMatchObject({ conclusion: 'success' });
    await bench.merge('ada', first);
    expect((await bench.reader.pull(second)).merged).toBe(true);
    await look(second);
    await look(first);
    await look(second);
    const ledger = await bench.reader.tree((await bench.reader.branchHead('gatehouse-ledger')) ?? '');
    const versions = [...ledger.keys()].filter((path) => path.includes('/versions/'));
    expect(versions).toEqual(['models/flight-delay/versions/0001.yml']);
    expect((await bench.comments(first))[0]?.body).toContain('rita');
  });

  it('one that another governed base passes does not pass the base that asks for more', async () => {
    const policy = Buffer.from((await bench.reader.file('.github/gatehouse.yml', 'main')) ?? []).toString();
    const both = `${policy}branches: [main, release]\n`;
    await bench.push('ada', 'main', { '.github/gatehouse.yml': both });
    // The release branch has what is asked for: there the same head changes nothing.
    const release = await bench.push('ada', 'release', { [workflow]: 'name: Deploy\n' });
    const work = await bench.bench.clone(fullName, 'eve', bench.tokens.eve ?? '', 'eve-sneak');
    await bench.bench.git(work, 'push', '-q', 'origin', `${release}:refs/heads/sneak`);
    const head = await bench.push('eve', 'sneak', { 'notes.txt': 'x\n' });
    const governed = await bench.openPull('eve', 'sneak', 'main');
    await look(governed);
    expect(await checkAt(head)).toMatchObject({ status: 'in_progress' });
    const empty = await bench.openPull('eve', 'sneak', 'release');
    await look(empty);
    expect(await checkAt(head)).toMatchObject({ status: 'in_progress' });
    await look(governed);
    expect(await checkAt(head)).toMatchObject({ status: 'in_progress' });
  });

  it('one that is opened after the merge has no part in it', async () => {
    const head = await bench.push('ben', 'squashed', { [params]: '{"squashed":1}\n' });
    const number = await bench.openPull('ben', 'squashed');
    await playJudge(bench, number);
    await look(number);
    await bench.approve('rita', number);
    await bench.merge('ada', number, 'squash');
    const work = await bench.bench.clone(fullName, 'rita', bench.tokens.rita ?? '', 'rita-late');
    await bench.bench.git(work, 'push', '-q', 'origin', `${head}:refs/heads/late`);
    await bench.openPull('rita', 'late');
    await look(number);
    expect((await bench.comments(number))[0]?.body).toContain('Written to the ledger');
  });

  it('one that is older and has no evidence does not speak for the one that has it', async () => {
    await bench.push('eve', 'older', { 'README.md': 'Older\n' });
    const older = await bench.openPull('eve', 'older');
    await look(older);
    const head = await bench.push('ben', 'newer', { [params]: '{"newer":1}\n' });
    const newer = await bench.openPull('ben', 'newer');
    await playJudge(bench, newer);
    await look(newer);
    await bench.approve('rita', newer);
    const work = await bench.bench.clone(fullName, 'eve', bench.tokens.eve ?? '', 'eve-older');
    await bench.bench.git(work, 'push', '-q', '-f', 'origin', `${head}:refs/heads/older`);
    await look(older);
    await look(newer);
    expect(await checkAt(head)).toMatchObject({ conclusion: 'success' });
    await bench.merge('ada', newer);
    // Whichever is looked at first: the one without evidence is no merge that nobody approved.
    await look(older);
    await look(newer);
    await look(older);
    const comments = [...(await bench.comments(newer)), ...(await bench.comments(older))];
    expect(comments.map(({ body }) => body).join()).toContain('Written to the ledger');
    expect(comments.map(({ body }) => body).join()).not.toContain('not promoted');
  });

  it('one that another was built on, merged by the merge of that, registers the same bytes once', async () => {
    const below = await bench.push('ben', 'below', { [params]: '{"below":1}\n' });
    const first = await bench.openPull('ben', 'below');
    const work = await bench.bench.clone(fullName, 'ben', bench.tokens.ben ?? '', 'ben-stack');
    await bench.bench.git(work, 'push', '-q', 'origin', `${below}:refs/heads/above`);
    await bench.push('ben', 'above', { 'README.md': 'Above\n' });
    const second = await bench.openPull('ben', 'above');
    for (const number of [first, second]) {
      await playJudge(bench, number);
      await look(number);
      await bench.approve('rita', number);
      await look(number);
    }
    const versions = async () => {
      const ledger = await bench.reader.tree((await bench.reader.branchHead('gatehouse-ledger')) ?? '');
      return [...ledger.keys()].filter((path) => path.includes('/versions/')).length;
    };
    const before = await versions();
    await bench.merge('ada', second);
    expect(await bench.reader.pull(first)).toMatchObject({ merged: true });
    await look(second);
    await look(first);
    await look(second);
    expect((await versions()) - before).toBe(1);
  });
});

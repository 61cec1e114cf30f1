import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluate } from '../../bot/evaluate.ts';
import { tend } from '../../bot/incident/tend.ts';
import { parseIncidentsFile } from '../../core/registry/incidents-file.ts';
import { incidentsPath } from '../../core/registry/layout.ts';
import { type BotBench, fullName, startBotBench } from '../bot/bench.ts';
import { playJudge } from '../bot/judge.ts';

const params = 'models/flight-delay/params.json';
const policyFile = '.github/gatehouse.yml';
const ledger = 'gatehouse-ledger';

/**
 * Who may push to the base branch makes the merge himself and chooses its parents: the first one need not be what the
 * branch was. Rules come from what GitHub says that the branch was before the push.
 */
describe('a merge whose first parent was not the base branch', () => {
  let bench: BotBench;
  let work = '';
  const git = (...args: readonly string[]) => bench.bench.git(work, ...args);
  const read = async (path: string) => (await bench.reader.ledgerFiles(ledger))?.read(path);
  /** A commit with these parents and the files of one of them. */
  const madeOf = async (files: string, ...parents: readonly string[]) =>
    git('commit-tree', `${files}^{tree}`, ...parents.flatMap((sha) => ['-p', sha]), '-m', 'Merge');
  const judged = async (name: string, branch: string) => {
    await bench.push('ben', branch, { [params]: `{"name":"${name}"}\n` });
    const number = await bench.openPull('ben', branch);
    await playJudge(bench, number);
    await evaluate(bench.newDeps(), number);
    await bench.approve('rita', number);
    await evaluate(bench.newDeps(), number);
    return number;
  };

  beforeAll(async () => {
    bench = await startBotBench();
    work = await bench.bench.clone(fullName, 'ben', bench.tokens.ben ?? '', 'ben');
    const number = await judged('first', 'first');
    await bench.merge('ada', number);
    await evaluate(bench.newDeps(), number);
  });
  afterAll(() => bench.close());

  it('is decided by the rules of the branch, not by older ones that it names as its parent', async () => {
    const old = (await bench.reader.branchHead('main')) ?? '';
    const number = await judged('mine', 'mine');
    const { head } = await bench.reader.pull(number);
    expect((await bench.checks(head.sha)).at(-1)).toMatchObject({ conclusion: 'success' });
    const text = Buffer.from((await bench.reader.file(policyFile, 'main')) ?? []).toString();
    const stricter = text.replace('roles:', 'proposal: { approvals: { reviewer: 2 } }\nroles:');
    const tip = await bench.push('ada', 'main', { [policyFile]: stricter });
    await evaluate(bench.newDeps(), number);
    expect((await bench.checks(head.sha)).at(-1)).not.toMatchObject({ conclusion: 'success' });
    await git('fetch', '-q', 'origin');
    const merge = await madeOf(head.sha, old, await madeOf(tip, head.sha, tip));
    await git('push', '-q', 'origin', `${merge}:mine`);
    await git('push', '-q', 'origin', `${merge}:main`);
    expect(await bench.reader.pull(number)).toMatchObject({ merged: true, mergeCommit: merge });
    await evaluate(bench.newDeps(), number);
    expect(await read('models/flight-delay/versions/0001.yml')).toContain('version: 1');
    expect(await read('models/flight-delay/versions/0002.yml')).toBeNull();
  });

  it('one that brings a rule which its pull request did not show is not recorded, and is told', async () => {
    const text = Buffer.from((await bench.reader.file(policyFile, 'main')) ?? []).toString();
    const number = await judged('more', 'more');
    const { head } = await bench.reader.pull(number);
    await git('fetch', '-q', 'origin');
    await git('checkout', '-q', '--detach', 'origin/main');
    await git('merge', '-q', '--no-ff', '--no-edit', head.sha);
    await bench.bench.commit(work, { [policyFile]: `${text}# and this\n` }, 'Both');
    const merge = await madeOf('HEAD', (await bench.reader.branchHead('main')) ?? '', head.sha);
    await git('push', '-q', 'origin', `${merge}:main`);
    expect(await bench.reader.pull(number)).toMatchObject({ merged: true, mergeCommit: merge });
    await evaluate(bench.newDeps(), number);
    const versions = await bench.reader.tree((await bench.reader.branchHead(ledger)) ?? '');
    expect([...versions.keys()].filter((path) => path.includes('/versions/'))).toHaveLength(1);
    const { incidents } = parseIncidentsFile((await read(incidentsPath)) ?? '', incidentsPath);
    expect(incidents).toContainEqual(
      expect.objectContaining({ reason: 'refused', commit: merge, codes: ['change/merged-besides'] }),
    );
    await bench.push('ada', 'main', { [policyFile]: text });
  });

  it('and one without a pull request is found, though it changes nothing of the parent that it names first', async () => {
    const [old = ''] = (await bench.reader.commitsOf('main', 50)).slice(-1).map(({ sha }) => sha);
    const tip = await bench.push('ada', 'main', { 'notes.txt': 'a note\n' });
    await tend(bench.newDeps());
    await git('fetch', '-q', 'origin');
    const merge = await madeOf(old, old, tip);
    await git('push', '-q', 'origin', `${merge}:main`);
    bench.hub.clock.advance(60);
    await tend(bench.newDeps());
    const text = await read(incidentsPath);
    const { incidents } = parseIncidentsFile(text ?? '', incidentsPath);
    expect(incidents).toContainEqual(
      expect.objectContaining({ reason: 'pushed past', commit: merge, closed: null }),
    );
  });

  it('a version that was merged before it, and recorded after it, answers for nothing that was pushed', async () => {
    const number = await judged('late', 'late');
    await bench.merge('ada', number);
    const pushed = await bench.push('ada', 'main', { [params]: '{"name":"never judged"}\n' });
    await tend(bench.newDeps());
    await evaluate(bench.newDeps(), number);
    expect(await read('models/flight-delay/versions/0002.yml')).toContain('version: 2');
    await tend(bench.newDeps());
    const { incidents } = parseIncidentsFile((await read(incidentsPath)) ?? '', incidentsPath);
    expect(incidents.find(({ commit }) => commit === pushed)).toMatchObject({
      reason: 'pushed past',
      closed: null,
    });
  });

  it('a push is found below however many others that came with it', async () => {
    const tip = (await bench.reader.branchHead('main')) ?? '';
    await git('fetch', '-q', 'origin');
    const commits = Array.from({ length: 110 }, (_, at) => {
      const text = `${at}\n`;
      const file = at === 0 ? params : 'notes.txt';
      const from = at === 0 ? `from ${tip}\n` : '';
      return `commit refs/heads/many\ncommitter ada <ada@acme.test> ${1_800_000_000 + at} +0000\ndata 1\nx\n${from}M 100644 inline ${file}\ndata ${text.length}\n${text}\n`;
    });
    execFileSync('git', ['fast-import', '--force', '--quiet'], { cwd: work, input: commits.join('') });
    await git('push', '-q', 'origin', 'many:main');
    bench.hub.clock.advance(60);
    await tend(bench.newDeps());
    const { incidents } = parseIncidentsFile((await read(incidentsPath)) ?? '', incidentsPath);
    expect(incidents).toContainEqual(
      expect.objectContaining({ reason: 'pushed past', base: tip, model: 'flight-delay', closed: null }),
    );
  });

  /**
   * Who merges the base branch and something that was merged into it, each from before the other, has two merge bases. A
   * comparison names one of them, and the merge takes both: what was changed on the way to the other one would be undone by a
   * pull request that shows no change of it.
   */
  describe('a pull request with two merge bases', () => {
    const checkOf = async (number: number) =>
      (await bench.checks((await bench.reader.pull(number)).head.sha)).at(-1);

    it('undoes no rule that nobody saw it undo', async () => {
      await bench.push('ben', 'side', { 'notes.txt': 'another note\n' });
      const text = Buffer.from((await bench.reader.file(policyFile, 'main')) ?? []).toString();
      const rules = await bench.push('ada', 'main', { [policyFile]: `${text}# a rule\n` });
      bench.hub.clock.advance(60);
      const side = await bench.push('ben', 'side', { 'notes.txt': 'side\n' });
      await bench.merge('ben', await bench.openPull('ben', 'side'));
      await git('fetch', '-q', 'origin');
      for (const [name, files] of [
        ['one', side],
        ['two', rules],
      ] as const) {
        await git('push', '-q', 'origin', `${await madeOf(files, side, rules)}:refs/heads/${name}`);
        const number = await bench.openPull('ben', name);
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
});

import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findRewrittenFiles } from '../adapters/git/append-only.ts';
import { readAnchors } from '../adapters/github/anchors.ts';
import { checkAppendOnly } from '../core/audit/append-only.ts';
import { isFailure } from '../core/finding/finding.ts';
import { correctionsOf } from '../core/registry/incident.ts';
import { parseIncidentsFile } from '../core/registry/incidents-file.ts';
import { frontPagePath, incidentsPath } from '../core/registry/layout.ts';
import { proveLedger } from '../core/report/ledger-proof.ts';
import { type BotBench, fullName, startBotBench } from '../test/bot/bench.ts';
import { playJudge } from '../test/bot/judge.ts';
import { evaluate } from './evaluate.ts';
import { tend } from './incident/tend.ts';
import { readLedgerFiles } from './ledger/ledger-files.ts';

const model = 'models/flight-delay';
const policyFile = '.github/gatehouse.yml';
const branch = 'gatehouse-ledger';

/** What went past the gate, on one repository from its first version on. Each test leaves it sound for the next. */
describe('when something went past the gate', () => {
  let bench: BotBench;
  beforeAll(async () => {
    bench = await startBotBench();
    await merge(await propose('v1', true));
  });
  afterAll(() => bench.close());

  async function propose(name: string, approve: boolean): Promise<number> {
    await bench.push('ben', name, { [`${model}/params.json`]: `{"name":"${name}"}\n` });
    const number = await bench.openPull('ben', name);
    await playJudge(bench, number);
    await evaluate(bench.newDeps(), number);
    if (approve) await bench.approve('rita', number);
    return number;
  }
  async function merge(number: number): Promise<string> {
    const sha = await bench.merge('ada', number);
    await evaluate(bench.newDeps(), number);
    return sha;
  }
  const incidents = async () => {
    const text = await (await bench.reader.ledgerFiles(branch))?.read(incidentsPath);
    return text == null ? null : parseIncidentsFile(text, incidentsPath);
  };
  const page = async () => (await (await bench.reader.ledgerFiles(branch))?.read(frontPagePath('own'))) ?? '';
  const headCheck = async (number: number) =>
    (await bench.checks((await bench.reader.pull(number)).head.sha)).at(-1);
  const policyText = async () => Buffer.from((await bench.reader.file(policyFile, 'main')) ?? []).toString();

  it('a merge without approval is open until its content no longer stands', async () => {
    const { lag } = bench.hub;
    const number = await propose('unapproved', false);
    lag.watch();
    const merging = `/repos/${fullName}/pulls/${number}/merge`;
    const { body: merged } = await bench.bench.call(bench.tokens.ada ?? '', 'PUT', merging, {});
    const mergeCommit = String(merged.sha);
    lag.watch(false);
    await evaluate(bench.newDeps(), number);
    // The tip of before the merge holds what was before it, as if the merge were taken back.
    const isTip = ({ path }: { readonly path: string }) => /heads(?:\/|%2F)main$/.test(path);
    lag.begin({ behind: lag.last ?? 0, reads: 100, which: isTip });
    await tend(bench.newDeps());
    expect(lag.late).toBeGreaterThan(1);
    lag.end();
    bench.hub.clock.advance(60);
    expect(await incidents()).toMatchObject({
      incidents: [{ pullRequest: number, reason: 'waiting', by: { login: 'ada' }, closed: null }],
    });
    expect(await page()).toContain('Open incidents');
    await bench.push('ben', 'back', { [`${model}/params.json`]: '{"name":"v1"}\n' });
    await bench.merge('ada', await bench.openPull('ben', 'back'));
    await tend(bench.newDeps());
    expect((await incidents())?.incidents[0]?.closed).toMatchObject({ because: 'taken back' });
    expect((await bench.checks(mergeCommit)).at(-1)?.external_id).toBe(`incident-closed:${number}`);
    expect(await page()).not.toContain('Open incidents');
  });

  it('a merge that GitHub does not list as one yet is no push past the gate', async () => {
    const { lag } = bench.hub;
    const number = await propose('listed-late', true);
    const told = (await incidents())?.incidents;
    lag.watch();
    await bench.bench.call(bench.tokens.ada ?? '', 'PUT', `/repos/${fullName}/pulls/${number}/merge`, {});
    lag.watch(false);
    const lists = /\/pulls$/;
    lag.begin({
      ...{ behind: lag.last ?? 0, reads: 100, withCommits: true },
      which: ({ path }) => lists.test(path),
    });
    const deps = bench.newDeps();
    await expect(tend(deps)).rejects.toMatchObject({ code: 'PUSH_TOO_NEW' });
    expect(lag.late).toBeGreaterThan(1);
    lag.end();
    bench.hub.clock.advance(60);
    await evaluate(deps, number);
    await tend(deps);
    expect((await incidents())?.incidents).toEqual(told);
  });

  it('a ledger that is shown as it was a moment ago is no cut one: nothing is frozen, nothing is told', async () => {
    const { lag } = bench.hub;
    const number = await propose('lagging', true);
    const merge = await bench.merge('ada', number);
    const deps = bench.newDeps();
    // Every read is of before the app's first write, which made the ledger longer.
    lag.begin({ behind: 1, reads: 200 });
    await evaluate(deps, number);
    await expect(tend(deps)).rejects.toMatchObject({ code: 'LEDGER_MOVED' });
    await expect(evaluate(deps, number)).rejects.toMatchObject({ kind: 'conflict' });
    expect(lag.late).toBeGreaterThan(10);
    lag.end();
    expect((await bench.checks(merge)).map(({ external_id }) => external_id.split(':')[0])).toEqual([
      'anchor',
    ]);
    expect(await bench.comments(number)).toHaveLength(1);
    bench.hub.clock.advance(600);
    await evaluate(deps, number);
    await tend(deps);
    const ids = (await bench.checks(merge)).map(({ external_id }) => external_id);
    expect(ids.filter((id) => id.startsWith('incident'))).toEqual([]);
    expect((await bench.comments(number))[0]?.body).toContain('Written to the ledger');
  });

  it('a push to the base branch without a pull request is found, once, and promotes nothing', async () => {
    const deps = bench.newDeps();
    const pushed = await bench.push('eve', 'main', {
      [`${model}/stages.yml`]: 'production: { eu: 1 }\n',
      'notes.txt': 'mine\n',
    });
    await bench.push('eve', 'main', { 'notes.txt': 'not governed\n' });
    await tend(deps);
    await tend(bench.newDeps());
    const open = (await incidents())?.incidents.filter(({ closed }) => closed === null);
    expect(open).toMatchObject([
      { reason: 'pushed past', commit: pushed, pullRequest: null, model: 'flight-delay' },
    ]);
    expect((await bench.checks(pushed)).map(({ external_id }) => external_id)).toContain(
      'incident-open:push',
    );
    const ledger = await bench.reader.ledgerFiles(branch);
    expect([...(ledger?.listing.keys() ?? [])].filter((path) => path.startsWith('endpoints/'))).toEqual([]);
    // The app opened a pull request that brings the file in line: merged, the incident is over.
    const [align] = await bench.reader.pulls({ state: 'open' });
    expect(align?.title).toContain('Align');
    await bench.merge('ada', align?.number ?? 0);
    await tend(bench.newDeps());
    expect((await incidents())?.incidents.at(-1)?.closed).toMatchObject({ because: 'taken back' });
  });

  it('what was merged of so many commits that GitHub does not list them is no less of an incident', async () => {
    const { git } = bench.bench;
    const work = await bench.bench.clone(fullName, 'eve', bench.tokens.eve ?? '', 'many');
    const from = await git(work, 'rev-parse', 'HEAD');
    const who = 'committer Eve <eve@example.test> 1767225600 +0000';
    const commits = Array.from({ length: 250 }, (_, at) =>
      [
        ...['commit refs/heads/many', who, 'data 1', 'x', ...(at === 0 ? [`from ${from}`] : [])],
        ...[`M 644 inline ${model}/params.json`, `data ${String(at).length}`, `${at}`, ''],
      ].join('\n'),
    );
    execFileSync('git', ['-C', work, 'fast-import', '--quiet'], { input: commits.join('') });
    await git(work, 'push', '-q', 'origin', 'refs/heads/many');
    const number = await bench.openPull('eve', 'many');
    const sha = await merge(number);
    const told = (await incidents())?.incidents.filter(({ commit }) => commit === sha);
    expect(told).toMatchObject([
      {
        ...{ pullRequest: number, reason: 'not evaluated', by: { login: 'ada' }, model: 'flight-delay' },
        ...{ codes: ['merge/pull-request-too-large'], closed: null },
      },
    ]);
    await evaluate(bench.newDeps(), number);
    expect((await incidents())?.incidents.filter(({ commit }) => commit === sha)).toHaveLength(1);
    const ids = (await bench.checks(sha)).map(({ external_id }) => external_id);
    expect(ids.filter((id) => id === `incident-open:${number}`)).toHaveLength(1);
  });

  describe('a policy on the base that cannot be read', () => {
    let good = '';
    let broken = '';
    beforeAll(async () => {
      good = await policyText();
      broken = await bench.push('ada', 'main', { [policyFile]: `${good}quorum: none\n` });
    });

    it('holds up whatever it would judge, and says where, since when, and who mends it', async () => {
      await bench.push('ben', 'meanwhile', { [`${model}/params.json`]: '{"name":"meanwhile"}\n' });
      const number = await bench.openPull('ben', 'meanwhile');
      await evaluate(bench.newDeps(), number);
      const check = await headCheck(number);
      expect(check).toMatchObject({ conclusion: 'action_required', external_id: 'error:POLICY_UNREADABLE' });
      for (const words of ['line 11', broken.slice(0, 7), 'ada, omar', 'quorum'])
        expect(check?.output.summary).toContain(words);
      // Merged all the same it is in no stage, and that is an incident for good.
      const sha = await merge(number);
      expect((await bench.checks(sha)).at(-1)?.external_id).toBe(`not-promoted:${number}`);
      expect((await bench.comments(number))[0]?.body).toContain('Merged, not promoted');
      expect((await incidents())?.incidents.at(-1)).toMatchObject({
        reason: 'policy unreadable',
        commit: sha,
      });
    });

    it('is mended by a pull request that the last readable policy judges', async () => {
      await bench.push('ben', 'no-repair', { [policyFile]: `${good}quorum: one\n` });
      const wrong = await bench.openPull('ben', 'no-repair');
      await evaluate(bench.newDeps(), wrong);
      expect(await headCheck(wrong)).toMatchObject({ conclusion: 'failure' });
      await bench.push('ben', 'repair', { [policyFile]: `${good}# mended\n` });
      const number = await bench.openPull('ben', 'repair');
      await evaluate(bench.newDeps(), number);
      expect(await headCheck(number)).toMatchObject({ status: 'in_progress' });
      await bench.approve('rita', number);
      await evaluate(bench.newDeps(), number);
      expect(await headCheck(number)).toMatchObject({ status: 'in_progress' });
      await bench.approve('omar', number);
      await evaluate(bench.newDeps(), number);
      expect(await headCheck(number)).toMatchObject({
        conclusion: 'success',
        output: { summary: expect.stringContaining('Judged by the last readable policy') },
      });
      await bench.merge('ada', number);
      await evaluate(bench.newDeps(), number);
      expect(await headCheck(number)).toMatchObject({ conclusion: 'success' });
    });
  });

  it('governors whom GitHub does not know: an administrator merges the repair, and that is told', async () => {
    const good = await policyText();
    await bench.push('ada', 'main', {
      [policyFile]: good.replace('governor: { users: [ada, omar] }', 'governor: { teams: [acme/gone] }'),
    });
    await bench.push('ben', 'governors', { [policyFile]: good });
    const number = await bench.openPull('ben', 'governors');
    await evaluate(bench.newDeps(), number);
    expect(await headCheck(number)).toMatchObject({
      external_id: 'error:GOVERNORS_UNKNOWN',
      output: { summary: expect.stringContaining('administrator') },
    });
    const sha = await merge(number);
    const open = (await incidents())?.incidents.find(({ commit }) => commit === sha);
    expect(open).toMatchObject({ reason: 'governors unknown', closed: null });
    await tend(bench.newDeps());
    const closed = (await incidents())?.incidents.find(({ commit }) => commit === sha)?.closed;
    expect(closed).toMatchObject({ because: 'mended' });
  });

  describe('a ledger that somebody else wrote to', () => {
    const proof = async () => {
      const head = (await bench.reader.branchHead(branch)) ?? '';
      const files = await readLedgerFiles(bench.reader, head, 'own');
      return { files, ...proveLedger(files, await readAnchors(bench.reader, 'main'), 'own', 'refuse') };
    };
    const forge = async (name: string, write: (work: string) => Promise<void>) => {
      const work = await bench.bench.clone(fullName, 'eve', bench.tokens.eve ?? '', name);
      await bench.bench.git(work, 'checkout', '-q', branch);
      await write(work);
      await bench.bench.git(work, 'push', '-q', '-f', 'origin', branch);
      return bench.bench.git(work, 'rev-parse', 'HEAD');
    };
    const firstEntry = 'audit/flight-delay/000/000001.json';

    it.each<[string, (bench: BotBench, work: string) => Promise<unknown>]>([
      [
        'a commit on top',
        ({ bench }, work) =>
          bench.commit(work, { [`${model}/state.yml`]: 'v: 1\n', 'mine.txt': 'x' }, 'Tidy'),
      ],
      [
        'an entry edited',
        async ({ bench }, work) => {
          const text = await bench.git(work, 'show', `HEAD:${firstEntry}`);
          await bench.commit(work, { [firstEntry]: `${text.replaceAll('"ada"', '"eve"')}\n` }, 'Who was it');
        },
      ],
    ])('%s is put back on top of it, named, and anchored', async (name, write) => {
      const before = await proof();
      const foreign = await forge(name.replaceAll(' ', '-'), (work) =>
        write(bench, work).then(() => undefined),
      );
      await expect(proof()).resolves.toMatchObject({ verdict: 'fail' });
      await tend(bench.newDeps());
      const after = await proof();
      expect(after).toMatchObject({ verdict: 'pass', findings: [], entries: before.entries + 1 });
      expect(correctionsOf(after.states).at(-1)).toMatchObject({ foreign: [foreign], found: foreign });
      expect(after.files.get(`${model}/state.yml`)).toBe(before.files.get(`${model}/state.yml`));
      expect(after.files.has('mine.txt')).toBe(false);
      // The history of a clone remembers the edit, and knows from the correction that it is mended.
      const clone = await bench.bench.clone(fullName, 'ada', bench.tokens.ada ?? '', `clone of ${name}`);
      const edited = await findRewrittenFiles(clone, `origin/${branch}`);
      expect(checkAppendOnly(edited ?? [], after).filter(isFailure)).toEqual([]);
      // History is kept: what was written stays to be seen.
      const history = await bench.reader.commitsOf((await bench.reader.branchHead(branch)) ?? '', 5);
      expect(history[0]?.parents).toEqual([foreign]);
      await tend(bench.newDeps());
      expect((await proof()).entries).toBe(after.entries);
    });

    it('a branch that was set back keeps nothing from a merge, which is decided when it is whole again', async () => {
      const number = await propose('v2', true);
      const whole = await proof();
      await forge(
        'set-back',
        async (work) => void (await bench.bench.git(work, 'reset', '-q', '--hard', 'HEAD~2')),
      );
      const mergeCommit = await merge(number);
      expect((await bench.checks(mergeCommit)).at(-1)?.external_id).toBe(`incident-open:frozen-${number}`);
      expect((await bench.comments(number)).at(-1)?.body).toContain('it is frozen');
      await tend(bench.newDeps());
      expect(correctionsOf((await proof()).states).at(-1)).toMatchObject({
        foreign: [],
        size: whole.entries,
      });
      await evaluate(bench.newDeps(), number);
      const ids = (await bench.checks(mergeCommit)).map(({ external_id }) => external_id);
      expect(ids).toContain(`incident-closed:frozen-${number}`);
      const [first] = await bench.comments(number);
      expect(first?.body).toContain('Written to the ledger');
      expect(await proof()).toMatchObject({ verdict: 'pass' });
    });

    it('a fourth time within a day stays frozen, and no anchor blesses it', async () => {
      const anchors = (await readAnchors(bench.reader, 'main')).length;
      await forge(
        'again',
        async (work) => void (await bench.bench.commit(work, { 'again.txt': 'x' }, 'Again')),
      );
      await tend(bench.newDeps());
      await expect(proof()).resolves.toMatchObject({ verdict: 'fail' });
      expect(await readAnchors(bench.reader, 'main')).toHaveLength(anchors);
      const [newest] = await readAnchors(bench.reader, 'main');
      expect((await bench.checks(newest?.commit ?? '')).at(-1)).toMatchObject({
        external_id: 'incident-open:ledger',
        output: { summary: expect.stringContaining('protect the branch') },
      });
    });

    it('one that no correction mends is not corrected for ever', async () => {
      bench.hub.clock.advance(2 * 86_400);
      await forge('unmended', async (work) => {
        await bench.bench.commit(work, { [firstEntry]: '{}\n' }, 'Nothing');
      });
      // As if GitHub kept what stands there: a link in place of a file, for example.
      const deps = () => {
        const made = bench.newDeps();
        const commitOnBranch: typeof made.writer.commitOnBranch = (content) =>
          made.writer.commitOnBranch({
            ...content,
            files: content.files.filter(({ path }) => path !== firstEntry),
          });
        return { ...made, writer: { ...made.writer, commitOnBranch } };
      };
      const corrections = async () => {
        const commits = await bench.reader.commitsOf((await bench.reader.branchHead(branch)) ?? '', 100);
        return commits.filter(({ message }) => message.startsWith('Correct the ledger')).length;
      };
      const before = await corrections();
      for (let look = 0; look < 5; look += 1) await tend(deps()).catch((error: unknown) => error);
      expect((await corrections()) - before).toBe(3);
    });
  });
});

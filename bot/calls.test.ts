import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openReader } from '../adapters/github/look-reader.ts';
import { ObjectFolder } from '../adapters/github/object-folder.ts';
import type { CheckMark, GitHubReader } from '../adapters/github/reader.ts';
import { ReaderMemory } from '../adapters/github/reader-memory.ts';
import { registrationOf } from '../core/audit/promotion.fixture.ts';
import { policyPath } from '../core/config/layout.ts';
import { type BotBench, fullName, startBotBench } from '../test/bot/bench.ts';
import { playJudge } from '../test/bot/judge.ts';
import { type CallCount, costOf, countCalls } from '../test/bot/life.ts';
import { place } from '../test/bot/writers.ts';
import type { BotDeps } from './deps.ts';
import { evaluate } from './evaluate.ts';
import { LedgerBook } from './ledger/ledger-book.ts';

const model = 'models/flight-delay';
const ledger = 'gatehouse-ledger';

/** What GitHub is asked for: counted by the hub, and the same whichever way it is asked. */
describe('calls of a look', () => {
  let bench: BotBench;
  let deps: BotDeps;
  let proposal = 0;
  let promotion = 0;
  let merge = '';
  const look = async (number: number): Promise<CallCount> => {
    bench.hub.log.take();
    await evaluate(deps, number);
    return countCalls(bench.hub.log.take());
  };

  beforeAll(async () => {
    bench = await startBotBench();
    deps = bench.newDeps();
    const anchorOn = (await bench.reader.branchHead('main')) ?? '';
    const waiting = registrationOf(undefined, 'flight-delay', { pull: 10_000, mergeSha: anchorOn });
    const plan = (snapshot: Parameters<typeof waiting.plan>[0]) => waiting.plan(snapshot);
    await deps.ledgerWriter.write(deps, { place, headline: 'v1', url: 'u', anchorOn, plan });
  });
  afterAll(async () => {
    const { violations } = bench.hub;
    await bench.close();
    expect(violations).toEqual([]);
  });

  it('first look at a proposal: one question for what can change, one for contents', async () => {
    await bench.push('ben', 'v2', { [`${model}/params.json`]: '{"v":2}\n' });
    proposal = await bench.openPull('ben', 'v2');
    const count = await look(proposal);
    expect(count).toMatchObject({ queries: 2, commits: 0, checks: 2, comments: 1, others: 0 });
    // Once in a process: trees, people of the roles. Once for a head: runs, pushes, merge base, and what is not made twice.
    expect(count.reads).toBeLessThanOrEqual(13);
  });

  it('a second look where nothing changed: one question, and whether it is still this head', async () => {
    const count = await look(proposal);
    expect(count).toMatchObject({ queries: 1, checks: 0, comments: 0, commits: 0, others: 0 });
    expect(costOf(count)).toBeLessThanOrEqual(2);
    // Asked once more, GitHub says of everything else that it did not change.
    expect(costOf(await look(proposal))).toBe(1);
  });

  it('a promotion that was looked at before: one question, one commit, one check, its anchor, its comment', async () => {
    await bench.push('ben', 'promote', { [`${model}/stages.yml`]: 'production: { eu: 1 }\n' });
    promotion = await bench.openPull('ben', 'promote');
    await playJudge(bench, promotion);
    await look(promotion);
    for (const login of ['rita', 'omar']) await bench.approve(login, promotion);
    await look(promotion);
    // What rulesets enforce was asked for by the promotion before this one: it changes rarely.
    for (const branch of ['main', ledger]) await deps.newReader().branchGuard(branch);
    // Something else is merged before it, which the app saw: what is merged onto that is found, not read.
    await bench.push('zoe', 'readme', { 'README.md': 'Late flights\n' });
    const other = await bench.openPull('zoe', 'readme');
    await look(other);
    await bench.merge('ada', other);
    await look(other);
    merge = await bench.merge('ada', promotion);
    const { unchanged, ...count } = await look(promotion);
    // What it was merged onto was looked at before, and so was all that came before that.
    expect(count).toEqual({ queries: 1, reads: 0, commits: 1, checks: 2, comments: 1, others: 0 });
    expect(unchanged).toBeLessThanOrEqual(6);
    const files = await bench.reader.ledgerFiles(ledger);
    expect(await files?.read('endpoints/eu/flight-delay.yml')).toContain('champion: 1');
  });

  it('brings by one question what many reads bring', async () => {
    bench.hub.createTeam('acme', 'ml', ['rita', 'eve']);
    await bench.approve('eve', proposal);
    await bench.approve('rita', proposal, 'REQUEST_CHANGES');
    const [review] = await bench.reader.reviews(proposal);
    const dismiss = `/repos/${fullName}/pulls/${proposal}/reviews/${review?.id}/dismissals`;
    await bench.bench.call(bench.tokens.ada ?? '', 'PUT', dismiss, { message: 'no' });
    for (const number of [proposal, promotion]) {
      // The first one says whom to ask for.
      await tell(deps.newReader(number), number, merge);
      bench.hub.log.take();
      const told = await tell(deps.newReader(number), number, merge);
      // What the look before asked for besides is asked for early, and costs nothing.
      const count = countCalls(bench.hub.log.take());
      expect({ queries: count.queries, cost: costOf(count) }).toEqual({ queries: 1, cost: 1 });
      expect(told).toEqual(await tell(bench.newDeps().newReader(), number, merge));
    }
  });

  it('a policy that is changed: what it makes of promotions, of open pull requests and of refused merges', async () => {
    await bench.push('ben', 'drop', { [`${model}/stages.yml`]: 'production: {}\n' });
    const dropped = await bench.openPull('ben', 'drop');
    await bench.merge('ada', dropped);
    await look(dropped);
    const text = new TextDecoder().decode((await bench.reader.file(policyPath, 'main')) ?? undefined);
    const strict = 'stages: { production: { approvals: { owner: 1, governor: 2 } } }\n';
    await bench.push('zoe', 'strict', { [policyPath]: `${text}${strict}` });
    const changed = await bench.openPull('zoe', 'strict');
    await look(changed);
    const [{ body = '' } = {}, ...others] = await bench.comments(changed);
    expect(others).toEqual([]);
    expect(body).toContain('It would have blocked 1 of the last 1 promotion');
    expect(body).toMatch(new RegExp(`pull/${promotion}\\).*v1 at eu.*waiting.*2 × governor: [01] of 2`));
    expect(body).toMatch(new RegExp(`pull/${proposal}\\) \\| flight-delay: a new version \\|`));
    expect(body).toMatch(new RegExp(`Of 1 merge that the ledger does not hold[^]*pull/${dropped}\\)`));
    expect((await bench.checks((await bench.reader.pull(changed)).head.sha))[0]?.status).toBe('in_progress');
    // Another look finds the same: nothing is written, and each pull request that it tells of is one question more.
    const count = await look(changed);
    expect(count).toMatchObject({ queries: 3, checks: 0, comments: 0, commits: 0, others: 0 });
    expect(costOf(count)).toBeLessThanOrEqual(6);
    // A result that is not counted yet is told by nobody but its own pull request.
    await playJudge(bench, proposal, { auc: 0.1 });
    const row = async (): Promise<string> => {
      await look(changed);
      const [comment] = await bench.comments(changed);
      return comment?.body.split('\n').find((line) => line.includes(`pull/${proposal})`)) ?? '';
    };
    expect(await row()).toMatch(/not known \| Its result is not counted yet/);
    await look(proposal);
    expect(await row()).toMatch(/❌ refused \| ❌ refused/);
  });

  describe('after a start', () => {
    const folder = () => path.join(bench.bench.folder, 'objects');
    const warnings: string[] = [];
    const name = { owner: 'acme', repo: 'flights' };
    const contentCalls = /^(GET .*\/(blobs|tarball)\/|POST \/graphql)/;

    /** What a process that was just started asks for, and what it makes of it. */
    async function startWith<T>(where: string, read: (reader: GitHubReader) => Promise<T>) {
      const warn = (_: object, message: string) => void warnings.push(message);
      const objects = new ObjectFolder({ folder: where, warn });
      const reader = openReader(bench.client(), name, bench.identity.appId, new ReaderMemory(objects))();
      bench.hub.log.take();
      const result = await read(reader);
      await objects.close();
      const calls = bench.hub.log.take().map(({ method, path: asked }) => `${method} ${asked}`);
      return { result, contents: calls.filter((call) => contentCalls.test(call)) };
    }
    const readBook = async (reader: GitHubReader) => {
      const book = new LedgerBook(() => bench.hub.clock.now());
      return (await book.read(reader, bench.identity, place)).events;
    };

    it('the ledger is proven from what the machine kept, and of GitHub where that is not what it says', async () => {
      const first = await startWith(folder(), readBook);
      // Anchors are looked for by one question. All others were for contents.
      expect(first.contents.length).toBeGreaterThan(1);
      const second = { result: first.result, contents: ['POST /graphql'] };
      expect(await startWith(folder(), readBook)).toEqual(second);
      const [file = ''] = await readdir(folder());
      const kept = await readFile(path.join(folder(), file), 'latin1');
      const forged = kept.replace('"type":"VersionPromoted"', '"type":"VersionPromotes"');
      expect(forged).not.toBe(kept);
      await writeFile(path.join(folder(), file), forged, 'latin1');
      const mended = await startWith(folder(), readBook);
      expect(mended.result).toEqual(first.result);
      expect(mended.contents).toHaveLength(2);
      expect(await startWith(folder(), readBook)).toEqual(second);
      // A folder that cannot be: everything is read of GitHub, and said once.
      expect(warnings).toEqual([]);
      expect(await startWith(path.join(folder(), file), readBook)).toEqual(first);
      expect(warnings).toHaveLength(1);
    });

    it('many contents come by one archive, and what attributes kept out of it or changed by a question', async () => {
      const files = Object.fromEntries(
        Array.from({ length: 210 }, (_, at) => [`many/${at}.txt`, `text ${at} $Format:%H$\n`]),
      );
      const attributes = 'many/7.txt export-ignore\nmany/8.txt export-subst\nmany/9.txt export-ignore\n';
      const commit = await bench.push('zoe', 'many', { ...files, '.gitattributes': attributes });
      const read = async (reader: GitHubReader) => {
        const listing = [...(await reader.tree(commit)).values()].filter(({ path: at }) => at in files);
        const texts = new Map<string, string>();
        const blobs = listing.map(({ blob }) => blob);
        await reader.contents(commit, blobs, (blob, bytes) => texts.set(blob, Buffer.from(bytes).toString()));
        return Object.fromEntries(listing.map(({ path: at, blob }) => [at, texts.get(blob)]));
      };
      const first = await startWith(path.join(folder(), 'many'), read);
      expect(first.result).toEqual(files);
      expect(first.contents).toEqual([`GET /repos/${fullName}/tarball/${commit}`, 'POST /graphql']);
      expect((await startWith(path.join(folder(), 'many'), read)).contents).toEqual([]);
    });
  });
});

/** Everything that a look asks for about one pull request. */
async function tell(reader: GitHubReader, number: number, merge: string) {
  const pull = await reader.pull(number);
  const tip = (await reader.branchHead('main')) ?? '';
  const marks = async (sha: string, name: string) => (await reader.checkRuns(sha, name)).map(toMark);
  return {
    pull,
    repository: await reader.repository(),
    commits: await reader.pullCommits(number),
    reviews: await reader.reviews(number),
    dismissals: await reader.dismissals(number),
    tips: [tip, await reader.branchHead(ledger)],
    history: await reader.history('main', 100),
    twins: await reader.pullsOfCommit(pull.head.sha),
    decision: await marks(pull.head.sha, 'gatehouse'),
    evidence: await marks(pull.head.sha, 'gatehouse evidence'),
    anchors: await marks(tip, 'gatehouse'),
    merge: pull.merged ? await reader.commit(merge) : null,
    people: await reader.membersOf({ users: ['rita', 'omar'], teams: ['acme/ml'] }),
  };
}

const toMark = (run: CheckMark) => ({
  ...{ id: run.id, name: run.name, headSha: run.headSha, status: run.status, conclusion: run.conclusion },
  ...{ externalId: run.externalId, startedAt: run.startedAt, completedAt: run.completedAt },
});

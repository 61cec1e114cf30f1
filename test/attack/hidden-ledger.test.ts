import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAnchors } from '../../adapters/github/anchors.ts';
import { evaluate } from '../../bot/evaluate.ts';
import { toRequest } from '../../bot/incident/notes.ts';
import { tend } from '../../bot/incident/tend.ts';
import { readLedgerFiles } from '../../bot/ledger/ledger-files.ts';
import { emptyHead } from '../../core/audit/merkle.ts';
import { recordRequests } from '../../core/audit/record.ts';
import { canonicalJson } from '../../core/json/canonical.ts';
import { correctionsOf, type IncidentCommand } from '../../core/registry/incident.ts';
import { headPath } from '../../core/registry/layout.ts';
import { proveLedger } from '../../core/report/ledger-proof.ts';
import { ledgerRenderersFor } from '../../core/report/ledger-renderers.ts';
import { type BotBench, fullName, startBotBench } from '../bot/bench.ts';
import { playJudge } from '../bot/judge.ts';

const params = 'models/flight-delay/params.json';
const ledger = 'gatehouse-ledger';

/** Who may push to a ledger that no ruleset protects tries to have his own entries, or an older ledger, taken for the app's. */
describe('a ledger that somebody may push to', () => {
  let bench: BotBench;
  let work = '';
  const git = (...args: readonly string[]) => bench.bench.git(work, ...args);
  const head = async () => (await bench.reader.branchHead(ledger)) ?? '';
  const proof = async () => {
    const files = await readLedgerFiles(bench.reader, await head(), 'own');
    return proveLedger(files, await readAnchors(bench.reader, 'main'), 'own', 'report');
  };
  /** Many commits on top of one, quickly. @returns the last */
  const many = (onto: string, count: number, file: string, textOf: (at: number) => string): string => {
    const commits = Array.from({ length: count }, (_, at) => {
      const text = textOf(at);
      const from = at === 0 ? `from ${onto}\n` : '';
      return `commit refs/heads/many\ncommitter eve <eve@acme.test> ${4_000_000_000 + at} +0000\ndata 1\nx\n${from}M 100644 inline ${file}\ndata ${text.length}\n${text}\n`;
    });
    execFileSync('git', ['fast-import', '--force', '--quiet'], { cwd: work, input: commits.join('') });
    return execFileSync('git', ['rev-parse', 'refs/heads/many'], { cwd: work, encoding: 'utf8' }).trim();
  };
  /** Entries with every hash right, as whoever has our source makes them. */
  const forged = async () => {
    const { snapshot } = await bench
      .newDeps()
      .book.read(bench.reader, bench.identity, { branch: ledger, layout: 'own', anchorBranch: 'main' });
    const source = { repositoryId: 1, pullRequest: 0, headSha: 'a'.repeat(40), mergeSha: 'a'.repeat(40) };
    const by = { id: bench.identity.botId, login: bench.identity.botLogin, kind: 'Bot' } as const;
    const command: IncidentCommand = {
      kind: 'open-incident',
      reason: 'waiting',
      ...{ model: 'flight-delay', baseRef: 'main', base: 'b'.repeat(40), codes: [] },
    };
    const request = toRequest({ command, at: '2026-01-01T00:00:00Z', by, source });
    return Object.fromEntries(recordRequests(snapshot, [request], 'own', ledgerRenderersFor('own')).files);
  };
  const version = async (name: string) => {
    await bench.push('ben', name, { [params]: `{"name":"${name}"}\n` });
    const number = await bench.openPull('ben', name);
    await playJudge(bench, number);
    await evaluate(bench.newDeps(), number);
    await bench.approve('rita', number);
    await bench.merge('ada', number);
    await evaluate(bench.newDeps(), number);
  };

  beforeAll(async () => {
    bench = await startBotBench();
    work = await bench.bench.clone(fullName, 'eve', bench.tokens.eve ?? '', 'eve');
    await version('v1');
  });
  afterAll(() => bench.close());

  it('takes no entry that GitHub squashed, elsewhere, from a pull request of the app', async () => {
    const before = await head();
    await git('fetch', '-q', 'origin');
    await git('push', '-q', 'origin', `${before}:refs/heads/elsewhere`, `${before}:refs/heads/of-app`);
    const client = bench.client();
    await bench.push('eve', 'of-app', await forged());
    const { data } = await client.request('POST /repos/{owner}/{repo}/pulls', {
      ...{ owner: 'acme', repo: 'flights', title: 'Align', head: 'of-app', base: 'elsewhere' },
    });
    const squash = await bench.merge('eve', data.number, 'squash');
    await git('fetch', '-q', 'origin');
    await git('push', '-q', 'origin', `${squash}:refs/heads/${ledger}`);
    await tend(bench.newDeps());
    const after = await proof();
    expect(correctionsOf(after.states).at(-1)).toMatchObject({ restored: before, foreign: [squash] });
    expect(after.states.get('_repository')?.operations.size).toBe(1);
  });

  it('is put back however many commits were pushed on top of it', async () => {
    const before = await head();
    await git('fetch', '-q', 'origin');
    // Each says that it holds more than was anchored, so that each may be the good one.
    const { size } = (await proof()).head;
    const textOf = (at: number) => `${canonicalJson({ ...emptyHead, size: size + at })}\n`;
    const junk = many(before, 120, headPath, textOf);
    await git('push', '-q', 'origin', `${junk}:refs/heads/${ledger}`);
    await tend(bench.newDeps());
    expect(correctionsOf((await proof()).states).at(-1)).toMatchObject({ restored: before });
  });

  it('is not begun anew because its anchors lie behind many commits', async () => {
    const {
      head: { size },
    } = await proof();
    const before = await head();
    await git('fetch', '-q', 'origin');
    const tip = (await bench.reader.branchHead('main')) ?? '';
    const notes = many(tip, 120, 'notes.txt', (at) => `${at}\n`);
    await git('push', '-q', 'origin', `${notes}:refs/heads/notes`);
    await bench.merge('eve', await bench.openPull('eve', 'notes'));
    await git('push', '-q', 'origin', `:refs/heads/${ledger}`);
    await tend(bench.newDeps());
    expect(correctionsOf((await proof()).states).at(-1)).toMatchObject({ restored: before, size });
  });
});

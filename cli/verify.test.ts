import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { LedgerRepository } from '../adapters/git/ledger-repository.fixture.ts';
import type { Anchor } from '../core/audit/anchor.ts';
import { forge, transactionsOf } from '../core/audit/forgery.fixture.ts';
import { tellStory } from '../core/audit/ledger.fixture.ts';
import { signAnchor, statementOf } from '../core/audit/signed-anchor.fixture.ts';
import { renderSignedAnchor } from '../core/audit/signed-anchor.ts';
import { headPath } from '../core/registry/layout.ts';
import type { Transaction } from '../core/registry/ledger.ts';
import { ledgerRenderersFor } from '../core/report/ledger-renderers.ts';
import { policyText } from '../test/memory/flights.ts';
import { exportCommand } from './commands/export.ts';
import { verifyCommand } from './commands/verify.ts';
import { runProgram } from './program.ts';

const pages = ledgerRenderersFor('own');
const story = tellStory('own', pages);
const transactions = transactionsOf(story.files);
const events = transactions.flatMap((transaction) => transaction.events);
const treeOf = (some: readonly Transaction[]) => forge(some, pages);
/** The ledger as it was after each transaction. */
const trees = transactions.map((_, at) => treeOf(transactions.slice(0, at + 1)));
const promoted = 'audit/flight-delay/000/000005.json';
const eve = (files: ReadonlyMap<string, string>, path: string, text: string | null) => {
  const edited = new Map(files);
  if (text === null) edited.delete(path);
  else edited.set(path, text);
  return edited;
};
/** v1's promotion told with another merger, everything after it hashed anew. */
const rewritten = transactions.map((transaction, at) => ({
  ...transaction,
  events: transaction.events.map((event) =>
    at === 1 ? { ...event, actor: { ...event.actor, login: 'eve' } } : event,
  ),
}));

const repository = new LedgerRepository();
const ids = repository.history(trees);
const tip = ids.at(-1) ?? '';
const [forgedTip = '', forgedSecond = ''] = [
  ...repository.history(rewritten.map((_, at) => treeOf(rewritten.slice(0, at + 1)))),
]
  .reverse()
  .filter((_, at) => at === 0 || at === 4);
const policyCommit = repository.commit(
  new Map([['.github/gatehouse.yml', policyText().replaceAll('c'.repeat(40), 'b'.repeat(40))]]),
);
beforeEach(() => {
  // A clone of its own for each test: nothing was proven here before.
  rmSync(join(repository.dir, 'gatehouse'), { recursive: true, force: true });
  rmSync(join(repository.dir, 'shallow'), { force: true });
  repository.fetch(tip);
});
afterAll(() => repository.remove());

/** Size and root after a transaction, as the comment of its pull request says them. */
function anchorAt(at: number): readonly [number, string] {
  const { size, root } = JSON.parse(trees[at]?.get(headPath) ?? '') as { size: number; root: string };
  return [size, root];
}

async function run(args: readonly string[], anchors: readonly Anchor[] = story.anchors) {
  const out: string[] = [];
  const err: string[] = [];
  const world = {
    ...{ cwd: repository.dir, env: {} },
    print: (text: string) => out.push(text),
    complain: (text: string) => err.push(text),
  };
  const fetch = async () => anchors;
  const code = await runProgram(args, world, [verifyCommand(fetch), exportCommand(fetch)]);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

/** What `verify` says of the ledger now: its verdict, and findings as `code file`. */
async function verify(anchors?: readonly Anchor[]) {
  const { out } = await run(['verify', '--json'], anchors);
  const { verdict, findings } = JSON.parse(out) as {
    readonly verdict: string;
    readonly findings: readonly {
      readonly code: string;
      readonly severity: string;
      readonly message: string;
      readonly where?: { readonly file: string };
    }[];
  };
  const failures = findings.filter(({ severity }) => severity === 'fail');
  const [first] = failures;
  return { verdict, findings, codes: failures.map(({ code }) => code), first, file: first?.where?.file };
}

describe('a push by somebody else is found, with the first bad entry and its commit', () => {
  const cases: readonly (readonly [string, ReadonlyMap<string, string>, string, string])[] = [
    [
      'an edited entry',
      eve(
        story.files,
        promoted,
        (story.files.get(promoted) ?? '').replace('"actor":{"id":1,', '"actor":{"id":5,'),
      ),
      'ledger/entry-hash',
      promoted,
    ],
    [
      'a deleted entry',
      eve(story.files, promoted, null),
      'ledger/entry-missing',
      'audit/flight-delay/000/000007.json',
    ],
    [
      'a doubled entry',
      eve(story.files, 'audit/flight-delay/000/000009.json', story.files.get(promoted) ?? ''),
      'ledger/entry-misplaced',
      'audit/flight-delay/000/000009.json',
    ],
    [
      'two that changed places',
      eve(
        eve(story.files, promoted, story.files.get('audit/flight-delay/000/000007.json') ?? ''),
        'audit/flight-delay/000/000007.json',
        story.files.get(promoted) ?? '',
      ),
      'ledger/entry-misplaced',
      'audit/flight-delay/000/000007.json',
    ],
    [
      'a rewritten end with right hashes',
      treeOf(rewritten),
      'ledger/rewritten',
      'audit/flight-delay/000/000002.json',
    ],
    ['a cut end', trees[4] ?? new Map(), 'ledger/truncated', headPath],
    ['an edited page', eve(story.files, 'README.md', '# All is well\n'), 'ledger/file-edited', 'README.md'],
  ];
  test.each(cases)('%s', async (_, files, code, file) => {
    expect((await verify()).verdict).toBe('pass');
    const commit = repository.commit(files, [tip], 'eve');
    repository.fetch(commit);
    const found = await verify();
    expect([found.verdict, found.first?.code, found.file]).toEqual(['fail', code, file]);
    const blamed = found.findings.filter(({ message }) => message.includes(commit.slice(0, 12)));
    expect(blamed[0]?.message).toMatch(/by eve/);
  });
});

describe('a push with force is found', () => {
  test('a whole forgery, by the anchors; its commits are named', async () => {
    repository.fetch(forgedTip);
    const found = await verify();
    expect(found.codes).toEqual(['ledger/rewritten']);
    expect(found.first?.message).toContain(`commit ${forgedSecond.slice(0, 12)}`);
    expect(await verify([story.anchors[5] as Anchor])).toMatchObject({ verdict: 'fail' });
  });

  test('an earlier state, of which an anchor exists, by what was proven here before', async () => {
    expect((await verify()).verdict).toBe('pass');
    repository.fetch(ids[4] ?? '');
    const found = await verify(story.anchors.slice(0, 5));
    expect([found.codes, found.verdict]).toEqual([['ledger/rolled-back'], 'fail']);
    expect(found.first?.message).toContain('was read here with 11 entries');
    repository.fetch(tip);
    expect((await verify()).verdict).toBe('pass');
  });

  test('a fork: two heads that both have an anchor, by whoever saw the other', async () => {
    const other = tellStory('own', pages);
    other.move([{ version: 2, to: 'production' }]);
    const fork = forge(
      [...transactions.slice(0, 5), ...transactionsOf(other.files).slice(5, 6)].map((transaction, at) =>
        at === 5
          ? {
              ...transaction,
              events: transaction.events.map((event) => ({ ...event, at: '2026-11-21T11:11:00Z' })),
            }
          : transaction,
      ),
      pages,
    );
    const head = repository.commit(fork, [ids[4] ?? '']);
    const { out } = await run(['verify', '--json', '--ledger', head], []);
    const { size, root } = JSON.parse(out) as Anchor;
    expect((await verify()).verdict).toBe('pass');
    repository.fetch(head);
    const found = await verify([{ size, root }]);
    expect(found.codes).toEqual(['ledger/split-view']);
    expect(found.first?.message).toContain('differ between entry 0 and entry 10');
  });
});

describe('a push without force that history tells', () => {
  test('a cut end, though the anchor that covered it is gone and nobody remembers it', async () => {
    const cut = repository.commit(trees[4] ?? new Map(), [tip], 'eve');
    repository.fetch(cut);
    const found = await verify(story.anchors.slice(0, 5));
    expect(found.codes[0]).toBe('ledger/history-edited');
    expect(found.first?.message).toMatch(new RegExp(`was deleted in commit ${cut.slice(0, 12)} .* by eve`));
  });

  test('a forged history that takes the old one in as a second parent', async () => {
    const merge = repository.commit(treeOf(rewritten), [forgedTip, tip], 'eve');
    repository.fetch(merge);
    const found = await verify([]);
    expect(found.codes).toContain('ledger/history-edited');
    expect(found.codes).toContain('ledger/anchor-missing');
  });

  test('the command of a comment proves the ledger as of its merge, whatever was written since', async () => {
    const [size, root] = anchorAt(2);
    const asked = ['verify', '--ledger', ids[2] ?? '', '--anchor', `${size}:${root}`];
    expect(await run(asked, [])).toMatchObject({ code: 0, out: expect.stringContaining('Pass') });
    // Of the ledger as it is now that anchor covers the beginning only.
    expect(await run(['verify', '--anchor', `${size}:${root}`], [])).toMatchObject({ code: 1 });
  });

  test('an edit that was put back is told with its commit, and is no failure', async () => {
    const edited = repository.commit(eve(story.files, promoted, '{}\n'), [tip], 'eve');
    repository.fetch(repository.commit(story.files, [edited]));
    const found = await verify();
    expect(found).toMatchObject({ verdict: 'pass' });
    expect(found.findings).toMatchObject([{ code: 'ledger/history-edited', severity: 'warn' }]);
    expect(found.findings[0]?.message).toContain(`changed in commit ${edited.slice(0, 12)}`);
    expect(found.findings[0]?.message).toContain('it was put back since');
  });

  test('a shallow clone cannot tell, and says so', async () => {
    writeFileSync(join(repository.dir, 'shallow'), `${tip}\n`);
    const found = await verify();
    expect(found).toMatchObject({
      verdict: 'pass',
      findings: [{ code: 'ledger/history-unknown', severity: 'warn' }],
    });
  });
});

describe('anchors', () => {
  test('an old one that expired is not missed when a newer one covers; none at all is a failure', async () => {
    expect((await verify(story.anchors.slice(-1))).verdict).toBe('pass');
    expect((await verify([])).codes).toEqual(['ledger/anchor-missing']);
    repository.git('update-ref', 'refs/heads/first', repository.commit(trees[0] ?? new Map()));
    const { code } = await run(['verify', '--ledger', 'first'], []);
    expect(code).toBe(0);
  });

  const governed = () => repository.git('update-ref', 'refs/heads/main', policyCommit);
  const keep = (text: string) => writeFileSync(join(repository.dir, 'kept.json'), text);
  const anchored = (args: readonly string[] = []) =>
    run(['verify', '--json', '--anchor', 'kept.json', ...args], []);

  test('a file that was kept proves the ledger offline, and says whose key was not compared', async () => {
    governed();
    keep(renderSignedAnchor(signAnchor(statementOf(events, { after: 9 }))));
    const { code, out } = await anchored();
    expect(JSON.parse(out)).toMatchObject({
      verdict: 'pass',
      anchored: 11,
      findings: [{ code: 'ledger/anchor-key' }],
    });
    expect(code).toBe(0);
  });

  test('a file of the ledger before it was rewritten tells, and one that was edited is not believed', async () => {
    keep(renderSignedAnchor(signAnchor(statementOf(events))));
    repository.fetch(repository.commit(treeOf(rewritten)));
    expect((await anchored()).out).toContain('ledger/rewritten');
    expect((await anchored()).out).toContain('(kept.json)');
    const forged = statementOf(
      transactionsOf(treeOf(rewritten)).flatMap((transaction) => transaction.events),
    );
    keep(renderSignedAnchor({ ...signAnchor(statementOf(events)), statement: forged }));
    const refused = await anchored();
    expect([refused.code, refused.out.includes('ledger/anchor-refused')]).toEqual([1, true]);
    keep('{}');
    expect(await anchored()).toMatchObject({ code: 2, out: '' });
  });

  test('a file that another workflow or branch than those of the policy signed is not believed', async () => {
    governed();
    for (const claims of [
      { job_workflow_ref: 'eve/x/.github/workflows/anchor-ledger.yml@main' },
      { ref: 'refs/heads/x' },
    ]) {
      keep(renderSignedAnchor(signAnchor(statementOf(events), claims)));
      expect((await anchored()).code).toBe(1);
    }
  });
});

test('one entry is handed over with its proof, and checked without the ledger', async () => {
  const made = await run(['export', '--entry', '7']);
  expect(made.code).toBe(0);
  writeFileSync(join(repository.dir, 'entry.json'), `${made.out}\n`);
  const anchor = `${story.anchor.size}:${story.anchor.root}`;
  repository.git('update-ref', '-d', 'refs/remotes/origin/gatehouse-ledger');
  const checked = await run(['verify', '--entry', 'entry.json', '--anchor', anchor], []);
  expect(checked.code).toBe(0);
  expect(checked.out).toContain('entry 7 (model/flight-delay 5) is in the ledger that the anchor names');
  writeFileSync(
    join(repository.dir, 'entry.json'),
    `${made.out.replace('"login":"ada"', '"login":"eve"')}\n`,
  );
  const edited = await run(['verify', '--entry', 'entry.json', '--anchor', anchor], []);
  expect([edited.code, edited.out.includes('was edited')]).toEqual([1, true]);
  expect(await run(['verify', '--entry', 'none.json'], [])).toMatchObject({ code: 2 });
});

test('no proof of an entry comes from a ledger that is not proven, or of an entry that is not there', async () => {
  expect(await run(['export', '--entry', '7'], [])).toMatchObject({ code: 1, out: '' });
  for (const number of ['11', '-1', 'x'])
    expect(await run(['export', '--entry', number])).toMatchObject({ code: 2, out: '' });
});

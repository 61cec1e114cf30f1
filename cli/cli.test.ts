import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tellStory } from '../core/audit/ledger.fixture.ts';
import { ServiceError } from '../core/error/error.ts';
import { ledgerRenderersFor } from '../core/report/ledger-renderers.ts';
import type { FetchAnchors } from './anchors.ts';
import { historyCommand } from './commands/history.ts';
import { resolveCommand } from './commands/resolve.ts';
import { verifyCommand } from './commands/verify.ts';
import { runProgram } from './program.ts';

const own = tellStory('own', ledgerRenderersFor('own'));
const shared = tellStory('shared', ledgerRenderersFor('shared'));
const anchorOf = ({ anchor }: typeof own) => `${anchor.size}:${anchor.root}`;
let root = '';

/** A clone-like repository: `main` with people's files, and the ledger where the layout says. */
function makeRepository(name: string, ledger: ReadonlyMap<string, string>, branch: string): string {
  const dir = join(root, name);
  mkdirSync(dir);
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.test', ...args], { cwd: dir });
  const commit = (files: ReadonlyMap<string, string>) => {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), text);
    }
    git('add', '.');
    git('commit', '--quiet', '-m', 'write');
  };
  git('init', '--quiet', '--initial-branch=main');
  commit(
    new Map([
      ['README.md', '# Ours\n'],
      ['models/flight-delay/model.yml', 'version: 1\n'],
    ]),
  );
  if (branch !== 'main') {
    git('checkout', '--quiet', '--orphan', branch);
    git('rm', '-rfq', '.');
  }
  commit(ledger);
  git('checkout', '--quiet', 'main');
  return dir;
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'gatehouse-cli-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function run(cwd: string, args: readonly string[], fetch: FetchAnchors = async () => []) {
  const out: string[] = [];
  const err: string[] = [];
  const world = {
    cwd,
    env: {},
    print: (text: string) => out.push(text),
    complain: (text: string) => err.push(text),
  };
  const code = await runProgram(args, world, [
    verifyCommand(fetch),
    resolveCommand(fetch),
    historyCommand(fetch),
  ]);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

test('verify, resolve and history answer from a ledger on its own branch, offline', async () => {
  const dir = makeRepository('own', own.files, 'gatehouse-ledger');
  const anchor = ['--anchor', anchorOf(own)];
  const verified = await run(dir, ['verify', ...anchor]);
  expect(verified.err).toBe('');
  expect(verified.code).toBe(0);
  expect(verified.out).toContain('✅ Pass');
  expect(verified.out).toContain(
    `11 entries in 6 transactions, 11 anchored. Size and root: ${anchorOf(own)}`,
  );
  const resolved = await run(dir, ['resolve', 'flight-delay', '--endpoint', 'eu', '--json', ...anchor]);
  expect(JSON.parse(resolved.out)).toMatchObject({
    version: 1,
    previous: null,
    since: '2026-11-21T10:06:00Z',
  });
  expect((await run(dir, ['resolve', 'flight-delay', '--endpoint', 'eu', ...anchor])).out).toContain(
    'flight-delay v1 serves at eu',
  );
  const history = await run(dir, ['history', 'flight-delay', ...anchor]);
  expect(history.out).toMatch(
    /rolled back to v1 at eu +replaces v2, not judged +#6 +merged by ada +omar \(owner\)\n +again/,
  );
  expect(history.code).toBe(0);
});

test('the ledger on the default branch is verified beside the files of people', async () => {
  const dir = makeRepository('shared', shared.files, 'main');
  const verified = await run(dir, ['verify', '--ledger', 'main', '--anchor', anchorOf(shared), '--json']);
  expect(JSON.parse(verified.out)).toMatchObject({ verdict: 'pass', entries: 11, findings: [] });
  expect(shared.files.has('README.md')).toBe(false);
  expect(shared.files.has('audit/README.md')).toBe(true);
});

test('an edited ledger: verify exits with 1 and names it, resolve and history give no answer', async () => {
  const path = 'endpoints/eu/flight-delay.yml';
  const edited = new Map(own.files).set(
    path,
    (own.files.get(path) as string).replace('champion: 1', 'champion: 2'),
  );
  const dir = makeRepository('edited', edited, 'gatehouse-ledger');
  const verified = await run(dir, ['verify', '--anchor', anchorOf(own)]);
  expect(verified.code).toBe(1);
  expect(verified.out).toContain(`where: ${path}:4`);
  expect(verified.out).toContain('is: champion: 2');
  expect(verified.out).toContain('should be: champion: 1');
  for (const args of [
    ['resolve', 'flight-delay', '--endpoint', 'eu'],
    ['history', 'flight-delay'],
  ]) {
    const refused = await run(dir, [...args, '--anchor', anchorOf(own)]);
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toContain('LEDGER_UNVERIFIED');
  }
});

test('no anchor is no proof, a wrong one neither, a fetched one is', async () => {
  const dir = makeRepository('anchors', own.files, 'gatehouse-ledger');
  expect(await run(dir, ['verify'])).toMatchObject({ code: 1 });
  expect(await run(dir, ['verify', '--anchor', `11:sha256:${'0'.repeat(64)}`])).toMatchObject({ code: 1 });
  expect(await run(dir, ['verify'], async () => [own.anchor])).toMatchObject({ code: 0 });
  const down = await run(dir, ['verify'], async () => {
    throw new ServiceError('GITHUB_DOWN', 'GitHub did not answer', { hint: 'Try again.' });
  });
  expect(down).toMatchObject({ code: 3, out: '' });
});

test('wrong input exits with 2 and says how to mend it', async () => {
  const dir = makeRepository('wrong', own.files, 'gatehouse-ledger');
  const anchor = ['--anchor', anchorOf(own)];
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [['verify', '--anchor', 'x'], /ANCHOR_INVALID[\s\S]*fix: Write it as size:root/],
    [['verify', '--ledger', 'nope'], /LEDGER_NOT_FOUND[\s\S]*git fetch origin nope/],
    [
      ['resolve', 'nope', '--endpoint', 'eu', ...anchor],
      /LEDGER_UNKNOWN_MODEL[\s\S]*Known: churn, flight-delay/,
    ],
    [['resolve', '__proto__', '--endpoint', 'eu', ...anchor], /LEDGER_UNKNOWN_MODEL/],
    [['resolve', 'flight-delay', '--endpoint', 'us', ...anchor], /LEDGER_UNKNOWN_ENDPOINT[\s\S]*Known: eu/],
    [['resolve', 'flight-delay'], /--endpoint/],
    [['nonsense'], /unknown command/],
    [['verify', '--github', 'not a url', ...anchor], /GITHUB_ADDRESS/],
  ];
  for (const [args, message] of cases) {
    const fetch = args.includes('--github') ? (await import('./anchors.ts')).fetchAnchors : undefined;
    const result = await run(dir, args, fetch);
    expect([args, result.code, result.out]).toEqual([args, 2, '']);
    expect(result.err).toMatch(message);
  }
  expect((await run(root, ['verify'])).err).toContain('GIT_NO_REPOSITORY');
});

test('help is no error', async () => {
  const help = await run(root, ['--help']);
  expect(help.code).toBe(0);
  for (const name of ['verify', 'resolve', 'history']) expect(help.out).toContain(name);
});

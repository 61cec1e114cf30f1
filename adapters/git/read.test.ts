import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultBranch, readFiles, readTree, remoteUrl, resolveRef } from './read.ts';

let dir = '';
const git = (...args: readonly string[]) =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.test', ...args], {
    cwd: dir,
    encoding: 'utf8',
  }).trim();

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'gatehouse-git-'));
  git('init', '--quiet', '--initial-branch=main');
  mkdirSync(join(dir, 'audit'));
  writeFileSync(join(dir, 'audit/HEAD.json'), '{"size":1}\n');
  writeFileSync(join(dir, 'audit/bytes.bin'), Uint8Array.of(0, 10, 255, 0, 10));
  writeFileSync(join(dir, 'audit/empty'), '');
  writeFileSync(join(dir, 'audit/same'), '{"size":1}\n');
  writeFileSync(join(dir, 'ümlaut "quoted".txt'), 'x');
  writeFileSync(join(dir, 'run.sh'), 'true\n', { mode: 0o755 });
  symlinkSync('/etc/passwd', join(dir, 'audit/link'));
  git('add', '.');
  git('commit', '--quiet', '-m', 'first');
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('a tree is listed without a checkout, whatever its paths look like', async () => {
  const tree = await readTree(dir, 'main');
  expect([...tree.keys()].sort()).toEqual(
    [
      'audit/HEAD.json',
      'audit/bytes.bin',
      'audit/empty',
      'audit/link',
      'audit/same',
      'run.sh',
      'ümlaut "quoted".txt',
    ].sort(),
  );
  expect(tree.get('audit/link')?.mode).toBe('120000');
  expect(tree.get('audit/HEAD.json')?.blob).toBe(git('rev-parse', 'main:audit/HEAD.json'));
});

test('contents are exact bytes, also empty ones, equal ones and ones with line feeds and nulls', async () => {
  const files = await readFiles(dir, 'main', 'audit/');
  expect(Buffer.from(files.get('audit/bytes.bin') ?? []).equals(Buffer.of(0, 10, 255, 0, 10))).toBe(true);
  expect(files.get('audit/empty')).toHaveLength(0);
  expect(files.get('audit/same')).toEqual(files.get('audit/HEAD.json'));
  expect(files.has('run.sh')).toBe(false);
});

test('a link or an executable never passes for a plain file', async () => {
  const files = await readFiles(dir, 'main');
  expect(Buffer.from(files.get('audit/link') ?? []).toString()).toBe('git mode 120000\n');
  expect(Buffer.from(files.get('run.sh') ?? []).toString()).toBe('git mode 100755\n');
});

test('a replace reference does not change what is read', async () => {
  const original = git('rev-parse', 'main:audit/HEAD.json');
  const other = git('rev-parse', 'main:audit/empty');
  git('replace', original, other);
  const files = await readFiles(dir, 'main', 'audit/HEAD.json');
  git('replace', '-d', original);
  expect(Buffer.from(files.get('audit/HEAD.json') ?? []).toString()).toBe('{"size":1}\n');
});

test('a ref that is not there is told with the fix; one that looks like an option is only a name', async () => {
  expect(await resolveRef(dir, 'nope')).toBeNull();
  expect(await resolveRef(dir, '--all')).toBeNull();
  await expect(readTree(dir, 'nope')).rejects.toMatchObject({ code: 'GIT_NO_REF', kind: 'input' });
});

test('what is no repository, and what is no folder, is told', async () => {
  const empty = mkdtempSync(join(tmpdir(), 'gatehouse-empty-'));
  await expect(resolveRef(empty, 'main')).rejects.toMatchObject({ code: 'GIT_NO_REPOSITORY' });
  await expect(resolveRef(join(empty, 'absent'), 'main')).rejects.toMatchObject({ code: 'GIT_FOLDER' });
  rmSync(empty, { recursive: true });
});

test('a missing object is a service failure, never an empty file', async () => {
  const broken = mkdtempSync(join(tmpdir(), 'gatehouse-broken-'));
  execFileSync('git', ['clone', '--quiet', '--no-hardlinks', dir, broken]);
  const blob = git('rev-parse', 'main:audit/HEAD.json');
  rmSync(join(broken, '.git/objects', blob.slice(0, 2), blob.slice(2)), { force: true });
  await expect(readFiles(broken, 'main')).rejects.toMatchObject({
    code: 'GIT_OBJECT_MISSING',
    kind: 'service',
  });
  expect(await remoteUrl(broken)).toBe(dir);
  expect(await defaultBranch(broken)).toBe('main');
  rmSync(broken, { recursive: true });
});

test('without remote and branch nothing is guessed', async () => {
  expect(await remoteUrl(dir)).toBeNull();
  git('checkout', '--quiet', '--detach');
  expect(await defaultBranch(dir)).toBeNull();
  git('checkout', '--quiet', 'main');
  expect(await defaultBranch(dir)).toBe('main');
});

import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatCommit } from './git/object.ts';
import { type Git, openGit, ZERO } from './git.ts';
import { prepareGitDir } from './world-builder.ts';

let dir = '';
let git: Git;

const plain = (...args: string[]) => execFileSync('git', args, { cwd: dir, encoding: 'utf8' }).trim();
const person = { name: 'Ada', email: 'ada@example.com', date: '2026-01-02T03:04:05Z' };

beforeAll(async () => {
  dir = path.join(await mkdtemp(path.join(tmpdir(), 'git-')), 'x.git');
  await prepareGitDir(dir, 'main');
  git = openGit(dir);
});

afterAll(async () => {
  git.close();
  await rm(path.dirname(dir), { recursive: true, force: true });
});

test('objects that we write are the objects that git would write', async () => {
  const blob = await git.writeBlob(Buffer.from('héllo\n'));
  expect(execFileSync('git', ['hash-object', '--stdin'], { input: 'héllo\n', encoding: 'utf8' }).trim()).toBe(
    blob,
  );
  expect(plain('cat-file', 'blob', blob)).toBe('héllo');
  const inner = await git.writeTree([{ mode: '100644', type: 'blob', sha: blob, path: 'f' }]);
  const entries = [
    { mode: '040000', type: 'tree', sha: inner, path: 'a' },
    { mode: '100644', type: 'blob', sha: blob, path: 'a.b' },
    { mode: '100755', type: 'blob', sha: blob, path: 'a0' },
  ] as const;
  const tree = await git.writeTree(entries);
  // git sorts the folder `a` as `a/`: behind `a.b`, before `a0`.
  const listing = execFileSync('git', ['ls-tree', tree], { cwd: dir });
  expect(execFileSync('git', ['mktree'], { cwd: dir, input: listing, encoding: 'utf8' }).trim()).toBe(tree);
  expect((await git.tree(tree))?.map((entry) => entry.path)).toEqual(['a.b', 'a', 'a0']);
  expect((await git.walk(tree)).map((entry) => entry.path)).toEqual(['a.b', 'a', 'a/f', 'a0']);
  const commit = await git.writeCommit({
    tree,
    parents: [],
    author: person,
    committer: person,
    message: 'One\n\ntwo',
  });
  expect(plain('log', '-1', '--format=%an|%ae|%aI|%B', commit)).toBe(
    'Ada|ada@example.com|2026-01-02T03:04:05+00:00|One\n\ntwo',
  );
  expect(plain('fsck', '--strict', '--no-dangling')).toBe('');
  expect(await git.commit(commit)).toMatchObject({ tree, author: person, message: 'One\n\ntwo' });
});

test('a name cannot smuggle lines into a commit', () => {
  const evil = { ...person, name: 'Eve\ntree 0000', email: 'eve> 0 +0000\nparent ' };
  const draft = { tree: ZERO, parents: [], author: evil, committer: person, message: '' };
  expect(formatCommit(draft).toString().split('\n')).toHaveLength(5);
});

test('many readers, large contents and absent names at once', async () => {
  const large = Buffer.alloc(3_000_000, 'line of text\n');
  const shas = await Promise.all(
    [large, Buffer.from(''), Buffer.from('x')].map((bytes) => git.writeBlob(bytes)),
  );
  const names = [...shas, 'nowhere', 'main:nothing', 'two\nlines', ...shas];
  const found = await Promise.all(names.map((name) => git.read(name)));
  expect(found.map((object) => object?.bytes.length ?? null)).toEqual([
    3_000_000,
    0,
    1,
    null,
    null,
    null,
    3_000_000,
    0,
    1,
  ]);
  expect(await git.size(shas[0] ?? '')).toBe(3_000_000);
});

test('a ref moves by compare-and-swap only', async () => {
  const tree = await git.writeTree([]);
  const make = (message: string) =>
    git.writeCommit({ tree, parents: [], author: person, committer: person, message });
  const [one, two] = [await make('1'), await make('2')];
  expect(await git.updateRef('refs/heads/x', one, ZERO)).toBe(true);
  expect(await git.updateRef('refs/heads/x', two, ZERO)).toBe(false);
  expect(await git.updateRef('refs/heads/x', two, one)).toBe(true);
  expect(await git.updateRef('refs/heads/x', ZERO, one)).toBe(false);
  expect(await git.resolve('refs/heads/x')).toBe(two);
  const races = await Promise.all(
    [1, 2, 3, 4].map(async (n) => git.updateRef('refs/heads/x', await make(`r${n}`), two)),
  );
  expect(races.filter(Boolean)).toHaveLength(1);
});

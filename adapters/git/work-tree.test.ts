import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findMergeBase, readWorkTree } from './work-tree.ts';

let dir: string;
const git = (...args: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.test', ...args], {
    cwd: dir,
    encoding: 'utf8',
  }).trim();
const write = (path: string, text: string) => writeFileSync(join(dir, path), text);
const commit = (message: string): string => {
  git('add', '--all');
  git('commit', '--quiet', '--allow-empty', '-m', message);
  return git('rev-parse', 'HEAD');
};

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'gatehouse-work-tree-'));
  git('init', '--quiet', '--initial-branch=main');
});
afterEach(() => rmSync(dir, { recursive: true }));

test('lists what is on disk, with names that git would quote, and reads what is wanted', async () => {
  write('a.yml', 'a');
  write('gone.yml', 'x');
  commit('first');
  rmSync(join(dir, 'gone.yml'));
  write('a.yml', 'changed');
  write('neu "ü"\n.yml', 'new');
  write('big.bin', 'y');
  symlinkSync('/etc/passwd', join(dir, 'link.yml'));
  mkdirSync(join(dir, 'folder.yml'));
  const tree = await readWorkTree(dir, (path) => path.endsWith('.yml'));
  expect(tree.paths).toEqual(['a.yml', 'big.bin', 'link.yml', 'neu "ü"\n.yml']);
  expect([...tree.texts]).toEqual([
    ['a.yml', 'changed'],
    ['neu "ü"\n.yml', 'new'],
  ]);
  expect(tree.links).toEqual(['link.yml']);
  expect(tree.uncommitted).toEqual(['a.yml', 'big.bin', 'gone.yml', 'link.yml', 'neu "ü"\n.yml']);
});

test('finds the newest common commit, and none of two histories', async () => {
  const first = commit('first');
  const main = commit('main goes on');
  git('checkout', '--quiet', '-b', 'topic', first);
  const topic = commit('topic');
  expect(await findMergeBase(dir, main, topic)).toBe(first);
  git('checkout', '--quiet', '--orphan', 'other');
  expect(await findMergeBase(dir, main, commit('other'))).toBe(null);
});

test('a bare repository and a folder without one have no working tree', async () => {
  git('init', '--quiet', '--bare', 'bare.git');
  await expect(readWorkTree(join(dir, 'bare.git'), () => true)).rejects.toMatchObject({
    code: 'GIT_NO_WORK_TREE',
  });
  await expect(readWorkTree(tmpdir(), () => true)).rejects.toMatchObject({ code: 'GIT_NO_WORK_TREE' });
});

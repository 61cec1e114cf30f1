import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ObjectReader } from './objects.ts';
import { compareCommits, readProofNotes, writeProofNote } from './proof-note.ts';

let root = '';
let dir = '';
const git = (cwd: string, ...args: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.test', ...args], {
    cwd,
    encoding: 'utf8',
    stdio: 'pipe',
  }).trim();
const large = Buffer.from(Array.from({ length: 300_000 }, (_, at) => at % 251));

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'gatehouse-objects-'));
  dir = join(root, 'origin');
  mkdirSync(join(dir, 'a'), { recursive: true });
  git(dir, 'init', '--quiet', '--initial-branch=main');
  git(dir, 'config', 'uploadpack.allowfilter', 'true');
  git(dir, 'config', 'uploadpack.allowanysha1inwant', 'true');
  writeFileSync(join(dir, 'a/large'), large);
  writeFileSync(join(dir, 'a/empty'), '');
  writeFileSync(join(dir, 'ü "q".txt'), 'x\n');
  git(dir, 'add', '.');
  git(dir, 'commit', '--quiet', '-m', 'first');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function reading<T>(cwd: string, work: (objects: ObjectReader) => Promise<T>): Promise<T> {
  const objects = new ObjectReader(cwd);
  try {
    return await work(objects);
  } finally {
    objects.close();
  }
}

test('objects come in the order in which they were asked for, byte by byte', () =>
  reading(dir, async (objects) => {
    const tree = await objects.tree('main^{tree}');
    expect([...tree].map(([name, { mode }]) => [name, mode])).toEqual([
      ['a', '40000'],
      ['ü "q".txt', '100644'],
    ]);
    const inside = await objects.tree(tree.get('a')?.id ?? '');
    const [one, none, two, line] = await Promise.all([
      objects.find(inside.get('large')?.id ?? ''),
      objects.find('nothing of that name'),
      objects.find(inside.get('empty')?.id ?? ''),
      objects.find('main\nmain'),
    ]);
    expect(one?.content.equals(large)).toBe(true);
    expect([none, two?.content.length, line]).toEqual([null, 0, null]);
    await expect(objects.read(tree.get('a')?.id ?? '', 'blob')).rejects.toMatchObject({
      code: 'GIT_OBJECT_MISSING',
    });
    await expect(objects.read('0'.repeat(40), 'blob')).rejects.toMatchObject({ code: 'GIT_OBJECT_MISSING' });
  }));

test('a bare and a partial clone answer too; one that cannot fetch what it lacks says so', async () => {
  const partial = join(root, 'partial.git');
  git(root, 'clone', '--quiet', '--bare', '--filter=blob:none', `file://${dir}`, partial);
  const blob = git(dir, 'rev-parse', 'main:a/large');
  const found = await reading(partial, (objects) => objects.read(blob, 'blob'));
  expect(found.equals(large)).toBe(true);
  const lost = join(root, 'lost.git');
  git(root, 'clone', '--quiet', '--bare', '--filter=blob:none', `file://${dir}`, lost);
  git(lost, 'remote', 'set-url', 'origin', join(root, 'gone'));
  await reading(lost, async (objects) => {
    await expect(objects.read(blob, 'blob')).rejects.toMatchObject({
      code: 'GIT_OBJECT_MISSING',
      kind: 'service',
    });
  });
});

test('a folder without a repository is refused', async () => {
  const empty = mkdtempSync(join(tmpdir(), 'gatehouse-empty-'));
  await reading(empty, async (objects) => {
    await expect(objects.find('HEAD')).rejects.toMatchObject({ code: 'GIT_NO_REPOSITORY' });
  });
  await expect(new ObjectReader(join(empty, 'absent')).find('HEAD')).rejects.toMatchObject({
    code: 'GIT_FOLDER',
  });
  rmSync(empty, { recursive: true });
});

test('a proof is remembered beside the clone, one for each ledger; a broken note counts for nothing', async () => {
  const note = {
    of: 'ledger own',
    commit: git(dir, 'rev-parse', 'main'),
    size: 3,
    root: `sha256:${'0'.repeat(64)}` as const,
    anchored: 2,
    at: 'now',
  };
  expect(await readProofNotes(dir)).toEqual([]);
  await writeProofNote(dir, note);
  await writeProofNote(dir, { ...note, of: 'other own' });
  await writeProofNote(dir, { ...note, size: 4 });
  expect((await readProofNotes(dir)).map(({ of, size }) => [of, size])).toEqual([
    ['other own', 3],
    ['ledger own', 4],
  ]);
  writeFileSync(join(dir, '.git/gatehouse/proven.json'), '[{"of":1},{]');
  expect(await readProofNotes(dir)).toEqual([]);
  expect(git(dir, 'status', '--porcelain')).toBe('');
});

test('a ledger grows: another commit is newer, older, or a rewritten history', async () => {
  const first = git(dir, 'rev-parse', 'main');
  git(dir, 'commit', '--quiet', '--allow-empty', '-m', 'second');
  const second = git(dir, 'rev-parse', 'main');
  const forged = git(dir, 'commit-tree', '-m', 'forged', 'main^{tree}');
  const fork = git(dir, 'commit-tree', '-m', 'fork', '-p', first, 'main^{tree}');
  const found = await Promise.all(
    [
      [first, first],
      [first, second],
      [second, first],
      [second, forged],
      [second, fork],
      ['0'.repeat(40), second],
    ].map(([proven = '', now = '']) => compareCommits(dir, proven, now)),
  );
  expect(found).toEqual(['same', 'newer', 'older', 'apart', 'apart', 'unknown']);
});

import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fetchData, readFacts } from './dataset.ts';
import { parsePointer, writePointer } from './pointer.ts';
import { type DvcRemote, openRemote } from './remote.ts';
import { digestTree } from './tree.ts';

let scratch: string;
let data: string;
let remote: DvcRemote;
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'gatehouse-folder-'));
  data = join(scratch, 'repo', 'flights');
  await mkdir(join(scratch, 'remote'));
  await mkdir(join(scratch, 'repo', '.git'), { recursive: true });
  remote = openRemote(pathToFileURL(join(scratch, 'remote')).href);
});
afterEach(() => rm(scratch, { recursive: true }));

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(data, name)), { recursive: true });
    await writeFile(join(data, name), text);
  }
}
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

describe('digestTree', () => {
  it('gives the digests of dvc-data', async () => {
    await write({ foo: 'foo', bar: 'bar' });
    // Golden values of dvc-data's own tests.
    expect(await digestTree(data)).toMatchObject({
      md5: '5ea40360f5b4ec688df672a4db9c17d1.dir',
      sizeBytes: 6,
    });
  });

  it('does not count empty folders, and gives the empty folder its name', async () => {
    await mkdir(join(data, 'nothing', 'here'), { recursive: true });
    expect(await digestTree(data)).toMatchObject({
      md5: 'd751713988987e9331980363e24189ce.dir',
      entries: [],
    });
  });

  it('sorts by code point, in threads as in one', async () => {
    const names = ['\uffff.csv', '\u{1f600}.csv', 'é.csv', 'B.csv', 'a.csv', 'a/b.csv'.replace('/', '-')];
    await write(Object.fromEntries(names.map((name) => [name, name])));
    const few = await digestTree(data);
    expect(few.md5).toBe(
      `${md5(
        `[${[...names]
          .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
          .map((name) => `{"md5": "${md5(name)}", "relpath": "${toPython(name)}"}`)
          .join(', ')}]`,
      )}.dir`,
    );
    await write(
      Object.fromEntries(Array.from({ length: 700 }, (_, at) => [`many/${at % 7}/${at}`, `${at}`])),
    );
    const many = await digestTree(data);
    expect(many.entries).toHaveLength(706);
    for (const { relpath, md5: found } of many.entries) {
      expect(found).toBe(md5(await readFile(join(data, relpath), 'utf8')));
    }
  });

  it('leaves out what .dvcignore says, and what DVC never takes', async () => {
    await write({ 'a.csv': '1', 'b.tmp': '2', 'logs/c.csv': '3', 'keep.tmp': '4', 'x/only.csv': '5' });
    await mkdir(join(data, '.git'));
    await writeFile(
      join(scratch, 'repo', '.dvcignore'),
      '# notes\n*.tmp\n!keep.tmp\nlogs/\n/flights/x/**\n\n',
    );
    const { entries } = await digestTree(data);
    expect(entries.map(({ relpath }) => relpath).sort()).toEqual(['a.csv', 'keep.tmp']);
  });

  it.each([
    ['a link', () => symlink('/etc/passwd', join(data, 'link')), 'DVC_UNSUPPORTED'],
    ['a link to a folder', () => symlink('/etc', join(data, 'link')), 'DVC_UNSUPPORTED'],
    ['.dvcignore inside', () => writeFile(join(data, '.dvcignore'), '*'), 'DVC_UNSUPPORTED'],
    [
      'a rule that cannot be told',
      () => writeFile(join(scratch, 'repo', '.dvcignore'), '\\!a'),
      'DVC_UNSUPPORTED',
    ],
    ['a name that no list can hold', () => writeFile(join(data, 'a\nb'), ''), 'DVC_TREE'],
  ])('refuses %s', async (_, plant, code) => {
    await write({ 'a.csv': '1' });
    await plant();
    await expect(digestTree(data)).rejects.toMatchObject({ code });
  });
});

/** As Python writes text in JSON. */
function toPython(text: string): string {
  return text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

describe('a folder in a remote', () => {
  const tables = { 'b/2.csv': 'x\n2\n', '1.csv': 'x\n1\n', 'é.csv': 'x\n3\n' };

  async function pushed(change: Partial<{ sizeBytes: number; files: number; md5: string }> = {}) {
    await write(tables);
    const found = await remote.push(data);
    return writePointer({ out: 'flights', ...found, ...change });
  }
  const read = (text: string) =>
    readFacts({ path: 'data/flights.dvc', mode: '100644', blob: 'a'.repeat(40) }, async () =>
      Buffer.from(text),
    );
  const fetch = async (text: string, names: 'repository' | 'numbers') =>
    fetchData(await read(text), join(scratch, 'here'), remote, async () => Buffer.from(text), names);
  const object = (digest: string) =>
    join(scratch, 'remote', 'files', 'md5', digest.slice(0, 2), digest.slice(2));

  /** Puts a manifest of anybody's making into the remote. */
  async function plant(entries: readonly object[]): Promise<string> {
    const text = JSON.stringify(entries);
    await mkdir(dirname(object(md5(text))), { recursive: true });
    await writeFile(`${object(md5(text))}.dir`, text);
    return `outs:\n- md5: ${md5(text)}.dir\n  hash: md5\n  path: flights\n`;
  }

  it('comes back whole, verified, in the order of its paths', async () => {
    const text = await pushed();
    const { fact, dataPath, source } = await read(text);
    expect(fact).toEqual({
      path: 'data/flights.dvc',
      md5: (await digestTree(data)).md5,
      blob: 'a'.repeat(40),
      sizeBytes: 12,
    });
    expect([dataPath, source]).toEqual(['data/flights', null]);
    const files = await fetch(text, 'repository');
    expect(files.map(({ path }) => path)).toEqual([
      'data/flights/1.csv',
      'data/flights/b/2.csv',
      'data/flights/é.csv',
    ]);
    expect(await readFile(join(scratch, 'here', 'b', '2.csv'), 'utf8')).toBe('x\n2\n');
  });

  it('gives files names of our own where theirs may do harm', async () => {
    const files = await fetch(await pushed(), 'numbers');
    expect(files.map(({ local }) => local)).toEqual(
      ['1', '2', '3'].map((name) => join(scratch, 'here', name)),
    );
    expect(await readFile(files[2]?.local ?? '', 'utf8')).toBe('x\n3\n');
  });

  it('is refused when a file is missing or another', async () => {
    const text = await pushed();
    await writeFile(object(md5(tables['1.csv'])), 'x\n9\n');
    await expect(fetch(text, 'numbers')).rejects.toMatchObject({ kind: 'input', code: 'DVC_DIGEST' });
    await rm(object(md5(tables['1.csv'])));
    await expect(fetch(text, 'numbers')).rejects.toMatchObject({ code: 'DVC_OBJECT_MISSING' });
  });

  it('is refused when its list is missing or another', async () => {
    const text = await pushed();
    const list = `${object(parsePointer(text, 'x.dvc').md5.slice(0, 32))}.dir`;
    await writeFile(list, '[]');
    await expect(fetch(text, 'numbers')).rejects.toMatchObject({ code: 'DVC_DIGEST' });
    await rm(list);
    await expect(fetch(text, 'numbers')).rejects.toMatchObject({ code: 'DVC_OBJECT_MISSING' });
  });

  it.each([
    ['another size', { sizeBytes: 13 }],
    ['a smaller size', { sizeBytes: 3 }],
    ['another count', { files: 4 }],
  ])('is refused with %s than the pointer says', async (_, change) => {
    await expect(fetch(await pushed(change), 'numbers')).rejects.toMatchObject({ code: 'DVC_DIGEST' });
  });

  it.each([
    '../evil',
    '/etc/passwd',
    'a/../../b',
    'C:/x',
    'a\\b',
    'a//b',
    '',
    './a',
    'a\u0000b',
    'a/',
    '\ud800',
  ])('never writes to %j', async (relpath) => {
    const text = await plant([{ md5: md5('1'), relpath }]);
    await expect(fetch(text, 'repository')).rejects.toMatchObject({ code: 'DVC_MANIFEST' });
    await expect(readdir(join(scratch, 'here'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it.each([
    [
      'a path twice',
      [
        { md5: md5('1'), relpath: 'a' },
        { md5: md5('2'), relpath: 'a' },
      ],
    ],
    [
      'a file that is a folder',
      [
        { md5: md5('1'), relpath: 'a' },
        { md5: md5('2'), relpath: 'a/b/c' },
      ],
    ],
    ['no md5', [{ relpath: 'a' }]],
    ['an md5 that is a path', [{ md5: '../../../../../../../../etc/pass', relpath: 'a' }]],
    ['an unknown key', [{ md5: md5('1'), relpath: 'a', isexec: true }]],
  ])('refuses a list with %s', async (_, entries) => {
    await expect(fetch(await plant(entries), 'repository')).rejects.toMatchObject({ code: 'DVC_MANIFEST' });
  });

  it('of DVC 2 comes from its place there, by the digests of its day', async () => {
    const old = (digest: string) => join(scratch, 'remote', digest.slice(0, 2), digest.slice(2));
    const put = async (digest: string, text: string) => {
      await mkdir(dirname(old(digest)), { recursive: true });
      await writeFile(old(digest), text);
    };
    const unix = md5('x\n1\n');
    const list = `[{"md5": "${unix}", "relpath": "a.csv"}]`;
    await put(unix, 'x\r\n1\r\n');
    await put(`${md5(list)}.dir`, list);
    const text = `outs:\n- md5: ${md5(list)}.dir\n  size: 6\n  nfiles: 1\n  path: flights\n`;
    const [file] = await fetch(text, 'repository');
    expect(await readFile(file?.local ?? '', 'utf8')).toBe('x\r\n1\r\n');
    await put(unix, 'x\r\n2\r\n');
    await expect(fetch(text, 'repository')).rejects.toMatchObject({ code: 'DVC_DIGEST' });
  });

  it('is not what held-out features or a single file may be', async () => {
    const { copyFeatures } = await import('./features.ts');
    const features = { path: 'data/flights.dvc', content: Buffer.from(await pushed()) };
    const to = join(scratch, 'features.csv');
    const url = pathToFileURL(join(scratch, 'remote')).href;
    await expect(copyFeatures(features, url, to)).rejects.toMatchObject({ code: 'DVC_UNSUPPORTED' });
  });
});

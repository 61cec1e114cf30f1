import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TreeFile, TreeListing } from '../../core/change/change.ts';
import { blobIdOf, parseTreeObject, treeIdOf, treeObjectsOf } from '../../core/change/tree-id.ts';
import type { GitHubClient } from './client.ts';
import { ObjectFolder } from './object-folder.ts';
import { readWholeTree } from './whole-tree.ts';

const commit = 'c'.repeat(40);
const name = { owner: 'acme', repo: 'flights' };

/** Models with three files each: content is path. */
const filesOf = (models: number, changed = ''): readonly string[] =>
  Array.from({ length: models }, (_, at) => `audit/model-${String(at).padStart(4, '0')}`).flatMap((model) => [
    `${model}/000/000000.json${model.endsWith(changed) && changed !== '' ? '.new' : ''}`,
    `${model}/000/000001.json`,
    `${model}.ops/done`,
  ]);
const listingOf = (paths: readonly string[]): TreeListing =>
  new Map(
    [...paths, 'README.md'].map((each): [string, TreeFile] => [
      each,
      { path: each, mode: each.endsWith('.sh') ? '100755' : '100644', blob: blobIdOf(Buffer.from(each)) },
    ]),
  );

function packTar(paths: readonly string[]): Buffer {
  const blocks = paths.map((each) => {
    const header = Buffer.alloc(512);
    header.write(`acme-flights-ccccccc/${each}`, 0);
    header.write('0000664\0', 100);
    header.write(`${each.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write('0', 156);
    return Buffer.concat([header, Buffer.from(each.padEnd(512, '\0'))]);
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

interface Served {
  readonly listing: TreeListing;
  /** Entries that one answer holds. */
  readonly most: number;
  readonly archive?: readonly string[];
  /** What GitHub says of a folder by its id, where it does not say the truth. */
  readonly lies?: (entries: object[]) => object[];
}

/** A GitHub that holds one commit and cuts its lists. */
function clientOver({ listing, most, archive, lies = (all) => all }: Served) {
  const asked: string[] = [];
  const folders = new Map(treeObjectsOf(listing));
  const root = treeIdOf(listing);
  const list = (id: string, deep: boolean, above = ''): { path: string; type: string }[] =>
    (parseTreeObject(folders.get(id) ?? new Uint8Array()) ?? []).flatMap(({ name: each, mode, id: sha }) => {
      const isFolder = mode === '40000';
      const entry = {
        path: above + each,
        mode: mode.padStart(6, '0'),
        type: isFolder ? 'tree' : 'blob',
        sha,
      };
      return isFolder && deep ? [entry, ...list(sha, true, `${above}${each}/`)] : [entry];
    });
  const request = async (route: string, given: Readonly<Record<string, string>>) => {
    asked.push(route.includes('tarball') ? 'archive' : route.includes('/trees/') ? 'tree' : 'commit');
    if (route.includes('tarball')) {
      if (archive === undefined) throw Object.assign(new Error('none'), { status: 502 });
      return { data: new Blob([new Uint8Array(packTar(archive))]).stream() };
    }
    if (!route.includes('/trees/')) return { data: { ...emptyCommit, commit: { tree: { sha: root } } } };
    const id = given.tree_sha === commit ? root : (given.tree_sha ?? '');
    const deep = given.recursive === '1';
    const all = given.tree_sha === commit ? list(id, deep) : (lies(list(id, deep)) as typeof asked & []);
    return { data: { tree: deep ? all.slice(0, most) : all, truncated: deep && all.length > most } };
  };
  return { client: { request } as unknown as GitHubClient, asked };
}
const emptyCommit = { sha: commit, parents: [], author: null, committer: null };

describe('readWholeTree', () => {
  let where: string;
  let opened: ObjectFolder[] = [];
  const open = () => {
    const objects = new ObjectFolder({ folder: where, warn: () => undefined });
    opened.push(objects);
    return objects;
  };
  const count = (asked: readonly string[]) => [
    asked.filter((each) => each === 'tree').length,
    asked.filter((each) => each === 'archive').length,
  ];
  beforeEach(() => {
    where = mkdtempSync(path.join(tmpdir(), 'whole-tree-'));
  });
  afterEach(async () => {
    for (const objects of opened) await objects.close();
    opened = [];
    rmSync(where, { recursive: true });
  });

  it('asks once where GitHub lists everything', async () => {
    const listing = listingOf(filesOf(20));
    const { client, asked } = clientOver({ listing, most: 1000 });
    expect(await readWholeTree({ client, name, folder: null }, commit)).toEqual(listing);
    expect(count(asked)).toEqual([1, 0]);
  });

  it('refuses names that JSON makes one: what the first of two files holds would be seen by nobody', async () => {
    const lossy = Buffer.from([0x61, 0xff]).toString();
    expect(lossy).toBe(Buffer.from([0x61, 0xfe]).toString());
    const tree = ['1', '2'].map((digit) => ({
      ...{ path: `models/${lossy}`, mode: '100644', type: 'blob', sha: digit.repeat(40) },
    }));
    const request = async () => ({ data: { tree, truncated: false } });
    const client = { request } as unknown as GitHubClient;
    await expect(readWholeTree({ client, name, folder: null }, commit)).rejects.toMatchObject({
      ...{ kind: 'input', code: 'TREE_AMBIGUOUS' },
    });
  });

  it('puts a list that was cut together from few folders, in the order of git or not', async () => {
    const listing = listingOf(filesOf(10));
    const { client, asked } = clientOver({ listing, most: 30 });
    const found = await readWholeTree({ client, name, folder: null }, commit);
    expect(treeIdOf(found)).toBe(treeIdOf(listing));
    // All of it, its first level, audit, its first level, and each of the twenty folders below.
    expect(count(asked)).toEqual([4 + 20, 0]);
  });

  it('takes the archive where the folders are many, and finds them on the disk from then on', async () => {
    const paths = filesOf(100);
    const listing = listingOf(paths);
    const first = clientOver({ listing, most: 90, archive: [...listing.keys()] });
    const folder = open();
    const found = await readWholeTree({ client: first.client, name, folder }, commit);
    expect(treeIdOf(found)).toBe(treeIdOf(listing));
    expect(count(first.asked)[1]).toBe(1);
    await folder.flush();
    const changed = listingOf(filesOf(100, '0007'));
    const second = clientOver({ listing: changed, most: 90 });
    const again = await readWholeTree({ client: second.client, name, folder: open() }, commit);
    expect(treeIdOf(again)).toBe(treeIdOf(changed));
    // All of it, its first level, audit and its first level, and the one folder that changed.
    expect(count(second.asked)).toEqual([5, 0]);
  });

  it.each<[string, Partial<Served>]>([
    ['leaves a file out', { archive: [...listingOf(filesOf(30)).keys()].slice(1) }],
    ['does not come', {}],
  ])('asks for every folder where the archive %s', async (_, served) => {
    const listing = listingOf(filesOf(30));
    const { client, asked } = clientOver({ listing, most: 90, ...served });
    const found = await readWholeTree({ client, name, folder: null }, commit);
    expect(treeIdOf(found)).toBe(treeIdOf(listing));
    expect(count(asked)[1]).toBe(1);
  });

  it.each<[string, (entries: object[]) => object[]]>([
    ['less', (all) => all.slice(1)],
    ['more', (all) => [...all, { path: 'x', mode: '100644', type: 'blob', sha: 'a'.repeat(40) }]],
  ])('believes no folder of which GitHub lists %s than its id says', async (_, lies) => {
    const { client } = clientOver({ listing: listingOf(filesOf(10)), most: 30, lies });
    await expect(readWholeTree({ client, name, folder: null }, commit)).rejects.toMatchObject({
      code: 'GITHUB_ANSWER_INCOMPLETE',
    });
  });
});

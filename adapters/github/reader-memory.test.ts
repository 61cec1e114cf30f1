import { describe, expect, it } from 'vitest';
import type { TreeFile, TreeListing } from '../../core/change/change.ts';
import { blobIdOf, treeIdOf } from '../../core/change/tree-id.ts';
import type { CommitFacts } from './reader.ts';
import { ReaderMemory } from './reader-memory.ts';

const sha = (letter: string): string => letter.repeat(40);
const listingOf = (files: Readonly<Record<string, string>>): TreeListing =>
  new Map(
    Object.entries(files).map(([path, text]): [string, TreeFile] => [
      path,
      { path, mode: '100644', blob: blobIdOf(Buffer.from(text)) },
    ]),
  );
const textsOf = (listing: TreeListing | undefined) =>
  listing && Object.fromEntries([...listing.values()].map(({ path, blob }) => [path, blob]));

describe('a commit that was just made', () => {
  const [before, after] = [
    { a: '1', b: '2' },
    { a: '3', c: '4' },
  ];
  const files = [
    { path: 'a', content: '3' },
    { path: 'b', content: null },
    { path: 'c', content: '4' },
  ];

  it('is known with its contents, where what it was made on is known', async () => {
    const memory = new ReaderMemory();
    memory.putTree(sha('a'), listingOf(before));
    memory.learnCommit(sha('b'), treeIdOf(listingOf(after)), sha('a'), files);
    expect(textsOf(memory.treeOf(sha('b')))).toEqual(textsOf(listingOf(after)));
    expect(Buffer.from(memory.blobs.get(blobIdOf(Buffer.from('4'))) ?? []).toString()).toBe('4');
    memory.learnCommit(sha('c'), treeIdOf(listingOf({ a: '3', c: '4' })), null, files.slice(0, 1));
    expect(memory.treeOf(sha('c'))?.size).toBe(2);
  });

  it('is not known when GitHub names another tree than we computed, or what was before is not known', () => {
    const memory = new ReaderMemory();
    memory.putTree(sha('a'), listingOf(before));
    memory.learnCommit(sha('b'), sha('9'), sha('a'), files);
    memory.learnCommit(sha('c'), treeIdOf(listingOf({ x: 'y' })), sha('d'), files);
    expect([memory.treeOf(sha('b')), memory.treeOf(sha('c'))]).toEqual([undefined, undefined]);
  });
});

describe('a merge', () => {
  const [fork, base, head] = [
    { a: '1', b: '1' },
    { a: '2', b: '1' },
    { a: '1', b: '3', c: '4' },
  ];
  const merge = (tree: string): CommitFacts => ({
    ...{ sha: sha('e'), tree, parents: [sha('b'), sha('c')], author: null, committer: null },
    ...{ authorEmail: '', message: '', committedAt: '', verified: true },
  });
  const remember = (files: Readonly<Record<string, Readonly<Record<string, string>>>>) => {
    const memory = new ReaderMemory();
    memory.mergeBases.put(`${sha('b')} ${sha('c')}`, sha('a'));
    for (const [letter, listing] of Object.entries(files)) memory.putTree(sha(letter), listingOf(listing));
    return memory;
  };

  it('is known from the three trees that were merged, under the id that GitHub gave', () => {
    const memory = remember({ a: fork, b: base, c: head });
    const merged = listingOf({ a: '2', b: '3', c: '4' });
    memory.learnMerge(merge(treeIdOf(merged)), sha('c'));
    expect(textsOf(memory.treeOf(sha('e')))).toEqual(textsOf(merged));
  });

  it.each([
    ['git merged otherwise', { a: fork, b: base, c: head }, sha('9')],
    ['a tree is not known', { a: fork, c: head }, treeIdOf(listingOf({ a: '2', b: '3', c: '4' }))],
    [
      'both changed one file',
      { a: fork, b: { a: '1', b: '9' }, c: head },
      treeIdOf(listingOf({ a: '1', b: '39', c: '4' })),
    ],
  ])('is not known when %s', (_, files, tree) => {
    const memory = remember(files);
    memory.learnMerge(merge(tree), sha('c'));
    expect(memory.treeOf(sha('e'))).toBeUndefined();
  });

  it('on top of others is known, when it is asked for, with its merge base: nothing is read', async () => {
    const never = () => Promise.reject(new Error('it was read'));
    const memory = new ReaderMemory();
    // Three branches from one commit, merged one after the other; what lies behind that commit is not known.
    const [first, ...merged] = ['0', 'b', 'c', 'd'].map((_, at) =>
      listingOf(Object.fromEntries(['a', 'b', 'c', 'd'].slice(0, at + 1).map((path) => [path, path]))),
    );
    const place = (letter: string, listing: TreeListing | undefined, ...parents: string[]) =>
      memory.learnPlace({
        sha: sha(letter),
        tree: treeIdOf(listing ?? new Map()),
        parents: parents.map(sha),
      });
    place('0', first, 'f');
    for (const [at, branch] of ['b', 'c', 'd'].entries()) {
      const own = listingOf({ a: 'a', [branch]: branch });
      place(branch, own, '0');
      memory.putTree(sha(branch), own);
      place(`${at + 1}`, merged[at], `${at}`, branch);
    }
    await expect(memory.readTree(sha('3'), never)).rejects.toThrow('it was read');
    memory.putTree(sha('0'), first ?? new Map());
    expect(textsOf(await memory.readTree(sha('3'), never))).toEqual(textsOf(merged[2]));
    expect(await memory.readMergeBase(sha('3'), sha('d'), never)).toBe(sha('d'));
    expect(await memory.readMergeBase(sha('2'), sha('d'), never)).toBe(sha('0'));
    expect(await memory.readMergeBase(sha('2'), sha('e'), async () => sha('7'))).toBe(sha('7'));
  });
});

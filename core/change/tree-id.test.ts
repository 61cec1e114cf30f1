import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TreeFile, TreeListing } from './change.ts';
import { blobIdOf, mergeTrees, objectIdOf, parseTreeObject, treeIdOf, treeObjectsOf } from './tree-id.ts';

const listingOf = (files: Readonly<Record<string, string>>, mode = '100644'): TreeListing =>
  new Map(
    Object.entries(files).map(([path, text]): [string, TreeFile] => [
      path,
      { path, mode, blob: blobIdOf(Buffer.from(text)) },
    ]),
  );

describe('treeIdOf', () => {
  it('gives the ids that git gives, folders among files of like names included', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tree-id-'));
    const git = (input: string, ...args: string[]) =>
      execFileSync('git', args, { cwd: folder, input, encoding: 'utf8' }).trim();
    git('', 'init', '-q', '--bare');
    const names = ['a', 'a.b', 'a-b', 'a/x', 'a0/deep/er', 'ä', 'Z', 'a b', 'z/1', 'z.1'];
    const files = names.filter((name) => name !== 'a');
    const listing = new Map(listingOf(Object.fromEntries(files.map((name) => [name, `text of ${name}\n`]))));
    const run = listing.get('z/1');
    if (run !== undefined) listing.set('z/1', { ...run, mode: '100755' });
    const index = [...listing.values()].map(({ path, mode, blob }) => `${mode} ${blob}\t${path}`).join('\n');
    git(`${index}\n`, 'update-index', '--add', '--index-info');
    expect(treeIdOf(listing)).toBe(git('', 'write-tree', '--missing-ok'));
    expect(blobIdOf(Buffer.from('hi'))).toBe(git('hi', 'hash-object', '--stdin'));
    rmSync(folder, { recursive: true });
  });

  it('knows the empty tree, and modes as REST writes them', () => {
    expect(treeIdOf(new Map())).toBe('4b825dc642cb6eb9a060e54bf8d69288fbee4904');
    expect(treeIdOf(listingOf({ x: '1' }, '0100644'))).toBe(treeIdOf(listingOf({ x: '1' })));
  });
});

describe('treeObjectsOf', () => {
  const listing = listingOf({ 'a/b/c': '1', 'a/d': '2', 'a.b': '3', ä: '4' });

  it('gives every folder under its own id, the whole one last, and each reads as it was', () => {
    const objects = [...treeObjectsOf(listing)];
    expect(objects.map(([, content]) => objectIdOf('tree', content))).toEqual(objects.map(([id]) => id));
    expect(objects.at(-1)?.[0]).toBe(treeIdOf(listing));
    const read = objects.map(([, content]) =>
      parseTreeObject(content)?.map(({ mode, name }) => `${mode} ${name}`),
    );
    expect(read).toEqual([['100644 c'], ['40000 b', '100644 d'], ['100644 a.b', '40000 a', '100644 ä']]);
  });

  it('has the same id with a folder that is given by its id alone', () => {
    const inner = treeIdOf(listingOf({ 'b/c': '1', d: '2' }));
    const short = new Map(listingOf({ 'a.b': '3', ä: '4' })).set('a', {
      path: 'a',
      mode: '040000',
      blob: inner,
    });
    expect(treeIdOf(short)).toBe(treeIdOf(listing));
  });

  it('reads nothing else: cut anywhere, another object, a name that is no text', () => {
    const whole = Buffer.from(treeObjectsOf(listing).get(treeIdOf(listing)) ?? []);
    const ends = new Set([0, 31, 31 + 28]);
    for (let end = 0; end < whole.length; end += 1)
      expect(parseTreeObject(whole.subarray(0, end)) === null).toBe(!ends.has(end));
    expect(parseTreeObject(Buffer.from('no folder'))).toBeNull();
    expect(parseTreeObject(Buffer.from('a\0b c'.padEnd(40)))).toBeNull();
    const bytes = Buffer.concat([Buffer.from('100644 '), Buffer.from([0xff, 0]), Buffer.alloc(20)]);
    expect(parseTreeObject(bytes)).toBeNull();
  });
});

const side = fc.dictionary(fc.constantFrom('a', 'b/c', 'b/d', 'e'), fc.constantFrom('1', '2', '3'));

describe('mergeTrees', () => {
  it('takes what one side changed, and gives up where both did', () => {
    let conflicts = 0;
    fc.assert(
      fc.property(side, side, side, (base, ours, theirs) => {
        const merged = mergeTrees(listingOf(base), listingOf(ours), listingOf(theirs));
        const paths = new Set([base, ours, theirs].flatMap(Object.keys));
        const clashes = [...paths].filter(
          (path) => ours[path] !== base[path] && theirs[path] !== base[path] && ours[path] !== theirs[path],
        );
        if (clashes.length > 0) conflicts += 1;
        expect(merged === null).toBe(clashes.length > 0);
        for (const path of merged === null ? [] : paths) {
          const wanted = ours[path] === base[path] ? theirs[path] : ours[path];
          expect(merged?.get(path)?.blob).toBe(
            wanted === undefined ? undefined : blobIdOf(Buffer.from(wanted)),
          );
        }
      }),
      { seed: 22 },
    );
    expect(conflicts).toBeGreaterThan(5);
  });

  it('sees a change of mode', () => {
    const [plain, run] = [listingOf({ x: '1' }), listingOf({ x: '1' }, '100755')];
    expect(mergeTrees(plain, run, plain)?.get('x')?.mode).toBe('100755');
    expect(mergeTrees(plain, run, listingOf({ x: '2' }))).toBeNull();
  });
});

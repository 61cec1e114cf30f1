import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TreeFile, TreeListing } from './change.ts';
import { blobIdOf, mergeTrees, treeIdOf } from './tree-id.ts';

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

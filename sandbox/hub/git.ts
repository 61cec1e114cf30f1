import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { BatchReader, type GitObject } from './git/batch.ts';
import { type FileChange, parseDiff, parsePatches } from './git/diff.ts';
import {
  type Commit,
  formatCommit,
  formatTree,
  parseCommit,
  parseTree,
  type TreeEntry,
  writeObject,
} from './git/object.ts';
import { type GitOutput, runGit } from './git/run.ts';

export type { GitObject } from './git/batch.ts';
export type { FileChange } from './git/diff.ts';
export type { Commit, Person, TreeEntry } from './git/object.ts';

export const ZERO = '0'.repeat(40);

/** One bare repository. Reads go through one long-lived process, commits and trees are kept in memory. */
export interface Git {
  readonly dir: string;
  run(args: readonly string[], options?: { readonly input?: string | Buffer }): Promise<GitOutput>;
  /** The object behind a name (sha, ref, `ref:path`), or null. */
  read(name: string): Promise<GitObject | null>;
  /** Sha behind a name without its contents, or null. */
  resolve(name: string): Promise<string | null>;
  /** Bytes of an object without reading it, or null. */
  size(name: string): Promise<number | null>;
  /** The commit behind a branch, tag or sha, or null. */
  commit(name: string): Promise<Commit | null>;
  tree(sha: string): Promise<readonly TreeEntry[] | null>;
  /** Every entry below a tree with its full path, folders first as git lists them. */
  walk(treeSha: string): Promise<TreeEntry[]>;
  /** The entry at a path of a tree, or null. */
  entry(treeSha: string, path: string): Promise<TreeEntry | null>;
  writeBlob(bytes: Buffer): Promise<string>;
  writeTree(entries: readonly TreeEntry[]): Promise<string>;
  writeCommit(commit: Omit<Commit, 'sha'>): Promise<string>;
  /** Compare-and-swap. @param old expected value, ZERO: must not exist. @returns false when somebody was faster */
  updateRef(ref: string, value: string, old: string): Promise<boolean>;
  /** Sets a ref of the hub's own (refs/pull), which nobody else writes: without a process. */
  setRef(ref: string, value: string): Promise<void>;
  refs(prefix: string): Promise<{ readonly ref: string; readonly sha: string; readonly type: string }[]>;
  isAncestor(ancestor: string, descendant: string): Promise<boolean>;
  mergeBase(a: string, b: string): Promise<string | null>;
  /** The tree of a clean three-way merge, or null on conflict. */
  mergeTree(base: string, head: string): Promise<string | null>;
  diff(from: string, to: string): Promise<FileChange[]>;
  /** The hunks of `diff`, file by file; null for binary files. */
  patches(from: string, to: string): Promise<(string | null)[]>;
  /** Shas of `git rev-list` arguments, newest first. */
  list(args: readonly string[]): Promise<string[]>;
  close(): void;
}

const DIFF = ['diff-tree', '-r', '-M', '--no-color', '--no-abbrev'];

const isSha = (name: string): boolean => /^[0-9a-f]{40}$/.test(name);

/** Keeps what two full ids can never change: ancestry, merge bases, differences. */
function keepPairs<Value>(read: (a: string, b: string) => Promise<Value>): typeof read {
  const kept = new Map<string, Promise<Value>>();
  return (a, b) => {
    if (!isSha(a) || !isSha(b)) return read(a, b);
    const key = `${a} ${b}`;
    const known = kept.get(key) ?? read(a, b);
    kept.set(key, known);
    known.catch(() => kept.delete(key));
    return known;
  };
}

export function openGit(dir: string): Git {
  const reader = new BatchReader(dir);
  const commits = new Map<string, Commit>();
  const trees = new Map<string, readonly TreeEntry[]>();
  const lists = new Map<string, readonly string[]>();
  const run: Git['run'] = (args, options) => runGit(dir, args, options);
  const resolve = async (name: string) => (await reader.ask(name, false))?.sha ?? null;

  const commit = async (name: string): Promise<Commit | null> => {
    const known = commits.get(name);
    if (known) return known;
    const object = await reader.ask(`${name}^{commit}`, true);
    if (object?.type !== 'commit') return null;
    const parsed = parseCommit(object.sha, object.bytes);
    commits.set(object.sha, parsed);
    return parsed;
  };

  const tree = async (sha: string): Promise<readonly TreeEntry[] | null> => {
    const known = trees.get(sha);
    if (known) return known;
    const object = await reader.ask(`${sha}^{tree}`, true);
    if (object?.type !== 'tree') return null;
    const parsed = parseTree(object.bytes);
    trees.set(object.sha, parsed);
    return parsed;
  };

  const walk = async (sha: string, prefix = ''): Promise<TreeEntry[]> => {
    const found: TreeEntry[] = [];
    for (const entry of (await tree(sha)) ?? []) {
      const full = prefix + entry.path;
      found.push({ ...entry, path: full });
      if (entry.type === 'tree') found.push(...(await walk(entry.sha, `${full}/`)));
    }
    return found;
  };

  const entry: Git['entry'] = async (treeSha, name) => {
    let at: TreeEntry = { mode: '040000', type: 'tree', sha: treeSha, path: '' };
    for (const part of name.split('/').filter((word) => word !== '')) {
      if (at.type !== 'tree') return null;
      const next = (await tree(at.sha))?.find((candidate) => candidate.path === part);
      if (!next) return null;
      at = next;
    }
    return { ...at, path: name };
  };

  const text = async (args: readonly string[]) => (await run(args)).stdout.toString('utf8');
  const lines = async (args: readonly string[]) =>
    (await text(args)).split('\n').filter((line) => line !== '');

  /** Most questions are about neighbours: a short walk over commits in memory saves a process. */
  const isAncestor = keepPairs(async (ancestor: string, descendant: string): Promise<boolean> => {
    const seen = new Set<string>([descendant]);
    for (const sha of seen) {
      if (sha === ancestor) return true;
      if (seen.size > 64 || !isSha(sha)) break;
      for (const parent of (await commit(sha))?.parents ?? []) seen.add(parent);
    }
    if (seen.size <= 64 && isSha(descendant) && isSha(ancestor)) return false;
    return (await run(['merge-base', '--is-ancestor', ancestor, descendant])).code === 0;
  });

  return {
    dir,
    run,
    resolve,
    commit,
    tree,
    entry,
    size: async (name) => (await reader.ask(name, false))?.size ?? null,
    walk: (sha) => walk(sha),
    read: (name) => reader.ask(name, true),
    writeBlob: (bytes) => writeObject(dir, 'blob', bytes),
    writeTree: (entries) => writeObject(dir, 'tree', formatTree(entries)),
    writeCommit: (value) => writeObject(dir, 'commit', formatCommit(value)),
    async updateRef(ref, value, old) {
      const args = value === ZERO ? ['update-ref', '-d', ref, old] : ['update-ref', ref, value, old];
      return run(args).then(
        (result) => result.code === 0,
        () => false,
      );
    },
    async setRef(ref, value) {
      const file = path.join(dir, ref);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(`${file}.new`, `${value}\n`);
      await rename(`${file}.new`, file);
    },
    async refs(prefix) {
      const found = await lines(['for-each-ref', '--format=%(refname) %(objectname) %(objecttype)', prefix]);
      return found.map((line) => {
        const [ref = '', sha = '', type = ''] = line.split(' ');
        return { ref, sha, type };
      });
    },
    isAncestor,
    mergeBase: keepPairs(async (a, b) => {
      if (isSha(a) && isSha(b) && (await isAncestor(a, b))) return a;
      return (await lines(['merge-base', a, b]))[0] ?? null;
    }),
    mergeTree: keepPairs(async (base, head) => {
      const result = await run(['merge-tree', '--write-tree', '--no-messages', base, head]);
      return result.code === 0 ? result.stdout.toString('utf8').trim() : null;
    }),
    diff: keepPairs(async (from, to) =>
      parseDiff(await text([...DIFF, '--raw', '--numstat', '-z', from, to])),
    ),
    patches: keepPairs(async (from, to) => parsePatches(await text([...DIFF, '-p', from, to]))),
    async list(args) {
      // Full ids alone name a set of commits that never changes.
      if (!args.every((arg) => /^\^?[0-9a-f]{40}$/.test(arg))) return lines(['rev-list', ...args]);
      const key = args.join(' ');
      const found = lists.get(key) ?? (await lines(['rev-list', ...args]));
      lists.set(key, found);
      return [...found];
    },
    close: () => reader.close(),
  };
}

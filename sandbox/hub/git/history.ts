import { type FileChange, parseDiff, parsePatches } from './diff.ts';
import type { Commit } from './object.ts';
import { runGit } from './run.ts';

const DIFF = ['diff-tree', '-r', '-M', '--no-color', '--no-abbrev'];

/** What commits are to each other. */
export interface History {
  isAncestor(ancestor: string, descendant: string): Promise<boolean>;
  mergeBase(a: string, b: string): Promise<string | null>;
  /** The tree of a clean three-way merge, or null on conflict. */
  mergeTree(base: string, head: string): Promise<string | null>;
  diff(from: string, to: string): Promise<FileChange[]>;
  /** The hunks of `diff`, file by file; null for binary files. */
  patches(from: string, to: string): Promise<(string | null)[]>;
  /** Shas of `git rev-list` arguments, newest first. */
  list(args: readonly string[]): Promise<string[]>;
}

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

type ReadCommit = (name: string) => Promise<Commit | null>;

/** Most questions are about neighbours: a short walk over commits in memory saves a process. */
async function walkToAncestor(
  commit: ReadCommit,
  ancestor: string,
  descendant: string,
): Promise<boolean | null> {
  if (!isSha(ancestor) || !isSha(descendant)) return null;
  const seen = new Set<string>([descendant]);
  for (const sha of seen) {
    if (sha === ancestor) return true;
    if (seen.size > 64) return null;
    for (const parent of (await commit(sha))?.parents ?? []) seen.add(parent);
  }
  return false;
}

export async function readText(dir: string, args: readonly string[]): Promise<string> {
  return (await runGit(dir, args)).stdout.toString('utf8');
}

export async function readLines(dir: string, args: readonly string[]): Promise<string[]> {
  return (await readText(dir, args)).split('\n').filter((line) => line !== '');
}

/** Order, number and paths (behind `--`) change nothing about which commits full ids name. */
function isLasting(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return (end < 0 ? args : args.slice(0, end)).every((arg) =>
    /^\^?[0-9a-f]{40}$|^\d+$|^(-n|--reverse|--topo-order|--no-merges)$/.test(arg),
  );
}

/** Keeps lists that full ids alone name: such a set of commits never changes. */
function createLists(dir: string): History['list'] {
  const kept = new Map<string, Promise<readonly string[]>>();
  return async (args) => {
    if (!isLasting(args)) return readLines(dir, ['rev-list', ...args]);
    const key = args.join('\n');
    const found = kept.get(key) ?? readLines(dir, ['rev-list', ...args]);
    kept.set(key, found);
    found.catch(() => kept.delete(key));
    return [...(await found)];
  };
}

export function openHistory(dir: string, commit: ReadCommit): History {
  const isAncestor = keepPairs(async (ancestor: string, descendant: string): Promise<boolean> => {
    const near = await walkToAncestor(commit, ancestor, descendant);
    return near ?? (await runGit(dir, ['merge-base', '--is-ancestor', ancestor, descendant])).code === 0;
  });
  return {
    isAncestor,
    mergeBase: keepPairs(async (a, b) => {
      if (isSha(a) && (await isAncestor(a, b))) return a;
      return (await readLines(dir, ['merge-base', a, b]))[0] ?? null;
    }),
    mergeTree: keepPairs(async (base, head) => {
      const result = await runGit(dir, ['merge-tree', '--write-tree', '--no-messages', base, head]);
      return result.code === 0 ? result.stdout.toString('utf8').trim() : null;
    }),
    diff: keepPairs(async (from, to) =>
      parseDiff(await readText(dir, [...DIFF, '--raw', '--numstat', '-z', from, to])),
    ),
    patches: keepPairs(async (from, to) => parsePatches(await readText(dir, [...DIFF, '-p', from, to]))),
    list: createLists(dir),
  };
}

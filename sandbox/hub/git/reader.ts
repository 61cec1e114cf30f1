import { BatchReader, type GitObject } from './batch.ts';
import { type Commit, parseCommit, parseTree, type TreeEntry } from './object.ts';

/** Reads objects without a process for each; commits and trees are parsed once. */
export interface Objects {
  /** The object behind a name (sha, ref, `ref:path`), or null. */
  read(name: string): Promise<GitObject | null>;
  /** Sha behind a name without its contents, or null. */
  resolve(name: string): Promise<string | null>;
  /** What a full ref name points at, or null: names of any other form are none. */
  ref(name: string): Promise<Pick<GitObject, 'sha' | 'type'> | null>;
  /** Bytes of an object without reading it, or null. */
  size(name: string): Promise<number | null>;
  /** The commit behind a branch, tag or sha, or null. */
  commit(name: string): Promise<Commit | null>;
  tree(sha: string): Promise<readonly TreeEntry[] | null>;
  /** Every entry below a tree with its full path, a folder before what is in it. */
  walk(treeSha: string): Promise<TreeEntry[]>;
  /** The entry at a path of a tree, or null. */
  entry(treeSha: string, path: string): Promise<TreeEntry | null>;
  close(): void;
}

type ReadTree = Objects['tree'];

/** git would take more than names here: `main~1`, `main@{1}`, `main:file`, `main^{tree}`. */
const isRefName = (name: string): boolean => /^refs\/[^ ~^:?*[\\]+$/.test(name) && !/\.\.|@\{/.test(name);

async function walkTree(tree: ReadTree, sha: string, prefix: string): Promise<TreeEntry[]> {
  const found: TreeEntry[] = [];
  for (const entry of (await tree(sha)) ?? []) {
    const path = prefix + entry.path;
    found.push({ ...entry, path });
    if (entry.type === 'tree') found.push(...(await walkTree(tree, entry.sha, `${path}/`)));
  }
  return found;
}

async function findEntry(tree: ReadTree, treeSha: string, path: string): Promise<TreeEntry | null> {
  let at: TreeEntry = { mode: '040000', type: 'tree', sha: treeSha, path: '' };
  for (const part of path.split('/').filter((name) => name !== '')) {
    if (at.type !== 'tree') return null;
    const next = (await tree(at.sha))?.find((candidate) => candidate.path === part);
    if (!next) return null;
    at = next;
  }
  return { ...at, path };
}

/** Remembers by the sha of what was found: a branch name is asked again every time. */
function keepParsed<Value>(
  reader: BatchReader,
  type: 'commit' | 'tree',
  parse: (sha: string, bytes: Buffer) => Value,
): (name: string) => Promise<Value | null> {
  const kept = new Map<string, Value>();
  return async (name) => {
    const known = kept.get(name);
    if (known !== undefined) return known;
    const object = await reader.ask(`${name}^{${type}}`, true);
    if (object?.type !== type) return null;
    const parsed = parse(object.sha, object.bytes);
    kept.set(object.sha, parsed);
    return parsed;
  };
}

export function openObjects(dir: string): Objects {
  const reader = new BatchReader(dir);
  const tree: ReadTree = keepParsed(reader, 'tree', (_, bytes) => parseTree(bytes));
  return {
    tree,
    commit: keepParsed(reader, 'commit', parseCommit),
    read: (name) => reader.ask(name, true),
    resolve: async (name) => (await reader.ask(name, false))?.sha ?? null,
    ref: async (name) => (isRefName(name) ? reader.ask(name, false) : null),
    size: async (name) => (await reader.ask(name, false))?.size ?? null,
    walk: (sha) => walkTree(tree, sha, ''),
    entry: (sha, path) => findEntry(tree, sha, path),
    close: () => reader.close(),
  };
}

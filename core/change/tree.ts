import type { ChangedPath, TreeListing } from './change.ts';

/** Paths that differ between two commits, sorted: what git says, no content read. */
export function diffTrees(before: TreeListing, after: TreeListing): readonly ChangedPath[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths.flatMap((path) => {
    const [old, now] = [before.get(path), after.get(path)];
    if (old?.blob === now?.blob && old?.mode === now?.mode) return [];
    return [{ path, before: old?.blob ?? null, after: now?.blob ?? null, mode: now?.mode ?? null }];
  });
}

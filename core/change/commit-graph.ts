/** Parents of the commits that are known, by id. What a commit names never changes. */
export interface CommitGraph {
  /** undefined: the commit is not known. */
  parentsOf(sha: string): readonly string[] | undefined;
}

/** Commits that are followed from one side at most: further back GitHub is asked. */
const maxSteps = 2_000;

/**
 * The best common ancestor of two commits, told from the commits that are known alone.
 * It is told only where those that are not known cannot change it: whatever is reached from either side ends at it, or is
 * known to the last commit.
 * @returns null: not told. There may be one, several, or none
 * @see https://git-scm.com/docs/git-merge-base
 */
export function findMergeBase(graph: CommitGraph, one: string, other: string): string | null {
  const ofOne = reach(graph, one);
  const ofOther = reach(graph, other);
  if (ofOther.seen.has(one)) return one;
  if (ofOne.seen.has(other)) return other;
  const common = new Set([...ofOne.seen].filter((sha) => ofOther.seen.has(sha)));
  const parents = new Set([...common].flatMap((sha) => graph.parentsOf(sha) ?? []));
  const [best, ...more] = [...common].filter((sha) => !parents.has(sha));
  if (best === undefined || more.length > 0) return null;
  // Whatever lies behind a commit that is not known is then an ancestor of the best one as well.
  return [...ofOne.open, ...ofOther.open].every((sha) => common.has(sha)) ? best : null;
}

interface Reach {
  /** The commit and its ancestors, as far as they are known, with the first ones that are not. */
  readonly seen: ReadonlySet<string>;
  /** Those whose parents are not known. */
  readonly open: readonly string[];
}

function reach(graph: CommitGraph, from: string): Reach {
  const seen = new Set([from]);
  const open: string[] = [];
  let steps = 0;
  for (const sha of seen) {
    steps += 1;
    const parents = steps > maxSteps ? undefined : graph.parentsOf(sha);
    if (parents === undefined) open.push(sha);
    // A set is walked in the order in which it grows.
    for (const parent of parents ?? []) seen.add(parent);
  }
  return { seen, open };
}

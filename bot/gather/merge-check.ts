import type { GitHubReader, PullFacts } from '../../adapters/github/reader.ts';
import type { Change, ChangedPath, TreeListing } from '../../core/change/change.ts';
import { diffTrees } from '../../core/change/tree.ts';
import { modelOfStages } from '../../core/config/layout.ts';
import type { Finding } from '../../core/finding/finding.ts';
import { readGovernedChange } from '../incident/governed-read.ts';
import type { Commits } from './base.ts';
import type { Request } from './rules.ts';

/** What is asked for, unless something else was merged. An open pull request stands as it is. */
export async function asMerged(
  reader: GitHubReader,
  change: Change,
  commits: Commits,
  pull: PullFacts,
): Promise<Change> {
  if (commits.merge === null || change.kind === 'refused') return change;
  const otherwise = change.kind === 'request' ? checkMerged(change, await reader.tree(commits.merge)) : [];
  const findings = otherwise.length > 0 ? otherwise : await checkBesides(reader, pull, commits);
  if (findings.length === 0) return change;
  if (change.kind === 'nothing') return { kind: 'refused', findings };
  // Told in the comment that said it may be merged, not beside it.
  const { model, proposal } = change;
  return { kind: 'refused', findings, ...(model === null ? {} : { about: { model, proposal } }) };
}

/**
 * Compares what was merged with what was judged. GitHub's own merges cannot differ, but anybody with push rights can
 * make a merge commit by hand that holds something else, and GitHub then shows the pull request as merged.
 * stages.yml may hold other people's moves besides: what moves is read from the pull request alone.
 */
function checkMerged(change: Request, merged: TreeListing): readonly Finding[] {
  return change.contentPaths
    .filter(({ path }) => modelOfStages(path) === null)
    .filter(({ path, after }) => (merged.get(path)?.blob ?? null) !== after)
    .slice(0, 1)
    .map(({ path }) => ({
      code: 'change/merged-otherwise',
      severity: 'fail',
      message: `${path} was merged with other content than was judged and approved`,
      where: { file: path },
      fix: 'Propose the change again from the base branch as it is now.',
    }));
}

/**
 * Compares what came to the base branch with what the pull request showed. A merge that somebody made by hand can bring a
 * rule of its own, and git follows files that were renamed meanwhile. What other pull requests showed that the same merge
 * merged is decided with them.
 */
async function checkBesides(
  reader: GitHubReader,
  { number, mergeCommit }: Pick<PullFacts, 'number' | 'mergeCommit'>,
  { base, mergeBase, head, merge }: Commits,
): Promise<readonly Finding[]> {
  if (merge === null) return [];
  const shown = new Set<string>();
  const show = (changed: readonly ChangedPath[]) => changed.map(({ path }) => shown.add(path));
  show(diffTrees(await reader.tree(mergeBase), await reader.tree(head)));
  const all = diffTrees(await reader.tree(base), await reader.tree(merge));
  if (all.every(({ path }) => shown.has(path))) return [];
  for (const other of await reader.pullsOfCommit(merge)) {
    const pull = other === number ? null : await reader.pull(other);
    if (pull === null || !pull.merged || pull.mergeCommit !== mergeCommit) continue;
    const from = await reader.mergeBase(base, pull.head.sha);
    show(diffTrees(await reader.tree(from), await reader.tree(pull.head.sha)));
  }
  const { changed } = await readGovernedChange(reader, base, merge);
  return changed
    .filter(({ path }) => !shown.has(path))
    .slice(0, 1)
    .map(({ path }) => ({
      code: 'change/merged-besides',
      severity: 'fail',
      message: `The merge changed ${path}, which the pull request did not`,
      where: { file: path },
      fix: 'Take that change back, or propose it in a pull request of its own; then propose this one again.',
    }));
}

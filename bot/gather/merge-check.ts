import type { TreeListing } from '../../core/change/change.ts';
import { modelOfStages } from '../../core/config/layout.ts';
import type { Finding } from '../../core/finding/finding.ts';
import type { Request } from './rules.ts';

/**
 * Compares what was merged with what was judged. GitHub's own merges cannot differ, but anybody with push rights can
 * make a merge commit by hand that holds something else, and GitHub then shows the pull request as merged.
 * stages.yml may hold other people's moves besides: what moves is read from the pull request alone.
 */
export function checkMerged(change: Request, merged: TreeListing): readonly Finding[] {
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

import type { CommitFacts, GitHubReader } from '../../adapters/github/reader.ts';
import type { Change } from '../../core/change/change.ts';
import { InputError } from '../../core/error/error.ts';
import type { Commits } from './base.ts';

type Reader = Pick<GitHubReader, 'pullCommits' | 'mergeBase'>;

/**
 * Refuses a pull request whose history has more than one merge base with its base branch. A comparison names one of them,
 * and the merge takes all: what was changed on the way to another one can be undone by a pull request that shows no change of
 * it, also one that seems to ask for nothing.
 * @see https://git-scm.com/docs/git-merge-base "When the history involves criss-cross merges"
 */
export async function asOneBase(
  reader: Reader,
  change: Change,
  commits: Commits,
  number: number,
): Promise<Change> {
  if (!(await hasOtherBase(reader, commits, number))) return change;
  const about =
    change.kind === 'request' && change.model !== null ? aboutOf(change.model, change.proposal) : {};
  return { kind: 'refused', findings: [finding], ...about };
}

const aboutOf = (model: string, proposal: boolean) => ({ about: { model, proposal } });

/** Whatever comes to the branch from elsewhere than its first way comes by a merge of its own. */
async function hasOtherBase(reader: Reader, { base, mergeBase }: Commits, number: number): Promise<boolean> {
  // The tip itself is behind the head: there is no other one.
  if (mergeBase === base) return false;
  const merges = (await commitsOf(reader, number))?.filter(({ parents }) => parents.length > 1);
  if (merges === undefined) return true;
  // Of every parent: the list may be of before some of these commits came to the base branch by another way.
  for (const parent of new Set(merges.flatMap(({ parents }) => parents))) {
    if (parent === mergeBase) continue;
    const common = await reader.mergeBase(base, parent);
    if (common !== mergeBase && (await reader.mergeBase(mergeBase, common)) !== common) return true;
  }
  return false;
}

/** null: GitHub does not list so many. */
async function commitsOf(reader: Reader, number: number): Promise<readonly CommitFacts[] | null> {
  try {
    return await reader.pullCommits(number);
  } catch (error) {
    if (error instanceof InputError && error.code === 'PULL_REQUEST_TOO_LARGE') return null;
    throw error;
  }
}

const finding = {
  code: 'change/several-bases',
  severity: 'fail',
  message:
    'The branch merges states of the base branch that do not contain each other, so what it changes cannot be told by a comparison',
  fix: 'Update the branch: merge the base branch into it once more, as it is now.',
} as const;

import type { GitHubReader, PullFacts } from '../../adapters/github/reader.ts';
import { ServiceError } from '../../core/error/error.ts';

/** The commits that a decision is about. */
export interface Commits {
  /** Rules come from here: base's tip before the merge, the commit that was merged onto after it. */
  readonly base: string;
  readonly mergeBase: string;
  readonly head: string;
  /** The merge itself; null while the pull request is not merged. */
  readonly merge: string | null;
}

/** A rebase merge of more commits than GitHub lists for a pull request does not exist. */
const maxRebased = 250;

/** @param onto base commit to judge against instead of the tip: a merge group's */
export async function readCommits(
  reader: GitHubReader,
  pull: PullFacts,
  onto: string | null = null,
): Promise<Commits> {
  const head = pull.head.sha;
  const merge = pull.merged ? pull.mergeCommit : null;
  if (pull.merged && merge === null) throw unknownMerge(pull.number);
  const base =
    onto ?? (merge === null ? await tipOf(reader, pull.base.ref) : await mergedOnto(reader, pull, merge));
  return { base, mergeBase: await reader.mergeBase(base, head), head, merge };
}

async function tipOf(reader: GitHubReader, branch: string): Promise<string> {
  const tip = await reader.branchHead(branch);
  if (tip !== null) return tip;
  throw new ServiceError('BASE_BRANCH_GONE', `The base branch ${branch} is not there`, {
    hint: 'Restore the branch or change the base of the pull request.',
  });
}

/**
 * The state of the base branch just before the merge, as GitHub tells what moved the branch. Who may push makes a merge
 * himself, and could name older rules, or his own, as its first parent: the pull request counts as merged all the same.
 */
async function mergedOnto(reader: GitHubReader, pull: PullFacts, merge: string): Promise<string> {
  const likely = await firstOnto(reader, pull, merge);
  const told = await reader.tipBefore(pull.base.ref, merge, likely);
  // GitHub writes down what moved a branch a moment late.
  if (told.kind === 'not listed') throw unknownMerge(pull.number);
  return told.kind === 'told' ? told.sha : likely;
}

/**
 * The same where GitHub made the merge. A merge commit and a squash have it as first parent; a rebase
 * copies every commit, so parents are followed while GitHub says that they belong to this pull request.
 */
async function firstOnto(reader: GitHubReader, pull: PullFacts, merge: string): Promise<string> {
  const { parents } = await reader.commit(merge);
  let [base] = parents;
  for (let steps = 0; base !== undefined && parents.length === 1 && steps < maxRebased; steps += 1) {
    if (!(await reader.pullsOfCommit(base)).includes(pull.number)) return base;
    [base] = (await reader.commit(base)).parents;
  }
  if (base !== undefined && parents.length > 1) return base;
  throw unknownMerge(pull.number);
}

function unknownMerge(number: number): ServiceError {
  return new ServiceError('MERGE_UNKNOWN', `What pull request ${number} was merged onto cannot be told`, {
    hint: 'Nothing was promoted. Look again later; if it stays, propose the change again.',
  });
}

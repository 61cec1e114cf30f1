import type { AppIdentity } from '../../adapters/github/client.ts';
import type { CommitFacts, GitHubReader } from '../../adapters/github/reader.ts';
import { parseHead } from '../../core/audit/transaction.ts';
import type { Finding } from '../../core/finding/finding.ts';
import { headPath } from '../../core/registry/layout.ts';
import { toText } from '../gather/text.ts';

type Reader = Pick<GitHubReader, 'commitsOf' | 'file' | 'pullsOfCommit' | 'pull'>;

/** Between two anchors lie a handful of commits; so many mean that anchors were lost. */
const maxCommits = 100;

/** A commit of the ledger that somebody else than the app made. */
export type Stranger = Pick<CommitFacts, 'sha' | 'author'>;

/** Where the ledger stands. `head` is a commit, not a name: a tag may have the name of the branch. */
export interface LedgerHeadCommit {
  readonly branch: string;
  readonly head: string;
  /** Commits that the app put right: a proven entry names them, and their content stands no longer. */
  readonly corrected: ReadonlySet<string>;
}

/**
 * Commits that made the ledger longer since the newest anchor and are not the app's own, signed by GitHub.
 * A forged entry can have right hashes: the chain has no key. Who made a commit is told by GitHub's signature alone.
 */
export async function strangersSince(
  reader: Reader,
  identity: AppIdentity,
  { branch, head, corrected }: LedgerHeadCommit,
  anchored: number,
): Promise<readonly Stranger[]> {
  // The newest of them holds what the head holds: where that is anchored, none is left to look at.
  const size = await sizeAt(reader, head);
  if (size !== null && size <= anchored) return [];
  const commits = await reader.commitsOf(head, maxCommits, headPath);
  const found: Stranger[] = [];
  for (const commit of commits) {
    const size = await sizeAt(reader, commit.sha);
    if (size !== null && size <= anchored) return found;
    if (!corrected.has(commit.sha) && !(await isOwn(reader, identity, branch, commit))) found.push(commit);
  }
  return found;
}

/** True for a commit that the app made by itself: signed by GitHub in its name, and no squash of a pull request. */
export async function isOwn(
  reader: Pick<Reader, 'pullsOfCommit' | 'pull'>,
  identity: AppIdentity,
  branch: string,
  commit: CommitFacts,
): Promise<boolean> {
  return isSignedByGitHub(commit, identity) && !(await isSquash(reader, identity, branch, commit));
}

/**
 * The app's own commits have its bot as author and GitHub as committer. The author alone is anybody's text: a commit is
 * "verified" by the signature of its committer, and a person can sign one that names the bot as author.
 */
function isSignedByGitHub({ author, committer, verified }: CommitFacts, { botId }: AppIdentity): boolean {
  if (!verified || author?.id !== botId) return false;
  // A server may keep no account for itself; a person whose signature verifies always has one.
  return committer === null || committer.id === botId || committer.login === 'web-flow';
}

/** GitHub squashes in the name of who opened the pull request: the app opens some, and anybody may push to their branch. */
async function isSquash(
  reader: Pick<Reader, 'pullsOfCommit' | 'pull'>,
  { botId }: AppIdentity,
  branch: string,
  { sha }: CommitFacts,
): Promise<boolean> {
  for (const number of await reader.pullsOfCommit(sha)) {
    const pull = await reader.pull(number);
    if (pull.author.id === botId && pull.base.ref === branch && pull.mergeCommit === sha) return true;
  }
  return false;
}

/** null: HEAD.json does not read at this commit, so the commit itself is looked at. */
export async function sizeAt(reader: Pick<Reader, 'file'>, sha: string): Promise<number | null> {
  const bytes = await reader.file(headPath, sha);
  const text = bytes === null ? null : toText(bytes);
  if (text === null) return null;
  try {
    return parseHead(text, headPath).size;
  } catch {
    return null; // an unreadable head counts as "longer": the commit is looked at
  }
}

export function toFinding({ sha, author }: Stranger): Finding {
  return {
    code: 'ledger/stranger',
    severity: 'fail',
    message: `Commit ${sha.slice(0, 12)} by ${author?.login ?? 'somebody unknown'} wrote to the ledger, which only the app writes`,
    where: { file: headPath },
    fix: 'Let a ruleset allow only the app on the branch. The app puts back what an anchor vouches for by itself.',
  };
}

import type { AppIdentity } from '../../adapters/github/client.ts';
import type { CommitFacts, GitHubReader } from '../../adapters/github/reader.ts';
import { parseHead } from '../../core/audit/transaction.ts';
import type { Finding } from '../../core/finding/finding.ts';
import { headPath } from '../../core/registry/layout.ts';
import { toText } from '../gather/text.ts';

type Reader = Pick<GitHubReader, 'commitsOf' | 'file' | 'pullsOfCommit' | 'pull'>;

/** Between two anchors lie a handful of commits; so many mean that anchors were lost. */
const maxCommits = 100;

/**
 * Commits that made the ledger longer since the newest anchor and are not the app's own, signed by GitHub.
 * A forged entry can have right hashes: the chain has no key. Who made a commit is told by GitHub's signature alone.
 * @param head commit of the ledger, not a name: a tag may have the name of the branch
 */
export async function strangersSince(
  reader: Reader,
  identity: AppIdentity,
  { branch, head }: { readonly branch: string; readonly head: string },
  anchored: number,
): Promise<readonly Finding[]> {
  const commits = await reader.commitsOf(head, maxCommits, headPath);
  const found: Finding[] = [];
  for (const commit of commits) {
    const size = await sizeAt(reader, commit.sha);
    if (size !== null && size <= anchored) return found;
    if (!isSignedByGitHub(commit, identity) || (await isSquash(reader, identity, branch, commit)))
      found.push(stranger(commit.sha, commit.author?.login));
  }
  return found;
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
  reader: Reader,
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
async function sizeAt(reader: Reader, sha: string): Promise<number | null> {
  const bytes = await reader.file(headPath, sha);
  const text = bytes === null ? null : toText(bytes);
  if (text === null) return null;
  try {
    return parseHead(text, headPath).size;
  } catch {
    return null; // an unreadable head counts as "longer": the commit is looked at
  }
}

function stranger(sha: string, login: string | undefined): Finding {
  return {
    code: 'ledger/stranger',
    severity: 'fail',
    message: `Commit ${sha.slice(0, 12)} by ${login ?? 'somebody unknown'} wrote to the ledger, which only the app writes`,
    where: { file: headPath },
    fix: 'Put the tree of the last anchored commit back by a new commit, and let a ruleset allow only the app on the branch.',
  };
}

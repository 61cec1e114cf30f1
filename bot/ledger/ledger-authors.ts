import type { BranchMoves } from '../../adapters/github/branch-tips.ts';
import type { AppIdentity } from '../../adapters/github/client.ts';
import type { CommitFacts, GitHubReader } from '../../adapters/github/reader.ts';
import { parseHead } from '../../core/audit/transaction.ts';
import type { Finding } from '../../core/finding/finding.ts';
import { headPath } from '../../core/registry/layout.ts';
import { toText } from '../gather/text.ts';
import { moved } from './ledger-files.ts';

type Reader = Pick<GitHubReader, 'commitsOf' | 'file' | 'pullsOfCommit' | 'pull' | 'moves'>;

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
  /** Commits that this process made: GitHub writes down what moved a branch a moment late. */
  readonly written?: ReadonlySet<string>;
}

/**
 * Commits that made the ledger longer since the newest anchor and are not the app's own.
 * A forged entry can have right hashes: the chain has no key. What a commit says of its author is not enough either, also
 * where GitHub signed it: whoever may write has GitHub make and sign a commit for which he names the author, or squash what he
 * pushed to a branch of the app. Who moved the branch is GitHub's word.
 * @throws ConflictError LEDGER_MOVED while GitHub has not written down yet who brought the head
 * @see https://docs.github.com/en/rest/repos/contents#create-or-update-file-contents
 */
export async function strangersSince(
  reader: Reader,
  identity: AppIdentity,
  { branch, head, corrected, written = new Set() }: LedgerHeadCommit,
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
    if (corrected.has(commit.sha) || written.has(commit.sha)) continue;
    if (!(await isOwnSince(reader, identity, { branch, head }, commit))) found.push(commit);
  }
  return found;
}

/** Each commit of the app is one move of the branch: one that no move ends at came with somebody's push. */
async function isOwnSince(
  reader: Reader,
  identity: AppIdentity,
  { branch, head }: Pick<LedgerHeadCommit, 'branch' | 'head'>,
  commit: CommitFacts,
): Promise<boolean> {
  const moves = isSignedByGitHub(commit, identity) ? await reader.moves(branch) : null;
  if (!tellsOfApp(moves, identity) || moverOf(moves, identity, commit.sha) !== 'unknown')
    return isOwn(reader, identity, branch, commit);
  if (moverOf(moves, identity, head) === 'unknown') throw moved();
  return false;
}

/** A list without a single commit of the app, from the first on, is of a server that does not write them down. */
const tellsOfApp = (moves: BranchMoves | null, { botId }: AppIdentity): boolean =>
  moves !== null && (!moves.whole || moves.moves.some(({ by }) => by?.id === botId));

function moverOf(
  moves: BranchMoves | null,
  { botId }: AppIdentity,
  sha: string,
): 'the app' | 'somebody else' | 'unknown' {
  const brought = moves?.moves.filter(({ after }) => after === sha) ?? [];
  if (brought.length === 0) return 'unknown';
  return brought.some(({ by }) => by?.id === botId) ? 'the app' : 'somebody else';
}

/**
 * True for a commit that the app made by itself: signed by GitHub in its name, and brought to the branch by the app. Where
 * GitHub does not say who brought it, it is at least no squash of a pull request.
 */
export async function isOwn(
  reader: Pick<Reader, 'pullsOfCommit' | 'pull' | 'moves'>,
  identity: AppIdentity,
  branch: string,
  commit: CommitFacts,
): Promise<boolean> {
  if (!isSignedByGitHub(commit, identity)) return false;
  const mover = moverOf(await reader.moves(branch), identity, commit.sha);
  return mover === 'unknown' ? !(await isSquash(reader, identity, commit)) : mover === 'the app';
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

/**
 * GitHub squashes in the name of who opened the pull request: the app opens some, and anybody may push to their branch. Whichever
 * branch it was merged into, the commit can be pushed on from there.
 */
async function isSquash(
  reader: Pick<Reader, 'pullsOfCommit' | 'pull'>,
  { botId }: AppIdentity,
  { sha }: CommitFacts,
): Promise<boolean> {
  for (const number of await reader.pullsOfCommit(sha)) {
    const pull = await reader.pull(number);
    if (pull.author.id === botId && pull.mergeCommit === sha) return true;
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

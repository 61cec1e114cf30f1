import type { FoundAnchor } from '../../adapters/github/anchors.ts';
import type { AppIdentity } from '../../adapters/github/client.ts';
import type { GitHubReader } from '../../adapters/github/reader.ts';
import type { Finding } from '../../core/finding/finding.ts';
import { headPath } from '../../core/registry/layout.ts';
import type { LedgerPlace } from './ledger-book.ts';
import { late } from './ledger-files.ts';

/** Commits of the base branch among which an anchor lies as a rule, and of the ledger among which the app's last one does. */
const maxCommits = 100;
const noCommit = /^0+$/;

interface Found {
  readonly place: LedgerPlace;
  /** null: there is no such branch. */
  readonly commit: string | null;
  readonly anchors: readonly FoundAnchor[];
  /** True for a time of this minute: GitHub may not show yet what was written then. */
  isLate(at: string): boolean;
}

/**
 * A ledger that was deleted or set back says nothing of what it held, and whoever brings many commits to the base branch hides
 * the anchors that would. Where none of them is near, GitHub is asked what the app itself brought to the branch last.
 * @returns null: nothing was lost, as far as anybody can tell
 * @throws ConflictError LEDGER_MOVED while GitHub may not show yet what was written: look again
 */
export async function findLoss(
  reader: Pick<GitHubReader, 'history' | 'moves' | 'commitsOf'>,
  { botId }: AppIdentity,
  { place: { branch, layout, anchorBranch }, commit, anchors, isLate }: Found,
): Promise<Finding | null> {
  const near = new Set(anchors.length === 0 ? [] : await reader.history(anchorBranch, maxCommits));
  if (anchors.some((anchor) => near.has(anchor.commit))) return null;
  const told = await reader.moves(branch);
  const last = told?.moves.find(({ by, after }) => by?.id === botId && !noCommit.test(after));
  if (last === undefined) {
    // Nobody else moves a branch of the ledger's own: so many moves without one of the app hide the app's.
    return told?.whole === false && layout === 'own' ? toFinding(branch, commit) : null;
  }
  if (last.after === commit) return null;
  const held = commit === null ? [] : await reader.commitsOf(commit, maxCommits, headPath);
  if (held.some(({ sha }) => sha === last.after)) return null;
  if (isLate(last.at)) throw late();
  return toFinding(branch, commit);
}

const toFinding = (branch: string, commit: string | null): Finding => ({
  code: 'ledger/lost',
  severity: 'fail',
  message: `Branch ${branch} ${commit === null ? 'was deleted' : 'does not hold what the app wrote to it last: it was set back'}`,
  where: { file: headPath },
  fix: 'Let a ruleset allow only the app on the branch. The app puts back what an anchor vouches for by itself.',
});

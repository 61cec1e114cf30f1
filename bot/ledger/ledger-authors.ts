import type { AppIdentity } from '../../adapters/github/client.ts';
import type { GitHubReader } from '../../adapters/github/reader.ts';
import { parseHead } from '../../core/audit/transaction.ts';
import type { Finding } from '../../core/finding/finding.ts';
import { headPath } from '../../core/registry/layout.ts';
import { toText } from '../gather/text.ts';

/** Between two anchors lie a handful of commits; so many mean that anchors were lost. */
const maxCommits = 100;

/**
 * Commits that made the ledger longer since the newest anchor and are not the app's own, signed by GitHub.
 * A forged entry can have right hashes: the chain has no key. The author of a commit is what nobody can choose.
 */
export async function strangersSince(
  reader: GitHubReader,
  identity: AppIdentity,
  branch: string,
  anchored: number,
): Promise<readonly Finding[]> {
  const commits = await reader.commitsOf(branch, maxCommits, headPath);
  const found: Finding[] = [];
  for (const commit of commits) {
    const size = await sizeAt(reader, commit.sha);
    if (size !== null && size <= anchored) return found;
    if (commit.author?.id !== identity.botId || !commit.verified)
      found.push(stranger(commit.sha, commit.author?.login));
  }
  return found;
}

/** null: HEAD.json does not read at this commit, so the commit itself is looked at. */
async function sizeAt(reader: GitHubReader, sha: string): Promise<number | null> {
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

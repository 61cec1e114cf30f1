import type { GitHubReader } from '../github/reader.ts';
import { type Proposal, type ProposalCommits, readProposal } from './read-proposal.ts';

/**
 * Reads a pull request at the tip of its base branch, which governs; the event may name an older commit.
 * @throws InputError BASE_NOT_GOVERNED, POLICY_MISSING, CONFIG_INVALID
 */
export async function readAtTip(reader: GitHubReader, commits: ProposalCommits): Promise<Proposal> {
  const tip = await reader.branchHead(commits.baseRef);
  return readProposal(reader, { ...commits, base: tip ?? commits.base });
}

import type { GitHubReader, RepositoryFacts } from '../../adapters/github/reader.ts';
import { readPolicy } from '../../adapters/proposal/read-proposal.ts';
import type { Policy } from '../../core/config/policy.ts';
import { InputError } from '../../core/error/error.ts';

/** Does Gatehouse govern this base branch? */
export type Governance =
  | { readonly kind: 'governed'; readonly policy: Policy }
  /** No policy on the default branch: Gatehouse is installed but not set up. */
  | { readonly kind: 'not set up' }
  /** The default branch has a policy that does not name this branch. */
  | { readonly kind: 'other branch'; readonly branches: readonly string[] };

/**
 * Says whether a base branch is governed. That is said by the default branch alone; the rules come from the base.
 * @throws InputError CONFIG_INVALID for a policy that cannot be read: nothing passes then
 */
export async function readGovernance(
  reader: GitHubReader,
  repository: RepositoryFacts,
  baseRef: string,
): Promise<Governance> {
  const policy = await readDefaultPolicy(reader, repository);
  if (policy === null) return { kind: 'not set up' };
  const branches = policy.branches.length > 0 ? policy.branches : [repository.defaultBranch];
  return branches.includes(baseRef) ? { kind: 'governed', policy } : { kind: 'other branch', branches };
}

/** Policy at the tip of the default branch; null: there is none. */
export async function readDefaultPolicy(
  reader: GitHubReader,
  repository: RepositoryFacts,
): Promise<Policy | null> {
  const tip = await reader.branchHead(repository.defaultBranch);
  if (tip === null) return null;
  try {
    return await readPolicy(reader, tip);
  } catch (error) {
    if (error instanceof InputError && error.code === 'POLICY_MISSING') return null;
    throw error;
  }
}

import type { BotDeps } from './deps.ts';
import { openSources } from './deps.ts';
import { readDefaultPolicy } from './gather/governance.ts';
import type { Look } from './look.ts';

/** Numbers of the open pull requests that a look at a commit, a branch or the repository is about. */
export async function spread(
  deps: BotDeps,
  look: Extract<Look, { readonly kind: 'commit' | 'branch' | 'repository' }>,
): Promise<readonly number[]> {
  const { reader } = openSources(deps);
  if (look.kind === 'commit') return reader.pullsOfCommit(look.sha);
  const base = look.kind === 'branch' && !(await decidesAll(deps, look.branch)) ? { base: look.branch } : {};
  return (await reader.pulls({ state: 'open', ...base })).map(({ number }) => number);
}

/** The default branch says what is governed, the ledger what serves: both decide everywhere. */
async function decidesAll(deps: BotDeps, branch: string): Promise<boolean> {
  const { reader } = openSources(deps);
  const repository = await reader.repository();
  if (branch === repository.defaultBranch) return true;
  const policy = await readDefaultPolicy(reader, repository);
  return policy === null || policy.ledger.branch === branch;
}

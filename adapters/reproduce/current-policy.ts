import { policyPath } from '../../core/config/layout.ts';
import type { Policy } from '../../core/config/policy.ts';
import { parsePolicy } from '../../core/config/policy-file.ts';
import { InputError } from '../../core/error/error.ts';
import { defaultBranch, readFiles, resolveRef } from '../git/read.ts';

/**
 * Reads the policy of the default branch as it was fetched: it says where store and data lie now.
 * @throws InputError POLICY_MISSING, CONFIG_INVALID, GIT_NO_REPOSITORY
 */
export async function readCurrentPolicy(repository: string): Promise<Policy> {
  const main = await defaultBranch(repository);
  for (const ref of main === null ? ['HEAD'] : [`refs/remotes/origin/${main}`, main, 'HEAD']) {
    if ((await resolveRef(repository, ref)) === null) continue;
    const content = (await readFiles(repository, ref, policyPath)).get(policyPath);
    if (content !== undefined) return parsePolicy(new TextDecoder().decode(content), policyPath);
  }
  throw new InputError('POLICY_MISSING', `${policyPath} is not on the default branch of this clone`, {
    hint: 'Fetch the default branch: git fetch origin. The policy says where store and data lie.',
    where: { file: policyPath },
  });
}

import type { BranchGuard } from '../../core/policy/protection.ts';
import { checkName } from './anchors.ts';
import type { GitHubClient, RepositoryName } from './client.ts';
import { readGitHub, statusOf } from './failure.ts';
import { readAllPages } from './paging.ts';

/**
 * What the rulesets of a branch enforce, read with the permission that every app has. Classic branch protection takes
 * `administration`, which the app never holds: what it enforces is not seen.
 * @returns null when GitHub does not tell: the plan has no rulesets, or the server is older than they are
 * @see https://docs.github.com/rest/repos/rules#get-rules-for-a-branch
 */
export async function readBranchGuard(
  client: GitHubClient,
  name: RepositoryName,
  appId: number,
  branch: string,
): Promise<BranchGuard | null> {
  const what = `rules of ${branch}`;
  return readGitHub(what, async () => {
    try {
      const rules = await readAllPages(what, async (page, per_page) => {
        const { data, headers } = await client.request('GET /repos/{owner}/{repo}/rules/branches/{branch}', {
          ...{ ...name, branch, page, per_page },
        });
        return { items: data, link: headers.link };
      });
      const has = (type: string): boolean => rules.some((rule) => rule.type === type);
      return {
        requiresCheck: rules.some(
          (rule) =>
            rule.type === 'required_status_checks' &&
            rule.parameters?.required_status_checks.some(
              ({ context, integration_id }) => context === checkName && integration_id === appId,
            ),
        ),
        requiresPullRequest: has('pull_request'),
        blocksForcePush: has('non_fast_forward'),
        blocksDeletion: has('deletion'),
        restrictsUpdates: has('update'),
      };
    } catch (error) {
      if ([403, 404, 410, 422].includes(statusOf(error) ?? 0)) return null;
      throw error;
    }
  });
}

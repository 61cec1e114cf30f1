import type { EnvironmentSettings, NamedEnvironment } from '../../core/onboarding/settings.ts';
import type { GitHubClient, RepositoryName } from '../github/client.ts';
import { readAllPages } from '../github/paging.ts';
import { readAllowed } from './allowed.ts';

/**
 * Reads which branches may use an environment.
 * @see https://docs.github.com/rest/deployments/environments#list-environments
 */
export const readEnvironment = async (
  client: GitHubClient,
  repository: RepositoryName & { readonly defaultBranch: string },
  name: string,
): Promise<NamedEnvironment> => ({
  name,
  found: await readAllowed(`environment ${name}`, () => read(client, repository, name)),
});

async function read(
  client: GitHubClient,
  { owner, repo, defaultBranch }: RepositoryName & { readonly defaultBranch: string },
  environment_name: string,
): Promise<EnvironmentSettings | null> {
  const place = { owner, repo, environment_name };
  const policy = await readPolicy(client, place);
  if (policy === undefined) return null;
  if (policy === null) return { defaultBranch, branches: { kind: 'all' } };
  if (!policy.custom_branch_policies) return { defaultBranch, branches: { kind: 'protected' } };
  const names = await readAllPages(`branches of ${environment_name}`, async (page, per_page) => {
    const { data, headers } = await client.request(
      'GET /repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies',
      { ...place, page, per_page },
    );
    const items = data.branch_policies.map(({ name, type }) =>
      type === 'tag' ? `tag ${name}` : (name ?? '?'),
    );
    return { items, total: data.total_count, link: headers.link };
  });
  return { defaultBranch, branches: { kind: 'selected', names } };
}

/** By the list, which says what is not there; null: every branch, undefined: there is no such environment. */
async function readPolicy(
  client: GitHubClient,
  place: RepositoryName & { readonly environment_name: string },
): Promise<{ readonly custom_branch_policies: boolean } | null | undefined> {
  const all = await readAllPages('environments', async (page, per_page) => {
    const { data, headers } = await client.request('GET /repos/{owner}/{repo}/environments', {
      ...{ owner: place.owner, repo: place.repo, page, per_page },
    });
    return { items: data.environments ?? [], total: data.total_count ?? 0, link: headers.link };
  });
  const found = all.find(({ name }) => name.toLowerCase() === place.environment_name.toLowerCase());
  return found === undefined ? undefined : (found.deployment_branch_policy ?? null);
}

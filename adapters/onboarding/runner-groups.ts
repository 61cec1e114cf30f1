import type { Reading, RunnerGroupSettings, RunnerSettings } from '../../core/onboarding/settings.ts';
import type { GitHubClient, RepositoryName } from '../github/client.ts';
import { readAllPages } from '../github/paging.ts';
import { readAllowed } from './allowed.ts';

/** Runners that are registered at the repository itself. */
export const readRepositoryRunners = (
  client: GitHubClient,
  name: RepositoryName,
): Promise<Reading<readonly RunnerSettings[]>> =>
  readAllowed('runners of the repository', () =>
    readAllPages('runners of the repository', async (page, per_page) => {
      const { data, headers } = await client.request('GET /repos/{owner}/{repo}/actions/runners', {
        ...{ ...name, page, per_page },
      });
      return { items: data.runners.map(toRunner), total: data.total_count, link: headers.link };
    }),
  );

/**
 * Runner groups that the repository may use, with their runners.
 * @see https://docs.github.com/rest/actions/self-hosted-runner-groups
 */
export async function readRunnerGroups(
  client: GitHubClient,
  { owner, repo }: RepositoryName,
): Promise<Reading<readonly RunnerGroupSettings[]>> {
  const listed = await readAllowed('runner groups', () =>
    readAllPages('runner groups', async (page, per_page) => {
      const { data, headers } = await client.request('GET /orgs/{org}/actions/runner-groups', {
        ...{ org: owner, visible_to_repository: repo, page, per_page },
      });
      return { items: data.runner_groups, total: data.total_count, link: headers.link };
    }),
  );
  if (listed.kind === 'hidden') return listed;
  const groups: RunnerGroupSettings[] = [];
  for (const group of listed.value) {
    groups.push({
      name: group.name,
      visibility: group.visibility,
      publicRepositories: group.allows_public_repositories,
      restrictedToWorkflows: group.restricted_to_workflows === true,
      workflows: group.selected_workflows ?? [],
      runners: await readMembers(client, owner, group.id),
    });
  }
  return { kind: 'read', value: groups };
}

const readMembers = (
  client: GitHubClient,
  org: string,
  runner_group_id: number,
): Promise<Reading<readonly RunnerSettings[]>> =>
  readAllowed('runners of a group', () =>
    readAllPages('runners of a group', async (page, per_page) => {
      const { data, headers } = await client.request(
        'GET /orgs/{org}/actions/runner-groups/{runner_group_id}/runners',
        { org, runner_group_id, page, per_page },
      );
      return { items: data.runners.map(toRunner), total: data.total_count, link: headers.link };
    }),
  );

interface Listed {
  readonly name: string;
  readonly status: string;
  readonly labels: readonly { readonly name: string }[];
  readonly version?: string | null;
}

const toRunner = ({ name, status, labels, version }: Listed): RunnerSettings => ({
  name,
  labels: labels.map((label) => label.name),
  online: status === 'online',
  version: version ?? null,
});

import type { GitHubClient, RepositoryName } from './client.ts';
import { readGitHub, statusOf } from './failure.ts';

/** A self-hosted runner of the organization. */
export interface RunnerFacts {
  readonly name: string;
  readonly labels: readonly string[];
  readonly online: boolean;
  readonly busy: boolean;
}

/**
 * Reads the self-hosted runners of the organization that owns a repository: the first 100, to be shown.
 * @returns null when the app may not see them (an installation that did not accept the permission), or when a person
 * owns the repository
 * @see https://docs.github.com/rest/actions/self-hosted-runners#list-self-hosted-runners-for-an-organization
 */
export async function readRunners(
  client: GitHubClient,
  { owner }: RepositoryName,
): Promise<readonly RunnerFacts[] | null> {
  return readGitHub(`runners of ${owner}`, async () => {
    try {
      const { data } = await client.request('GET /orgs/{org}/actions/runners', {
        org: owner,
        per_page: 100,
      });
      return data.runners.map(({ name, labels, status, busy }) => ({
        name,
        labels: labels.map((label) => label.name),
        online: status === 'online',
        busy,
      }));
    } catch (error) {
      if (statusOf(error) === 403 || statusOf(error) === 404) return null;
      throw error;
    }
  });
}

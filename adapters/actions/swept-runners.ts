import type { SweptRunner } from '../../core/training/sweep-facts.ts';
import type { GitHubClient, RepositoryName } from '../github/client.ts';
import { readGitHub, statusOf } from '../github/failure.ts';
import { readAllPages } from '../github/paging.ts';

interface RunnerAnswer {
  readonly id: number;
  readonly name: string;
  readonly status: string;
  readonly busy: boolean;
  readonly labels: readonly { readonly name: string }[];
}

/**
 * Self-hosted runners of the repository and of its organization.
 * @returns null when the token may list neither: GITHUB_TOKEN never may. `Administration: read` of the repository tells
 * the first, `Self-hosted runners: read` of the organization the second
 * @see https://docs.github.com/en/rest/actions/self-hosted-runners#list-self-hosted-runners-for-a-repository
 */
export async function readSweptRunners(
  client: GitHubClient,
  name: RepositoryName,
): Promise<readonly SweptRunner[] | null> {
  const own = await readOrNull('runners of the repository', async (page, perPage) => {
    const route = 'GET /repos/{owner}/{repo}/actions/runners';
    const { data, headers } = await client.request(route, { ...name, per_page: perPage, page });
    return { items: data.runners, link: headers.link };
  });
  const shared = await readOrNull('runners of the organization', async (page, perPage) => {
    const route = 'GET /orgs/{org}/actions/runners';
    const { data, headers } = await client.request(route, { org: name.owner, per_page: perPage, page });
    return { items: data.runners, link: headers.link };
  });
  if (own === null && shared === null) return null;
  const all = new Map([...(own ?? []), ...(shared ?? [])].map((runner) => [runner.id, runner]));
  return [...all.values()].map(({ name: runner, status, busy, labels }) => ({
    name: runner,
    online: status === 'online',
    busy,
    labels: labels.map((label) => label.name),
  }));
}

type ReadPage = Parameters<typeof readAllPages<RunnerAnswer>>[1];

/** null: not told. */
async function readOrNull(what: string, read: ReadPage): Promise<readonly RunnerAnswer[] | null> {
  return readGitHub(what, async () => {
    try {
      return await readAllPages(what, read);
    } catch (error) {
      if ([403, 404].includes(statusOf(error) ?? 0)) return null;
      throw error;
    }
  });
}

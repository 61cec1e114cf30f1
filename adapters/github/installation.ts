import type { AppIdentity, GitHubClient, RepositoryName } from './client.ts';
import { incomplete, readGitHub } from './failure.ts';
import { toId } from './id.ts';
import { readAllPages } from './paging.ts';

/**
 * Says who we are.
 * @param app authenticated as the app itself
 * @param installation authenticated as an installation: may read accounts
 */
export async function readIdentity(app: GitHubClient, installation: GitHubClient): Promise<AppIdentity> {
  return readGitHub('identity of the app', async () => {
    const { data } = await app.request('GET /app');
    if (!data?.slug) throw incomplete('identity of the app', 'it has no name');
    const botLogin = `${data.slug}[bot]`;
    const bot = await installation.request('GET /users/{username}', { username: botLogin });
    return { appId: toId(data.id), botId: toId(bot.data.id), botLogin };
  });
}

/** Ids of the app's installations. @param app authenticated as the app itself */
export async function readInstallations(app: GitHubClient): Promise<readonly number[]> {
  return readGitHub('installations of the app', () =>
    readAllPages('installations of the app', async (page, perPage) => {
      const { data, headers } = await app.request('GET /app/installations', { per_page: perPage, page });
      return { items: data.map(({ id }) => toId(id)), link: headers.link };
    }),
  );
}

/** Id of the app's installation on a repository. @param app authenticated as the app itself */
export async function readInstallationOf(app: GitHubClient, name: RepositoryName): Promise<number> {
  return readGitHub(`installation of the app on ${name.owner}/${name.repo}`, async () => {
    const { data } = await app.request('GET /repos/{owner}/{repo}/installation', { ...name });
    return toId(data.id);
  });
}

/** Full names of the repositories that an installation may see. */
export async function readInstallationRepositories(installation: GitHubClient): Promise<readonly string[]> {
  return readGitHub('repositories of the installation', () =>
    readAllPages('repositories of the installation', async (page, perPage) => {
      const { data, headers } = await installation.request('GET /installation/repositories', {
        per_page: perPage,
        page,
      });
      const items = data.repositories.map(({ full_name }) => full_name);
      return { items, total: data.total_count, link: headers.link };
    }),
  );
}

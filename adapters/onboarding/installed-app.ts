import type { InstalledApp, Reading } from '../../core/onboarding/settings.ts';
import type { GitHubClient } from '../github/client.ts';
import { readAllPages } from '../github/paging.ts';
import { readAllowed } from './allowed.ts';

/**
 * Finds an app among those that an organisation installed; its owners alone may read that.
 * @see https://docs.github.com/rest/orgs/orgs#list-app-installations-for-an-organization
 */
export const readInstalledApp = (
  client: GitHubClient,
  org: string,
  appId: number,
): Promise<Reading<InstalledApp | null>> =>
  readAllowed('installed apps', async () => {
    const installed = await readAllPages('installed apps', async (page, per_page) => {
      const { data, headers } = await client.request('GET /orgs/{org}/installations', {
        org,
        page,
        per_page,
      });
      return { items: data.installations, total: data.total_count, link: headers.link };
    });
    const found = installed.find(({ app_id }) => app_id === appId);
    if (found === undefined) return null;
    const permissions = Object.entries(found.permissions).flatMap(([name, level]) =>
      typeof level === 'string' ? [[name, level] as const] : [],
    );
    return {
      suspended: typeof found.suspended_at === 'string',
      permissions: Object.fromEntries(permissions),
    };
  });

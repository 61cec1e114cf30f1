import { Octokit } from '@octokit/rest';
import { expect, it } from 'vitest';
import { createInstallationClient, type InstallationAccess, type TokenScope } from './installation-client.ts';

/** Bodies of the requests for a token, and what the client then sends. */
async function askedFor(scope: TokenScope) {
  const asked: unknown[] = [];
  const app = new Octokit();
  app.hook.wrap('request', (_, options) => {
    const { repositories, permissions } = options as Record<string, unknown>;
    asked.push({ repositories, permissions });
    // No network is there: that the request for a token was made with this body is all that is looked at.
    throw Object.assign(new Error('no answer'), { status: 422 });
  });
  const access = {
    ...{ app, installation: 5 },
    budget: { send: (_: unknown, work: () => Promise<unknown>) => work() },
    pace: { wait: async () => undefined },
  } as unknown as InstallationAccess;
  await expect(createInstallationClient(access, scope).request('GET /meta')).rejects.toThrow();
  return asked;
}

it('a token reaches one repository, or none and its names alone', async () => {
  expect(await askedFor({ kind: 'repository', name: 'flights' })).toEqual([
    { repositories: ['flights'], permissions: undefined },
  ]);
  expect(await askedFor({ kind: 'repository names' })).toEqual([
    { repositories: undefined, permissions: { metadata: 'read' } },
  ]);
});

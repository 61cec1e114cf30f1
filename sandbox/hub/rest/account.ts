import { actorOf, hasPermission } from '../access.ts';
import { HubError, notAccessible, notFound } from '../hub-error.ts';
import type { Call, Routes } from '../interface.ts';
import {
  renderApp,
  renderFullTeam,
  renderInstallation,
  renderPublicUser,
  renderTeam,
  renderUser,
} from '../render/account.ts';
import { renderRepository } from '../render/repository.ts';
import type { App, Installation, Level, Permissions, Team } from '../world.ts';
import { addToken, normalisePermissions } from '../world-builder.ts';
import { list, numberParam, paginate, record } from './page.ts';

const appOf = (call: Call): App => {
  if (call.caller.kind === 'app') return call.caller.app;
  throw new HubError(401, 'A JSON web token could not be decoded');
};

const installationsOf = (call: Call, app: App): Installation[] =>
  [...call.hub.world.installations.values()].filter((installation) => installation.app.id === app.id);

/** Teams are the organisation's own matter: `members: read` for apps, membership for people. */
function authorizeOrganization(call: Call): void {
  const { caller, hub } = call;
  const organization = hub.account(call.params.org ?? '');
  if (organization.type !== 'Organization') throw notFound();
  if (caller.kind === 'installation') {
    const installation = hub.world.installations.get(caller.installationId);
    if (installation?.account.id !== organization.id) throw notFound();
    if (!hasPermission(caller.permissions, 'members', 'read')) throw notAccessible();
    return;
  }
  if (caller.kind === 'job') throw notAccessible();
  if (caller.kind !== 'user') throw new HubError(401, 'Requires authentication');
  const member = [...hub.world.teams.values()].some(
    (team) => team.organization.id === organization.id && team.members.has(caller.account.id),
  );
  if (!member) throw notFound();
}

function teamOf(call: Call): Team {
  authorizeOrganization(call);
  const { org, slug } = call.params;
  const found = [...call.hub.world.teams.values()].find(
    (team) => team.organization.login === org && team.slug === slug,
  );
  if (!found) throw notFound();
  return found;
}

function narrowPermissions(app: App, wanted: unknown): Permissions | undefined {
  if (wanted === undefined) return undefined;
  const permissions = normalisePermissions(record(wanted, 'permissions') as Record<string, Level>);
  for (const [scope, level] of Object.entries(permissions)) {
    if (!hasPermission(app.permissions, scope, level)) {
      throw new HubError(422, 'The permissions requested are not granted to this installation.');
    }
  }
  return permissions;
}

function narrowRepositories(call: Call, installation: Installation): number[] | undefined {
  const body = call.json();
  if (body.repositories === undefined && body.repository_ids === undefined) return undefined;
  const names = list(body, 'repositories');
  const ids = list(body, 'repository_ids').map(Number);
  const all = [...installation.repositoryIds].map((id) => call.hub.world.repositories.get(id));
  for (const name of names) ids.push(all.find((repository) => repository?.name === name)?.id ?? -1);
  if (ids.some((id) => !installation.repositoryIds.has(id))) {
    throw new HubError(
      422,
      'There is at least one repository that does not exist or is not accessible to the parent installation.',
    );
  }
  return ids;
}

function createInstallationToken(call: Call) {
  const app = appOf(call);
  const installation = call.hub.world.installations.get(numberParam(call, 'id'));
  if (installation?.app.id !== app.id) throw notFound();
  const permissions = narrowPermissions(app, call.json().permissions);
  const repositoryIds = narrowRepositories(call, installation);
  const token = addToken(call.hub.world, {
    kind: 'installation',
    installationId: installation.id,
    ...(permissions ? { permissions } : {}),
    ...(repositoryIds ? { repositoryIds } : {}),
  });
  const repositories = (repositoryIds ?? []).flatMap((id) => call.hub.world.repositories.get(id) ?? []);
  const expires = new Date(Date.now() + 3_600_000).toISOString();
  return {
    status: 201,
    body: {
      token,
      expires_at: `${expires.slice(0, 19)}Z`,
      permissions: permissions ?? app.permissions,
      repository_selection: 'selected',
      ...(repositoryIds
        ? { repositories: repositories.map((repository) => renderRepository(call.hub, repository)) }
        : {}),
    },
  };
}

function listInstallationRepositories(call: Call) {
  const { caller, hub } = call;
  if (caller.kind !== 'installation') throw notAccessible();
  const repositories = [...caller.repositoryIds].flatMap((id) => hub.world.repositories.get(id) ?? []);
  const rendered = repositories.map((repository) => renderRepository(hub, repository));
  const answer = paginate(call, rendered, 'repositories');
  return { ...answer, body: { ...record(answer.body, 'body'), repository_selection: 'selected' } };
}

function showMembership(call: Call) {
  const team = teamOf(call);
  const account = call.hub.account(call.params.login ?? '');
  if (!team.members.has(account.id)) throw notFound();
  const url = `${call.hub.apiUrl}/organizations/${team.organization.id}/team/${team.id}/memberships/${account.login}`;
  return { status: 200, body: { url, role: 'member', state: 'active' } };
}

const rate = () => ({ limit: 5000, used: 1, remaining: 4999, reset: Math.floor(Date.now() / 1000) + 3600 });

function mountApps(routes: Routes): void {
  routes.add('GET', '/app', (call) => {
    const app = appOf(call);
    const count = installationsOf(call, app).length;
    return {
      status: 200,
      body: { ...renderApp(call.hub, app), client_id: app.clientId, installations_count: count },
    };
  });
  routes.add('GET', '/app/installations', (call) =>
    paginate(
      call,
      installationsOf(call, appOf(call)).map((installation) => renderInstallation(call.hub, installation)),
    ),
  );
  routes.add('GET', '/app/installations/:id', (call) => {
    const installation = call.hub.world.installations.get(numberParam(call, 'id'));
    if (installation?.app.id !== appOf(call).id) throw notFound();
    return { status: 200, body: renderInstallation(call.hub, installation) };
  });
  routes.add('POST', '/app/installations/:id/access_tokens', createInstallationToken);
  routes.add('GET', '/apps/:slug', (call) => {
    const app = [...call.hub.world.apps.values()].find(({ slug }) => slug === call.params.slug);
    if (!app) throw notFound();
    return { status: 200, body: renderApp(call.hub, app) };
  });
  routes.add('GET', '/repos/:owner/:repo/installation', (call) => {
    const repository = call.hub.repository(`${call.params.owner}/${call.params.repo}`);
    const found = installationsOf(call, appOf(call)).find(({ repositoryIds }) =>
      repositoryIds.has(repository.id),
    );
    if (!found) throw notFound();
    return { status: 200, body: renderInstallation(call.hub, found) };
  });
  routes.add('GET', '/installation/repositories', listInstallationRepositories);
}

export function mountAccounts(routes: Routes): void {
  mountApps(routes);
  routes.add('GET', '/users/:login', (call) => ({
    status: 200,
    body: renderPublicUser(call.hub, call.hub.account(call.params.login ?? '')),
  }));
  routes.add('GET', '/user', (call) => {
    if (call.caller.kind !== 'user')
      throw call.caller.kind === 'anonymous' ? unauthenticated() : notAccessible();
    return { status: 200, body: renderPublicUser(call.hub, actorOf(call.caller)) };
  });
  routes.add('GET', '/user/:id', (call) => {
    const account = call.hub.world.accounts.get(numberParam(call, 'id'));
    if (!account) throw notFound();
    return { status: 200, body: renderPublicUser(call.hub, account) };
  });
  routes.add('GET', '/orgs/:org/teams', (call) => {
    authorizeOrganization(call);
    const teams = [...call.hub.world.teams.values()].filter(
      ({ organization }) => organization.login === call.params.org,
    );
    return paginate(
      call,
      teams.map((team) => renderTeam(call.hub, team)),
    );
  });
  routes.add('GET', '/orgs/:org/teams/:slug', (call) => ({
    status: 200,
    body: renderFullTeam(call.hub, teamOf(call)),
  }));
  routes.add('GET', '/orgs/:org/teams/:slug/members', (call) => {
    const members = [...teamOf(call).members].flatMap((id) => call.hub.world.accounts.get(id) ?? []);
    return paginate(
      call,
      members.map((account) => renderUser(call.hub, account)),
    );
  });
  routes.add('GET', '/orgs/:org/teams/:slug/memberships/:login', showMembership);
  routes.add('GET', '/rate_limit', () => ({
    status: 200,
    body: { resources: { core: rate(), search: rate(), graphql: rate() }, rate: rate() },
  }));
}

const unauthenticated = (): HubError => new HubError(401, 'Requires authentication');

import type { Hub } from '../interface.ts';
import { nodeId } from '../webhook.ts';
import type { Account, App, Installation, Team } from '../world.ts';
import { ACTIONS_APP_ID } from '../world-builder.ts';

const webPath = (account: Account): string =>
  account.type === 'Bot' ? `apps/${account.login.replace('[bot]', '')}` : account.login;

/** `simple-user` of the API description. */
export function renderUser(hub: Hub, account: Account) {
  const url = `${hub.apiUrl}/users/${encodeURIComponent(account.login)}`;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId(account.type, account.id),
    avatar_url: `${hub.url}/avatars/u/${account.id}`,
    gravatar_id: '',
    url,
    html_url: `${hub.url}/${webPath(account)}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.type,
    site_admin: false,
  };
}

/** `public-user`: what GET /users/{login} and GET /user tell. */
export function renderPublicUser(hub: Hub, account: Account) {
  return {
    ...renderUser(hub, account),
    name: account.name,
    company: null,
    blog: '',
    location: null,
    email: account.email,
    hireable: null,
    bio: null,
    public_repos: [...hub.world.repositories.values()].filter(({ owner }) => owner.id === account.id).length,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: account.createdAt,
    updated_at: account.createdAt,
  };
}

export function renderOrganization(hub: Hub, account: Account) {
  const url = `${hub.apiUrl}/orgs/${account.login}`;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId('Organization', account.id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${hub.url}/avatars/u/${account.id}`,
    description: '',
  };
}

/** `team` of the API description. */
export function renderTeam(hub: Hub, team: Team) {
  const url = `${hub.apiUrl}/organizations/${team.organization.id}/team/${team.id}`;
  return {
    id: team.id,
    node_id: nodeId('Team', team.id),
    url,
    html_url: `${hub.url}/orgs/${team.organization.login}/teams/${team.slug}`,
    name: team.name,
    slug: team.slug,
    description: '',
    privacy: 'closed',
    notification_setting: 'notifications_enabled',
    permission: 'pull',
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    type: 'organization',
    organization_id: team.organization.id,
    parent: null,
  };
}

/** `team-simple`: a team inside a single pull request. */
export function renderSimpleTeam(hub: Hub, team: Team) {
  const { parent: _, ...rest } = renderTeam(hub, team);
  return rest;
}

/** A team inside a webhook says least. */
export function renderEventTeam(hub: Hub, team: Team) {
  const { notification_setting: _n, type: _t, organization_id: _o, ...rest } = renderSimpleTeam(hub, team);
  return rest;
}

/** `team-full`: GET /orgs/{org}/teams/{slug}. */
export function renderFullTeam(hub: Hub, team: Team) {
  const organization = team.organization;
  return {
    ...renderTeam(hub, team),
    members_count: team.members.size,
    repos_count: 0,
    created_at: organization.createdAt,
    updated_at: organization.createdAt,
    organization: {
      ...renderOrganization(hub, organization),
      name: organization.name,
      is_verified: false,
      has_organization_projects: true,
      has_repository_projects: true,
      public_repos: 0,
      public_gists: 0,
      followers: 0,
      following: 0,
      html_url: `${hub.url}/${organization.login}`,
      type: 'Organization',
      created_at: organization.createdAt,
      updated_at: organization.createdAt,
      archived_at: null,
    },
  };
}

/** `integration` of the API description, without the client id that only the app's own page tells. */
export function renderApp(hub: Hub, app: App) {
  const permissions = { ...app.permissions };
  return {
    id: app.id,
    slug: app.slug,
    node_id: nodeId('App', app.id),
    owner: renderUser(hub, app.owner),
    name: app.id === ACTIONS_APP_ID ? 'GitHub Actions' : app.slug,
    description: '',
    external_url: hub.url,
    html_url: `${hub.url}/apps/${app.slug}`,
    created_at: app.createdAt,
    updated_at: app.createdAt,
    permissions,
    events: [...app.events],
  };
}

/** `installation` of the API description. */
export function renderInstallation(hub: Hub, installation: Installation) {
  const { app, account } = installation;
  return {
    id: installation.id,
    account: renderUser(hub, account),
    repository_selection: 'selected',
    access_tokens_url: `${hub.apiUrl}/app/installations/${installation.id}/access_tokens`,
    repositories_url: `${hub.apiUrl}/installation/repositories`,
    html_url: `${hub.url}/settings/installations/${installation.id}`,
    app_id: app.id,
    app_slug: app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions: { ...app.permissions },
    events: [...app.events],
    created_at: installation.createdAt,
    updated_at: installation.createdAt,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: null,
    suspended_at: null,
  };
}

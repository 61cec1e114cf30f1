import type { Hub } from '../interface.ts';
import { nodeId } from '../webhook.ts';
import type { Repository } from '../world.ts';
import { renderUser } from './account.ts';

/** Links with a placeholder that every repository carries: name in the API and path. */
const links: readonly (readonly [string, string])[] = [
  ['archive_url', '/{archive_format}{/ref}'],
  ['assignees_url', '/assignees{/user}'],
  ['blobs_url', '/git/blobs{/sha}'],
  ['branches_url', '/branches{/branch}'],
  ['collaborators_url', '/collaborators{/collaborator}'],
  ['comments_url', '/comments{/number}'],
  ['commits_url', '/commits{/sha}'],
  ['compare_url', '/compare/{base}...{head}'],
  ['contents_url', '/contents/{+path}'],
  ['contributors_url', '/contributors'],
  ['deployments_url', '/deployments'],
  ['downloads_url', '/downloads'],
  ['events_url', '/events'],
  ['forks_url', '/forks'],
  ['git_commits_url', '/git/commits{/sha}'],
  ['git_refs_url', '/git/refs{/sha}'],
  ['git_tags_url', '/git/tags{/sha}'],
  ['hooks_url', '/hooks'],
  ['issue_comment_url', '/issues/comments{/number}'],
  ['issue_events_url', '/issues/events{/number}'],
  ['issues_url', '/issues{/number}'],
  ['keys_url', '/keys{/key_id}'],
  ['labels_url', '/labels{/name}'],
  ['languages_url', '/languages'],
  ['merges_url', '/merges'],
  ['milestones_url', '/milestones{/number}'],
  ['notifications_url', '/notifications{?since,all,participating}'],
  ['pulls_url', '/pulls{/number}'],
  ['releases_url', '/releases{/id}'],
  ['stargazers_url', '/stargazers'],
  ['statuses_url', '/statuses/{sha}'],
  ['subscribers_url', '/subscribers'],
  ['subscription_url', '/subscription'],
  ['tags_url', '/tags'],
  ['teams_url', '/teams'],
  ['trees_url', '/git/trees{/sha}'],
];

export const repositoryUrl = (hub: Hub, repository: Repository): string =>
  `${hub.apiUrl}/repos/${repository.fullName}`;

export const webUrl = (hub: Hub, repository: Repository): string => `${hub.url}/${repository.fullName}`;

/** `minimal-repository`, which every larger shape contains. */
export function renderMinimalRepository(hub: Hub, repository: Repository) {
  const url = repositoryUrl(hub, repository);
  const linked = Object.fromEntries(links.map(([name, path]) => [name, `${url}${path}`]));
  return {
    id: repository.id,
    node_id: nodeId('Repository', repository.id),
    name: repository.name,
    full_name: repository.fullName,
    private: repository.private,
    owner: renderUser(hub, repository.owner),
    html_url: webUrl(hub, repository),
    description: null,
    fork: repository.parentId !== null,
    url,
    ...linked,
  };
}

/** The `repository` of payloads, pull requests and forks. */
export function renderRepository(hub: Hub, repository: Repository) {
  const open = [...repository.issues.values()].filter(({ state }) => state === 'open').length;
  return {
    ...renderMinimalRepository(hub, repository),
    git_url: `git://${hub.url.replace('http://', '')}/${repository.fullName}.git`,
    ssh_url: `git@127.0.0.1:${repository.fullName}.git`,
    clone_url: `${webUrl(hub, repository)}.git`,
    svn_url: webUrl(hub, repository),
    mirror_url: null,
    homepage: null,
    size: 0,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: true,
    has_projects: true,
    has_downloads: true,
    has_wiki: true,
    has_pages: false,
    has_discussions: false,
    forks_count: [...hub.world.repositories.values()].filter(({ parentId }) => parentId === repository.id)
      .length,
    archived: false,
    disabled: false,
    open_issues_count: open,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: repository.private ? 'private' : 'public',
    forks: 0,
    open_issues: open,
    watchers: 0,
    default_branch: repository.defaultBranch,
    created_at: repository.createdAt,
    updated_at: repository.pushedAt,
    pushed_at: repository.pushedAt,
  };
}

/** `full-repository`: GET /repos/{owner}/{repo}. */
export function renderFullRepository(hub: Hub, repository: Repository) {
  const parent = repository.parentId === null ? undefined : hub.world.repositories.get(repository.parentId);
  return {
    ...renderRepository(hub, repository),
    network_count: 0,
    subscribers_count: 0,
    allow_rebase_merge: true,
    allow_squash_merge: true,
    allow_merge_commit: true,
    allow_auto_merge: false,
    delete_branch_on_merge: false,
    ...(parent ? { parent: renderRepository(hub, parent), source: renderRepository(hub, parent) } : {}),
  };
}

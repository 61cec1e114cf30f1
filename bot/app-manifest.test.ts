import { readdirSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { expect, it } from 'vitest';
import { handlers } from './handlers/table.ts';

const manifest = load(readFileSync(new URL('./app.yml', import.meta.url), 'utf8')) as {
  readonly default_permissions: Readonly<Record<string, string>>;
  readonly default_events: readonly string[];
};

/**
 * Permission that each endpoint asks an app for; null: none, or the app's own token.
 * @see https://docs.github.com/rest/authentication/permissions-required-for-github-apps
 */
const needs: Readonly<Record<string, string | null>> = {
  'GET /app': null,
  'GET /app/installations': null,
  'GET /installation/repositories': 'metadata:read',
  'GET /orgs/{org}/actions/runners': 'organization_self_hosted_runners:read',
  'GET /orgs/{org}/teams/{team_slug}': 'members:read',
  'GET /orgs/{org}/teams/{team_slug}/members': 'members:read',
  'GET /users/{username}': null,
  'GET /repos/{owner}/{repo}': 'metadata:read',
  'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}': 'actions:read',
  'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}': 'actions:read',
  'GET /repos/{owner}/{repo}/actions/runs': 'actions:read',
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}': 'actions:read',
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts': 'actions:read',
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}': 'actions:read',
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs': 'actions:read',
  'GET /repos/{owner}/{repo}/activity': 'contents:read',
  'GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations': 'checks:read',
  'GET /repos/{owner}/{repo}/collaborators/{username}/permission': 'metadata:read',
  'GET /repos/{owner}/{repo}/commits': 'contents:read',
  'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls': 'pull_requests:read',
  'GET /repos/{owner}/{repo}/commits/{ref}': 'contents:read',
  'GET /repos/{owner}/{repo}/commits/{ref}/check-runs': 'checks:read',
  'GET /repos/{owner}/{repo}/compare/{basehead}': 'contents:read',
  'GET /repos/{owner}/{repo}/git/blobs/{file_sha}': 'contents:read',
  'GET /repos/{owner}/{repo}/git/commits/{commit_sha}': 'contents:read',
  'GET /repos/{owner}/{repo}/git/ref/{ref}': 'contents:read',
  'GET /repos/{owner}/{repo}/git/trees/{tree_sha}': 'contents:read',
  'GET /repos/{owner}/{repo}/installation': null,
  'GET /repos/{owner}/{repo}/issues/comments/{comment_id}': 'pull_requests:read',
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments': 'pull_requests:read',
  'GET /repos/{owner}/{repo}/issues/{issue_number}/events': 'pull_requests:read',
  'GET /repos/{owner}/{repo}/rules/branches/{branch}': 'metadata:read',
  'GET /repos/{owner}/{repo}/tarball/{ref}': 'contents:read',
  'GET /repos/{owner}/{repo}/pulls': 'pull_requests:read',
  'GET /repos/{owner}/{repo}/pulls/{pull_number}': 'pull_requests:read',
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/commits': 'pull_requests:read',
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews': 'pull_requests:read',
  'DELETE /repos/{owner}/{repo}/git/refs/{ref}': 'contents:write',
  'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}': 'pull_requests:write',
  'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}': 'checks:write',
  'PATCH /repos/{owner}/{repo}/git/refs/{ref}': 'contents:write',
  'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}': 'pull_requests:write',
  'PATCH /repos/{owner}/{repo}/pulls/{pull_number}': 'pull_requests:write',
  'POST /app/installations/{installation_id}/access_tokens': null,
  'POST /repos/{owner}/{repo}/check-runs': 'checks:write',
  'POST /repos/{owner}/{repo}/git/commits': 'contents:write',
  'POST /repos/{owner}/{repo}/git/refs': 'contents:write',
  'POST /repos/{owner}/{repo}/git/trees': 'contents:write',
  'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions': 'pull_requests:write',
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments': 'pull_requests:write',
  'POST /repos/{owner}/{repo}/pulls': 'pull_requests:write',
  'POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers': 'pull_requests:write',
};

/** Every `'METHOD /path'` in the adapters: the routes are written out, so that they can be found. */
function usedRoutes(): readonly string[] {
  const folder = new URL('../adapters/github/', import.meta.url);
  const sources = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
  const routes = sources.flatMap((file) =>
    [
      ...readFileSync(new URL(file, folder), 'utf8').matchAll(/'((?:GET|POST|PATCH|PUT|DELETE) \/[^']*)'/g),
    ].map(([, route]) => route ?? ''),
  );
  return [...new Set(routes)].sort();
}

it('asks for exactly the permissions of the calls that the code makes', () => {
  expect(usedRoutes()).toEqual(Object.keys(needs).sort());
  const needed = new Map<string, string>();
  for (const permission of Object.values(needs)) {
    const [scope, level] = permission?.split(':') ?? [];
    if (scope !== undefined && level !== undefined && needed.get(scope) !== 'write') needed.set(scope, level);
  }
  expect(manifest.default_permissions).toEqual(Object.fromEntries(needed));
});

it('never asks for what would let a stolen key change workflows, rules or secrets', () => {
  for (const scope of [
    'workflows',
    'administration',
    'secrets',
    'environments',
    'organization_administration',
  ])
    expect(manifest.default_permissions).not.toHaveProperty(scope);
});

it('subscribes to exactly the events that are handled', () => {
  expect([...manifest.default_events].sort()).toEqual(Object.keys(handlers).sort());
});

import { notFound } from '../hub-error.ts';
import type { Access, Answer, Call, Routes } from '../interface.ts';
import { renderUser } from '../render/account.ts';
import { renderCommit } from '../render/commit.ts';
import { renderFullRepository, repositoryUrl, webUrl } from '../render/repository.ts';
import { nodeId } from '../webhook.ts';
import type { Activity, Role } from '../world.ts';
import { paginate, paginateByCursor } from './page.ts';
import { listBranchRules } from './rules.ts';

const metadata: Access = { scope: 'metadata', level: 'read' };
const contents: Access = { scope: 'contents', level: 'read' };

/** The five roles as the older field `permission` tells them. */
const legacy = (role: Role): string => (role === 'maintain' ? 'write' : role === 'triage' ? 'read' : role);

function showPermission(call: Call): Answer {
  const repository = call.repository();
  const account = call.hub.account(call.params.login ?? '');
  const role = call.hub.roleOf(account, repository);
  const user = { ...renderUser(call.hub, account), role_name: role };
  return { status: 200, body: { permission: legacy(role), role_name: role, user } };
}

async function showBranch(call: Call): Promise<Answer> {
  const repository = call.repository();
  const name = call.params.branch ?? '';
  const commit = await call.hub.git(repository).commit(`refs/heads/${name}`);
  if (!commit) throw notFound();
  const rules = repository.protections.get(name);
  const url = `${repositoryUrl(call.hub, repository)}/branches/${encodeURIComponent(name)}`;
  const checks = rules?.requiredChecks ?? [];
  const protection = {
    enabled: rules !== undefined,
    required_status_checks: {
      enforcement_level: checks.length > 0 ? 'everyone' : 'off',
      contexts: checks.map((check) => check.name),
      checks: checks.map((check) => ({ context: check.name, app_id: check.appId })),
    },
  };
  const body = {
    name,
    commit: renderCommit(call.hub, repository, commit),
    _links: { self: url, html: `${webUrl(call.hub, repository)}/tree/${name}` },
    protected: rules !== undefined,
    protection,
    protection_url: `${url}/protection`,
  };
  return { status: 200, body };
}

async function listBranches(call: Call): Promise<Answer> {
  const repository = call.repository();
  const refs = await call.hub.git(repository).refs('refs/heads/');
  const url = repositoryUrl(call.hub, repository);
  const branches = refs.map(({ ref, sha }) => {
    const name = ref.slice('refs/heads/'.length);
    return {
      name,
      commit: { sha, url: `${url}/commits/${sha}` },
      protected: repository.protections.has(name),
    };
  });
  return paginate(call, branches);
}

function matchesActivity(query: URLSearchParams, activity: Activity): boolean {
  const ref = query.get('ref');
  const kind = query.get('activity_type');
  const actor = query.get('actor');
  return (
    (ref === null || activity.ref === ref || activity.ref === `refs/heads/${ref}`) &&
    (kind === null || activity.kind === kind) &&
    (actor === null || activity.actor.login === actor)
  );
}

function listActivity(call: Call): Answer {
  const found = call.repository().activity.filter((activity) => matchesActivity(call.query, activity));
  const ordered = call.query.get('direction') === 'asc' ? [...found].reverse() : found;
  const rendered = ordered.map((activity) => ({
    id: activity.id,
    node_id: nodeId('Activity', activity.id),
    before: activity.before,
    after: activity.after,
    ref: activity.ref,
    timestamp: activity.timestamp,
    activity_type: activity.kind,
    actor: renderUser(call.hub, activity.actor),
  }));
  return paginateByCursor(call, rendered);
}

export function mountRepositories(routes: Routes): void {
  const path = '/repos/:owner/:repo';
  routes.add(
    'GET',
    path,
    (call) => ({ status: 200, body: renderFullRepository(call.hub, call.repository()) }),
    metadata,
  );
  routes.add('GET', `${path}/collaborators/:login/permission`, showPermission, metadata);
  routes.add('GET', `${path}/branches`, listBranches, contents);
  routes.add('GET', `${path}/branches/:branch*`, showBranch, contents);
  routes.add('GET', `${path}/activity`, listActivity, contents);
  routes.add('GET', `${path}/rules/branches/:branch*`, listBranchRules, metadata);
}

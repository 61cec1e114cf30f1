import type {
  BranchRule,
  BranchSettings,
  ClassicProtection,
  ForkSettings,
  NamedPerson,
  Reading,
  RulesetSettings,
  Settings,
} from '../../core/onboarding/settings.ts';
import type { GitHubClient, RepositoryName } from '../github/client.ts';
import { readGitHub, statusOf } from '../github/failure.ts';
import { readAllPages } from '../github/paging.ts';
import { readAllowed } from './allowed.ts';
import { readEnvironment } from './environment.ts';
import { readInstalledApp } from './installed-app.ts';
import { readRepositoryRunners, readRunnerGroups } from './runner-groups.ts';

export interface SettingsQuery {
  readonly name: RepositoryName;
  /** Id of the app; null: not known. */
  readonly appId: number | null;
  /** Governed branches; empty: the default branch. */
  readonly branches: readonly string[];
  readonly ledgerBranch: string;
  /** Logins, and teams as `organization/slug`. */
  readonly people: readonly string[];
  /** Environments that hold the key of the app. */
  readonly environments: readonly string[];
}

/**
 * Reads the settings that the gate rests on. Nothing is changed.
 * @throws ServiceError when GitHub does not answer at all, or with an error of its own; what it refuses is `hidden`
 */
export async function readSettings(client: GitHubClient, query: SettingsQuery): Promise<Settings> {
  const { name, appId } = query;
  const full = `${name.owner}/${name.repo}`;
  const repository = await readGitHub(`repository ${full}`, async () => {
    const { data } = await client.request('GET /repos/{owner}/{repo}', { ...name });
    return data;
  });
  const isOrganization = repository.owner.type === 'Organization';
  const names = query.branches.length === 0 ? [repository.default_branch] : query.branches;
  const governed: BranchSettings[] = [];
  for (const branch of names) governed.push(await readBranch(client, name, branch));
  const ledger = await readBranch(client, name, query.ledgerBranch);
  return {
    ...{
      repository: repository.full_name,
      isPrivate: repository.private,
      isOrganization,
      appId,
      governed,
      ledger,
    },
    app: await readApp(client, name.owner, isOrganization ? appId : null),
    rulesets: await readRulesets(client, name, [...governed, ledger]),
    ...(await readActions(client, name, repository.private)),
    ...(await readSecretNames(client, name, isOrganization)),
    repositoryRunners: await readRepositoryRunners(client, name),
    groups: isOrganization ? await readRunnerGroups(client, name) : { kind: 'read', value: [] },
    people: await readPeople(client, query.people),
    environments: await Promise.all(
      query.environments.map((each) =>
        readEnvironment(client, { ...name, defaultBranch: repository.default_branch }, each),
      ),
    ),
  };
}

/** A person's account does not tell what is installed there. */
const readApp = async (client: GitHubClient, org: string, appId: number | null): Promise<Settings['app']> =>
  appId === null
    ? { kind: 'hidden', why: 'GitHub tells it of organizations, and of the app that --app names' }
    : readInstalledApp(client, org, appId);

/** Each is a call: a policy names few. */
const mostPeople = 50;

async function readPeople(client: GitHubClient, names: readonly string[]): Promise<Settings['people']> {
  const people: NamedPerson[] = [];
  for (const [at, name] of [...new Set(names)].entries()) {
    const exists =
      at < mostPeople
        ? await readAllowed(name, () => readExists(client, name))
        : ({ kind: 'hidden', why: `only ${mostPeople} names are asked for` } as const);
    people.push({ name, exists });
  }
  return people;
}

/** A team that GitHub does not show may be secret: only of a person 404 says that there is none. */
async function readExists(client: GitHubClient, name: string): Promise<boolean> {
  const [org = '', team_slug] = name.split('/');
  if (team_slug !== undefined) {
    await client.request('GET /orgs/{org}/teams/{team_slug}', { org, team_slug });
    return true;
  }
  try {
    const { data } = await client.request('GET /users/{username}', { username: name });
    return data.type === 'User';
  } catch (error) {
    if (statusOf(error) === 404) return false;
    throw error;
  }
}

async function readBranch(
  client: GitHubClient,
  name: RepositoryName,
  branch: string,
): Promise<BranchSettings> {
  return {
    name: branch,
    rules: await readAllowed(`rules of ${branch}`, () => readRules(client, name, branch)),
    protection: await readAllowed(`protection of ${branch}`, () => readProtection(client, name, branch)),
  };
}

/** @see https://docs.github.com/rest/repos/rules#get-rules-for-a-branch */
async function readRules(
  client: GitHubClient,
  name: RepositoryName,
  branch: string,
): Promise<readonly BranchRule[]> {
  const rules = await readAllPages(`rules of ${branch}`, async (page, per_page) => {
    const { data, headers } = await client.request('GET /repos/{owner}/{repo}/rules/branches/{branch}', {
      ...{ ...name, branch, page, per_page },
    });
    return { items: data, link: headers.link };
  });
  return rules.map((rule) => ({
    type: rule.type,
    rulesetId: rule.ruleset_id ?? null,
    checks:
      rule.type === 'required_status_checks'
        ? (rule.parameters?.required_status_checks ?? []).map(({ context, integration_id }) => ({
            context,
            appId: integration_id ?? null,
          }))
        : [],
  }));
}

/**
 * Classic protection; null: the branch has none, or is not there.
 * @see https://docs.github.com/rest/branches/branch-protection#get-branch-protection
 */
async function readProtection(
  client: GitHubClient,
  name: RepositoryName,
  branch: string,
): Promise<ClassicProtection | null> {
  try {
    const { data } = await client.request('GET /repos/{owner}/{repo}/branches/{branch}/protection', {
      ...{ ...name, branch },
    });
    return {
      // Some servers give -1 for "any source".
      checks: (data.required_status_checks?.checks ?? []).map(({ context, app_id }) => ({
        context,
        appId: app_id === null || app_id < 0 ? null : app_id,
      })),
      pullRequests: data.required_pull_request_reviews !== undefined,
      forcePushes: data.allow_force_pushes?.enabled !== false,
      deletions: data.allow_deletions?.enabled !== false,
      admins: data.enforce_admins?.enabled === true,
    };
  } catch (error) {
    // The same status hides it from a token without the permission: only these words say that there is none.
    const said = error instanceof Error ? error.message : '';
    if (statusOf(error) === 404 && /^Branch not (?:protected|found)/i.test(said)) return null;
    throw error;
  }
}

/** @see https://docs.github.com/rest/repos/rules#get-a-repository-ruleset */
async function readRulesets(
  client: GitHubClient,
  name: RepositoryName,
  branches: readonly BranchSettings[],
): Promise<readonly Reading<RulesetSettings>[]> {
  const rules = branches.flatMap((branch) => (branch.rules.kind === 'read' ? branch.rules.value : []));
  const ids = [...new Set(rules.flatMap(({ rulesetId }) => rulesetId ?? []))];
  const read: Reading<RulesetSettings>[] = [];
  for (const ruleset_id of ids) {
    read.push(
      await readAllowed(`ruleset ${ruleset_id}`, async () => {
        const { data } = await client.request('GET /repos/{owner}/{repo}/rulesets/{ruleset_id}', {
          ...{ ...name, ruleset_id, includes_parents: true },
        });
        const actors = data.bypass_actors?.map(({ actor_type, actor_id, bypass_mode }) => ({
          type: actor_type,
          id: actor_id ?? null,
          mode: bypass_mode ?? 'always',
        }));
        return { id: data.id, name: data.name, bypass: actors ?? null };
      }),
    );
  }
  return read;
}

/** @see https://docs.github.com/rest/actions/permissions */
async function readActions(
  client: GitHubClient,
  name: RepositoryName,
  isPrivate: boolean,
): Promise<Pick<Settings, 'actions' | 'token' | 'forks'>> {
  return {
    actions: await readAllowed('permissions of Actions', async () => {
      const { data } = await client.request('GET /repos/{owner}/{repo}/actions/permissions', { ...name });
      return { enabled: data.enabled, allowed: data.allowed_actions ?? 'all' };
    }),
    token: await readAllowed('permissions of workflows', async () => {
      const { data } = await client.request('GET /repos/{owner}/{repo}/actions/permissions/workflow', {
        ...name,
      });
      return {
        write: data.default_workflow_permissions !== 'read',
        approves: data.can_approve_pull_request_reviews,
      };
    }),
    forks: await readAllowed('settings for forks', () => readForks(client, name, isPrivate)),
  };
}

async function readForks(
  client: GitHubClient,
  name: RepositoryName,
  isPrivate: boolean,
): Promise<ForkSettings> {
  if (isPrivate) {
    const { data } = await client.request(
      'GET /repos/{owner}/{repo}/actions/permissions/fork-pr-workflows-private-repos',
      { ...name },
    );
    const runs = data.run_workflows_from_fork_pull_requests;
    return {
      approval: !runs || data.require_approval_for_fork_pr_workflows ? 'all' : 'none',
      writeTokens: runs && data.send_write_tokens_to_workflows,
      secrets: runs && data.send_secrets_and_variables,
    };
  }
  const { data } = await client.request(
    'GET /repos/{owner}/{repo}/actions/permissions/fork-pr-contributor-approval',
    { ...name },
  );
  const approval = data.approval_policy === 'all_external_contributors' ? 'all' : 'first-time';
  return { approval, writeTokens: false, secrets: false };
}

/** @see https://docs.github.com/rest/actions/secrets */
async function readSecretNames(
  client: GitHubClient,
  name: RepositoryName,
  isOrganization: boolean,
): Promise<Pick<Settings, 'repositorySecrets' | 'organizationSecrets'>> {
  const list = (route: 'secrets' | 'organization-secrets'): Promise<Reading<readonly string[]>> =>
    readAllowed(route, () =>
      readAllPages(route, async (page, per_page) => {
        const { data, headers } = await client.request(`GET /repos/{owner}/{repo}/actions/${route}`, {
          ...{ ...name, page, per_page },
        });
        return {
          items: data.secrets.map((secret) => secret.name),
          total: data.total_count,
          link: headers.link,
        };
      }),
    );
  return {
    repositorySecrets: await list('secrets'),
    organizationSecrets: isOrganization ? await list('organization-secrets') : { kind: 'read', value: [] },
  };
}

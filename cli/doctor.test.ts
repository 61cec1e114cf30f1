import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RestEndpointMethodTypes } from '@octokit/rest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appKey } from '../core/config/seal-key.fixture.ts';
import { Clone } from './clone.fixture.ts';
import { doctorCommand } from './commands/doctor.ts';
import { runProgram } from './program.ts';

/** Answers of GitHub, held against the shapes that it documents by the compiler. */
type Repos = RestEndpointMethodTypes['repos'];
type Actions = RestEndpointMethodTypes['actions'];
const rules: Repos['getBranchRules']['response']['data'] = [
  { type: 'pull_request', ruleset_id: 1 },
  { type: 'deletion', ruleset_id: 1 },
  { type: 'non_fast_forward', ruleset_id: 1 },
  {
    type: 'required_status_checks',
    ruleset_id: 1,
    ruleset_source_type: 'Repository',
    parameters: {
      strict_required_status_checks_policy: false,
      required_status_checks: [{ context: 'gatehouse', integration_id: 77 }],
    },
  },
];
const ledgerRules: Repos['getBranchRules']['response']['data'] = [
  { type: 'creation', ruleset_id: 2 },
  { type: 'update', ruleset_id: 2 },
  { type: 'deletion', ruleset_id: 2 },
  { type: 'non_fast_forward', ruleset_id: 2 },
];
const ruleset = (id: number, appId: number | null): Repos['getRepoRuleset']['response']['data'] => ({
  ...{ id, name: `r${id}`, source: 'acme/flights', enforcement: 'active' },
  bypass_actors:
    appId === null ? [] : [{ actor_type: 'Integration', actor_id: appId, bypass_mode: 'always' }],
});
const runners: Actions['listSelfHostedRunnersForRepo']['response']['data'] = { total_count: 0, runners: [] };
const members: Actions['listSelfHostedRunnersForRepo']['response']['data'] = {
  total_count: 1,
  runners: [
    {
      ...{ id: 5, name: 'gpu-1', os: 'linux', status: 'online', busy: false, version: '2.330.0' },
      labels: [{ name: 'self-hosted' }, { name: 'GPU' }],
    },
  ],
};
/** The route has no method of its own in this client; the shape is `runner-groups-org` of GitHub's description. */
const groups = {
  total_count: 1,
  runner_groups: [
    {
      ...{ id: 9, name: 'gpus', visibility: 'selected', default: false, inherited: false },
      ...{
        runners_url: '',
        allows_public_repositories: false,
        restricted_to_workflows: true,
        selected_workflows: ['a'],
      },
    },
  ],
};
const secrets: Actions['listRepoSecrets']['response']['data'] = { total_count: 0, secrets: [] };
const workflow: Actions['getGithubActionsDefaultWorkflowPermissionsRepository']['response']['data'] = {
  default_workflow_permissions: 'read',
  can_approve_pull_request_reviews: false,
};
const permissions: Actions['getGithubActionsPermissionsRepository']['response']['data'] = {
  enabled: true,
  allowed_actions: 'all',
  sha_pinning_required: false,
};

/** Of each installation what is read. */
const installations = {
  total_count: 1,
  installations: [
    {
      ...{ id: 1, app_id: 77, suspended_at: null },
      permissions: {
        ...{ actions: 'read', checks: 'write', contents: 'write', members: 'read', metadata: 'read' },
        pull_requests: 'write',
      },
    },
  ],
};
const environments: Repos['getAllEnvironments']['response']['data'] = {
  total_count: 1,
  environments: [
    {
      ...{ id: 3, node_id: 'n', name: 'gatehouse', url: '', html_url: '', created_at: '', updated_at: '' },
      deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
    },
  ],
};
const branchPolicies = (
  ...names: readonly string[]
): Repos['listDeploymentBranchPolicies']['response']['data'] => ({
  total_count: names.length,
  branch_policies: names.map((name) => ({ id: 1, node_id: 'n', name, type: 'branch' })),
});

const repo = '/api/v3/repos/acme/flights';
const good: Readonly<Record<string, unknown>> = {
  [repo]: {
    full_name: 'acme/flights',
    private: false,
    default_branch: 'main',
    owner: { type: 'Organization' },
  },
  [`${repo}/rules/branches/main`]: rules,
  [`${repo}/rules/branches/gatehouse-ledger`]: ledgerRules,
  [`${repo}/branches/main/protection`]: [404, { message: 'Branch not protected' }],
  [`${repo}/branches/gatehouse-ledger/protection`]: [404, { message: 'Branch not found' }],
  [`${repo}/rulesets/1`]: ruleset(1, null),
  [`${repo}/rulesets/2`]: ruleset(2, 77),
  [`${repo}/actions/permissions`]: permissions,
  [`${repo}/actions/permissions/workflow`]: workflow,
  [`${repo}/actions/permissions/fork-pr-contributor-approval`]: {
    approval_policy: 'all_external_contributors',
  },
  [`${repo}/actions/secrets`]: secrets,
  [`${repo}/actions/organization-secrets`]: secrets,
  [`${repo}/actions/runners`]: runners,
  '/api/v3/orgs/acme/actions/runner-groups': groups,
  ...Object.fromEntries(
    ['ada', 'rita', 'eve', 'omar'].map((login) => [`/api/v3/users/${login}`, { login, type: 'User' }]),
  ),
  '/api/v3/orgs/acme/actions/runner-groups/9/runners': members,
  '/api/v3/orgs/acme/installations': installations,
  [`${repo}/environments`]: environments,
  [`${repo}/environments/gatehouse/deployment-branch-policies`]: branchPolicies('main'),
};

let clone: Clone;
let server: Server;
let answers = good;
let asked: string[] = [];

beforeAll(async () => {
  clone = new Clone();
  for (const file of ['.github/gatehouse.yml', '.github/workflows/gatehouse.yml']) {
    for (let left = 4; left > 0; left -= 1) {
      try {
        clone.edit(file, '0'.repeat(40), 'a'.repeat(40));
      } catch {
        break;
      }
    }
  }
  // The sandbox has no such server: its runners are named in the policy.
  clone.edit('.github/gatehouse.yml', 'version: 1\n', 'version: 1\njudge-runner: judges\n');
  const seal = `evidence: { seal-to: [${appKey().key.spki}] }`;
  clone.edit('.github/gatehouse.yml', 'version: 1\n', `version: 1\n${seal}\n`);
  const reconcile = readFileSync(
    new URL('../fixtures/callers/reconcile.yml', import.meta.url),
    'utf8',
  ).replaceAll('0'.repeat(40), 'a'.repeat(40));
  clone.write('.github/workflows/reconcile.yml', reconcile);
  clone.write('.github/workflows/anchor.yml', reconcile.replace('/reconcile.yml@', '/anchor-ledger.yml@'));
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://x');
    asked.push(`${request.method} ${pathname}`);
    const found = answers[pathname] ?? [404, { message: 'Not Found' }];
    const [status, body] = Array.isArray(found) && typeof found[0] === 'number' ? found : [200, found];
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  clone.remove();
  await new Promise((resolve) => server.close(resolve));
});

async function doctor(given: Readonly<Record<string, unknown>>, ...args: readonly string[]) {
  answers = given;
  asked = [];
  const out: string[] = [];
  const err: string[] = [];
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/acme/flights`;
  const code = await runProgram(
    ['doctor', '--json', ...(args.includes('--offline') ? [] : ['--github', url]), '--app', '77', ...args],
    {
      ...{ cwd: clone.dir, env: { GITHUB_TOKEN: 't' } },
      print: (text) => out.push(text),
      complain: (text) => err.push(text),
    },
    [doctorCommand],
  );
  const diagnoses: readonly { readonly code: string; readonly health: string; readonly what: string }[] =
    out.length === 0 ? [] : JSON.parse(out.join('\n')).diagnoses;
  const open = diagnoses.filter(({ health }) => health !== 'ok').map((each) => `${each.health} ${each.code}`);
  return { code, open, diagnoses, err: err.join('\n') };
}

const judges = {
  ...good,
  '/api/v3/orgs/acme/actions/runner-groups': {
    total_count: 2,
    runner_groups: [
      ...groups.runner_groups,
      {
        ...groups.runner_groups[0],
        ...{
          id: 10,
          name: 'judges',
          selected_workflows: [`acme/gatehouse/.github/workflows/judge-model.yml@${'a'.repeat(40)}`],
        },
      },
    ],
  },
  '/api/v3/orgs/acme/actions/runner-groups/10/runners': { total_count: 0, runners: [] },
};

describe('gatehouse doctor', () => {
  test('finds nothing to mend where nothing is, and only reads', async () => {
    const { code, open, diagnoses } = await doctor(judges);
    expect(open).toEqual([]);
    expect(code).toBe(0);
    expect(diagnoses.length).toBeGreaterThan(18);
    expect(asked.every((request) => request.startsWith('GET '))).toBe(true);
  });

  test('a token that may read nothing but the repository: not checked, never ok', async () => {
    const refused = Object.fromEntries(
      Object.keys(judges).map((path) => [
        path,
        path === repo ? good[repo] : [403, { message: 'Resource not accessible by personal access token' }],
      ]),
    );
    const { code, open } = await doctor(refused);
    expect(code).toBe(0);
    expect(open.every((line) => line.startsWith('not checked'))).toBe(true);
    expect(new Set(open)).toEqual(
      new Set(
        [
          ...[
            'branch/required-check',
            'branch/force-push',
            'branch/deletion',
            'branch/pull-requests',
            'branch/bypass',
          ],
          ...[
            'ledger/force-push',
            'ledger/deletion',
            'ledger/writers',
            'actions/enabled',
            'actions/token',
            'actions/forks',
          ],
          ...[
            'key/repository',
            'key/organization',
            'key/environment',
            'app/installed',
            'policy/people',
            'runner/labels',
            'runner/group',
            'runner/judge',
          ],
        ].map((name) => `not checked ${name}`),
      ),
    );
  });

  test('what is to be mended ends with 1', async () => {
    const { code, open } = await doctor({ ...judges, [`${repo}/rules/branches/main`]: rules.slice(0, 3) });
    expect([code, open]).toEqual([1, ['mend branch/required-check']]);
  });

  test('the environment of the key: another branch, every branch, none of that name', async () => {
    const policies = `${repo}/environments/gatehouse/deployment-branch-policies`;
    const open = { ...environments.environments?.[0], deployment_branch_policy: null };
    for (const change of [
      { [policies]: branchPolicies('main', 'dev/*') },
      { [`${repo}/environments`]: { total_count: 1, environments: [open] } },
      { [`${repo}/environments`]: { total_count: 0, environments: [] } },
    ])
      expect((await doctor({ ...judges, ...change })).open).toEqual(['mend key/environment']);
  });

  test.each([
    ['a server that fails', [500, { message: 'oops' }]],
    ['a limit that is spent', [403, { message: 'API rate limit exceeded for user ID 1.' }]],
  ])('%s is no answer: 3', async (_, answer) => {
    const { code, err } = await doctor({ ...judges, [`${repo}/rules/branches/main`]: answer });
    expect(code).toBe(3);
    expect(err).toContain('GITHUB_READ_FAILED');
  });

  test('a repository that is not there: 3', async () => {
    expect((await doctor({})).code).toBe(3);
  });

  test("what is unsafe in the team's own workflow is told with its line and fix", async () => {
    const file = '.github/workflows/gatehouse.yml';
    clone.edit(file, 'persist-credentials: false', 'persist-credentials: true');
    const { code, open, diagnoses } = await doctor(judges, '--offline');
    clone.edit(file, 'persist-credentials: true', 'persist-credentials: false');
    expect(code).toBe(1);
    expect(open).toContain('mend workflow/artipacked');
    const found = diagnoses.find((each) => each.code === 'workflow/artipacked');
    expect(found?.what).toMatch(/^\.github\/workflows\/gatehouse\.yml:\d+: /);
  });

  test('offline it says what it did not look at', async () => {
    const { code, open } = await doctor(judges, '--offline');
    expect([code, open, asked]).toEqual([0, ['not checked github/settings'], []]);
  });
});

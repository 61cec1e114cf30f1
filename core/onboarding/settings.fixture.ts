import type { BranchSettings, Reading, RunnerSettings, Settings } from './settings.ts';

export const read = <T>(value: T): Reading<T> => ({ kind: 'read', value });
export const hidden = { kind: 'hidden', why: 'HTTP 403' } as const;
export const appId = 77;

const rule = (type: string, rulesetId: number) => ({ type, rulesetId, checks: [] });

export const main: BranchSettings = {
  name: 'main',
  rules: read([
    rule('pull_request', 1),
    rule('deletion', 1),
    rule('non_fast_forward', 1),
    { ...rule('required_status_checks', 1), checks: [{ context: 'gatehouse', appId }] },
  ]),
  protection: read(null),
};

export const ledger: BranchSettings = {
  name: 'gatehouse-ledger',
  rules: read(['creation', 'update', 'deletion', 'non_fast_forward'].map((type) => rule(type, 2))),
  protection: read(null),
};

export const gpu: RunnerSettings = {
  name: 'gpu-1',
  labels: ['self-hosted', 'Linux', 'gpu'],
  online: true,
  version: '2.330.0',
};

/** A repository of which nothing is to be mended. */
export const goodSettings: Settings = {
  repository: 'acme/flights',
  isPrivate: true,
  isOrganization: true,
  appId,
  app: read({
    suspended: false,
    permissions: {
      ...{ actions: 'read', checks: 'write', contents: 'write', members: 'read' },
      ...{ metadata: 'read', pull_requests: 'write' },
    },
  }),
  governed: [main],
  ledger,
  rulesets: [
    read({ id: 1, name: 'main', bypass: [] }),
    read({ id: 2, name: 'ledger', bypass: [{ type: 'Integration', id: appId, mode: 'always' }] }),
  ],
  actions: read({ enabled: true, allowed: 'all' }),
  token: read({ write: false, approves: false }),
  forks: read({ approval: 'all', writeTokens: false, secrets: false }),
  repositorySecrets: read(['AWS_KEY']),
  organizationSecrets: read([]),
  environments: [
    {
      name: 'gatehouse',
      found: read({ defaultBranch: 'main', branches: { kind: 'selected', names: ['main'] } }),
    },
  ],
  repositoryRunners: read([]),
  people: [{ name: 'ada', exists: read(true) }],
  groups: read([
    {
      name: 'gpus',
      visibility: 'selected',
      publicRepositories: false,
      restrictedToWorkflows: true,
      workflows: ['acme/gatehouse/.github/workflows/propose-model.yml@refs/heads/main'],
      runners: read([gpu]),
    },
  ]),
};

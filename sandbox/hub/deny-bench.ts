import { expect } from 'vitest';
import { type Answered, type Bench, startBench } from './testing.ts';

const logins = ['ada', 'ben', 'rita', 'zoe'] as const;

/** The scene of the deny tests: ada administers, ben and rita write, zoe is a stranger, two apps are installed. */
export interface DenyBench {
  readonly bench: Bench;
  readonly token: Readonly<Record<(typeof logins)[number] | 'gatehouse' | 'other' | 'narrow', string>>;
  readonly appId: number;
  readonly otherId: number;
  readonly installation: number;
  readonly privateKey: string;
  /** A branch with one commit of its own, and a pull request by ben. */
  propose(files?: Record<string, string>): Promise<{ number: number; head: string; branch: string }>;
  mainSha(): Promise<string>;
}

export const repo = '/repos/acme/flights';

function createApps(bench: Bench) {
  const { hub } = bench;
  const permissions = {
    checks: 'write',
    contents: 'write',
    pull_requests: 'write',
    issues: 'write',
  } as const;
  const app = hub.createApp({ slug: 'gatehouse', permissions, events: [] });
  const other = hub.createApp({ slug: 'other', permissions: { checks: 'write' }, events: [] });
  const installation = hub.installApp(app.id, 'acme/flights');
  const kind = 'installation';
  return {
    appId: app.id,
    otherId: other.id,
    installation,
    privateKey: app.privateKey,
    gatehouse: hub.issueToken({ kind, installationId: installation }),
    narrow: hub.issueToken({ kind, installationId: installation, permissions: { checks: 'read' } }),
    other: hub.issueToken({ kind, installationId: hub.installApp(other.id, 'acme/flights') }),
  };
}

export async function startDenyBench(): Promise<DenyBench> {
  const bench = await startBench();
  const { hub } = bench;
  const [ada = '', ben = '', rita = '', zoe = ''] = logins.map((login) => hub.createUser(login).token);
  hub.createOrganization('acme');
  await hub.createRepository('acme/flights');
  await hub.createRepository('acme/secret', { private: true });
  for (const name of ['acme/flights', 'acme/secret']) hub.addCollaborator(name, 'ada', 'admin');
  for (const login of ['ben', 'rita']) hub.addCollaborator('acme/flights', login, 'write');
  const { gatehouse, narrow, other, ...apps } = createApps(bench);
  await bench.push('acme/flights', 'ada', 'main', {
    'README.md': 'one\n',
    '.github/workflows/ci.yml': 'on: push\n',
  });
  let branches = 0;
  return {
    bench,
    token: { ada, ben, rita, zoe, gatehouse, narrow, other },
    ...apps,
    async propose(files = {}) {
      branches += 1;
      const branch = `branch-${branches}`;
      const own = { [`file-${branches}.txt`]: 'x\n', ...files };
      const head = await bench.push('acme/flights', 'ben', branch, own);
      const pull = await bench.call(ben, 'POST', `${repo}/pulls`, {
        title: branch,
        head: branch,
        base: 'main',
      });
      expect(pull.status).toBe(201);
      return { number: Number(pull.body.number), head, branch };
    },
    mainSha: () => bench.git(hub.gitDir('acme/flights'), 'rev-parse', 'refs/heads/main'),
  };
}

export function refused(answer: Answered, status: number, message: string | RegExp): void {
  expect({ status: answer.status, message: answer.body.message }).toEqual({
    status,
    message: typeof message === 'string' ? message : expect.stringMatching(message),
  });
}

export const commitMutation = `mutation ($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid author { name user { login } } signature { isValid wasSignedByGitHub } } }
}`;

export function commitInput(branchName: string, expectedHeadOid: string, path = 'ledger.txt') {
  return {
    input: {
      branch: { repositoryNameWithOwner: 'acme/flights', branchName },
      expectedHeadOid,
      message: { headline: 'Write' },
      fileChanges: { additions: [{ path, contents: Buffer.from('entry').toString('base64') }] },
    },
  };
}

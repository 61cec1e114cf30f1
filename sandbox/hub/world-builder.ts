import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runGit } from './git/run.ts';
import { HubError } from './hub-error.ts';
import type { Clock, NewApp, TokenRequest } from './interface.ts';
import type {
  Account,
  AccountType,
  App,
  Installation,
  Level,
  Permissions,
  Repository,
  World,
} from './world.ts';

export const ACTIONS_APP_ID = 15368;
const ACTIONS_BOT_ID = 41898282;

export function createClock(): Clock {
  let offset = 0;
  return {
    now: () => `${new Date(Date.now() + offset).toISOString().slice(0, 19)}Z`,
    nowMs: () => Date.now() + offset,
    advance(seconds) {
      offset += seconds * 1000;
    },
  };
}

/** A world with nothing in it but the app behind job tokens. */
export function createWorld(clock: Clock): World {
  let last = 1000;
  const world: World = {
    accounts: new Map(),
    repositories: new Map(),
    teams: new Map(),
    apps: new Map(),
    installations: new Map(),
    tokens: new Map(),
    deliveries: [],
    verifiedCommits: new Map(),
    nextId: () => ++last,
  };
  const github = addAccount(world, clock, 'github', 'Organization');
  const bot = addAccount(world, clock, 'github-actions[bot]', 'Bot', {}, ACTIONS_BOT_ID);
  addAccount(world, clock, 'web-flow', 'User', { email: 'noreply@github.com', name: 'GitHub' }, 19864447);
  world.apps.set(ACTIONS_APP_ID, {
    id: ACTIONS_APP_ID,
    slug: 'github-actions',
    clientId: 'Iv1.05c79e9ad1f6bdfa',
    owner: github,
    bot,
    permissions: { actions: 'write', checks: 'write', contents: 'write', metadata: 'read' },
    events: [],
    publicKey: '',
    createdAt: clock.now(),
    webhookUrl: null,
    webhookSecret: '',
  });
  return world;
}

const noreply = (id: number, login: string): string => `${id}+${login}@users.noreply.github.com`;

export function addAccount(
  world: World,
  clock: Clock,
  login: string,
  type: AccountType,
  options: { readonly email?: string; readonly name?: string } = {},
  id: number = world.nextId(),
): Account {
  if ([...world.accounts.values()].some((account) => account.login === login)) {
    throw new HubError(422, `the account "${login}" exists already`);
  }
  const account: Account = {
    id,
    login,
    type,
    email: options.email ?? noreply(id, login),
    name: options.name ?? login,
    createdAt: clock.now(),
  };
  world.accounts.set(id, account);
  return account;
}

/** Runs for every updated ref with what the hub knows about the pusher: git itself refuses, as on GitHub. */
const UPDATE_HOOK = `#!/bin/sh
deny() {
  echo "error: GH013: Repository rule violations found for $ref." >&2
  echo "- $1" >&2
  exit 1
}
ref=$1; old=$2; new=$3; zero=0000000000000000000000000000000000000000
case "$HUB_RESTRICTED" in *"|$ref|"*) deny "Cannot update this protected ref." ;; esac
case "$HUB_PULL_ONLY" in *"|$ref|"*) deny "Changes must be made through a pull request." ;; esac
case "$HUB_NO_FORCE" in *"|$ref|"*)
  if [ "$new" = $zero ]; then deny "Cannot delete this protected ref."; fi
  if [ "$old" != $zero ] && ! git merge-base --is-ancestor $old $new; then deny "Cannot force-push to this branch"; fi ;;
esac
if [ -n "$HUB_NO_WORKFLOWS" ] && [ "$new" != $zero ]; then
  if [ "$old" = $zero ]; then old=$(git rev-parse -q --verify HEAD || git hash-object -t tree /dev/null); fi
  if ! git diff --quiet $old $new -- .github/workflows; then
    deny "refusing to allow a GitHub App to create or update workflow without \\\`workflows\\\` permission"
  fi
fi
exit 0
`;

const settings: readonly (readonly [string, string])[] = [
  ['http.receivepack', 'true'],
  ['uploadpack.allowAnySHA1InWant', 'true'],
  ['receive.hideRefs', 'refs/pull'],
  ['receive.autogc', 'false'],
  ['gc.auto', '0'],
  ['core.fsync', 'none'],
];

export async function prepareGitDir(dir: string, defaultBranch: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  await runGit(dir, ['init', '--bare', '-q', `--initial-branch=${defaultBranch}`, '.']);
  const config = settings.map(([key, value]) => {
    const [section, name] = key.split('.');
    return `[${section}]\n\t${name} = ${value}\n`;
  });
  await writeFile(
    path.join(dir, 'config'),
    `[core]\n\trepositoryformatversion = 0\n\tbare = true\n${config.join('')}`,
  );
  const hook = path.join(dir, 'hooks', 'update');
  await mkdir(path.dirname(hook), { recursive: true });
  await writeFile(hook, UPDATE_HOOK);
  await chmod(hook, 0o755);
}

export function addRepository(
  world: World,
  clock: Clock,
  root: string,
  fullName: string,
  options: { readonly private?: boolean; readonly defaultBranch?: string; readonly parentId?: number },
): Repository {
  const [ownerLogin = '', name = '', ...rest] = fullName.split('/');
  const owner = [...world.accounts.values()].find((account) => account.login === ownerLogin);
  if (!owner || rest.length > 0 || !/^[A-Za-z0-9_.-]+$/.test(name) || name.startsWith('.')) {
    throw new HubError(422, `"${fullName}" is not <existing account>/<name>`);
  }
  if ([...world.repositories.values()].some((repository) => repository.fullName === fullName)) {
    throw new HubError(422, `the repository "${fullName}" exists already`);
  }
  const now = clock.now();
  const repository: Repository = {
    id: world.nextId(),
    owner,
    name,
    fullName,
    private: options.private ?? false,
    gitDir: path.join(root, ownerLogin, `${name}.git`),
    parentId: options.parentId ?? null,
    createdAt: now,
    defaultBranch: options.defaultBranch ?? 'main',
    pushedAt: now,
    nextNumber: 1,
    collaborators: new Map(),
    protections: new Map(),
    issues: new Map(),
    pulls: new Map(),
    comments: new Map(),
    checkRuns: new Map(),
    checkSuites: new Map(),
    activity: [],
    events: [],
  };
  world.repositories.set(repository.id, repository);
  return repository;
}

export function addApp(
  world: World,
  clock: Clock,
  owner: Account,
  options: NewApp,
): { app: App; privateKey: string } {
  const keys = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  const app: App = {
    id: world.nextId(),
    slug: options.slug,
    clientId: `Iv23li${randomBytes(7).toString('hex')}`,
    owner,
    bot: addAccount(world, clock, `${options.slug}[bot]`, 'Bot'),
    permissions: normalisePermissions(options.permissions),
    events: options.events,
    publicKey: keys.publicKey,
    createdAt: clock.now(),
    webhookUrl: options.webhookUrl ?? null,
    webhookSecret: options.webhookSecret ?? '',
  };
  world.apps.set(app.id, app);
  return { app, privateKey: keys.privateKey };
}

export function addInstallation(world: World, clock: Clock, app: App, repository: Repository): Installation {
  const known = [...world.installations.values()].find(
    (installation) => installation.app.id === app.id && installation.account.id === repository.owner.id,
  );
  const installation = known ?? {
    id: world.nextId(),
    app,
    account: repository.owner,
    repositoryIds: new Set<number>(),
    createdAt: clock.now(),
  };
  world.installations.set(installation.id, installation);
  installation.repositoryIds.add(repository.id);
  return installation;
}

/** Workflows write `pull-requests`, the API `pull_requests`; `metadata: read` always comes along. */
export function normalisePermissions(permissions: Permissions): Permissions {
  const entries = Object.entries(permissions).map(
    ([scope, level]) => [scope.replaceAll('-', '_'), level] as const,
  );
  return { ...Object.fromEntries(entries), metadata: 'read' };
}

const readOnly = (permissions: Permissions): Permissions =>
  Object.fromEntries(
    Object.keys(permissions)
      // A job of a fork's pull request gets no OIDC token, whatever the workflow asks for.
      .filter((scope) => scope !== 'id_token')
      .map((scope): readonly [string, Level] => [scope, 'read']),
  );

export function addToken(world: World, request: TokenRequest): string {
  if (request.kind === 'user') {
    const account = [...world.accounts.values()].find(({ login }) => login === request.login);
    if (!account) throw new HubError(404, `no account "${request.login}"`);
    const token = `ghp_${randomBytes(18).toString('hex')}`;
    world.tokens.set(token, { kind: 'user', account });
    return token;
  }
  const token = `ghs_${randomBytes(18).toString('hex')}`;
  if (request.kind === 'job') {
    const app = world.apps.get(ACTIONS_APP_ID) as App;
    const permissions = normalisePermissions(request.permissions);
    world.tokens.set(token, {
      kind: 'job',
      app,
      account: app.bot,
      installationId: ACTIONS_APP_ID,
      permissions: request.fork ? readOnly(permissions) : permissions,
      repositoryIds: new Set([request.repositoryId]),
      expiresAt: Date.now() + 6 * 3_600_000,
    });
    return token;
  }
  const installation = world.installations.get(request.installationId);
  if (!installation) throw new HubError(404, 'Not Found');
  world.tokens.set(token, {
    kind: 'installation',
    app: installation.app,
    account: installation.app.bot,
    installationId: installation.id,
    permissions: normalisePermissions(request.permissions ?? installation.app.permissions),
    // The set itself, so that a repository that leaves the installation leaves its tokens.
    repositoryIds: request.repositoryIds ? new Set(request.repositoryIds) : installation.repositoryIds,
    expiresAt: Date.now() + (request.lifetimeMs ?? 3_600_000),
  });
  return token;
}

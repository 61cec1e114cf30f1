export type Level = 'none' | 'read' | 'write';
export type Permissions = Readonly<Record<Scope, Level>>;
export type Scope = (typeof SCOPES)[number];

/** What a job's token can be given, in the order of GitHub's messages. */
export const SCOPES = [
  'actions',
  'artifact-metadata',
  'attestations',
  'checks',
  'contents',
  'deployments',
  'discussions',
  'issues',
  'packages',
  'pages',
  'pull-requests',
  'repository-projects',
  'statuses',
  'security-events',
  'id-token',
  'models',
] as const;

const RANK: Readonly<Record<Level, number>> = { none: 0, read: 1, write: 2 };

/** Default of a repository: read is contents and packages only, write is everything but id-token. */
export type DefaultPermissions = 'read' | 'write';

/** Reads a `permissions:` value; a scope that is not named is none. @throws Error when it is not a permission. */
export function parsePermissions(value: unknown): Permissions {
  if (value === 'read-all') return fill((scope) => (scope === 'id-token' ? 'none' : 'read'));
  if (value === 'write-all') return fill((scope) => (scope === 'models' ? 'read' : 'write'));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`Unexpected value '${String(value)}'`);
  }
  const given = new Map<string, Level>();
  for (const [scope, level] of Object.entries(value)) {
    if (!SCOPES.some((known) => known === scope)) throw new Error(`Unexpected value '${scope}'`);
    if (!isLevel(level) || (scope === 'id-token' && level === 'read')) {
      throw new Error(`Unexpected value '${String(level)}'`);
    }
    given.set(scope, level);
  }
  return fill((scope) => given.get(scope) ?? 'none');
}

/** What a job gets when neither it nor its workflow says anything. */
export function defaultPermissions(policy: DefaultPermissions): Permissions {
  if (policy === 'read')
    return fill((scope) => (scope === 'contents' || scope === 'packages' ? 'read' : 'none'));
  return fill((scope) => (scope === 'id-token' ? 'none' : scope === 'models' ? 'read' : 'write'));
}

/** A pull request from a fork: writing becomes reading, and there is no id-token at all. */
export function restrictToFork(permissions: Permissions): Permissions {
  return fill((scope) =>
    scope === 'id-token' ? 'none' : permissions[scope] === 'write' ? 'read' : permissions[scope],
  );
}

/** What is asked for beyond what is allowed, in GitHub's words; undefined when it fits. */
export function findViolation(
  requested: Permissions,
  allowed: Permissions,
): { readonly requested: string; readonly allowed: string } | undefined {
  const beyond = SCOPES.filter((scope) => RANK[requested[scope]] > RANK[allowed[scope]]);
  if (beyond.length === 0) return undefined;
  return {
    requested: beyond.map((scope) => `${scope}: ${requested[scope]}`).join(', '),
    allowed: beyond.map((scope) => `${scope}: ${allowed[scope]}`).join(', '),
  };
}

/** The token's scopes in the API's spelling (pull_requests); id-token is no scope of the token. */
export function toTokenScopes(permissions: Permissions): Record<string, 'read' | 'write'> {
  const scopes: Record<string, 'read' | 'write'> = { metadata: 'read' };
  for (const scope of SCOPES) {
    const level = permissions[scope];
    if (scope !== 'id-token' && level !== 'none') scopes[scope.replaceAll('-', '_')] = level;
  }
  return scopes;
}

function isLevel(value: unknown): value is Level {
  return value === 'none' || value === 'read' || value === 'write';
}

function fill(level: (scope: Scope) => Level): Permissions {
  const all = {} as Record<Scope, Level>;
  for (const scope of SCOPES) all[scope] = level(scope);
  return all;
}

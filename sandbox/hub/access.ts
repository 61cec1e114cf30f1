import { createPublicKey, verify } from 'node:crypto';
import { HubError, notAccessible, notFound } from './hub-error.ts';
import type { Access } from './interface.ts';
import type { Account, Caller, Level, Permissions, Repository, Role, World } from './world.ts';

const roles: readonly Role[] = ['none', 'read', 'triage', 'write', 'maintain', 'admin'];
const levels: readonly Level[] = ['read', 'write', 'admin'];

export const hasRole = (actual: Role, needed: Role): boolean =>
  roles.indexOf(actual) >= roles.indexOf(needed);

export function hasPermission(permissions: Permissions, scope: string, level: Level): boolean {
  if (scope === 'metadata' && level === 'read') return true;
  const granted = Object.hasOwn(permissions, scope) ? permissions[scope] : undefined;
  return granted !== undefined && levels.indexOf(granted) >= levels.indexOf(level);
}

/** A person's right: owner, collaborator, else read on public repositories. */
export function roleOf(account: Account, repository: Repository): Role {
  if (repository.owner.id === account.id) return 'admin';
  return repository.collaborators.get(account.id) ?? (repository.private ? 'none' : 'read');
}

/** Answers as GitHub does: what you may not know of is 404, what you may not do is 403. */
export function authorize(caller: Caller, repository: Repository, access: Access): void {
  const reading = access.level === 'read';
  if (caller.kind === 'anonymous') {
    if (repository.private) throw notFound();
    if (!reading) throw new HubError(401, 'Requires authentication');
    return;
  }
  if (caller.kind === 'app') throw new HubError(401, 'A JSON web token could not be decoded');
  if (caller.kind === 'user') {
    const role = roleOf(caller.account, repository);
    if (!hasRole(role, 'read')) throw notFound();
    if (!hasRole(role, access.user ?? (reading ? 'read' : 'write'))) {
      throw new HubError(403, 'Must have push access to repository');
    }
    return;
  }
  if (!caller.repositoryIds.has(repository.id)) {
    if (repository.private) throw notFound();
    if (reading) return;
    throw notAccessible();
  }
  if (!hasPermission(caller.permissions, access.scope, access.level)) throw notAccessible();
}

/** Who acts, as an account: the person, or the bot of an app. @throws HubError 401 for anonymous callers */
export function actorOf(caller: Caller): Account {
  if (caller.kind === 'anonymous') throw new HubError(401, 'Requires authentication');
  return caller.kind === 'app' ? caller.app.bot : caller.account;
}

/** @throws HubError 401 for an unknown or expired credential, as GitHub answers. */
export function authenticate(world: World, header: string | undefined): Caller {
  if (!header) return { kind: 'anonymous' };
  const [scheme = '', credential = ''] = header.split(' ');
  const token =
    scheme.toLowerCase() === 'basic'
      ? Buffer.from(credential, 'base64').toString('utf8').split(':').slice(1).join(':')
      : credential;
  if (token.split('.').length === 3) return authenticateApp(world, token);
  const caller = world.tokens.get(token);
  if (!caller) throw new HubError(401, 'Bad credentials');
  if ('expiresAt' in caller && caller.expiresAt <= Date.now()) throw new HubError(401, 'Bad credentials');
  return caller;
}

function decodePart(part: string | undefined): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Falls through: not a token that anybody signed.
  }
  throw new HubError(401, 'A JSON web token could not be decoded');
}

/** An app's own JWT: RS256, issuer is the app's id or client id, at most ten minutes ahead, real clock. */
function authenticateApp(world: World, token: string): Caller {
  const [head, body, signature] = token.split('.');
  const { alg } = decodePart(head);
  const { iss, exp, iat } = decodePart(body);
  const app = [...world.apps.values()].find(
    ({ id, clientId }) => String(id) === String(iss) || clientId === iss,
  );
  if (!app) throw new HubError(404, 'Integration not found');
  const signed = Buffer.from(`${head}.${body}`);
  const valid =
    alg === 'RS256' &&
    verify('RSA-SHA256', signed, createPublicKey(app.publicKey), Buffer.from(signature ?? '', 'base64url'));
  if (!valid) throw new HubError(401, 'A JSON web token could not be decoded');
  const now = Date.now() / 1000;
  if (typeof exp !== 'number' || exp <= now) {
    throw new HubError(
      401,
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    );
  }
  if (exp > now + 660) throw new HubError(401, "'Expiration time' claim ('exp') is too far in the future");
  if (typeof iat !== 'number' || iat > now + 60) {
    throw new HubError(
      401,
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    );
  }
  return { kind: 'app', app };
}

import type { Person } from '../../core/registry/ledger.ts';
import { type GitHubId, toId } from './id.ts';

/** GitHub answers null or `{}` for an e-mail address without an account. */
export type UnknownAccount = Partial<Account> | null | undefined;

interface Account {
  readonly id: GitHubId;
  readonly login: string;
  readonly type: string;
}

/** GitHub's stand-in for deleted accounts. */
export const ghost: Person = { id: 10137, login: 'ghost', kind: 'User' };

/** Anything that is not an ordinary user is a bot: it never approves. */
export function toPerson(account: Account): Person {
  return { id: toId(account.id), login: account.login, kind: account.type === 'User' ? 'User' : 'Bot' };
}

export function toPersonOrGhost(account: Account | null | undefined): Person {
  return account == null ? ghost : toPerson(account);
}

/** GitHub answers `{}` or null where an e-mail address belongs to no account. */
export function toPersonOrNull(account: UnknownAccount): Person | null {
  if (account?.id === undefined || account.login === undefined) return null;
  return toPerson({ id: toId(account.id), login: account.login, type: account.type ?? 'User' });
}

import type { GitHubReader } from '../../adapters/github/reader.ts';
import type { Policy, Role } from '../../core/config/policy.ts';
import type { Person } from '../../core/registry/ledger.ts';

/** Who holds which role at this moment: role -> people. `owner` are the owners of the files in question. */
export type Holders = ReadonlyMap<string, readonly Person[]>;

export async function readHolders(reader: GitHubReader, policy: Policy, owner: Role): Promise<Holders> {
  const holders = new Map<string, readonly Person[]>();
  for (const [name, role] of Object.entries(policy.roles)) holders.set(name, await reader.membersOf(role));
  holders.set('owner', await reader.membersOf(owner));
  return holders;
}

/** Names of the roles that somebody holds, sorted. */
export function rolesOf(holders: Holders, person: Person): readonly string[] {
  if (person.kind !== 'User') return [];
  return [...holders]
    .flatMap(([role, people]) => (people.some(({ id }) => id === person.id) ? [role] : []))
    .sort();
}

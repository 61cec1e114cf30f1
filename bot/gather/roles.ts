import type { GitHubReader } from '../../adapters/github/reader.ts';
import type { Policy, Role } from '../../core/config/policy.ts';
import type { Consumer } from '../../core/config/prediction.ts';
import { consumerRole } from '../../core/policy/acknowledgement-rule.ts';
import type { Person } from '../../core/registry/ledger.ts';

/** Who holds which role at this moment: role -> people. `owner` are the owners of the files in question. */
export type Holders = ReadonlyMap<string, readonly Person[]>;

/**
 * @param owners `owner` is whoever is in all of these: the owner of one file does not speak for another
 * @param consumers who must acknowledge what breaks them, each as a role of its own
 */
export async function readHolders(
  reader: Pick<GitHubReader, 'membersOf'>,
  policy: Policy,
  owners: readonly Role[],
  consumers: readonly Consumer[] = [],
): Promise<Holders> {
  const holders = new Map<string, readonly Person[]>();
  for (const [name, role] of Object.entries(policy.roles)) holders.set(name, await reader.membersOf(role));
  let shared: readonly Person[] | null = null;
  for (const owner of owners) {
    const members = await reader.membersOf(owner);
    shared = shared === null ? members : shared.filter(({ id }) => members.some((each) => each.id === id));
  }
  holders.set('owner', shared ?? []);
  for (const consumer of consumers)
    holders.set(consumerRole(consumer.name), await reader.membersOf(consumer));
  return holders;
}

/** Names of the roles that somebody holds, sorted. */
export function rolesOf(holders: Holders, person: Person): readonly string[] {
  if (person.kind !== 'User') return [];
  return [...holders]
    .flatMap(([role, people]) => (people.some(({ id }) => id === person.id) ? [role] : []))
    .sort();
}

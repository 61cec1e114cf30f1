import type { GitHubReader } from '../../adapters/github/reader.ts';
import type { ModelConfig } from '../../core/config/model.ts';
import type { Role } from '../../core/config/policy.ts';
import type { DecisionInput, OwnerFact } from '../../core/policy/decision.ts';
import { needsOf } from '../../core/policy/production-rule.ts';

type OwnerReader = Pick<GitHubReader, 'membersOf' | 'permission'>;

/** Who answers for the model in production, and whether they are still there; nothing where nobody asks for it. */
export async function readOwners(
  reader: OwnerReader,
  facts: Pick<DecisionInput, 'change' | 'policy'>,
  model: ModelConfig | null,
): Promise<Pick<DecisionInput, 'owners'>> {
  if (model === null || !needsOf(facts).includes('owners')) return {};
  const { qualityOwner, infrastructureOwner } = model;
  return {
    owners: {
      ...(qualityOwner === undefined ? {} : { qualityOwner: await readOwner(reader, qualityOwner) }),
      ...(infrastructureOwner === undefined
        ? {}
        : { infrastructureOwner: await readOwner(reader, infrastructureOwner) }),
    },
  };
}

/** An account outlives a membership: whoever left may still exist, and may not write here any more. */
async function readOwner(reader: OwnerReader, { users, teams }: Role): Promise<OwnerFact> {
  const members: string[] = [];
  const absent: string[] = [];
  for (const login of users) {
    const permission = await reader.permission(login);
    (permission === 'admin' || permission === 'write' ? members : absent).push(login);
  }
  for (const person of teams.length === 0 ? [] : await reader.membersOf({ users: [], teams }))
    members.push(person.login);
  return { members: [...new Set(members)].sort(), absent: absent.sort() };
}

import type { GitHubReader } from '../../adapters/github/reader.ts';
import type { Role } from '../../core/config/policy.ts';
import { InputError } from '../../core/error/error.ts';

/**
 * The same repository, but a role that GitHub does not know is held by nobody instead of being a fault: nobody approves
 * in it. Only for what mends the policy, and for telling what a merge would have needed.
 * @param needed a role that must be known all the same; null: none
 */
export function withUnknownRolesEmpty(reader: GitHubReader, needed: Role | null): GitHubReader {
  return {
    ...reader,
    membersOf: async (role) => {
      try {
        return await reader.membersOf(role);
      } catch (error) {
        if (!isUnknownRole(error) || (needed !== null && isSame(role, needed))) throw error;
        return [];
      }
    },
  };
}

export const isUnknownRole = (error: unknown): error is InputError =>
  error instanceof InputError && error.code === 'ROLE_UNKNOWN';

const isSame = (one: Role, other: Role): boolean =>
  JSON.stringify([one.users, one.teams]) === JSON.stringify([other.users, other.teams]);

import { hasPermission } from '../access.ts';
import type { Caller, Repository } from '../world.ts';
import { Refusal } from './refusal.ts';

/** Apps see of a repository only what they were given. @throws Refusal FORBIDDEN */
export function need(caller: Caller, repository: Repository, scope: string): void {
  const scoped = caller.kind === 'installation' || caller.kind === 'job';
  if (
    scoped &&
    caller.repositoryIds.has(repository.id) &&
    !hasPermission(caller.permissions, scope, 'read')
  ) {
    throw new Refusal('FORBIDDEN', 'Resource not accessible by integration');
  }
}

import type { Person } from '../../core/registry/ledger.ts';
import type { RollbackTarget } from '../../core/registry/rollback-target.ts';

const form = /^gatehouse\/(?:rollback|waive)-.+-by-(\d+)-([A-Za-z0-9-]+)$/;

/** Branch of the pull request that somebody asked for: the same wish of the same person is one branch. */
export function branchFor({ model, endpoint, from, to }: RollbackTarget, asker: Person): string {
  return `gatehouse/rollback-${model.replaceAll('/', '--')}-${endpoint}-v${from}-to-v${to}${by(asker)}`;
}

/** Branch of the waiver that somebody asked for. @param name of the waiver */
export const waiverBranch = (name: string, asker: Person): string => `gatehouse/waive-${name}${by(asker)}`;

const by = ({ id, login }: Person): string => `-by-${id}-${login.replaceAll(/[^A-Za-z0-9-]/g, '-')}`;

/** Who asked for the pull request of a branch; null: it is none of these. Only the id is compared. */
export function askerOf(branch: string): Person | null {
  const [, id, login] = form.exec(branch) ?? [];
  return id === undefined || login === undefined ? null : { id: Number(id), login, kind: 'User' };
}

import type { Person } from '../../core/registry/ledger.ts';
import type { RollbackTarget } from '../../core/registry/rollback-target.ts';

const form = /^gatehouse\/(?:rollback|waive)-/;
const asker = /-by-(?=(\d+)-([A-Za-z0-9-]+)$)/g;

/** Branch of the pull request that somebody asked for: the same wish of the same person is one branch. */
export function branchFor({ model, endpoint, from, to }: RollbackTarget, asker: Person): string {
  return `gatehouse/rollback-${model.replaceAll('/', '--')}-${endpoint}-v${from}-to-v${to}${by(asker)}`;
}

/** Branch of the waiver that somebody asked for. @param name of the waiver */
export const waiverBranch = (name: string, asker: Person): string => `gatehouse/waive-${name}${by(asker)}`;

const by = ({ id, login }: Person): string => `-by-${id}-${login.replaceAll(/[^A-Za-z0-9-]/g, '-')}`;

/**
 * Who may have asked for the pull request of a branch; none: it is none of these. Only the ids are compared. A login may read
 * like the end of another branch (`eve-by-7-x`), and so may a model: whoever the name may mean is meant.
 */
export const askersOf = (branch: string): readonly Person[] =>
  form.test(branch)
    ? [...branch.matchAll(asker)].map(([, id, login = '']) => ({ id: Number(id), login, kind: 'User' }))
    : [];

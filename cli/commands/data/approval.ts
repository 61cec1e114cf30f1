import { readFiles } from '../../../adapters/git/read.ts';
import { parseContract } from '../../../core/config/contract-file.ts';
import { contractPath, policyPath } from '../../../core/config/layout.ts';
import type { Role } from '../../../core/config/policy.ts';
import { parsePolicy } from '../../../core/config/policy-file.ts';
import { GatehouseError } from '../../../core/error/error.ts';
import { approvalsForContract } from '../../../core/policy/contract-change.ts';
import { findBase } from '../../base.ts';

/**
 * Says whose approval a changed contract needs: what the base branch says decides, not what the change says.
 * @returns sentences; one that says why nobody knows, when there is no base or no policy on it
 */
export async function describeApprovals(root: string, dataset: string): Promise<readonly string[]> {
  const base = await findBase(root, undefined).catch((error) => {
    if (error instanceof GatehouseError) return null;
    throw error;
  });
  if (base === null)
    return ['Whose approval it needs is not known here: there is no default branch of origin in this clone.'];
  const path = contractPath(dataset);
  const files = await readFiles(root, base.commit, '', (each) => each === policyPath || each === path);
  const policyText = textOf(files.get(policyPath));
  if (policyText === null)
    return [`${base.ref} has no ${policyPath}: there Gatehouse asks for no approval yet.`];
  const policy = parsePolicy(policyText, policyPath);
  const before = textOf(files.get(path));
  const owner = before === null ? null : parseContract(before, path).owner;
  const lines = approvalsForContract(policy, dataset, before === null);
  if (lines.length === 0) return ['The policy asks for no approval.'];
  return lines.map(({ role, count, because }) => {
    const people = role === 'owner' ? owner : (policy.roles[role] ?? null);
    return `Needs ${count} × ${role}${people === null ? '' : ` (${listPeople(people)})`}, by ${base.ref}: ${because.join('; ')}.`;
  });
}

const textOf = (bytes: Uint8Array | undefined): string | null =>
  bytes === undefined ? null : new TextDecoder().decode(bytes);

const listPeople = ({ users, teams }: Role): string =>
  [...users, ...teams.map((team) => `team ${team}`)].join(', ');

import type { ColumnRule, Contract } from '../config/contract.ts';
import { privacyRank } from './inheritance.ts';

/**
 * Makes the columns of a contract as private as they are in others: those that govern the same data. A pull request
 * that calls a personal column open would else be answered with its values before anybody approved it.
 * @param others contracts of the base branch over the same files
 */
export function raisePrivacy(contract: Contract, others: readonly Pick<Contract, 'columns'>[]): Contract {
  const floor = new Map<string, ColumnRule['privacy']>();
  for (const { name, privacy } of others.flatMap(({ columns }) => columns)) {
    if (privacyRank[privacy] > privacyRank[floor.get(name) ?? 'none']) floor.set(name, privacy);
  }
  const columns = contract.columns.map((column): ColumnRule => {
    const least = floor.get(column.name) ?? 'none';
    return privacyRank[least] > privacyRank[column.privacy] ? { ...column, privacy: least } : column;
  });
  return { ...contract, columns };
}

/** True when a contract has something to hide. */
export const hasPrivateColumns = ({ columns }: Pick<Contract, 'columns'>): boolean =>
  columns.some(({ privacy }) => privacy !== 'none');

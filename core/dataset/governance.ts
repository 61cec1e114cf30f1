import type { Contract } from '../config/contract.ts';
import { type Finding, isFailure } from '../finding/finding.ts';
import type { Positions } from './positions.ts';

/**
 * Checks that a model may train on a dataset today.
 * @param model null when no model is proposed: access is then not asked
 * @param today ISO date, UTC
 */
export function judgeGovernance(
  contract: Contract,
  model: string | null,
  today: string,
  positions: Positions,
): readonly Finding[] {
  return [...judgeAccess(contract, model, positions), ...judgeExpiry(contract, today, positions)];
}

/** Data that may not be used, or that is not whole, is not even read; a warning stops nothing. */
export const mayRead = (before: readonly Finding[]): boolean => !before.some(isFailure);

function judgeAccess(contract: Contract, model: string | null, positions: Positions): readonly Finding[] {
  if (model === null || contract.access.includes('*') || contract.access.includes(model)) return [];
  return [
    {
      code: 'data/access',
      severity: 'fail',
      message: `Model "${model}" may not train on the dataset "${contract.dataset}".`,
      where: positions('/access'),
      found: model,
      allowed: contract.access.length === 0 ? 'no model' : contract.access.join(', '),
      fix: `Ask the owner of the dataset to add "${model}" to access in the contract.`,
    },
  ];
}

function judgeExpiry(contract: Contract, today: string, positions: Positions): readonly Finding[] {
  // Dates of equal form compare as text; anything else is no date and never counts as "not yet expired".
  if (isDate(contract.expires) && isDate(today) && today <= contract.expires) return [];
  return [
    {
      code: 'data/expired',
      severity: 'fail',
      message: `The retention of the dataset "${contract.dataset}" ended on ${contract.expires}.`,
      where: positions('/expires'),
      found: `today is ${today}`,
      allowed: `until ${contract.expires}`,
      fix: 'Ask the owner of the dataset to renew it (expires), or train on a dataset that is still kept.',
    },
  ];
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}

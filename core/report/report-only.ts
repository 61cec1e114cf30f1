import { policyPath } from '../config/layout.ts';
import type { Report } from './report.ts';

/**
 * True for a result that would hold up a merge, under a policy that does not (`enforce: false`). What is allowed is a
 * success under any policy.
 */
export function isReportOnly({ input, decision, recorded }: Report): boolean {
  if (recorded !== null || decision.kind === 'allowed' || decision.kind === 'nothing') return false;
  return input.policy.enforce === false;
}

export const reportOnlyNote = `This check holds up no merge, because ${policyPath} says enforce: false. A merge that is not allowed still records nothing.`;

import { readFiles } from '../adapters/git/read.ts';
import { readEntries } from '../core/audit/entries.ts';
import { type RecordedDecision, recordedDecisions } from '../core/audit/recorded-decision.ts';
import { InputError } from '../core/error/error.ts';
import { isTransactionPath } from '../core/registry/layout.ts';
import type { RegistrySource } from './registry-source.ts';

/**
 * Reads every decision of the ledger of a clone, oldest first.
 * @throws InputError LEDGER_ENTRY_INVALID for an entry that is not as the app wrote it, DECISION_ALTERED
 */
export async function readDecisions(
  dir: string,
  { place }: RegistrySource,
): Promise<readonly RecordedDecision[]> {
  const { entries, findings } = readEntries(await readFiles(dir, place.commit, 'audit/', isTransactionPath));
  const [first] = findings;
  if (first !== undefined) {
    throw new InputError('LEDGER_ENTRY_INVALID', first.message, {
      hint: first.fix ?? 'Run gatehouse verify.',
      findings,
    });
  }
  return recordedDecisions(entries.map(({ transaction }) => transaction));
}

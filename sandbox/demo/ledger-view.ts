import { readFiles, resolveRef } from '../../adapters/git/read.ts';
import { readEntries } from '../../core/audit/entries.ts';
import { foldEvents } from '../../core/registry/evolve.ts';
import { belongsToLedger, type LedgerLayout } from '../../core/registry/layout.ts';
import type { ModelState, Transaction } from '../../core/registry/ledger.ts';

/** The ledger of a bare repository, as whoever cloned it would read it. */
export interface LedgerSnapshot {
  readonly commit: string;
  readonly files: ReadonlyMap<string, string>;
  readonly transactions: readonly Transaction[];
  state(model: string): ModelState;
}

/** @param gitDir bare repository @returns null before the first entry */
export async function readLedger(
  gitDir: string,
  branch: string,
  layout: LedgerLayout,
): Promise<LedgerSnapshot | null> {
  const commit = await resolveRef(gitDir, `refs/heads/${branch}`);
  if (commit === null) return null;
  const bytes = await readFiles(gitDir, commit, '', (path) => belongsToLedger(path, layout));
  const files = new Map([...bytes].map(([path, content]) => [path, new TextDecoder().decode(content)]));
  const transactions = readEntries(files).entries.map(({ transaction }) => transaction);
  return {
    commit,
    files,
    transactions,
    state: (model) =>
      foldEvents(
        model,
        transactions.filter(({ stream }) => stream === `model/${model}`).flatMap(({ events }) => events),
      ),
  };
}

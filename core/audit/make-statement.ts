import type { LedgerEvent, LedgerHead } from '../registry/ledger.ts';
import type { AnchorStatement } from './anchor-statement.ts';
import { proveConsistency, type SizedRoot } from './proof.ts';

/** Which ledger a statement is about, and when it was looked at. */
export type StatementOrigin = Pick<
  AnchorStatement,
  'repository' | 'repositoryId' | 'branch' | 'commit' | 'at'
>;

/**
 * States what a proven ledger is, and proves that it contains the one of the statement before.
 * @param events of the whole ledger, in order; a proven one: their hashes are taken as they stand
 * @param previous the newest believed statement; null: this is the first. Proven to agree with the ledger by the caller
 */
export function makeStatement(
  { size, root, frontier }: Pick<LedgerHead, 'size' | 'root' | 'frontier'>,
  events: readonly LedgerEvent[],
  previous: SizedRoot | null,
  origin: StatementOrigin,
): AnchorStatement {
  const hashes = events.map(({ hash }) => hash);
  return {
    ...{ kind: 'LedgerAnchor', v: 1, ...origin, size, root, frontier },
    previous:
      previous === null
        ? null
        : { size: previous.size, root: previous.root, proof: proveConsistency(hashes, previous.size) },
  };
}

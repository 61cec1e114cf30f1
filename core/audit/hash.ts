import type { Digest } from '../evidence/evidence.ts';
import { canonicalJson, digestBytes, digestOf } from '../json/canonical.ts';
import type { LedgerEvent, Transaction } from '../registry/ledger.ts';

/**
 * Hash of one event: over its canonical JSON without `hash`, with a prefix so that no other digest of the same
 * text can stand in for it.
 * @see docs/decisions/0004-ledger-format.md
 */
export function hashEvent(event: Omit<LedgerEvent, 'hash'> & { readonly hash?: Digest }): Digest {
  const { hash: _, ...content } = event;
  return digestBytes(`gatehouse-audit-v1\n${canonicalJson(content)}`);
}

/** What `decision` of every event in a transaction says: binds the decision's inputs and sealed evidence. */
export const digestOfDecision = ({
  decisionInput,
  sealed,
}: Pick<Transaction, 'decisionInput' | 'sealed'>): Digest => digestOf({ decisionInput, sealed });

import type { JudgementEvidence } from '../evidence/evidence.ts';
import { parseEvidence } from '../evidence/parse-evidence.ts';
import type { LedgerEvent, Transaction } from '../registry/ledger.ts';

/** A judgement that the ledger counted, with every number that it found. */
export interface CountedJudgement {
  /** Which look of its model on its held-out labels. */
  readonly look: number;
  readonly event: LedgerEvent;
  readonly evidence: JudgementEvidence;
}

/**
 * Judgements that the ledger keeps: what was sealed until then is readable from here on, for everybody who may read the
 * repository.
 * @param transactions in order; whether they are proven is not looked at
 * @param isAsked which looks: evidence is large, and only theirs is read
 * @returns oldest first
 * @throws InputError EVIDENCE_INVALID for evidence of another version
 */
export function countedJudgements(
  transactions: Iterable<Transaction>,
  isAsked: (event: LedgerEvent) => boolean,
): readonly CountedJudgement[] {
  return [...transactions].flatMap(({ events: [event], sealed: [kept] }) => {
    if (event?.data.type !== 'HeldOutUsed' || kept === undefined || !isAsked(event)) return [];
    const evidence = parseEvidence(kept.text);
    return evidence.kind === 'judgement' ? [{ look: event.data.look, event, evidence }] : [];
  });
}

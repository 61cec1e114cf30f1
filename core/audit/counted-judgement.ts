import type { JudgementEvidence } from '../evidence/evidence.ts';
import { parseEvidence } from '../evidence/parse-evidence.ts';
import type { Transaction } from '../registry/ledger.ts';

/** A judgement that the ledger counted, with every number that it found. */
export interface CountedJudgement {
  /** Which look of its model on its held-out labels. */
  readonly look: number;
  /** Number of the entry in the whole ledger. */
  readonly gseq: number;
  readonly evidence: JudgementEvidence;
}

/**
 * The judgements of a pull request that the ledger keeps: what was sealed until then is readable from here on, for
 * everybody who may read the repository.
 * @param transactions in order; whether they are proven is not looked at
 * @returns oldest first
 * @throws InputError EVIDENCE_INVALID for evidence of another version
 */
export function countedJudgements(
  transactions: Iterable<Transaction>,
  pullRequest: number,
): readonly CountedJudgement[] {
  return [...transactions].flatMap(({ events: [event], sealed: [kept] }) => {
    if (event?.data.type !== 'HeldOutUsed' || kept === undefined) return [];
    if (event.source.pullRequest !== pullRequest) return [];
    const evidence = parseEvidence(kept.text);
    return evidence.kind === 'judgement' ? [{ look: event.data.look, gseq: event.gseq, evidence }] : [];
  });
}

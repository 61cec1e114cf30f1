import { z } from 'zod';
import { protectionGaps } from '../policy/protection.ts';
import type { Transaction } from '../registry/ledger.ts';
import type { HistoryLine } from './history.ts';

const guard = z
  .object({
    requiresCheck: z.boolean(),
    requiresPullRequest: z.boolean(),
    blocksForcePush: z.boolean(),
    blocksDeletion: z.boolean(),
    restrictsUpdates: z.boolean(),
  })
  .nullable();
/** The part of a decision's input that says what was in force. Entries from before it was read have none. */
const kept = z.looseObject({
  baseRef: z.string(),
  protection: z.object({ base: guard, ledger: guard }),
});

/** What stood open around each promotion of these transactions, by number of its event: nothing where nothing was read. */
export function recordedGaps(transactions: Iterable<Transaction>): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, readonly string[]>();
  for (const { decisionInput, events } of transactions) {
    const read = kept.safeParse(decisionInput);
    if (!read.success) continue;
    const gaps = protectionGaps(read.data.protection, read.data.baseRef);
    for (const { seq, data } of events)
      if (data.type === 'VersionPromoted' || data.type === 'VersionRolledBack') found.set(seq, gaps);
  }
  return found;
}

/** The lines of a history with what stood open around them. */
export const withGaps = (
  lines: readonly HistoryLine[],
  gaps: ReadonlyMap<number, readonly string[]>,
): readonly HistoryLine[] =>
  lines.map((line) => {
    const open = gaps.get(line.seq) ?? [];
    return open.length === 0 ? line : { ...line, unprotected: open };
  });

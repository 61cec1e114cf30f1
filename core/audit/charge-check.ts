import type { Finding } from '../finding/finding.ts';
import type { LookCharge } from '../registry/look.ts';
import type { Entry } from './entries.ts';
import { ledgerFinding } from './verification.ts';

/**
 * Counts every look again over the whole ledger: on one set of labels over all models, and by whoever started the run.
 * One model's events cannot say it, so that it is checked here and not by their fold.
 * @param entries in the order of the whole ledger
 */
export function checkCharges(entries: readonly Entry[]): readonly Finding[] {
  const counts = new Map<string, number>();
  const add = (key: string): number => {
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count;
  };
  return entries.flatMap(({ path, transaction }) =>
    transaction.events.flatMap(({ data, actor, gseq }) => {
      if (data.type !== 'HeldOutUsed') return [];
      const expected = { labels: add(data.heldOut), actor: add(`${data.heldOut} ${actor.id}`) };
      // Entries from before looks of other models were counted say nothing, and count all the same.
      if (data.charged === undefined || isSame(data.charged, expected)) return [];
      const message = `entry ${gseq} (HeldOutUsed) is charged as another look than the ledger counts`;
      return [
        ledgerFinding('look', path, message, { found: describe(data.charged), allowed: describe(expected) }),
      ];
    }),
  );
}

const isSame = (one: LookCharge, other: LookCharge): boolean =>
  one.labels === other.labels && one.actor === other.actor;

const describe = ({ labels, actor }: LookCharge): string => `${labels} on the labels, ${actor} of its actor`;

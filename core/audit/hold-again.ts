import { transactionPath } from '../registry/layout.ts';
import type { LedgerEvent } from '../registry/ledger.ts';
import type { Anchor } from './anchor.ts';
import { type AnchorCheck, checkAnchors, type EntryPlace } from './anchor-check.ts';

/**
 * Holds a ledger that was proven against what outsiders say by now: its entries are what they were, so only that can have
 * changed.
 * @param events all of a proven ledger, in order
 */
export function holdAgain(
  events: readonly LedgerEvent[],
  anchors: readonly Anchor[],
  tail: 'refuse' | 'report',
): AnchorCheck {
  const hashes = events.map(({ hash }) => hash);
  return checkAnchors(hashes, anchors, placesOf(events), tail);
}

/** The events of one operation stand in one entry. */
function placesOf(events: readonly LedgerEvent[]): readonly EntryPlace[] {
  const places: EntryPlace[] = [];
  for (let at = 0; at < events.length; ) {
    const first = events[at];
    if (first === undefined) break;
    let end = at + 1;
    while (events[end]?.operation === first.operation && events[end]?.stream === first.stream) end += 1;
    const path = transactionPath(first.stream.slice('model/'.length), first.seq);
    places.push({ path, transaction: { gfirst: first.gseq, events: { length: end - at } } });
    at = end;
  }
  return places;
}

import type { LedgerLayout } from '../registry/layout.ts';
import type { LedgerRenderers } from '../registry/render.ts';
import {
  type Appending,
  appendRequests,
  type LedgerSnapshot,
  type Recorded,
  type RecordRequest,
  renderAppending,
} from './record.ts';

/** Something that waits to be in the ledger: all that one pull request moves, for example. */
export interface GroupMember {
  /**
   * Decides again on the ledger as it is left by those before it.
   * @returns what to write; nothing when the ledger holds it already
   * @throws ConflictError when the decision saw another ledger: it is sent back, and never written blindly
   */
  plan(snapshot: LedgerSnapshot): readonly RecordRequest[];
}

/** How much goes into one commit. */
export interface GroupLimit {
  readonly members: number;
  /** UTF-16 units of text of transactions: a request to GitHub has a size that it takes. */
  readonly textLength: number;
}

/** What became of each member: it is in exactly one of the lists. */
export interface RecordedGroup<M> {
  readonly written: readonly M[];
  /** The ledger holds it already: nothing to write. */
  readonly known: readonly M[];
  readonly sentBack: readonly { readonly member: M; readonly error: unknown }[];
  /** No room: for the next commit. */
  readonly left: readonly M[];
  /** The content of ONE commit; null: nothing is to be written. */
  readonly recorded: Recorded | null;
}

/**
 * Makes one ledger commit of many members, in their order: each meets the state that those before it leave, as if each
 * had a commit of its own. One that cannot be written takes nothing with it.
 */
export function recordGroup<M extends GroupMember>(
  snapshot: LedgerSnapshot,
  members: readonly M[],
  limit: GroupLimit,
  layout: LedgerLayout,
  renderers: LedgerRenderers,
): RecordedGroup<M> {
  const sorted = { written: [] as M[], known: [] as M[], left: [] as M[] };
  const sentBack: { readonly member: M; readonly error: unknown }[] = [];
  let all: Appending = { files: new Map(), snapshot, events: [] };
  let length = 0;
  for (const member of members) {
    if (sorted.left.length > 0 || sorted.written.length >= limit.members) {
      sorted.left.push(member);
      continue;
    }
    const next = tryAppend(all.snapshot, member);
    if ('error' in next) sentBack.push({ member, error: next.error });
    else if (next.events.length === 0) sorted.known.push(member);
    else if (sorted.written.length > 0 && length + lengthOf(next) > limit.textLength)
      sorted.left.push(member);
    else {
      length += lengthOf(next);
      all = join(all, next);
      sorted.written.push(member);
    }
  }
  const recorded = sorted.written.length > 0 ? renderAppending(snapshot, all, layout, renderers) : null;
  return { ...sorted, sentBack, recorded };
}

function tryAppend(snapshot: LedgerSnapshot, member: GroupMember): Appending | { readonly error: unknown } {
  try {
    return appendRequests(snapshot, member.plan(snapshot));
  } catch (error) {
    // Also what is no coded error: a fault that one pull request meets is not the fault of the others.
    return { error };
  }
}

const join = (before: Appending, after: Appending): Appending => ({
  files: new Map([...before.files, ...after.files]),
  snapshot: after.snapshot,
  events: [...before.events, ...after.events],
});

const lengthOf = ({ files }: Appending): number =>
  [...files.values()].reduce((total, text) => total + text.length, 0);

import { evolve } from '../registry/evolve.ts';
import { headPath, type LedgerLayout, operationPath, transactionPath } from '../registry/layout.ts';
import type { LedgerEvent, ModelState, Transaction } from '../registry/ledger.ts';
import { type LedgerRenderers, renderLedgerFiles } from '../registry/render.ts';
import { emptyState } from '../registry/stream.ts';
import { readEntries } from './entries.ts';
import { digestOfDecision, hashEvent } from './hash.ts';
import { renderers } from './ledger.fixture.ts';
import { emptyHead, extendHead } from './merkle.ts';
import { renderHead, renderTransaction } from './transaction.ts';

/** What somebody with push rights and our own source code can do to a ledger. */

export function transactionsOf(files: ReadonlyMap<string, string>): Transaction[] {
  return readEntries(files).entries.map(({ transaction }) => transaction);
}

/** A whole ledger made anew from transactions, with every number, hash and file right: only the anchor can tell. */
export function forge(
  transactions: readonly Transaction[],
  pages: LedgerRenderers = renderers,
  layout: LedgerLayout = 'own',
): Map<string, string> {
  const files = new Map<string, string>();
  const states = new Map<string, ModelState>();
  let head = emptyHead;
  for (const transaction of transactions) {
    const model = transaction.stream.slice('model/'.length);
    let state = states.get(model) ?? emptyState(model);
    const [first, gfirst] = [state.lastSeq + 1, head.size];
    const events = transaction.events.map((event, at): LedgerEvent => {
      const numbered = { ...event, seq: first + at, gseq: gfirst + at, prev: state.lastHash };
      const unhashed = { ...numbered, decision: digestOfDecision(transaction) };
      const forged = { ...unhashed, hash: hashEvent(unhashed) };
      state = evolve(state, forged);
      return forged;
    });
    states.set(model, state);
    head = extendHead(
      head,
      events.map(({ hash }) => hash),
    );
    const path = transactionPath(model, first);
    files.set(path, renderTransaction({ ...transaction, first, gfirst, events }));
    for (const { operation } of events) files.set(operationPath(model, operation), `${path}\n`);
  }
  files.set(headPath, renderHead(head));
  for (const [path, text] of renderLedgerFiles([...states.values()], layout, pages)) files.set(path, text);
  return files;
}

/** One event edited and its own hash made right again; nothing after it is touched. */
export function editRehashed(
  transaction: Transaction,
  at: number,
  edit: (event: LedgerEvent) => LedgerEvent,
): Transaction {
  const events = transaction.events.map((event, index) => {
    if (index !== at) return event;
    const edited = edit(event);
    return { ...edited, hash: hashEvent(edited) };
  });
  return { ...transaction, events };
}

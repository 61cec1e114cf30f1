import { InputError } from '../error/error.ts';
import { evolve } from '../registry/evolve.ts';
import { transactionPath } from '../registry/layout.ts';
import type { LedgerEvent, ModelState, Transaction } from '../registry/ledger.ts';
import { emptyState, streamOf } from '../registry/stream.ts';
import { digestOfDecision, hashEvent } from './hash.ts';

/**
 * Checks the next transaction of one model's stream and folds it: numbers, hashes, links, legality. Decisions and
 * anchors are not looked at: that the whole ledger is what the app wrote says `verifyLedger` alone.
 * @returns the state after it
 * @throws InputError LEDGER_UNVERIFIED naming the entry
 */
export function checkNext(state: ModelState, transaction: Transaction, path: string): ModelState {
  const { stream, first, events } = transaction;
  const expected = transactionPath(state.model, state.lastSeq + 1);
  if (path !== expected || first !== state.lastSeq + 1 || stream !== streamOf(state.model)) {
    throw broken(path, `the next entry of ${state.model} belongs into ${expected}`);
  }
  const decision = digestOfDecision(transaction);
  return events.reduce((before, event) => checkEvent(before, event, stream, decision, path), state);
}

function checkEvent(
  before: ModelState,
  event: LedgerEvent,
  stream: string,
  decision: string,
  path: string,
): ModelState {
  const name = `event ${event.seq} of ${stream}`;
  if (event.stream !== stream || event.seq !== before.lastSeq + 1)
    throw broken(path, `${name} is out of order`);
  if (hashEvent(event) !== event.hash) throw broken(path, `${name} was edited: its hash is another`);
  if (event.prev !== before.lastHash) throw broken(path, `${name} does not follow the event before it`);
  if (event.decision !== decision) throw broken(path, `what the decision of ${name} rests on was edited`);
  try {
    return evolve(before, event);
  } catch (error) {
    throw broken(path, error instanceof Error ? error.message : 'it cannot be read');
  }
}

/** Folds a whole stream. @param transactions path -> transaction, in order */
export function checkStream(
  model: string,
  transactions: Iterable<readonly [string, Transaction]>,
): { readonly state: ModelState; readonly events: readonly LedgerEvent[] } {
  let state = emptyState(model);
  const events: LedgerEvent[] = [];
  for (const [path, transaction] of transactions) {
    state = checkNext(state, transaction, path);
    events.push(...transaction.events);
  }
  return { state, events };
}

/** The events up to an instant: those before the first one that is later. @param instant milliseconds since 1970 */
export function eventsUntil(events: readonly LedgerEvent[], instant: number): readonly LedgerEvent[] {
  const later = events.findIndex(({ at }) => !(Date.parse(at) <= instant));
  return later < 0 ? events : events.slice(0, later);
}

const broken = (path: string, why: string): InputError =>
  new InputError('LEDGER_UNVERIFIED', `the ledger is not proven: ${path}: ${why}`, {
    hint: 'Run gatehouse verify, and promote nothing until it passes.',
    where: { file: path },
  });

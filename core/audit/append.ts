import { ConflictError, InputError } from '../error/error.ts';
import { canonicalJson } from '../json/canonical.ts';
import { parseStrictJson } from '../json/strict.ts';
import { evolve } from '../registry/evolve.ts';
import { headPath, operationPath, transactionPath } from '../registry/layout.ts';
import type {
  ApprovalFact,
  LedgerEvent,
  LedgerEventData,
  LedgerHead,
  ModelState,
  Person,
  Transaction,
} from '../registry/ledger.ts';
import { operationFactsOf, operationId } from '../registry/operation.ts';
import { streamOf } from '../registry/stream.ts';
import { digestOfDecision, hashEvent } from './hash.ts';
import { extendHead } from './merkle.ts';
import { parseTransaction, renderHead, renderTransaction } from './transaction.ts';

/** What a transaction rests on; everything in it is in the entry for good. */
export interface TransactionFacts {
  /** When it was merged, GitHub's clock, ISO 8601 UTC. */
  readonly at: string;
  /** Who merged. */
  readonly actor: Person;
  readonly source: LedgerEvent['source'];
  /** The approvals that counted: `counted` of the decision. */
  readonly approvals: readonly ApprovalFact[];
  /** Exactly what `decide` was given; null for a correction. */
  readonly decisionInput: unknown;
  readonly sealed: Transaction['sealed'];
}

export interface Appended {
  /** path -> text: the transaction, its operation, HEAD.json. */
  readonly files: ReadonlyMap<string, string>;
  readonly head: LedgerHead;
  readonly state: ModelState;
  readonly events: readonly LedgerEvent[];
}

/**
 * Chains the events of one transaction to the ledger. Nothing is written here: the caller puts `files` and the
 * registry files of `state` into ONE commit with compare-and-swap on the ledger's ref.
 * @param head the ledger's head as it is now
 * @param state the model's state as it is now
 * @param events what `propose` returned for that state
 * @throws ConflictError LEDGER_OPERATION_KNOWN when this operation is in the ledger already
 * @throws InputError LEDGER_EMPTY, LEDGER_ENTRY_INVALID, CANONICAL_JSON, LEDGER_EVENT_ILLEGAL: what could not be read back is not written
 */
export function appendTransaction(
  head: LedgerHead,
  state: ModelState,
  events: readonly LedgerEventData[],
  facts: TransactionFacts,
): Appended {
  const [cause] = events;
  if (!cause) {
    throw new InputError('LEDGER_EMPTY', 'a transaction without events', {
      hint: 'Propose a command first.',
    });
  }
  const operation = operationId(operationFactsOf(state.model, cause, facts.source));
  if (state.operations.has(operation)) {
    throw new ConflictError('LEDGER_OPERATION_KNOWN', `operation ${operation} is in the ledger already`, {
      hint: 'Nothing needs to be written: read the ledger again and report what it says.',
    });
  }
  const transaction = chain(head, state, events, facts, operation);
  const path = transactionPath(state.model, transaction.first);
  const text = renderTransaction(transaction);
  // Read back what will be read later, so that a value which a reader refuses never gets into the ledger.
  const written = parseTransaction(text, path).events;
  const nextHead = extendHead(
    head,
    written.map(({ hash }) => hash),
  );
  return {
    files: new Map([
      [path, text],
      [operationPath(state.model, operation), `${path}\n`],
      [headPath, renderHead(nextHead)],
    ]),
    head: nextHead,
    state: written.reduce(evolve, state),
    events: written,
  };
}

function chain(
  head: LedgerHead,
  state: ModelState,
  events: readonly LedgerEventData[],
  facts: TransactionFacts,
  operation: string,
): Transaction {
  const stream = streamOf(state.model);
  // A copy by value: no later change of the caller's objects can reach what was hashed.
  const { sealed, decisionInput } = parseStrictJson(
    canonicalJson({ decisionInput: facts.decisionInput, sealed: facts.sealed }),
    'decision',
  ) as Pick<Transaction, 'sealed' | 'decisionInput'>;
  const decision = digestOfDecision({ sealed, decisionInput });
  const { at, actor, source, approvals } = facts;
  let prev = state.lastHash;
  const chained = events.map((data, at_): LedgerEvent => {
    const [seq, gseq] = [state.lastSeq + 1 + at_, head.size + at_];
    const event = {
      v: 1,
      stream,
      seq,
      gseq,
      at,
      actor,
      source,
      operation,
      data,
      approvals,
      decision,
      prev,
    } as const;
    prev = hashEvent(event);
    return { ...event, hash: prev };
  });
  const [first, gfirst] = [state.lastSeq + 1, head.size];
  return { kind: 'AuditTransaction', v: 1, stream, first, gfirst, events: chained, decisionInput, sealed };
}

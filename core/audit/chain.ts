import { GatehouseError, InputError } from '../error/error.ts';
import type { Digest } from '../evidence/evidence.ts';
import type { Finding } from '../finding/finding.ts';
import { canonicalJson } from '../json/canonical.ts';
import { commandOf } from '../registry/command.ts';
import { evolve } from '../registry/evolve.ts';
import { transactionPath } from '../registry/layout.ts';
import type { LedgerEvent, LedgerEventData, ModelState, Transaction } from '../registry/ledger.ts';
import { operationFactsOf, operationId } from '../registry/operation.ts';
import { propose } from '../registry/propose.ts';
import { finish, type Steps } from '../registry/steps.ts';
import { emptyState } from '../registry/stream.ts';
import type { Entry } from './entries.ts';
import { digestOfDecision, hashEvent } from './hash.ts';
import { ledgerFinding } from './verification.ts';

export interface Chain {
  readonly states: ReadonlyMap<string, ModelState>;
  /** Recomputed, in the order of the whole ledger. */
  readonly hashes: readonly Digest[];
  readonly events: readonly LedgerEvent[];
  readonly findings: readonly Finding[];
}

/** Called with each transaction and the model's state before it; says what is wrong with its decision. */
export type CheckDecision = (entry: Entry, before: ModelState) => readonly Finding[];

/**
 * Walks all entries in order: numbers, file names, hashes, links, operations, legality of every event.
 * After a fault it goes on from what is there, so that one edit does not hide another.
 */
export const checkChain = (entries: readonly Entry[], checkDecision: CheckDecision): Chain =>
  finish(checkEachLink(entries, checkDecision));

/** The same, a step for each entry. */
export function* checkEachLink(entries: readonly Entry[], checkDecision: CheckDecision): Steps<Chain> {
  const walk = new Walk();
  for (const entry of entries) {
    walk.transaction(entry, checkDecision);
    yield;
  }
  return { states: walk.states, hashes: walk.hashes, events: walk.events, findings: walk.findings };
}

class Walk {
  readonly states = new Map<string, ModelState>();
  readonly hashes: Digest[] = [];
  readonly events: LedgerEvent[] = [];
  readonly findings: Finding[] = [];
  private readonly lastPaths = new Map<string, string>();
  private next = 0;

  transaction(entry: Entry, checkDecision: CheckDecision): void {
    const { path, transaction } = entry;
    const model = transaction.stream.slice('model/'.length);
    const before = this.states.get(model) ?? emptyState(model);
    const start = this.findings.length;
    this.place(entry, before);
    this.decision(entry);
    for (const event of transaction.events) this.event(event, path, transaction, model);
    if (this.findings.length > start) return;
    this.findings.push(...legality(entry, before), ...checkDecision(entry, before));
  }

  /** Is this file where its number says, and does its number follow? */
  private place({ path, transaction }: Entry, before: ModelState): void {
    const { stream, first, gfirst, events } = transaction;
    const expected = transactionPath(stream.slice('model/'.length), first);
    if (path !== expected) {
      const message = `${path} holds the transaction that belongs into ${expected}`;
      this.report('entry-misplaced', path, message, path, expected);
    }
    if (gfirst > this.next) {
      const range =
        gfirst - this.next === 1 ? `entry ${this.next} is` : `entries ${this.next} to ${gfirst - 1} are`;
      this.report(
        'entry-missing',
        path,
        `${range} missing before ${path}`,
        `entry ${gfirst}`,
        `entry ${this.next}`,
      );
    }
    if (gfirst < this.next) {
      const message = `${path} claims entry ${gfirst}, which is there already`;
      this.report('entry-twice', path, message, `entry ${gfirst}`, `entry ${this.next}`);
    }
    if (first !== before.lastSeq + 1) {
      const message = `${path} begins with event ${first} of ${stream}; event ${before.lastSeq + 1} is next`;
      this.report('entry-sequence', path, message, `${first}`, `${before.lastSeq + 1}`);
    }
    events.forEach((event, at) => {
      if (event.seq === first + at && event.gseq === gfirst + at && event.stream === stream) return;
      const found = `${event.stream} ${event.seq} (${event.gseq})`;
      const allowed = `${stream} ${first + at} (${gfirst + at})`;
      this.report('entry-sequence', path, `event ${at} of ${path} is numbered ${found}`, found, allowed);
    });
    this.next = gfirst + events.length;
  }

  private event(event: LedgerEvent, path: string, transaction: Transaction, model: string): void {
    const hash = hashEvent(event);
    const name = `entry ${event.gseq} (${event.stream} ${event.seq}, ${event.data.type})`;
    if (hash !== event.hash) {
      this.report(
        'entry-hash',
        path,
        `${name} was edited: its content hashes to something else`,
        hash,
        event.hash,
      );
    }
    const state = this.states.get(model) ?? emptyState(model);
    if (event.prev !== state.lastHash) this.link(event, name, path, state);
    this.operation(event, name, path, transaction, model);
    this.hashes.push(hash);
    this.events.push(event);
    this.lastPaths.set(model, path);
    this.states.set(model, this.fold(state, event, path));
  }

  private link(event: LedgerEvent, name: string, path: string, state: ModelState): void {
    const before = state.lastSeq;
    const message =
      before < 0
        ? `${name} is not the beginning of its stream`
        : `event ${before} of ${event.stream} was replaced: ${name} names another hash for it`;
    this.report('entry-link', this.lastPaths.get(state.model) ?? path, message, state.lastHash, event.prev);
  }

  private operation(event: LedgerEvent, name: string, path: string, tx: Transaction, model: string): void {
    const [cause = event] = tx.events;
    const expected = operationId(operationFactsOf(model, cause.data, cause.source));
    if (event.operation !== expected) {
      this.report('entry-operation', path, `${name} belongs to another operation`, event.operation, expected);
    }
  }

  /** What the transaction carries beside its events must be what its events were written on. */
  private decision({ path, transaction }: Entry): void {
    const decision = digestOfDecision(transaction);
    const other = transaction.events.find((event) => event.decision !== decision);
    if (!other) return;
    const message = `the decision or the evidence beside entry ${other.gseq} (${other.data.type}) was edited`;
    this.report('entry-decision', path, message, decision, other.decision);
  }

  private fold(state: ModelState, event: LedgerEvent, path: string): ModelState {
    try {
      return evolve(state, event);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.report('entry-illegal', path, error.message);
      return { ...state, lastSeq: event.seq, lastHash: event.hash, lastAt: event.at };
    }
  }

  private report(code: string, path: string, message: string, found?: string, allowed?: string): void {
    const facts = found === undefined || allowed === undefined ? {} : { found, allowed };
    this.findings.push(ledgerFinding(code, path, message, facts));
  }
}

/** Proposed again for the state before it, the command must give exactly these events, none more, none less. */
function legality({ path, transaction }: Entry, before: ModelState): readonly Finding[] {
  const written = transaction.events.map(({ data }) => data);
  const message = `${path} holds events that no command gives`;
  try {
    const command = commandOf(written);
    const proposed = command === null ? [] : propose(command, before);
    if (canonicalJson(proposed) === canonicalJson(written)) return [];
    return [
      ledgerFinding('entry-illegal', path, message, { found: typesOf(written), allowed: typesOf(proposed) }),
    ];
  } catch (error) {
    if (!(error instanceof GatehouseError)) throw error;
    return [ledgerFinding('entry-illegal', path, `${message}: ${error.message}`)];
  }
}

const typesOf = (events: readonly LedgerEventData[]): string =>
  events.map(({ type }) => type).join(', ') || 'none';

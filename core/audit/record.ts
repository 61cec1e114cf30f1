import type { LedgerCommand } from '../registry/command.ts';
import { frontPagePath, type LedgerLayout } from '../registry/layout.ts';
import type { LedgerEvent, LedgerHead, ModelState } from '../registry/ledger.ts';
import { operationId, wasRecorded } from '../registry/operation.ts';
import { propose } from '../registry/propose.ts';
import { type LedgerRenderers, renderModelFiles } from '../registry/render.ts';
import { emptyState } from '../registry/stream.ts';
import { appendTransaction, type TransactionFacts } from './append.ts';

/** The whole ledger as it was read at one commit. */
export interface LedgerSnapshot {
  readonly head: LedgerHead;
  readonly states: ReadonlyMap<string, ModelState>;
}

export interface RecordRequest {
  readonly model: string;
  readonly command: LedgerCommand;
  readonly facts: TransactionFacts;
}

export interface Recorded {
  /** path -> text of every file that is new or different: the additions of ONE commit. Nothing is ever deleted. */
  readonly files: ReadonlyMap<string, string>;
  readonly snapshot: LedgerSnapshot;
  readonly events: readonly LedgerEvent[];
}

/** Transactions that follow a snapshot, before any registry file is rendered from them. */
export interface Appending {
  /** path -> text of the transactions, their operations and HEAD.json. */
  readonly files: ReadonlyMap<string, string>;
  readonly snapshot: LedgerSnapshot;
  readonly events: readonly LedgerEvent[];
}

/**
 * Makes the content of one ledger commit: each request becomes one transaction, in order, and every registry file that
 * it changes is rendered again.
 * @throws ConflictError LEDGER_CHAMPION_MOVED, LEDGER_STAGE_MOVED, LEDGER_OPERATION_KNOWN
 * @throws InputError see `propose` and `appendTransaction`
 */
export function recordRequests(
  snapshot: LedgerSnapshot,
  requests: readonly RecordRequest[],
  layout: LedgerLayout,
  renderers: LedgerRenderers,
): Recorded {
  return renderAppending(snapshot, appendRequests(snapshot, requests), layout, renderers);
}

/**
 * Chains the requests of one pull request to the ledger, all or none.
 * @throws as `recordRequests`
 */
export function appendRequests(snapshot: LedgerSnapshot, requests: readonly RecordRequest[]): Appending {
  let { head } = snapshot;
  const states = new Map(snapshot.states);
  const files = new Map<string, string>();
  const events: LedgerEvent[] = [];
  for (const { model, command, facts } of requests) {
    const state = states.get(model) ?? emptyState(model);
    const appended = appendTransaction(
      head,
      state,
      propose(continued(command, snapshot.states.get(model), state), state),
      facts,
    );
    head = appended.head;
    states.set(model, appended.state);
    events.push(...appended.events);
    for (const [path, text] of appended.files) files.set(path, text);
  }
  return { files, snapshot: { head, states }, events };
}

/** Adds every registry file that is different after the transactions: each once, however many there were. */
export function renderAppending(
  before: LedgerSnapshot,
  appending: Appending,
  layout: LedgerLayout,
  renderers: LedgerRenderers,
): Recorded {
  const { snapshot, events } = appending;
  const files = new Map(appending.files);
  for (const [model, after] of snapshot.states) {
    const earlier = before.states.get(model);
    if (after !== earlier) addChanged(files, earlier, after, renderers);
  }
  const sorted = [...snapshot.states.values()].sort((a, b) => (a.model < b.model ? -1 : 1));
  files.set(frontPagePath(layout), renderers.readme(sorted));
  return { files, snapshot, events };
}

/** True when the ledger has done what a merge asks for, even if it was undone since: it is never done twice. */
export function isInLedger({ states }: LedgerSnapshot, { model, command, facts }: RecordRequest): boolean {
  const state = states.get(model);
  if (state === undefined) return false;
  const { repositoryId, pullRequest, mergeSha } = facts.source;
  if (command.kind === 'review-break-glass') {
    const used = command.pullRequest;
    const own = { kind: 'break-glass-reviewed', repositoryId, model, used, mergeSha } as const;
    return state.operations.has(operationId(own));
  }
  if (command.kind !== 'register' && command.kind !== 'move') return false;
  const common = { repositoryId, pullRequest, mergeSha, model };
  if (command.kind === 'register') {
    const artifactDigest = command.record.artifact.digest;
    return wasRecorded(state, { ...common, artifactDigest, from: null, to: 'registered', endpoint: null });
  }
  const { version, from, to, endpoint } = command;
  return wasRecorded(state, { ...common, version, from, to, endpoint });
}

/** A request for two endpoints: once promoted at the first one, the version comes from production at the second. */
function continued(command: LedgerCommand, before: ModelState | undefined, now: ModelState): LedgerCommand {
  if (command.kind !== 'move' || command.to !== 'production') return command;
  const seen = before?.versions.get(command.version)?.stage;
  const isPromoted = now.versions.get(command.version)?.stage === 'production';
  return seen === command.from && isPromoted ? { ...command, from: 'production' } : command;
}

function addChanged(
  files: Map<string, string>,
  before: ModelState | undefined,
  after: ModelState,
  renderers: LedgerRenderers,
): void {
  const old: ReadonlyMap<string, string> = before ? renderModelFiles(before, renderers) : new Map();
  for (const [path, text] of renderModelFiles(after, renderers)) {
    if (old.get(path) !== text) files.set(path, text);
  }
}

import { emptyHead, extendHead } from '../../core/audit/merkle.ts';
import { parseTransaction } from '../../core/audit/transaction.ts';
import { ServiceError } from '../../core/error/error.ts';
import { decide } from '../../core/policy/decide.ts';
import type { DecisionInput } from '../../core/policy/decision.ts';
import {
  cardPath,
  endpointPath,
  frontPagePath,
  headPath,
  operationPath,
  statePath,
  statusPath,
  transactionPath,
  versionPath,
} from '../../core/registry/layout.ts';
import type { LedgerEvent } from '../../core/registry/ledger.ts';
import { renderCheck } from '../../core/report/check.ts';
import type { Report } from '../../core/report/report.ts';
import type { BotDeps } from '../deps.ts';
import type { MergeFacts } from '../gather/facts.ts';
import type { Sources } from '../gather.ts';
import type { ProvenLedger } from '../ledger/ledger-book.ts';
import { toCheck } from '../publish/check.ts';
import { commentOf } from '../publish/comment.ts';
import { toChampion, toLooks } from '../publish/report.ts';
import { eventsOf } from './commands.ts';

/** What the entry of a merge rests on, and the commit of the ledger that holds it. */
export interface RecordedEntry {
  readonly input: DecisionInput;
  readonly commit: string;
}

/**
 * Anchors what was recorded for a merge and shows it. Everything shown is what the ledger holds, so that a look after a
 * crash shows the same.
 * @param written what was written just now; absent: it is read back
 */
export async function publishRecorded(
  deps: BotDeps,
  sources: Sources,
  facts: MergeFacts,
  written?: RecordedEntry,
): Promise<void> {
  const { ledger, commits, pull } = facts;
  const events = eventsOf(facts);
  const last = events.at(-1);
  if (last === undefined || commits.merge === null) throw notThere(pull.number);
  if (ledger.anchored <= last.gseq) await deps.ledgerWriter.ensureAnchor(deps, ledger, commits.merge);
  const entry = written ?? (await readEntry(sources, facts, events));
  const report = toReport(deps, entry, facts, events);
  await deps.writer.upsertComment(pull.number, commentOf(report));
  await deps.writer.upsertCheck(toCheck(report.headSha, report.decision.subject, renderCheck(report)));
}

async function readEntry(
  { reader }: Sources,
  { ledger, pull }: MergeFacts,
  events: readonly LedgerEvent[],
): Promise<RecordedEntry> {
  const path = entryPath(events[0], ledger);
  const bytes = ledger.commit === null ? null : await reader.file(path, ledger.commit);
  if (bytes === null || ledger.commit === null) throw notThere(pull.number);
  const { decisionInput } = parseTransaction(new TextDecoder().decode(bytes), path);
  const [written] = await reader.commitsOf(ledger.commit, 1, path);
  // Proven with the ledger: these are the bytes that we gave `decide` when it was recorded.
  return { input: decisionInput as DecisionInput, commit: written?.sha ?? ledger.commit };
}

function toReport(
  deps: BotDeps,
  { input, commit }: RecordedEntry,
  facts: MergeFacts,
  events: readonly LedgerEvent[],
): Report {
  const { ledger, pull, repository } = facts;
  const last = events.at(-1);
  const before = ledger.events.slice(0, (last?.gseq ?? -1) + 1);
  const from = ledger.before !== undefined && ledger.before.size <= before.length ? ledger.before : emptyHead;
  const hashes = before.slice(from.size).map(({ hash }) => hash);
  const { size, root } = extendHead(from, hashes);
  return {
    input,
    decision: decide(input),
    pullRequest: pull.number,
    headSha: facts.commits.head,
    run: runOf(input, repository.url),
    repositoryUrl: repository.url,
    baseSha: facts.commits.base,
    tried: [],
    ...toLooks(input, before, pull.number),
    // A record never changes: it says the same as before the merge.
    ...toChampion(input, ledger.snapshot),
    updatedAt: deps.now(),
    recorded: {
      ledgerUrl: `${repository.url}/commit/${commit}`,
      files: filesOf(events, ledger),
      size,
      root,
    },
  };
}

/** The run that the decision rested on, as the report before the merge named it. */
function runOf(input: DecisionInput, repositoryUrl: string): Report['run'] {
  const origin = input.judgement?.origin ?? input.validation?.origin;
  const id = origin?.runId ?? input.runs[0]?.id;
  if (id === undefined) return null;
  return { id, attempt: origin?.runAttempt ?? 1, url: `${repositoryUrl}/actions/runs/${id}` };
}

/** A transaction's file carries the number of its first event: the newest file that is not after this event. */
function entryPath(event: LedgerEvent | undefined, ledger: ProvenLedger): string {
  const model = modelOf(event);
  const first = ledger.events.find(
    ({ stream, operation }) => stream === event?.stream && operation === event.operation,
  );
  return transactionPath(model, first?.seq ?? 0);
}

function filesOf(events: readonly LedgerEvent[], ledger: ProvenLedger): readonly string[] {
  const model = modelOf(events[0]);
  const paths = events.flatMap((event) => {
    const { data } = event;
    return [
      ...(data.type === 'VersionRegistered' ? [versionPath(model, data.record.version)] : []),
      ...('endpoint' in data && data.endpoint !== null ? [endpointPath(data.endpoint, model)] : []),
      entryPath(event, ledger),
      operationPath(model, event.operation),
    ];
  });
  const always = [
    statePath(model),
    statusPath(model),
    cardPath(model),
    headPath,
    frontPagePath(ledger.layout),
  ];
  return [...new Set([...paths, ...always])].sort();
}

const modelOf = (event: LedgerEvent | undefined): string => event?.stream.slice('model/'.length) ?? '';

function notThere(number: number): ServiceError {
  return new ServiceError(
    'LEDGER_ENTRY_GONE',
    `What pull request ${number} recorded could not be read back`,
    {
      hint: 'Look again; if it stays so, run "gatehouse verify".',
    },
  );
}

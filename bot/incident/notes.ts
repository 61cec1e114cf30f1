import type { LedgerSnapshot, RecordRequest } from '../../core/audit/record.ts';
import type { Finding } from '../../core/finding/finding.ts';
import { type IncidentCommand, incidentEventOf, repositoryBook } from '../../core/registry/incident.ts';
import type { LedgerEvent, Person } from '../../core/registry/ledger.ts';
import { operationFactsOf, operationId } from '../../core/registry/operation.ts';
import type { BotDeps } from '../deps.ts';
import type { LedgerPlace, ProvenLedger } from '../ledger/ledger-book.ts';

/** One fact about the repository that the ledger keeps: an incident, its end, a correction. */
export interface Note {
  readonly command: IncidentCommand;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly by: Person;
  readonly source: LedgerEvent['source'];
}

/** The request that writes a note: it rests on no decision, and nobody approves it. */
export function toRequest({ command, at, by, source }: Note): RecordRequest {
  const facts = { at, actor: by, source, approvals: [], decisionInput: null, sealed: [] };
  return { model: repositoryBook, command, facts };
}

/** True when the ledger says it already. */
export function isNoted({ states }: Pick<LedgerSnapshot, 'states'>, { command, source }: Note): boolean {
  const operation = operationId(operationFactsOf(repositoryBook, incidentEventOf(command), source));
  return states.get(repositoryBook)?.operations.has(operation) === true;
}

/** Where a note is written, and where people read about it. */
export interface NotePlace {
  readonly place: LedgerPlace;
  readonly headline: string;
  readonly url: string;
  /** Of a merge (`orderOf`): what was merged first is written first, whatever is written about it. */
  readonly order?: string;
  /** Commit of the base branch that carries the anchor. */
  readonly anchorOn: string;
}

/**
 * Writes notes into the ledger, each once however often it is asked for: what is there already is left out.
 * @throws InputError LEDGER_FROZEN; ConflictError when others kept winning
 */
export async function writeNotes(
  deps: BotDeps,
  where: NotePlace,
  notes: readonly Note[],
): Promise<ProvenLedger> {
  const { commit, ledger } = await deps.ledgerWriter.write(deps, {
    ...where,
    plan: (snapshot) => notes.filter((note) => !isNoted(snapshot, note)).map(toRequest),
  });
  deps.log.info({ commit, notes: notes.map(({ command }) => command.kind) }, 'noted');
  return ledger;
}

const mostCodes = 20;

/** Codes of findings, each once: ours, and no text of people. */
export const codesOf = (findings: readonly Pick<Finding, 'code'>[]): readonly string[] =>
  [...new Set(findings.map(({ code }) => code))]
    .filter((code) => /^[a-z0-9/-]{1,80}$/.test(code))
    .sort()
    .slice(0, mostCodes);

/** The app itself, for what it does by itself. */
export const appPerson = ({ identity }: BotDeps): Person => ({
  id: identity.botId,
  login: identity.botLogin,
  kind: 'Bot',
});

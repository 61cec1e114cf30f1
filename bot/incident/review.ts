import type { GitHubReader } from '../../adapters/github/reader.ts';
import { modelOfStages, stagesPath } from '../../core/config/layout.ts';
import type { Policy } from '../../core/config/policy.ts';
import { parseStages } from '../../core/config/stages-file.ts';
import { GatehouseError, InputError } from '../../core/error/error.ts';
import { differencesToLedger } from '../../core/registry/alignment.ts';
import {
  type Incident,
  type IncidentEnd,
  incidentsOf,
  isIncidentEvent,
  isOpen,
  repositoryBook,
} from '../../core/registry/incident.ts';
import { endOf } from '../../core/registry/incident-end.ts';
import { emptyState, streamOf } from '../../core/registry/stream.ts';
import { incidentEndWords } from '../../core/report/incident-words.ts';
import type { BotDeps } from '../deps.ts';
import { findLastPolicy } from '../gather/last-policy.ts';
import { toText } from '../gather/text.ts';
import type { LedgerPlace, ProvenLedger } from '../ledger/ledger-book.ts';
import { readGovernedChange } from './governed-read.ts';
import { closeMark } from './marks.ts';
import { appPerson, type Note, writeNotes } from './notes.ts';
import { isKnown } from './policy-fault.ts';

/** Open incidents that are looked at in one go, oldest first. */
const maxReviewed = 50;
/** A branch is read as it was before for some seconds: what came to it then looks as if it was taken back. */
const newForMs = 60_000;

export interface ReviewInput {
  readonly reader: GitHubReader;
  readonly place: LedgerPlace;
  readonly ledger: ProvenLedger;
  /** Of the default branch; the last readable one while that cannot be read. */
  readonly policy: Policy;
}

/** Closes incidents that are over: the mark on their commit first, then the ledger, so that a crash leaves them open. */
export async function closeIncidents(deps: BotDeps, input: ReviewInput): Promise<void> {
  const { reader, place, ledger } = input;
  const open = incidentsOf(ledger.snapshot.states)
    .filter(isOpen)
    .filter(({ at }) => !(Math.abs(Date.parse(deps.now()) - Date.parse(at)) < newForMs))
    .slice(0, maxReviewed);
  const notes: Note[] = [];
  for (const incident of open) {
    const end = await tryEnd(deps, input, incident);
    if (end === null) continue;
    await closeMark(deps, incident.commit, incident.pullRequest ?? 'push', incidentEndWords(end));
    notes.push(await toNote(deps, reader, incident, end));
  }
  const tip = await reader.branchHead(place.anchorBranch);
  if (notes.length === 0 || tip === null) return;
  const { url } = await reader.repository();
  const headline = `Close ${notes.length === 1 ? 'an incident' : `${notes.length} incidents`}`;
  await writeNotes(deps, { place, headline, url, anchorOn: tip }, notes);
}

/** One whose commits cannot be read any more stays open, and holds up no other. */
async function tryEnd(deps: BotDeps, input: ReviewInput, incident: Incident): Promise<IncidentEnd | null> {
  try {
    return await readEnd(input, incident);
  } catch (error) {
    if (!(error instanceof GatehouseError) || error.kind === 'conflict') throw error;
    deps.log.warn({ incident: incident.number, code: error.code }, 'an incident could not be reviewed');
    return null;
  }
}

async function readEnd(input: ReviewInput, incident: Incident): Promise<IncidentEnd | null> {
  const { reader, ledger, policy } = input;
  const tip = await reader.branchHead(incident.baseRef);
  if (tip === null) return null;
  const { changed } = await readGovernedChange(reader, incident.base, incident.commit);
  const models = new Set(changed.flatMap(({ path }) => modelOfStages(path) ?? []));
  const aligned = new Set<string>();
  for (const model of models) if (await isAligned(reader, ledger, model, tip)) aligned.add(model);
  return endOf(incident, {
    changed,
    tip: await reader.tree(tip),
    ...(await recordsOf(reader, ledger, incident)),
    aligned,
    mended: (await findLastPolicy(reader, tip)) === null && (await isKnown({ reader }, policy)),
  });
}

async function recordsOf(
  reader: GitHubReader,
  { events }: ProvenLedger,
  { number, commit, pullRequest, model }: Incident,
) {
  const opened = events.find(({ stream, seq }) => stream === streamOf(repositoryBook) && seq === number);
  const after = events.filter(({ gseq, data }) => gseq > (opened?.gseq ?? 0) && !isIncidentEvent(data));
  const registered = after.filter(
    ({ stream, data }) => model !== null && data.type === 'VersionRegistered' && stream === streamOf(model),
  );
  return {
    recorded: after.some(
      ({ source, data }) =>
        source.mergeSha === commit && source.pullRequest === pullRequest && data.type !== 'HeldOutUsed',
    ),
    registeredLater: await someHolds(
      reader,
      registered.map(({ source }) => source.mergeSha),
      commit,
    ),
  };
}

/** Recorded later is not merged later, nor on the same branch: what was judged must have had it in its history. */
async function someHolds(
  reader: Pick<GitHubReader, 'mergeBase'>,
  merges: readonly string[],
  commit: string,
): Promise<boolean> {
  for (const merge of merges)
    if (merge !== commit && (await reader.mergeBase(merge, commit)) === commit) return true;
  return false;
}

async function isAligned(
  reader: GitHubReader,
  { snapshot }: ProvenLedger,
  model: string,
  tip: string,
): Promise<boolean> {
  const path = stagesPath(model);
  const bytes = await reader.file(path, tip);
  const text = bytes === null ? null : toText(bytes);
  if (text === null) return false;
  try {
    const state = snapshot.states.get(model) ?? emptyState(model);
    return differencesToLedger(parseStages(text, path), state).length === 0;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

async function toNote(
  deps: BotDeps,
  reader: GitHubReader,
  { number, commit, pullRequest }: Incident,
  because: IncidentEnd,
): Promise<Note> {
  return {
    command: { kind: 'close-incident', incident: number, because },
    at: deps.now(),
    by: appPerson(deps),
    source: {
      repositoryId: (await reader.repository()).id,
      pullRequest: pullRequest ?? 0,
      ...{ headSha: commit, mergeSha: commit },
    },
  };
}

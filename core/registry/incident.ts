import { InputError } from '../error/error.ts';
import type { LedgerCommand } from './command.ts';
import { illegalEvent } from './illegal-event.ts';
import type { LedgerEvent, LedgerEventData, ModelState, Person } from './ledger.ts';

/**
 * Name of the stream for what concerns the repository and no single model: incidents, and corrections of the ledger
 * itself. No model can have it: names of models do not begin with an underscore.
 */
export const repositoryBook = '_repository';

/** Why something on the base branch is not in the ledger. A list of ours: no text of people gets into the chain. */
export const incidentReasons = [
  /** Merged although a rule refused it. */
  'refused',
  /** Merged before it was approved, or before its time. */
  'waiting',
  /** Merged while nobody could judge it. */
  'not evaluated',
  /** The policy that was merged onto cannot be read. */
  'policy unreadable',
  /** The policy that was merged onto names governors that GitHub does not know. */
  'governors unknown',
  /** Pushed to the base branch without a pull request. */
  'pushed past',
] as const;
export type IncidentReason = (typeof incidentReasons)[number];

/** How an incident ended. */
export const incidentEnds = [
  /** The ledger holds it now, or a later registration of the same model. */
  'recorded',
  /** What went past the gate no longer stands on the base branch. */
  'taken back',
  /** The file that asks for stages says what the ledger says. */
  'aligned',
  /** Policy and governors can be read again. */
  'mended',
] as const;
export type IncidentEnd = (typeof incidentEnds)[number];

/** Something went past the gate: it stands on the base branch and not in the ledger. */
export interface Incident {
  /** Number of the event that opened it: the incident's name for good. */
  readonly number: number;
  /** When it was merged, or pushed. */
  readonly at: string;
  /** Who merged, or pushed. */
  readonly by: Person;
  readonly reason: IncidentReason;
  readonly model: string | null;
  /** null: there was none. */
  readonly pullRequest: number | null;
  /** The merge commit, or the one that was pushed. */
  readonly commit: string;
  /** Branch that it stands on. */
  readonly baseRef: string;
  /** What it was put onto. */
  readonly base: string;
  /** Codes of what was found. */
  readonly codes: readonly string[];
  readonly closed: { readonly at: string; readonly because: IncidentEnd } | null;
}

/** The tree that an anchor vouches for was put back on top of what somebody else had written. */
export interface LedgerCorrection {
  readonly number: number;
  readonly at: string;
  /** Commit whose content was put back, with so many entries. */
  readonly restored: string;
  readonly size: number;
  /** Commit that the branch pointed to. */
  readonly found: string;
  /** Commits that were not the app's: their content stands no longer, they stay in the history. */
  readonly foreign: readonly string[];
  readonly codes: readonly string[];
}

export type IncidentEventData =
  | {
      readonly type: 'MergeNotRecorded';
      readonly reason: IncidentReason;
      readonly model: string | null;
      readonly baseRef: string;
      readonly base: string;
      readonly codes: readonly string[];
    }
  | { readonly type: 'IncidentClosed'; readonly incident: number; readonly because: IncidentEnd }
  | {
      readonly type: 'LedgerCorrected';
      readonly restored: string;
      readonly size: number;
      readonly found: string;
      readonly foreign: readonly string[];
      readonly codes: readonly string[];
    };

export type IncidentCommand =
  | ({ readonly kind: 'open-incident' } & Omit<
      Extract<IncidentEventData, { type: 'MergeNotRecorded' }>,
      'type'
    >)
  | { readonly kind: 'close-incident'; readonly incident: number; readonly because: IncidentEnd }
  | ({ readonly kind: 'correct-ledger' } & Omit<
      Extract<IncidentEventData, { type: 'LedgerCorrected' }>,
      'type'
    >);

const kindOf = {
  MergeNotRecorded: 'open-incident',
  IncidentClosed: 'close-incident',
  LedgerCorrected: 'correct-ledger',
} as const;
const typeOf = {
  'open-incident': 'MergeNotRecorded',
  'close-incident': 'IncidentClosed',
  'correct-ledger': 'LedgerCorrected',
} as const;

/** True for an event that is about the repository: it moves no version and rests on no decision. */
export const isIncidentEvent = (data: LedgerEventData): data is IncidentEventData =>
  Object.hasOwn(kindOf, data.type);

export const isIncidentCommand = (command: LedgerCommand): command is IncidentCommand =>
  Object.hasOwn(typeOf, command.kind);

/** The command that this event is the answer to. */
export function incidentCommandOf({ type, ...facts }: IncidentEventData): IncidentCommand {
  return { kind: kindOf[type], ...facts } as IncidentCommand;
}

/** The event that such a command asks for. */
export function incidentEventOf({ kind, ...facts }: IncidentCommand): IncidentEventData {
  return { type: typeOf[kind], ...facts } as IncidentEventData;
}

/** @throws InputError LEDGER_INCIDENT for another stream, or an incident that is not open */
export function proposeIncident(command: IncidentCommand, state: ModelState): readonly IncidentEventData[] {
  const because = problemOf(command, state);
  if (because === null) return [incidentEventOf(command)];
  throw new InputError('LEDGER_INCIDENT', because, { hint: 'Read the ledger again and look what is open.' });
}

function problemOf(command: IncidentCommand, state: ModelState): string | null {
  if (state.model !== repositoryBook) return `incidents are kept in ${repositoryBook}, not in ${state.model}`;
  if (command.kind !== 'close-incident') return null;
  const incident = state.incidents?.get(command.incident);
  if (incident === undefined) return `there is no incident ${command.incident}`;
  return incident.closed === null ? null : `incident ${command.incident} is closed already`;
}

/** Applies an event of the repository. @throws InputError LEDGER_EVENT_ILLEGAL */
export function foldIncident(state: ModelState, event: LedgerEvent, data: IncidentEventData): ModelState {
  const problem = problemOf(incidentCommandOf(data), state);
  if (problem !== null) throw illegalEvent(event, problem);
  if (state.operations.has(event.operation)) throw illegalEvent(event, 'it was written before');
  if (event.approvals.length > 0) throw illegalEvent(event, 'nobody approves what went past the gate');
  const incidents = new Map(state.incidents);
  if (data.type === 'LedgerCorrected') {
    const { type: _, ...facts } = data;
    return {
      ...state,
      corrections: [...(state.corrections ?? []), { number: event.seq, at: event.at, ...facts }],
    };
  }
  if (data.type === 'IncidentClosed') {
    const open = incidents.get(data.incident);
    if (open !== undefined)
      incidents.set(data.incident, { ...open, closed: { at: event.at, because: data.because } });
    return { ...state, incidents };
  }
  return { ...state, incidents: incidents.set(event.seq, toIncident(event, data)) };
}

function toIncident(
  { seq, at, actor, source }: LedgerEvent,
  { reason, model, baseRef, base, codes }: Extract<IncidentEventData, { type: 'MergeNotRecorded' }>,
): Incident {
  return {
    number: seq,
    at,
    by: actor,
    reason,
    model,
    pullRequest: source.pullRequest === 0 ? null : source.pullRequest,
    commit: source.mergeSha,
    baseRef,
    base,
    codes,
    closed: null,
  };
}

/** Every incident of the ledger, oldest first. */
export function incidentsOf(states: ReadonlyMap<string, ModelState>): readonly Incident[] {
  return [...(states.get(repositoryBook)?.incidents?.values() ?? [])];
}

/** Every correction of the ledger itself, oldest first. */
export const correctionsOf = (states: ReadonlyMap<string, ModelState>): readonly LedgerCorrection[] =>
  states.get(repositoryBook)?.corrections ?? [];

export const isOpen = ({ closed }: Incident): boolean => closed === null;

/** The states of models alone. */
export const modelStates = (states: Iterable<ModelState>): readonly ModelState[] =>
  [...states].filter(({ model }) => model !== repositoryBook);

import { isAllowedMove, movesFrom } from '../change/transition.ts';
import type { Stage } from '../config/stage.ts';
import { ConflictError, InputError } from '../error/error.ts';
import type { Digest } from '../evidence/evidence.ts';
import { proposeReview } from './break-glass.ts';
import type { LedgerCommand } from './command.ts';
import { isIncidentCommand, proposeIncident } from './incident.ts';
import type { EndpointState, LedgerEventData, ModelState, VersionState } from './ledger.ts';
import { triggerProblem } from './trigger.ts';

type MoveCommand = Extract<LedgerCommand, { kind: 'move' }>;

/**
 * Turns a command into the events of one transaction, or refuses it. Pure: nothing is written here.
 * @returns events in order: a promotion is followed by the `VersionArchived` of the champion that it replaces
 * @throws ConflictError LEDGER_CHAMPION_MOVED when the champion is not the one it was compared with,
 * LEDGER_STAGE_MOVED when the version is no longer where the decision saw it: read again and decide again
 * @throws InputError LEDGER_UNKNOWN_VERSION, LEDGER_MOVE_REFUSED, LEDGER_ENDPOINT, LEDGER_NOT_PREVIOUS, LEDGER_CORRECTION,
 * LEDGER_TRIGGER, LEDGER_BREAK_GLASS
 */
export function propose(command: LedgerCommand, state: ModelState): readonly LedgerEventData[] {
  if (command.kind === 'register') return register(command, state);
  if (command.kind === 'correct') return correct(command, state);
  if (command.kind === 'use-held-out') return useHeldOut(command, state);
  if (command.kind === 'review-break-glass') return proposeReview(command, state);
  if (isIncidentCommand(command)) return proposeIncident(command, state);
  const version = versionOf(command, state);
  if (command.to === 'production') return promote(command, version, state);
  if (version.stage === 'production') return demote(command, state);
  requireAllowed(command, version.stage);
  const { from, to } = command;
  if (to === 'archived') {
    const { version: number } = command;
    return [{ type: 'VersionArchived', version: number, from, to, endpoint: null, because: 'requested' }];
  }
  return [{ type: eventOf[to], version: command.version, from, to }];
}

/** The number that the next registration gets: 1, 2, 3 ... */
export const nextVersion = (state: ModelState): number => Math.max(0, ...state.versions.keys()) + 1;

const eventOf = {
  staging: 'VersionStaged',
  candidate: 'VersionShortlisted',
  rejected: 'VersionRejected',
} as const;

function register(
  command: Extract<LedgerCommand, { kind: 'register' }>,
  state: ModelState,
): readonly LedgerEventData[] {
  if (command.record.model !== state.model) {
    throw new InputError('LEDGER_MODEL', `a record of ${command.record.model} for ${state.model}`, {
      hint: 'Pass the state of the model that the record names.',
    });
  }
  const version = nextVersion(state);
  const registered: LedgerEventData = {
    type: 'VersionRegistered',
    record: { ...command.record, v: 1, version },
  };
  if (command.stage === 'registered') return [registered];
  return [registered, { type: 'VersionStaged', version, from: 'registered', to: 'staging' }];
}

function correct(
  command: Extract<LedgerCommand, { kind: 'correct' }>,
  state: ModelState,
): readonly LedgerEventData[] {
  const { ofSeq, reason } = command;
  if (!Number.isInteger(ofSeq) || ofSeq < 0 || ofSeq > state.lastSeq) {
    throw new InputError('LEDGER_CORRECTION', `${state.model} has no event ${ofSeq} to correct`, {
      hint: `Name an event from 0 to ${state.lastSeq}.`,
    });
  }
  return [{ type: 'Correction', ofSeq, reason }];
}

/** The number that the next new result on these labels gets: 1, 2, 3 ... */
export const nextLook = (state: ModelState, heldOut: Digest): number =>
  (state.heldOut.get(heldOut)?.looks ?? 0) + 1;

function useHeldOut(
  { heldOut, result, charged }: Extract<LedgerCommand, { kind: 'use-held-out' }>,
  state: ModelState,
): readonly LedgerEventData[] {
  const look = nextLook(state, heldOut);
  return [{ type: 'HeldOutUsed', heldOut, result, look, ...(charged === undefined ? {} : { charged }) }];
}

function promote(command: MoveCommand, version: VersionState, state: ModelState): readonly LedgerEventData[] {
  const endpoint = endpointOf(command);
  requireAllowed(command, version.stage);
  const serving = state.endpoints.get(endpoint);
  const champion = serving?.champion ?? null;
  if (champion !== command.replaced) throw championMoved(command, endpoint, champion);
  if (champion === command.version) {
    throw refuse(
      'LEDGER_MOVE_REFUSED',
      command,
      `it already serves ${endpoint}`,
      'Nothing needs to be done.',
    );
  }
  if (command.rollback && serving?.previous !== command.version) {
    throw refuse(
      'LEDGER_NOT_PREVIOUS',
      command,
      `the version to return to at ${endpoint} is ${serving?.previous ? `v${serving.previous}` : 'not recorded'}`,
      'Ask for it as a promotion: every version but the recorded previous one goes through all gates.',
    );
  }
  requireTrigger(command, serving, endpoint);
  if (version.stage === 'archived' && !version.wasInProductionAt.includes(endpoint)) {
    const because = `it is archived and was never in production at ${endpoint}`;
    throw refuse(
      'LEDGER_MOVE_REFUSED',
      command,
      because,
      'Propose the model again: a new version is judged.',
    );
  }
  return promotionEvents(command, version, endpoint, champion);
}

function promotionEvents(
  command: MoveCommand,
  version: VersionState,
  endpoint: string,
  replaced: number | null,
): readonly LedgerEventData[] {
  const promoted: LedgerEventData = {
    type: command.rollback ? 'VersionRolledBack' : 'VersionPromoted',
    version: command.version,
    from: version.stage,
    to: 'production',
    endpoint,
    replaced,
    artifactDigest: version.record.artifact.digest,
    fallback: command.fallback,
    // Who promotes where nothing served leaves nothing to return to.
    ...(command.triggers === undefined || replaced === null ? {} : { triggers: command.triggers }),
    ...(command.trigger === undefined ? {} : { trigger: command.trigger }),
  };
  const note = noteEvents(command, endpoint);
  if (replaced === null) return [promoted, ...note];
  const because = command.rollback ? 'rolled back' : 'replaced';
  const leaves = { version: replaced, from: 'production', to: 'archived', endpoint, because } as const;
  return [promoted, { type: 'VersionArchived', ...leaves }, ...note];
}

const noteEvents = ({ version, breakGlass }: MoveCommand, endpoint: string): readonly LedgerEventData[] =>
  breakGlass === undefined ? [] : [{ type: 'BreakGlassUsed', version, endpoint, ...breakGlass }];

/** @throws InputError LEDGER_TRIGGER when the promotion of what serves did not approve this in advance */
function requireTrigger(command: MoveCommand, serving: EndpointState | undefined, endpoint: string): void {
  if (command.trigger === undefined) return;
  const problem = command.rollback ? triggerProblem(command.trigger, serving) : 'a trigger promotes nothing';
  if (problem === null) return;
  throw refuse(
    'LEDGER_TRIGGER',
    command,
    `${endpoint} does not return by itself: ${problem}`,
    'Ask for the rollback in a pull request: a person decides.',
  );
}

function demote(command: MoveCommand, state: ModelState): readonly LedgerEventData[] {
  requireAllowed(command, 'production');
  const endpoint = endpointOf(command);
  const champion = state.endpoints.get(endpoint)?.champion ?? null;
  if (champion !== command.version) throw championMoved(command, endpoint, champion);
  const { version } = command;
  return [
    { type: 'VersionArchived', version, from: 'production', to: 'archived', endpoint, because: 'demoted' },
  ];
}

function versionOf(command: MoveCommand, state: ModelState): VersionState {
  const version = state.versions.get(command.version);
  if (!version) {
    const known = [...state.versions.keys()].map((number) => `v${number}`).join(', ') || 'none';
    throw refuse('LEDGER_UNKNOWN_VERSION', command, 'the ledger does not know it', `Known: ${known}.`, state);
  }
  if (version.stage !== command.from) {
    throw new ConflictError(
      'LEDGER_STAGE_MOVED',
      `v${command.version} of ${state.model} is ${version.stage}; the decision saw it ${command.from}`,
      { hint: 'Read the ledger again and decide again.' },
    );
  }
  return version;
}

function requireAllowed(command: MoveCommand, from: Stage): void {
  if (isAllowedMove(from, command.to)) return;
  const options = movesFrom(from);
  const hint = options.length > 0 ? `From ${from} it may go to ${options.join(', ')}.` : `${from} is final.`;
  throw refuse('LEDGER_MOVE_REFUSED', command, `${from} to ${command.to} is no allowed move`, hint);
}

function endpointOf(command: MoveCommand): string {
  if (command.endpoint !== null) return command.endpoint;
  throw refuse('LEDGER_ENDPOINT', command, 'no endpoint is named', 'Name the endpoint it enters or leaves.');
}

function championMoved(command: MoveCommand, endpoint: string, champion: number | null): ConflictError {
  const now = champion === null ? 'nothing' : `v${champion}`;
  const seen =
    command.to === 'production'
      ? `v${command.version} was compared with ${command.replaced === null ? 'nothing' : `v${command.replaced}`}`
      : `v${command.version} was to leave it`;
  return new ConflictError('LEDGER_CHAMPION_MOVED', `${now} serves ${endpoint} now; ${seen}`, {
    hint: 'Read the ledger again and judge against the champion of now.',
  });
}

function refuse(
  code: string,
  command: MoveCommand,
  because: string,
  hint: string,
  state?: ModelState,
): InputError {
  const of = state ? ` of ${state.model}` : '';
  return new InputError(
    code,
    `v${command.version}${of} cannot go from ${command.from} to ${command.to}: ${because}`,
    {
      hint,
    },
  );
}

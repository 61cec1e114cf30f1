import { ConflictError } from '../error/error.ts';
import { canonicalJson } from '../json/canonical.ts';
import type { DecisionInput, LedgerFacts } from '../policy/decision.ts';
import { type BreakGlassUse, usesBefore } from './break-glass.ts';
import { findLook } from './held-out-look.ts';
import type { ModelState } from './ledger.ts';
import { toLedgerFacts } from './ledger-facts.ts';

/**
 * Decides again when only the ledger may have changed since: a decision is a function of its input, so that it stands
 * while everything in the input that came from the ledger is the same. Otherwise it is sent back, to be read and judged
 * anew: it never met what is there now.
 * @param state of the model that the input is about, as the ledger is now; null: the ledger does not know it
 * @throws ConflictError LEDGER_CHAMPION_MOVED, LEDGER_STAGE_MOVED, LEDGER_LOOK_MOVED
 */
export function requireSameLedger(input: DecisionInput, state: ModelState | null): void {
  const now = toLedgerFacts(input.change, state);
  if (canonicalJson(now.champions) !== canonicalJson(input.ledger.champions))
    throw championMoved(input.ledger, now, state);
  if (canonicalJson(now.artifacts) !== canonicalJson(input.ledger.artifacts))
    throw stageMoved(input.ledger, now);
  requireSameLook(input, state);
}

/**
 * An emergency was decided knowing every other one of the ledger; any other move, those of its own model.
 * @throws ConflictError LEDGER_EMERGENCY_MOVED
 */
export function requireSameUses(input: DecisionInput, states: ReadonlyMap<string, ModelState>): void {
  const { change, breakGlass, now = '' } = input;
  const isCounted = ({ model }: BreakGlassUse): boolean =>
    breakGlass?.asked !== undefined || (change.kind === 'request' && model === change.model);
  const uses = usesBefore(states.values(), now).filter(isCounted);
  if (canonicalJson(uses) === canonicalJson((breakGlass?.uses ?? []).filter(isCounted))) return;
  throw new ConflictError('LEDGER_EMERGENCY_MOVED', 'Another emergency was recorded or reviewed meanwhile', {
    hint: 'Read the ledger again and decide again.',
  });
}

function requireSameLook({ judgement, repositoryId, heldOutLook }: DecisionInput, state: ModelState | null) {
  if (judgement === null || heldOutLook === undefined) return;
  const look = findLook(judgement, repositoryId, state);
  if (look === null || look.number === heldOutLook) return;
  throw new ConflictError(
    'LEDGER_LOOK_MOVED',
    `It was decided as look ${heldOutLook} on the held-out set and is look ${look.number} now`,
    { hint: 'Read the ledger again and decide again.' },
  );
}

function championMoved(before: LedgerFacts, now: LedgerFacts, state: ModelState | null): ConflictError {
  const endpoints = [...before.champions, ...now.champions].map(({ endpoint }) => endpoint);
  const versionAt = (facts: LedgerFacts, at: string) =>
    facts.champions.find(({ endpoint }) => endpoint === at)?.version;
  const moved = endpoints.find((at) => versionAt(before, at) !== versionAt(now, at)) ?? endpoints[0] ?? '';
  const by = state?.endpoints.get(moved)?.by.pullRequest;
  const since = by === undefined ? '' : ` since pull request ${by}`;
  return new ConflictError(
    'LEDGER_CHAMPION_MOVED',
    `${nameOf(versionAt(now, moved))} serves ${moved}${since}; this was decided when ${nameOf(versionAt(before, moved))} served there`,
    { hint: 'Read the ledger again and judge against the champion of now.' },
  );
}

function stageMoved(before: LedgerFacts, now: LedgerFacts): ConflictError {
  const changed = before.artifacts.find(
    (each) =>
      canonicalJson(each) !==
      canonicalJson(now.artifacts.find(({ version }) => version === each.version) ?? null),
  );
  const version = changed?.version ?? now.artifacts[0]?.version;
  const stage = now.artifacts.find((each) => each.version === version)?.stage ?? 'unknown';
  return new ConflictError(
    'LEDGER_STAGE_MOVED',
    `v${version} is ${stage} now; the decision saw it ${changed?.stage ?? 'unknown'}`,
    { hint: 'Read the ledger again and decide again.' },
  );
}

const nameOf = (version: number | undefined): string => (version === undefined ? 'nothing' : `v${version}`);

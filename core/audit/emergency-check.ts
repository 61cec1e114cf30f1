import { canonicalJson } from '../json/canonical.ts';
import type { Decision, DecisionInput } from '../policy/decision.ts';
import { breakGlassNoteOf, preApprovedTriggers } from '../policy/emergency-note.ts';
import { usesBefore } from '../registry/break-glass.ts';
import type { LedgerEvent, ModelState } from '../registry/ledger.ts';

type Replayed = Pick<Decision, 'kind' | 'passedOver'>;

/**
 * Compares what was written about an emergency, its review and triggers with what the decision says: was the glass broken
 * as it was decided, is a promotion covered by the triggers of that time, was every use of this model told of?
 * @param decisionInput a decision was made of it: its shape held so far
 */
export function emergencyProblems(
  events: readonly LedgerEvent[],
  decisionInput: unknown,
  replayed: Replayed,
  before: ModelState,
): readonly string[] {
  try {
    const input = decisionInput as DecisionInput;
    return [
      ...noteProblems(events, input, replayed),
      ...triggerProblems(events, input),
      ...useProblems(events, input, before),
      ...reviewProblems(events, input, before),
    ];
  } catch (error) {
    if (error instanceof Error) return [`what it says of an emergency cannot be read: ${error.message}`];
    throw error;
  }
}

const isSame = (a: unknown, b: unknown): boolean => canonicalJson(a ?? null) === canonicalJson(b ?? null);

function noteProblems(
  events: readonly LedgerEvent[],
  input: DecisionInput,
  replayed: Replayed,
): readonly string[] {
  const moves = events.filter(
    ({ data }) => data.type === 'VersionPromoted' || data.type === 'VersionRolledBack',
  );
  const used = events.flatMap(({ data }) => (data.type === 'BreakGlassUsed' ? [data] : []));
  const expected = breakGlassNoteOf(input, replayed);
  if (expected === null)
    return used.length === 0 ? [] : ['it says that the glass was broken, and it was not'];
  if (used.length !== moves.length) return ['it hides that the glass was broken'];
  return used.every(({ type: _, version: __, endpoint: ___, ...note }) => isSame(note, expected))
    ? []
    : ['it says of the emergency what was not decided'];
}

function triggerProblems(events: readonly LedgerEvent[], input: DecisionInput): readonly string[] {
  return events.flatMap(({ data }) => {
    if (data.type !== 'VersionPromoted' && data.type !== 'VersionRolledBack') return [];
    const expected =
      data.type === 'VersionPromoted' && data.replaced !== null
        ? preApprovedTriggers(input, data.endpoint)
        : [];
    return isSame(data.triggers ?? [], expected)
      ? []
      : [`it approves other triggers in advance at ${data.endpoint} than were declared`];
  });
}

/** Other models have streams of their own: of this one every use that waited or was recent must have been told of. */
function useProblems(
  [cause]: readonly LedgerEvent[],
  input: DecisionInput,
  before: ModelState,
): readonly string[] {
  // One pull request may move two endpoints: its own uses were not there when it was decided.
  const own = ({ pullRequest }: { readonly pullRequest: number }) =>
    pullRequest === cause?.source.pullRequest;
  const expected = usesBefore([before], input.now ?? '').filter((use) => !own(use));
  const told = (input.breakGlass?.uses ?? []).filter((use) => use.model === before.model && !own(use));
  return isSame(told, expected) ? [] : ['it was not told of every emergency of this model'];
}

function reviewProblems(
  events: readonly LedgerEvent[],
  input: DecisionInput,
  before: ModelState,
): readonly string[] {
  return events.flatMap(({ data }) => {
    if (data.type !== 'BreakGlassReviewed') return [];
    const isAsked = (input.breakGlass?.reviews ?? []).some(
      ({ model, pullRequest, digest }) =>
        model === before.model && pullRequest === data.pullRequest && digest === data.review,
    );
    return isAsked ? [] : [`the review of #${data.pullRequest} was not what was decided`];
  });
}

import type { Move } from '../change/change.ts';
import type { ChampionFact } from './evidence.ts';

/** True for a move up: registering, and every stage on the way to production but a return to the recorded previous. */
export function needsJudgement(move: Move): boolean {
  if (move.kind === 'registration') return true;
  return !move.rollback && (move.to === 'staging' || move.to === 'candidate' || move.to === 'production');
}

/**
 * Which champions a request has to be compared with.
 * @param moves of the request: a registration, `staging` and `candidate` meet every champion of the model; a move into
 * production meets those that it replaces
 * @returns versions ascending, each once; `null` (first) where nothing serves yet. Empty: nothing is to be judged.
 */
export function requiredComparisons(
  moves: readonly Move[],
  champions: readonly ChampionFact[],
): readonly (number | null)[] {
  const wanted = moves.filter(needsJudgement).flatMap((move): readonly (number | null)[] => {
    if (move.kind === 'stage' && move.to === 'production') {
      return [champions.find((champion) => champion.endpoint === move.endpoint)?.version ?? null];
    }
    return champions.length === 0 ? [null] : champions.map((champion) => champion.version);
  });
  return [...new Set(wanted)].sort((a, b) => (a ?? 0) - (b ?? 0));
}

import type { Stage } from '../config/stage.ts';

/**
 * Every move between two stages that can ever be made; policy may forbid more, never allow others.
 * A version enters as `registered`. `archived -> production` is further limited to endpoints where the version was in
 * production before, and `production -> production` to an endpoint where it does not serve yet.
 */
const allowedMoves: ReadonlyMap<Stage, readonly Stage[]> = new Map<Stage, readonly Stage[]>([
  ['registered', ['staging', 'archived', 'rejected']],
  ['staging', ['candidate', 'production', 'archived', 'rejected']],
  ['candidate', ['production', 'archived', 'rejected']],
  ['production', ['production', 'archived']],
  ['archived', ['production']],
  ['rejected', []],
]);

/** The stages that a version may go to from here; none when the ledger does not know where it is (null). */
export const movesFrom = (from: Stage | null): readonly Stage[] =>
  from === null ? [] : (allowedMoves.get(from) ?? []);

/** True when a version may go from one stage to the other in one move. */
export const isAllowedMove = (from: Stage | null, to: Stage): boolean => movesFrom(from).includes(to);

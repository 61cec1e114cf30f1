import type { Stage } from '../config/stage.ts';

/**
 * Every move between two stages that can ever be made; policy may forbid more, never allow others.
 * A version enters as `registered`. `archived -> production` is further limited by `evolve` to endpoints where the
 * version was in production before, and `production -> production` to an endpoint where it does not serve yet.
 */
const allowed: Readonly<Record<Stage, readonly Stage[]>> = {
  registered: ['staging', 'archived', 'rejected'],
  staging: ['candidate', 'production', 'archived', 'rejected'],
  candidate: ['production', 'archived', 'rejected'],
  production: ['production', 'archived'],
  archived: ['production'],
  rejected: [],
};

/** True when a version may go from one stage to the other in one move. */
export const isAllowedMove = (from: Stage, to: Stage): boolean => allowed[from].includes(to);

/** The stages that a version may go to from here, for messages. */
export const movesFrom = (from: Stage): readonly Stage[] => allowed[from];

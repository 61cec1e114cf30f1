/**
 * What `model.yml` declares about returning by itself: a value that is watched in production, and when it is too much.
 * Exactly one of `above` and `below` is given.
 */
export interface RollbackTrigger {
  readonly name: string;
  /** What is measured, in the words of who measures it: `error-rate`, `psi:distance`. */
  readonly metric: string;
  /** It triggers above this value, in units of the metric. */
  readonly above?: number;
  /** It triggers below this value. */
  readonly below?: number;
  /** Over how long the value is taken. */
  readonly windowMinutes: number;
  /** Endpoints that it watches; absent: all of the model. */
  readonly endpoints?: readonly string[];
}

/** The value that is not yet too much. */
export const limitOf = ({ above, below }: Pick<RollbackTrigger, 'above' | 'below'>): number =>
  above ?? below ?? Number.NaN;

/** True only for a finite value on the far side of a finite limit. */
export function isTriggered(trigger: Pick<RollbackTrigger, 'above' | 'below'>, value: number): boolean {
  const { above, below } = trigger;
  if (!Number.isFinite(value) || (above === undefined) === (below === undefined)) return false;
  if (above !== undefined) return Number.isFinite(above) && value > above;
  return below !== undefined && Number.isFinite(below) && value < below;
}

/** Triggers that watch an endpoint. */
export const triggersAt = (
  triggers: readonly RollbackTrigger[] | undefined,
  endpoint: string,
): readonly RollbackTrigger[] =>
  (triggers ?? []).filter(({ endpoints }) => endpoints === undefined || endpoints.includes(endpoint));

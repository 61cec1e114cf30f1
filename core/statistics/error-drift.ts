/** What the detector knows after some predictions whose outcome came in. */
export interface ErrorDriftState {
  /** Predictions since the last drift. */
  readonly count: number;
  readonly errors: number;
  /** Error rate and its standard error where their sum was smallest; Infinity before the first. */
  readonly leastRate: number;
  readonly leastError: number;
}

export interface ErrorDriftSettings {
  /** Nothing is said before so many predictions. */
  readonly leastCount: number;
  /** Standard errors above the smallest rate that warn. */
  readonly warning: number;
  /** Standard errors above the smallest rate that say drift. */
  readonly drift: number;
}

export const errorDriftStart: ErrorDriftState = {
  count: 0,
  errors: 0,
  leastRate: Number.POSITIVE_INFINITY,
  leastError: Number.POSITIVE_INFINITY,
};

/**
 * Drift detection method (DDM), one prediction further. A drift starts it anew.
 * @param error 1 for a wrong prediction, 0 for a right one
 * @see Gama, Medas, Castillo and Rodrigues 2004, Learning with drift detection
 */
export function followErrors(
  before: ErrorDriftState,
  error: number,
  settings: ErrorDriftSettings,
): { readonly state: ErrorDriftState; readonly verdict: 'stable' | 'warning' | 'drift' } {
  const count = before.count + 1;
  const errors = before.errors + error;
  if (count < settings.leastCount) return { state: { ...before, count, errors }, verdict: 'stable' };
  const rate = errors / count;
  const spread = Math.sqrt((rate * (1 - rate)) / count);
  const level = rate + spread;
  const isLeast = level <= before.leastRate + before.leastError;
  const [leastRate, leastError] = isLeast ? [rate, spread] : [before.leastRate, before.leastError];
  // Without any error so far the spread is 0, and every number of standard errors would be reached at once.
  const exceeds = (errorsAbove: number): boolean =>
    level > leastRate + errorsAbove * leastError && level > leastRate + leastError;
  if (exceeds(settings.drift)) return { state: errorDriftStart, verdict: 'drift' };
  const state = { count, errors, leastRate, leastError };
  return { state, verdict: exceeds(settings.warning) ? 'warning' : 'stable' };
}

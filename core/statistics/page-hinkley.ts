/** What the detector knows after some values. */
export interface PageHinkleyState {
  /** Values since the last alarm. */
  readonly count: number;
  readonly mean: number;
  /** Sum of what the values lie above their mean and the tolerance. */
  readonly sum: number;
  /** Smallest sum so far, at most 0. */
  readonly least: number;
}

export interface PageHinkleySettings {
  /** Rise of the mean that is tolerated, in the unit of the values. */
  readonly tolerance: number;
  /** The sum may rise so far above its smallest before the alarm. */
  readonly limit: number;
  /** No alarm before so many values. */
  readonly leastCount: number;
}

export const pageHinkleyStart: PageHinkleyState = { count: 0, mean: 0, sum: 0, least: 0 };

/** How far the sum has risen above its smallest. */
export function measureRise(state: PageHinkleyState): number {
  return state.sum - state.least;
}

/**
 * Page and Hinkley's test for a mean that rises, one value further. An alarm starts it anew.
 * @see Page 1954, Continuous inspection schemes
 */
export function followPageHinkley(
  before: PageHinkleyState,
  value: number,
  settings: PageHinkleySettings,
): { readonly state: PageHinkleyState; readonly alarm: boolean } {
  const count = before.count + 1;
  const mean = before.mean + (value - before.mean) / count;
  const sum = before.sum + value - mean - settings.tolerance;
  const state = { count, mean, sum, least: Math.min(before.least, sum) };
  const alarm = count >= settings.leastCount && measureRise(state) > settings.limit;
  return { state: alarm ? pageHinkleyStart : state, alarm };
}

import type { ColumnProfile } from '../profile/profile.ts';
import { meanOf, sdOf } from '../profile/statistics.ts';
import { testMeanShift } from '../statistics/mean-shift.ts';
import type { Effect } from './effect.ts';

/** Standard deviations beyond which a number no longer says anything; a constant that moved is infinitely many. */
export const mostDeviations = 1e9;

export interface ShiftColumns {
  readonly current: Pick<ColumnProfile, 'moments'>;
  readonly reference: Pick<ColumnProfile, 'moments'>;
}

const method =
  "Cohen's d: difference of the means in pooled sample standard deviations, without its sign; p: z test, two-sided";

/** The mean shift from the exact sums of a profile: it needs no distribution. */
export function measureMeanShift({ current, reference }: ShiftColumns): Effect {
  const rows = current.moments?.count ?? 0;
  const referenceRows = reference.moments?.count ?? 0;
  const sizes = { rows, referenceRows, method };
  const [now, before] = [toMoments(current), toMoments(reference)];
  // No mean on one side: nothing to compare, and fewer than two values are never enough rows.
  if (now === null || before === null) return { effect: 0, pValue: 1, ...sizes };
  if (now.mean === before.mean) return { effect: 0, pValue: 1, ...sizes };
  const { p, cohensD } = testMeanShift(before, now);
  return { effect: Math.min(mostDeviations, Math.abs(cohensD)), pValue: p, ...sizes };
}

function toMoments(column: ShiftColumns['current']) {
  const mean = meanOf(column);
  const deviation = sdOf(column);
  if (mean === null || deviation === null) return null;
  return { mean, variance: deviation ** 2, count: column.moments?.count ?? 0 };
}

import { isMeasured } from '../config/metric-form.ts';
import type { MetricResult } from '../evidence/evidence.ts';
import type { Estimate } from './estimate.ts';
import type { MeasuredMetric } from './measure-part.ts';
import { roundEnd, roundForReport } from './rounding.ts';

export interface ResultPlace {
  readonly slice: string | null;
  readonly set: MetricResult['set'];
  readonly rows: number;
}

/** Rounds a measured metric to what may leave the judge; null when the challenger has no finite value. */
export function toMetricResult(measured: MeasuredMetric, place: ResultPlace): MetricResult | null {
  const { metric, challenger } = measured;
  if (!Number.isFinite(challenger.value)) return null;
  const isKnown = Number.isFinite(measured.champion?.value) && Number.isFinite(measured.difference?.value);
  const champion = isKnown ? measured.champion : null;
  const difference = isKnown ? measured.difference : null;
  const interval = difference && toInterval(difference, unbounded);
  // Without an interval there is no test either.
  const [low, high] = difference && interval ? [difference.atLeastZero, difference.atMostZero] : [null, null];
  return {
    metric: metric.name,
    slice: place.slice,
    set: place.set,
    rows: place.rows,
    higherIsBetter: metric.higherIsBetter,
    grade: isMeasured(metric.name) ? 'measured' : 'judged',
    challenger: roundForReport(challenger.value, challenger.standardError),
    challengerInterval: toInterval(challenger, metric.range),
    champion: champion && roundForReport(champion.value, champion.standardError),
    difference: difference && roundForReport(difference.value, difference.standardError),
    differenceInterval: interval,
    standardError: difference && interval && toTwoDigits(difference.standardError),
    pWorse: toTwoDigits(metric.higherIsBetter ? low : high),
    pBetter: toTwoDigits(metric.higherIsBetter ? high : low),
    method: measured.method,
  };
}

const unbounded = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;

/** null when the interval is not known, for example when a class has one row: a comparison gate then fails. */
function toInterval(
  estimate: Estimate,
  [low, high]: readonly [number, number],
): readonly [number, number] | null {
  if (!estimate.interval.every(Number.isFinite)) return null;
  const inside = (end: number): number => Math.min(Math.max(end, low), high);
  const [from, to] = estimate.interval;
  return [
    inside(roundEnd(inside(from), estimate.standardError, 'low')),
    inside(roundEnd(inside(to), estimate.standardError, 'high')),
  ];
}

function toTwoDigits(value: number | null): number | null {
  return value === null || !Number.isFinite(value) ? null : Number(value.toPrecision(2));
}

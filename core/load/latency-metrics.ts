import type { MetricResult } from '../evidence/evidence.ts';
import type { Finding } from '../finding/finding.ts';
import { findDoubts, isTooLate } from './doubt.ts';
import { type Estimate, estimateDifference, estimateInterval, type Interval } from './estimate.ts';
import type { LatencyRecord } from './latency-record.ts';
import { loadMeasures, type Measure } from './measure.ts';
import { roundsOf } from './summary.ts';

/** Metrics of a load test, and why one is missing: a gate that names it is then not evaluated, never passed. */
export interface LatencyOutcome {
  readonly metrics: readonly MetricResult[];
  readonly findings: readonly Finding[];
}

/**
 * Turns a record into metrics that gates can name: `latency-p50`, `latency-p95`, `latency-p99` (ms), `throughput` (expected
 * answers a second), `error-rate`, `cost-per-1000`, `size-bytes`. All but the size are missing when the measuring side could
 * not keep its schedule.
 */
export function evaluateLatency(record: LatencyRecord): LatencyOutcome {
  const size = sizeMetric(record);
  const doubts = findDoubts(record);
  if (isTooLate(record)) return { metrics: [size], findings: doubts };
  const outcomes = loadMeasures(record).map((measure) => measureOne(measure, record));
  return {
    metrics: [...outcomes.flatMap((each) => ('metric' in each ? [each] : [])), size],
    findings: [...doubts, ...outcomes.flatMap((each) => ('code' in each ? [each] : []))],
  };
}

export const latencyFindings = (record: LatencyRecord): readonly Finding[] =>
  evaluateLatency(record).findings;

function measureOne(measure: Measure, record: LatencyRecord): MetricResult | Finding {
  const challenger = measure.estimate(roundsOf(record, 'challenger'));
  const champion = record.champion && measure.estimate(roundsOf(record, 'champion'));
  for (const [who, estimate] of [
    ['challenger', challenger],
    ['champion', champion],
  ] as const) {
    if (typeof estimate === 'string') return missing(measure.metric, `${estimate} (${who})`);
  }
  return toResult(measure, challenger as Estimate, champion as Estimate | null);
}

function toResult(measure: Measure, challenger: Estimate, champion: Estimate | null): MetricResult {
  const difference = champion && estimateDifference(challenger, champion);
  const { pAbove = null, pBelow = null } = difference ?? {};
  return {
    ...frame(measure.metric, measure.higherIsBetter),
    challenger: round(challenger.value),
    challengerInterval: roundInterval(estimateInterval(challenger), measure.range),
    champion: champion && round(champion.value),
    difference: difference && round(difference.value),
    differenceInterval: roundInterval(difference?.interval ?? null, everything),
    standardError: roundOrNull(difference?.standardError),
    pWorse: roundOrNull(measure.higherIsBetter ? pBelow : pAbove),
    pBetter: roundOrNull(measure.higherIsBetter ? pAbove : pBelow),
    method: `${measure.method}, ${challenger.pseudo.length} rounds${champion === null ? '' : ' in turns, paired'}`,
  };
}

/** Two files have their sizes: the difference is what it is. */
function sizeMetric({ challenger, champion }: LatencyRecord): MetricResult {
  const own = {
    ...frame('size-bytes', false),
    challenger: challenger.sizeBytes,
    challengerInterval: [challenger.sizeBytes, challenger.sizeBytes] as const,
    method: 'size of the model file',
  };
  if (champion === null) {
    const nothing = { champion: null, difference: null, differenceInterval: null };
    return { ...own, ...nothing, standardError: null, pWorse: null, pBetter: null };
  }
  const difference = challenger.sizeBytes - champion.sizeBytes;
  return {
    ...own,
    champion: champion.sizeBytes,
    difference,
    differenceInterval: [difference, difference],
    standardError: 0,
    pWorse: difference > 0 ? 0 : 1,
    pBetter: difference < 0 ? 0 : 1,
  };
}

const frame = (metric: string, higherIsBetter: boolean) =>
  ({ metric, slice: null, set: 'held-out', rows: 0, higherIsBetter, grade: 'measured' }) as const;

function missing(metric: string, because: string): Finding {
  return {
    code: 'latency/metric-missing',
    severity: 'warn',
    message: `${metric} has no value: ${because}`,
    fix: 'Raise latency.arrival.seconds, rate or rounds in model.yml until there are requests enough.',
  };
}

const everything = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;

function roundInterval(interval: Interval | null, [least, most]: Interval): Interval | null {
  if (interval === null || !interval.every(Number.isFinite)) return null;
  const [low, high] = interval.map((bound) => round(Math.min(Math.max(bound, least), most)));
  return [low as number, high as number];
}

/** Four digits: a limit is met or missed by what people read. No -0. */
const round = (value: number): number => Number(value.toPrecision(4)) || 0;
const roundOrNull = (value: number | null | undefined): number | null =>
  value === null || value === undefined || !Number.isFinite(value) ? null : Number(value.toPrecision(2));

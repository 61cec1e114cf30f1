import type { BothModels } from '../evidence/judgement-detail.ts';
import {
  coarsenHistogram,
  countOf,
  type Histogram,
  highestUs,
  mergeHistograms,
  rankOf,
  valueAtRank,
} from './histogram.ts';
import type { LatencyRecord, RoundFact } from './latency-record.ts';

const usPerMs = 1_000;
/**
 * A quantile is told when at least so many requests are expected beyond it: fewer, and it is the luck of single requests.
 * 20 requests for the median, 200 for p95, 1,000 for p99, 10,000 for p99.9.
 */
const fewestBeyond = 10;

/** What the requests of one model came to. */
export interface LatencySummary {
  readonly count: number;
  readonly errors: number;
  readonly timeouts: number;
  /** Observed values (type 1), failed requests counted as the timeout; null: too few requests to tell. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
  readonly p999Ms: number | null;
  readonly maxMs: number;
  readonly meanMs: number | null;
  /** Answers as expected. */
  readonly throughputPerSecond: number;
  /** Errors and timeouts, share of all requests. */
  readonly errorRate: number | null;
  readonly offeredPerSecond: number;
  readonly lateStarts: number;
}

export const roundsOf = (
  { rounds }: Pick<LatencyRecord, 'rounds'>,
  who: RoundFact['who'],
): readonly RoundFact[] => rounds.filter((round) => round.who === who).sort((a, b) => a.round - b.round);

/** Latencies of all rounds, for pictures. @param most buckets of each, at least 32 */
export function histogramsOf(record: LatencyRecord, most = 200): BothModels<Histogram> {
  const of = (who: RoundFact['who']): Histogram =>
    coarsenHistogram(mergeHistograms(roundsOf(record, who).map(({ latency }) => latency)), most);
  return { challenger: of('challenger'), champion: record.champion === null ? null : of('champion') };
}

/** Requests that a quantile needs. */
export const fewestFor = (p: number): number => Math.round(fewestBeyond / (1 - p));

/** @param roundSeconds of the counted part of a round, by the schedule */
export function summarise(rounds: readonly RoundFact[], roundSeconds: number): LatencySummary {
  const latency = mergeHistograms(rounds.map((round) => round.latency));
  const count = countOf(latency);
  const [errors, timeouts, lateStarts, seconds] = (
    ['errors', 'timeouts', 'lateStarts', 'seconds'] as const
  ).map((key) => rounds.reduce((sum, round) => sum + round[key], 0)) as [number, number, number, number];
  return {
    count,
    errors,
    timeouts,
    p50Ms: readQuantile(latency, 0.5),
    p95Ms: readQuantile(latency, 0.95),
    p99Ms: readQuantile(latency, 0.99),
    p999Ms: readQuantile(latency, 0.999),
    maxMs: highestUs(latency) / usPerMs,
    meanMs: count === 0 ? null : latency.sumUs / count / usPerMs,
    throughputPerSecond: seconds === 0 ? 0 : (count - errors - timeouts) / seconds,
    errorRate: count === 0 ? null : (errors + timeouts) / count,
    offeredPerSecond: rounds.length === 0 ? 0 : count / (roundSeconds * rounds.length),
    lateStarts,
  };
}

/** In milliseconds; null for too few requests. */
export function readQuantile(latency: Histogram, p: number): number | null {
  const count = countOf(latency);
  return count < fewestFor(p) ? null : valueAtRank(latency, rankOf(count, p)) / usPerMs;
}

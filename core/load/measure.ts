import { computeWilsonInterval } from '../statistics/proportion.ts';
import type { Estimate, Interval } from './estimate.ts';
import { countOf, type Histogram, mergeHistograms, rankOf, valueAtRank } from './histogram.ts';
import type { LatencyRecord, RoundFact } from './latency-record.ts';
import { quantileRanks } from './order-statistics.ts';
import { fewestFor, readQuantile } from './summary.ts';

/** One quantity that a load test gives. */
export interface Measure {
  readonly metric: string;
  readonly higherIsBetter: boolean;
  readonly range: Interval;
  /** How its interval is made, in words. */
  readonly method: string;
  /** @returns a sentence where there is no value: why not */
  readonly estimate: (rounds: readonly RoundFact[]) => Estimate | string;
}

const usPerMs = 1_000;
const secondsPerHour = 3_600;
const fromZero = [0, Number.POSITIVE_INFINITY] as const;

export function loadMeasures({ costPerHour }: Pick<LatencyRecord, 'costPerHour'>): readonly Measure[] {
  return [
    quantileMeasure('latency-p50', 0.5),
    quantileMeasure('latency-p95', 0.95),
    quantileMeasure('latency-p99', 0.99),
    throughput,
    errorRate,
    ...(costPerHour === null ? [] : [costMeasure(costPerHour)]),
  ];
}

function quantileMeasure(metric: string, p: number): Measure {
  return {
    metric,
    higherIsBetter: false,
    range: fromZero,
    method: 'observed value (type 1) in ms; jackknife over rounds, not narrower than order statistics',
    estimate: (rounds) => {
      const all = mergeRounds(rounds);
      const value = readQuantile(all, p);
      if (value === null) return `it takes ${fewestFor(p)} requests, there were ${countOf(all)}`;
      const quantile = (each: readonly RoundFact[]): number => {
        const latency = mergeRounds(each);
        return valueAtRank(latency, rankOf(countOf(latency), p)) / usPerMs;
      };
      return { value, pseudo: leaveOut(rounds, value, quantile), within: quantileInterval(all, p) };
    },
  };
}

const mergeRounds = (rounds: readonly RoundFact[]): Histogram =>
  mergeHistograms(rounds.map((round) => round.latency));

/**
 * What each round adds: the value of all rounds less that of the others, in the scale of the value (pseudo-values of the
 * delete-a-group jackknife). Whole rounds are left out, so it holds for quantiles too.
 * @see Shao and Wu 1989, A general theory for jackknife variance estimation; Kott 2001, The delete-a-group jackknife
 */
function leaveOut(
  rounds: readonly RoundFact[],
  value: number,
  measure: (rounds: readonly RoundFact[]) => number,
): readonly number[] {
  const count = rounds.length;
  return rounds.map(
    (left) => count * value - (count - 1) * measure(rounds.filter((round) => round !== left)),
  );
}

function quantileInterval(all: Histogram, p: number): Interval {
  // Ten requests are expected beyond the quantile: both ranks are there.
  const { low, high } = quantileRanks(countOf(all), p) as { readonly low: number; readonly high: number };
  return [valueAtRank(all, low) / usPerMs, valueAtRank(all, high) / usPerMs];
}

const answeredPerSecond = (rounds: readonly RoundFact[]): number =>
  (sumOf(rounds, sent) - sumOf(rounds, failed)) / sumOf(rounds, ({ seconds }) => seconds);

const throughput: Measure = {
  metric: 'throughput',
  higherIsBetter: true,
  range: fromZero,
  method: 'expected answers a second at the offered load; jackknife over rounds',
  estimate: (rounds) => spreadOverRounds(rounds, answeredPerSecond),
};

const errorRate: Measure = {
  metric: 'error-rate',
  higherIsBetter: false,
  range: [0, 1],
  method: 'errors and timeouts, share of requests; jackknife over rounds, not narrower than Wilson',
  estimate: (rounds) => {
    // Where no request was due, nothing at all is told (`isTooLate`).
    const value = failedShare(rounds);
    const within = computeWilsonInterval(sumOf(rounds, failed), sumOf(rounds, sent));
    return { value, pseudo: leaveOut(rounds, value, failedShare), within };
  },
};

const failed = ({ errors, timeouts }: RoundFact): number => errors + timeouts;
const sent = ({ latency }: RoundFact): number => countOf(latency);
const sumOf = (rounds: readonly RoundFact[], of: (round: RoundFact) => number): number =>
  rounds.reduce((sum, round) => sum + of(round), 0);
const failedShare = (rounds: readonly RoundFact[]): number => sumOf(rounds, failed) / sumOf(rounds, sent);

function costMeasure(costPerHour: number): Measure {
  return {
    metric: 'cost-per-1000',
    higherIsBetter: false,
    range: fromZero,
    method: `1,000 answers at the offered load for ${costPerHour} an hour; jackknife over rounds`,
    estimate: (rounds) =>
      spreadOverRounds(rounds, (each) => (costPerHour / secondsPerHour / answeredPerSecond(each)) * 1_000),
  };
}

function spreadOverRounds(
  rounds: readonly RoundFact[],
  measure: (rounds: readonly RoundFact[]) => number,
): Estimate | string {
  const value = measure(rounds);
  if (!Number.isFinite(value)) return 'no request was answered as expected';
  return { value, pseudo: leaveOut(rounds, value, measure), within: null };
}

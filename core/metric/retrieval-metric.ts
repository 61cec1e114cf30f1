import type { Metric } from './metric.ts';
import { defineMetric } from './metric-definition.ts';
import {
  makeHit,
  makeNdcg,
  type QueryScore,
  scoreAveragePrecision,
  scoreReciprocalRank,
} from './query-score.ts';
import { makeQueryWeights, type QueryWeights } from './query-weight.ts';

/**
 * Metrics of ranked rows, each the weighted mean over queries; a row of relevance above 0 is relevant. Queries without a
 * relevant row have no value and are left out (scikit-learn counts them 0, other tools 1).
 */
export const retrievalMetrics: readonly Metric[] = [
  defineQueryMean('mrr', scoreReciprocalRank),
  defineQueryMean('map', scoreAveragePrecision),
];

/** NDCG of the first places. @param name as the gate writes it: `ndcg@10` */
export function makeNdcgAt(name: string, top: number): Metric {
  return defineQueryMean(name, makeNdcg(top));
}

/** Share of queries with a relevant row among the first places. @param name as the gate writes it: `hit-rate@5` */
export function makeHitRate(name: string, top: number): Metric {
  return defineQueryMean(name, makeHit(top));
}

function defineQueryMean(name: string, score: QueryScore): Metric {
  return defineMetric({
    name,
    tasks: ['ranking'],
    higherIsBetter: true,
    range: [0, 1],
    estimate: { kind: 'resampled' },
    plan: (passes) => {
      const queries = passes.share(makeQueryWeights, makeQueryWeights);
      const { index } = queries;
      const ones = new Uint16Array(passes.sample.rows).fill(1);
      const whole = Float64Array.from({ length: index.queries }, (_, query) => score(index, query, ones));
      return () => averageQueries(queries, whole, score);
    },
  });
}

function averageQueries(
  { index, weight, whole, weights }: QueryWeights,
  known: Float64Array,
  score: QueryScore,
): number {
  let sum = 0;
  let total = 0;
  for (let query = 0; query < known.length; query++) {
    const own = weight[query] as number;
    if (own === 0) continue;
    const value = whole[query] === 1 ? (known[query] as number) : score(index, query, weights);
    if (Number.isNaN(value)) continue;
    sum += own * value;
    total += own;
  }
  return sum / total;
}

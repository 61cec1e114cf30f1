import type { Pass, PassWeights } from './metric-pass.ts';
import { indexQueries, type QueryIndex } from './query-index.ts';
import type { Sample } from './sample.ts';

/** How much each query counts under the weights of its rows. */
export interface QueryWeights extends Pass {
  readonly index: QueryIndex;
  /** Mean weight of its rows that have any; 0 without. */
  readonly weight: Float64Array;
  /** 1 where every row has weight: the value of the query is then the one without weights. */
  readonly whole: Uint8Array;
  /** Of the last walk. */
  weights: PassWeights;
}

/**
 * Weighs queries, not rows: a query that was drawn twice counts twice, and its rows are still ranked once. A row without
 * weight is none of its query.
 * @throws InputError METRIC_UNDEFINED
 */
export function makeQueryWeights(sample: Sample): QueryWeights {
  const index = indexQueries(sample);
  const queries: QueryWeights = {
    index,
    weight: new Float64Array(index.queries),
    whole: new Uint8Array(index.queries),
    weights: new Uint16Array(0),
    run: (weights) => {
      queries.weights = weights;
      addQueries(queries, weights);
    },
  };
  return queries;
}

function addQueries({ index, weight, whole }: QueryWeights, weights: PassWeights): void {
  for (let query = 0; query < index.queries; query++) {
    const start = index.starts[query] as number;
    const end = index.starts[query + 1] as number;
    let sum = 0;
    let rows = 0;
    for (let at = start; at < end; at++) {
      const own = weights[index.ranked[at] as number] as number;
      sum += own;
      // NaN counts as weight: it must show in the value.
      if (own !== 0) rows++;
    }
    weight[query] = rows === 0 ? 0 : sum / rows;
    whole[query] = rows === end - start ? 1 : 0;
  }
}

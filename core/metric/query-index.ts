import type { Sample } from './sample.ts';
import { orderByValue } from './score-order.ts';
import { refuseMetric } from './undefined-metric.ts';

/** Rows of each query in two orders. */
export interface QueryIndex {
  readonly queries: number;
  /** Where the rows of each query begin in `ranked` and `ideal`; one more than queries. */
  readonly starts: Uint32Array;
  /** Rows query by query, highest score first. */
  readonly ranked: Uint32Array;
  /** Rows query by query, most relevant first. */
  readonly ideal: Uint32Array;
  readonly scores: Float64Array;
  readonly relevance: Float64Array;
}

/** @throws InputError METRIC_UNDEFINED when the sample is no ranking, or an array is not as long as the rows */
export function indexQueries({ truth, predicted, rows }: Sample): QueryIndex {
  if (truth.kind !== 'relevance' || predicted.kind !== 'score') {
    throw refuseMetric('a ranking metric', 'a relevance, a query and a score for each row');
  }
  const relevance = truth.values;
  const scores = predicted.values;
  if (relevance.length !== rows || truth.queries.length !== rows || scores.length !== rows) {
    throw refuseMetric('a ranking metric', `a relevance, a query and a score for each of ${rows} rows`);
  }
  const { queries, queryOfRow } = numberQueries(truth.queries);
  const starts = new Uint32Array(queries + 1);
  for (const query of queryOfRow) starts[query + 1] = (starts[query + 1] as number) + 1;
  for (let at = 0; at < queries; at++) starts[at + 1] = (starts[at + 1] as number) + (starts[at] as number);
  return {
    ...{ queries, starts, scores, relevance },
    ranked: gatherByQuery(orderByValue(scores).reverse(), queryOfRow, starts),
    ideal: gatherByQuery(orderByValue(relevance).reverse(), queryOfRow, starts),
  };
}

/** A slice of a ranking has a few queries with high numbers: an array of them all may be more than memory holds. */
function numberQueries(given: Uint32Array): { readonly queries: number; readonly queryOfRow: Uint32Array } {
  const queries = given.reduce((most, query) => Math.max(most, query + 1), 0);
  if (queries <= given.length) return { queries, queryOfRow: given };
  const numbers = new Map<number, number>();
  const queryOfRow = given.map((query) => {
    const number = numbers.get(query) ?? numbers.size;
    numbers.set(query, number);
    return number;
  });
  return { queries: numbers.size, queryOfRow };
}

/** Keeps the order of the rows of each query. */
function gatherByQuery(order: Uint32Array, queryOfRow: Uint32Array, starts: Uint32Array): Uint32Array {
  const next = starts.slice();
  const gathered = new Uint32Array(order.length);
  for (const row of order) {
    const query = queryOfRow[row] as number;
    const place = next[query] as number;
    next[query] = place + 1;
    gathered[place] = row;
  }
  return gathered;
}

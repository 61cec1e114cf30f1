import type { PassWeights } from './metric-pass.ts';
import type { QueryIndex } from './query-index.ts';

/**
 * The value of one query over its rows with weight; NaN where none of them is relevant.
 * Rows of one score are in no order: none may gain from the order in which they happen to stand.
 */
export type QueryScore = (index: QueryIndex, query: number, weights: PassWeights) => number;

/**
 * Discounted gain of the first `top` places, as a share of the best possible. The gain is the relevance itself, the
 * discount 1 / log2(place + 1); rows of one score share the mean of their places.
 * @see Järvelin and Kekäläinen 2002; McSherry and Najork 2008 for ties; scikit-learn ndcg_score
 */
export function makeNdcg(top: number): QueryScore {
  return (index, query, weights) => {
    const best = sumIdeal(index, query, weights, top);
    return best > 0 ? sumRanked(index, query, weights, top) / best : Number.NaN;
  };
}

function sumIdeal(
  { starts, ideal, relevance }: QueryIndex,
  query: number,
  weights: PassWeights,
  top: number,
): number {
  let sum = 0;
  let place = 0;
  for (let at = starts[query] as number; at < (starts[query + 1] as number) && place < top; at++) {
    const row = ideal[at] as number;
    if ((weights[row] as number) === 0) continue;
    sum += (relevance[row] as number) / Math.log2(place + 2);
    place++;
  }
  return sum;
}

function sumRanked(index: QueryIndex, query: number, weights: PassWeights, top: number): number {
  const { starts, ranked, relevance } = index;
  const end = starts[query + 1] as number;
  let sum = 0;
  let place = 0;
  for (let at = starts[query] as number; at < end && place < top; ) {
    let [gain, rows, discount] = [0, 0, 0];
    const next = findNextScore(index, at, end);
    for (; at < next; at++) {
      const row = ranked[at] as number;
      if ((weights[row] as number) === 0) continue;
      gain += relevance[row] as number;
      if (place + rows < top) discount += 1 / Math.log2(place + rows + 2);
      rows++;
    }
    if (rows > 0) sum += (gain / rows) * discount;
    place += rows;
  }
  return sum;
}

/** One over the place of the first relevant row; behind all others of its score. @see Voorhees 1999 */
export const scoreReciprocalRank: QueryScore = (index, query, weights) => {
  const place = findFirstRelevant(index, query, weights);
  return place === null ? Number.NaN : 1 / place;
};

/** 1 when a relevant row is among the first `top`, else 0; a row stands behind all others of its score. */
export function makeHit(top: number): QueryScore {
  return (index, query, weights) => {
    const place = findFirstRelevant(index, query, weights);
    return place === null ? Number.NaN : Number(place <= top);
  };
}

/** Place from 1; null without a relevant row. */
function findFirstRelevant(index: QueryIndex, query: number, weights: PassWeights): number | null {
  const { starts, ranked, relevance } = index;
  const end = starts[query + 1] as number;
  let before = 0;
  for (let at = starts[query] as number; at < end; ) {
    let found = false;
    const next = findNextScore(index, at, end);
    for (; at < next; at++) {
      const row = ranked[at] as number;
      if ((weights[row] as number) === 0) continue;
      if ((relevance[row] as number) > 0) found = true;
      else before++;
    }
    if (found) return before + 1;
  }
  return null;
}

/**
 * Average precision: mean over the relevant rows of the precision down to their score.
 * @see scikit-learn average_precision_score
 */
export const scoreAveragePrecision: QueryScore = (index, query, weights) => {
  const { starts, ranked, relevance } = index;
  const end = starts[query + 1] as number;
  let [sum, relevant, seen] = [0, 0, 0];
  for (let at = starts[query] as number; at < end; ) {
    let here = 0;
    const next = findNextScore(index, at, end);
    for (; at < next; at++) {
      const row = ranked[at] as number;
      if ((weights[row] as number) === 0) continue;
      seen++;
      if ((relevance[row] as number) > 0) here++;
    }
    relevant += here;
    if (here > 0) sum += here * (relevant / seen);
  }
  return relevant > 0 ? sum / relevant : Number.NaN;
};

function findNextScore({ ranked, scores }: QueryIndex, from: number, end: number): number {
  const score = scores[ranked[from] as number];
  let at = from + 1;
  while (at < end && scores[ranked[at] as number] === score) at++;
  return at;
}

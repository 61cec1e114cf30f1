import { readBinary } from './binary-sample.ts';
import type { Pass, PassWeights } from './metric-pass.ts';
import type { Sample } from './sample.ts';
import { orderByValue } from './score-order.ts';

/** Areas under the curves of two classes; NaN when one of them has no weight. */
export interface ScoreRanking extends Pass {
  auc: number;
  averagePrecision: number;
}

/**
 * Walks the rows from the highest score down. Rows of one score enter together, so their order does not matter.
 * @throws InputError METRIC_UNDEFINED
 */
export function makeScoreRanking(sample: Sample): ScoreRanking {
  const { labels, scores } = readBinary(sample, 'the area under a curve');
  const entries = packEntries(labels, scores);
  const ranking: ScoreRanking = {
    auc: Number.NaN,
    averagePrecision: Number.NaN,
    run: (weights) => addAreas(entries, weights, ranking),
  };
  return ranking;
}

/** Row, label and "last of its score" in one number: the walk reads one array besides the weights. Rows: fewer than 2^30. */
function packEntries(labels: Uint8Array, scores: Float64Array): Uint32Array {
  const entries = orderByValue(scores).reverse();
  for (let at = 0; at < entries.length; at++) {
    const row = entries[at] as number;
    const next = entries[at + 1];
    const last = next === undefined || scores[next] !== scores[row];
    entries[at] = row * 4 + (labels[row] as number) * 2 + (last ? 1 : 0);
  }
  return entries;
}

/**
 * AUC: pairs won by class 1, ties half. Average precision: precision at each score, weighted by the recall gained there.
 * @see Davis and Goadrich 2006 on why precision is not interpolated
 */
function addAreas(entries: Uint32Array, weights: PassWeights, ranking: ScoreRanking): void {
  let [positives, seen, won, area] = [0, 0, 0, 0];
  let [ofScore, positiveOfScore] = [0, 0];
  for (let at = 0; at < entries.length; at++) {
    const entry = entries[at] as number;
    const weight = weights[entry >>> 2] as number;
    ofScore += weight;
    positiveOfScore += weight * ((entry >>> 1) & 1);
    if ((entry & 1) === 0) continue;
    won += (ofScore - positiveOfScore) * (positives + positiveOfScore / 2);
    positives += positiveOfScore;
    seen += ofScore;
    if (positiveOfScore > 0) area += positiveOfScore * (positives / seen);
    ofScore = 0;
    positiveOfScore = 0;
  }
  const both = positives > 0 && seen > positives;
  ranking.auc = both ? won / positives / (seen - positives) : Number.NaN;
  ranking.averagePrecision = both ? area / positives : Number.NaN;
}

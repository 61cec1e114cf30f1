import { type ClassRanking, makeClassRanking } from './class-ranking.ts';
import type { Metric } from './metric.ts';
import { defineMetric } from './metric-definition.ts';

/**
 * Mean AUC of each class against all others (`ovr`), or of each pair of classes over the rows of both alone (`ovo`); every
 * class or pair counts the same (`macro`) or by its rows (`weighted`). NaN when a class of the list has no weight.
 * @see Hand and Till 2001; scikit-learn roc_auc_score
 */
export const multiclassAucMetrics: readonly Metric[] = [
  define('auc-ovr-macro', (ranking) => averageRest(ranking, false)),
  define('auc-ovr-weighted', (ranking) => averageRest(ranking, true)),
  define('auc-ovo-macro', (ranking) => averagePairs(ranking, false)),
  define('auc-ovo-weighted', (ranking) => averagePairs(ranking, true)),
];

function define(name: string, read: (ranking: ClassRanking) => number): Metric {
  return defineMetric({
    name,
    tasks: ['multiclass-classification'],
    higherIsBetter: true,
    range: [0, 1],
    estimate: { kind: 'resampled' },
    plan: (passes) => {
      const ranking = passes.share(makeClassRanking, makeClassRanking);
      return () => read(ranking);
    },
  });
}

function averageRest({ classes, truth, won }: ClassRanking, byRows: boolean): number {
  let total = 0;
  for (let own = 0; own < classes; own++) total += truth[own] as number;
  let sum = 0;
  for (let own = 0; own < classes; own++) {
    const rows = truth[own] as number;
    let ofOwn = 0;
    for (let other = 0; other < classes; other++) ofOwn += won[own * classes + other] as number;
    sum += (ofOwn / rows / (total - rows)) * (byRows ? rows : 1);
  }
  return sum / (byRows ? total : classes);
}

function averagePairs({ classes, truth, won }: ClassRanking, byRows: boolean): number {
  let sum = 0;
  let whole = 0;
  for (let first = 0; first < classes; first++) {
    for (let second = first + 1; second < classes; second++) {
      const [ofFirst, ofSecond] = [truth[first] as number, truth[second] as number];
      const both = (won[first * classes + second] as number) + (won[second * classes + first] as number);
      const weight = byRows ? ofFirst + ofSecond : 1;
      sum += (weight * both) / 2 / ofFirst / ofSecond;
      whole += weight;
    }
  }
  return sum / whole;
}

import type { Metric } from './metric.ts';
import { defineMetric } from './metric-definition.ts';
import { makeScoreRanking } from './score-ranking.ts';

/**
 * Metrics of the order of scores, whatever their scale: area under the ROC curve, and average precision as the area under
 * precision over recall (not the trapezoid, which is too hopeful). NaN when one class has no weight.
 * @see scikit-learn roc_auc_score, average_precision_score
 */
export const rankingCurveMetrics: readonly Metric[] = [
  defineMetric({
    name: 'auc',
    tasks: ['binary-classification'],
    higherIsBetter: true,
    range: [0, 1],
    estimate: { kind: 'auc' },
    plan: (passes) => {
      const ranking = passes.share(makeScoreRanking, makeScoreRanking);
      return () => ranking.auc;
    },
  }),
  defineMetric({
    name: 'pr-auc',
    tasks: ['binary-classification'],
    higherIsBetter: true,
    range: [0, 1],
    estimate: { kind: 'resampled' },
    plan: (passes) => {
      const ranking = passes.share(makeScoreRanking, makeScoreRanking);
      return () => ranking.averagePrecision;
    },
  }),
];

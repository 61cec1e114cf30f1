import { computeHits } from '../statistics/accuracy.ts';
import { type BinaryCounts, makeBinaryConfusion } from './binary-confusion.ts';
import { readBinary } from './binary-sample.ts';
import type { Metric, MetricKind } from './metric.ts';
import { defineMetric } from './metric-definition.ts';

type Formula = (counts: BinaryCounts) => number;

const accuracyRows: MetricKind = {
  kind: 'row-mean',
  rowValues: (sample) => {
    const { labels, scores } = readBinary(sample, 'accuracy');
    return computeHits(labels, scores, sample.threshold);
  },
};

const share: readonly [number, number] = [0, 1];
const agreement: readonly [number, number] = [-1, 1];

/**
 * Metrics of two classes at a threshold, all from one confusion matrix. What is 0 / 0 is NaN, where scikit-learn says 0:
 * precision when nothing is predicted as class 1, recall without class 1, f when there is neither; and everything that
 * weighs one class against the other when only one occurs. A gate on a metric without value does not pass.
 */
export const confusionMetrics: readonly Metric[] = [
  defineCounted('accuracy', share, ({ tp, fp, tn, fn }) => (tp + tn) / (tp + fp + tn + fn), accuracyRows),
  defineCounted('balanced-accuracy', share, (counts) => (recallOf(counts) + specificityOf(counts)) / 2),
  defineCounted('precision', share, ({ tp, fp }) => tp / (tp + fp)),
  defineCounted('recall', share, recallOf),
  defineCounted('specificity', share, specificityOf),
  defineCounted('f1', share, (counts) => fOf(counts, 1)),
  defineCounted('mcc', agreement, mccOf),
  defineCounted('kappa', agreement, kappaOf),
];

/**
 * F with recall counted `beta` times as much as precision.
 * @param name as the gate writes it: `f-beta@2`
 * @see van Rijsbergen 1979
 */
export function makeFBeta(name: string, beta: number): Metric {
  return defineCounted(name, share, (counts) => fOf(counts, beta));
}

function defineCounted(
  name: string,
  range: readonly [number, number],
  formula: Formula,
  estimate: MetricKind = { kind: 'resampled' },
): Metric {
  return defineMetric({
    name,
    tasks: ['binary-classification'],
    higherIsBetter: true,
    range,
    estimate,
    plan: (passes) => {
      const counts = passes.share(makeBinaryConfusion, makeBinaryConfusion);
      return () => formula(counts);
    },
  });
}

function recallOf({ tp, fn }: BinaryCounts): number {
  return tp / (tp + fn);
}

function specificityOf({ tn, fp }: BinaryCounts): number {
  return tn / (tn + fp);
}

function fOf({ tp, fp, fn }: BinaryCounts, beta: number): number {
  const squared = beta ** 2;
  return ((1 + squared) * tp) / ((1 + squared) * tp + squared * fn + fp);
}

/** Predictions of one class agree with labels of two no better than chance: 0, as scikit-learn. */
function mccOf({ tp, fp, tn, fn }: BinaryCounts): number {
  const labels = (tp + fn) * (tn + fp);
  const predictions = (tp + fp) * (tn + fn);
  if (labels === 0) return Number.NaN;
  return predictions === 0 ? 0 : (tp * tn - fp * fn) / Math.sqrt(labels * predictions);
}

function kappaOf({ tp, fp, tn, fn }: BinaryCounts): number {
  const rows = tp + fp + tn + fn;
  if (tp + fn === 0 || tn + fp === 0) return Number.NaN;
  const chance = ((tp + fp) * (tp + fn) + (tn + fn) * (tn + fp)) / rows;
  return 1 - (fp + fn) / (rows - chance);
}

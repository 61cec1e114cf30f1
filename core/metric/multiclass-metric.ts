import type { ClassAveraging, ClassFormula } from './class-average.ts';
import { averageClasses } from './class-average.ts';
import { type ClassCounts, makeClassConfusion } from './class-confusion.ts';
import { readClasses } from './class-sample.ts';
import type { Metric, MetricKind } from './metric.ts';
import { defineMetric } from './metric-definition.ts';
import { refuseMetric } from './undefined-metric.ts';

const tasks = ['multiclass-classification'] as const;
const share: readonly [number, number] = [0, 1];
const agreement: readonly [number, number] = [-1, 1];

const accuracyRows: MetricKind = {
  kind: 'row-mean',
  rowValues: (sample) => {
    const { truth, predicted } = readClasses(sample, 'accuracy');
    return Float64Array.from(truth, (own, row) => (own === predicted[row] ? 1 : 0));
  },
};

/**
 * Metrics of many classes that are no average of a number a class. What weighs classes against each other is NaN when the
 * truth has one class only.
 */
export const multiclassMetrics: readonly Metric[] = [
  defineCounted('accuracy', share, ({ right, total }) => right / total, accuracyRows),
  defineCounted('balanced-accuracy', share, meanRecall),
  defineCounted('mcc', agreement, mccOf),
  defineCounted('kappa', agreement, kappaOf),
];

/** One number a class, averaged. @param name as the gate writes it: `f1-macro`, `f-beta-weighted@2` */
export function makeClassAverage(name: string, averaging: ClassAveraging, formula: ClassFormula): Metric {
  return defineCounted(name, share, (counts) => averageClasses(counts, averaging, formula));
}

/**
 * One number of one class; NaN when it is 0 / 0: precision of a class that nobody predicted.
 * @param name as the gate writes it: `recall:late`
 */
export function makeOneClass(name: string, wanted: string, formula: ClassFormula): Metric {
  return defineMetric({
    name,
    tasks,
    higherIsBetter: true,
    range: share,
    estimate: { kind: 'resampled' },
    plan: (passes) => {
      const counts = passes.share(makeClassConfusion, makeClassConfusion);
      const at = counts.classes.indexOf(wanted);
      if (at === -1) throw refuseMetric(name, `the class "${wanted}"`);
      return () =>
        formula(counts.hits[at] as number, counts.truth[at] as number, counts.predicted[at] as number);
    },
  });
}

function defineCounted(
  name: string,
  range: readonly [number, number],
  formula: (counts: ClassCounts) => number,
  estimate: MetricKind = { kind: 'resampled' },
): Metric {
  return defineMetric({
    name,
    tasks,
    higherIsBetter: true,
    range,
    estimate,
    plan: (passes) => {
      const counts = passes.share(makeClassConfusion, makeClassConfusion);
      return () => formula(counts);
    },
  });
}

/** Mean recall of the classes that occur. */
function meanRecall({ truth, hits, known }: ClassCounts): number {
  if (known < 2) return Number.NaN;
  let sum = 0;
  for (let at = 0; at < truth.length; at++) {
    const rows = truth[at] as number;
    if (rows > 0) sum += (hits[at] as number) / rows;
  }
  return sum / known;
}

/** @see Gorodkin 2004; predictions of one class agree no better than chance: 0, as scikit-learn */
function mccOf(counts: ClassCounts): number {
  const { truth, predicted, total, right, known, said } = counts;
  if (known < 2) return Number.NaN;
  // Counted, for with weights that are no whole numbers the difference below is a little noise and not 0.
  if (said < 2) return 0;
  const ofTruth = total ** 2 - dot(truth, truth);
  const ofPredicted = total ** 2 - dot(predicted, predicted);
  return (right * total - dot(truth, predicted)) / Math.sqrt(ofTruth * ofPredicted);
}

/** Agreement beyond what the shares of the classes give by chance. @see Cohen 1960 */
function kappaOf(counts: ClassCounts): number {
  const { truth, predicted, total, right, known } = counts;
  if (known < 2) return Number.NaN;
  return 1 - (total - right) / (total - dot(truth, predicted) / total);
}

function dot(first: Float64Array, second: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < first.length; at++) sum += (first[at] as number) * (second[at] as number);
  return sum;
}

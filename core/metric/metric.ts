import type { Task } from '../config/model.ts';
import type { Passes } from './metric-pass.ts';
import type { RowWeights, Sample } from './sample.ts';

/**
 * The value of a metric under any weights. It is called thousands of times over a million rows: one pass, no allocation.
 * NaN where the metric has no value, for example where only one class has weight.
 */
export type Evaluator = (weights: RowWeights) => number;

/** How the interval of a metric is made when there are rows enough. */
export type MetricKind =
  /** The weighted mean of one number a row: differences pair row by row. */
  | { readonly kind: 'row-mean'; readonly rowValues: (sample: Sample) => Float64Array }
  /** The area under the ROC curve of two classes: DeLong. */
  | { readonly kind: 'auc' }
  /** Everything else: paired bootstrap. */
  | { readonly kind: 'resampled' };

/** Asks for the passes that a metric reads, and says how its value comes from them once they have walked. */
export type MetricPlan = (passes: Passes) => () => number;

/** One number that says how good predictions are. */
export interface Metric {
  /** As a gate names it, parameters included: `auc`, `f-beta@2`, `recall:late`. */
  readonly name: string;
  readonly tasks: readonly Task[];
  /** Explicit for every metric; never guessed from a name. */
  readonly higherIsBetter: boolean;
  /** Values that it can take, ends included. */
  readonly range: readonly [low: number, high: number];
  readonly estimate: MetricKind;
  /**
   * Chance pushes it to one side: sizes of gaps, and the largest of them, are above 0 in a sample of what has none. The
   * fewer rows the more, so that two models look alike. Absent: it lies about as often above the truth as below.
   */
  readonly leans?: true;
  /**
   * Sorts and counts what does not depend on weights.
   * @throws InputError METRIC_UNDEFINED when these predictions cannot have this metric (for example log-loss of classes without probabilities)
   */
  prepare(sample: Sample): Evaluator;
  /** How it shares walks over the rows with other metrics (`prepareAll`); absent: it walks alone. */
  readonly plan?: MetricPlan;
}

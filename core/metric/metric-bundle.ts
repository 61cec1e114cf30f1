import type { Evaluator, Metric } from './metric.ts';
import { collectPasses } from './metric-pass.ts';
import type { RowWeights, Sample } from './sample.ts';

/**
 * The values of several metrics under the same weights, written to `out` in the order of the metrics; NaN where one has
 * no value. It allocates nothing, and keeps nothing of one call for the next.
 */
export type BundleEvaluator = (weights: RowWeights, out: Float64Array) => void;

/**
 * Makes several metrics of one sample ready together: what they have in common (the counts of a confusion matrix, rows
 * in the order of their scores) is walked once for all of them. The bootstrap calls this form.
 * @throws InputError METRIC_UNDEFINED when these predictions cannot have one of the metrics
 */
export function prepareAll(metrics: readonly Metric[], sample: Sample): BundleEvaluator {
  const passes = collectPasses(sample);
  const evaluators = metrics.map((metric): Evaluator => metric.plan?.(passes) ?? metric.prepare(sample));
  // Ones in the type that resamples have too: the walks then see one type of array alone.
  let ones: Uint16Array | null = null;
  return (weights, out) => {
    if (weights === null) ones ??= new Uint16Array(sample.rows).fill(1);
    const walked = weights ?? (ones as Uint16Array);
    for (const pass of passes.all) pass.run(walked);
    for (let at = 0; at < evaluators.length; at++) out[at] = (evaluators[at] as Evaluator)(weights);
  };
}

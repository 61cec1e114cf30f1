import { InputError } from '../error/error.ts';
import type { Metric } from '../metric/metric.ts';
import { type BundleEvaluator, prepareAll } from '../metric/metric-bundle.ts';
import type { Sample } from '../metric/sample.ts';
import type { ComparedPart } from './compared-part.ts';
import { type PartPlan, widthOf } from './comparison-input.ts';
import { leaveOut } from './leave-out.ts';
import { tryOr } from './measure-part.ts';
import { joinModels } from './resample.ts';

/** What is known of metrics before anything is drawn. */
export interface ResampledPart {
  readonly plan: PartPlan;
  /** Values on the rows as they are, in the order of the plan. */
  readonly values: Float64Array;
  /** Leave-one-out values, one array for each value; null: they take too long. */
  readonly left: readonly (Float64Array | null)[];
}

/**
 * Plans the resamples of one part.
 * @param onMissing gets each metric that the challenger's predictions cannot have, and why
 */
export function planPart(
  part: ComparedPart,
  slice: number | null,
  metrics: readonly Metric[],
  onMissing: (metric: Metric, error: InputError) => void,
): ResampledPart {
  const challenger = keepAble(metrics, part.challenger, onMissing);
  const champion = part.champion && keepAble(challenger.metrics, part.champion, () => undefined);
  const plan = { slice, challenger: namesOf(challenger), champion: champion ? namesOf(champion) : [] };
  const values = new Float64Array(widthOf(plan));
  const evaluate = joinModels(challenger.evaluate, champion?.evaluate ?? null, plan.challenger.length);
  evaluate(part.weights, values);
  const left = leaveOut(part, evaluate, challenger.metrics, champion?.metrics ?? []);
  return { plan, values, left };
}

interface AbleMetrics {
  readonly metrics: readonly Metric[];
  readonly evaluate: BundleEvaluator;
}

const namesOf = ({ metrics }: AbleMetrics): readonly string[] => metrics.map(({ name }) => name);

/** Metrics that these predictions can have. Together first: one by one each would sort the rows for itself. */
function keepAble(
  metrics: readonly Metric[],
  sample: Sample,
  onMissing: (metric: Metric, error: InputError) => void,
): AbleMetrics {
  const evaluate = tryOr(() => prepareAll(metrics, sample));
  if (evaluate !== null) return { metrics, evaluate };
  const able = metrics.filter((metric) => {
    try {
      metric.prepare(sample);
      return true;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      onMissing(metric, error);
      return false;
    }
  });
  return { metrics: able, evaluate: prepareAll(able, sample) };
}

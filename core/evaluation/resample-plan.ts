import { InputError } from '../error/error.ts';
import type { Metric } from '../metric/metric.ts';
import { type BundleEvaluator, prepareAll } from '../metric/metric-bundle.ts';
import type { Sample } from '../metric/sample.ts';
import type { ComparedPart } from './compared-part.ts';
import { type PartPlan, widthOf } from './comparison-input.ts';
import { tryOr } from './measure-part.ts';
import { joinModels } from './resample.ts';

/** What is known of metrics before anything is drawn. */
export interface ResampledPart {
  readonly plan: PartPlan;
  /** Values on the rows as they are, in the order of the plan. */
  readonly values: Float64Array;
  /** Leave-one-out values, one array for each value; null: there are too many units. */
  readonly left: readonly Float64Array[] | null;
}

/** More units than this: a percentile interval, since leaving each out in turn would take longer than the resamples. */
const mostLeftOut = 2000;
const mostLeftOutVisits = 1e8;

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
  return { plan, values, left: leaveOut(part, evaluate, widthOf(plan)) };
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

function leaveOut(
  part: ComparedPart,
  evaluate: BundleEvaluator,
  width: number,
): readonly Float64Array[] | null {
  const { count } = part.units;
  if (count < 2 || count > mostLeftOut || count * part.rows > mostLeftOutVisits) return null;
  const weights = part.weights === null ? new Uint16Array(part.rows).fill(1) : part.weights.slice();
  const rowsOf = groupRows(part);
  const left = Array.from({ length: width }, () => new Float64Array(count));
  const out = new Float64Array(width);
  for (let unit = 0; unit < count; unit++) {
    const rows = rowsOf[unit] ?? [];
    for (const row of rows) weights[row] = 0;
    evaluate(weights, out);
    for (const row of rows) weights[row] = part.weights === null ? 1 : (part.weights[row] as number);
    left.forEach((values, at) => {
      values[unit] = out[at] as number;
    });
  }
  return left;
}

function groupRows({ rows, units }: ComparedPart): readonly (readonly number[])[] {
  const groups: number[][] = Array.from({ length: units.count }, () => []);
  for (let row = 0; row < rows; row++)
    groups[units.ofRow === null ? row : (units.ofRow[row] as number)]?.push(row);
  return groups;
}

import type { Metric } from '../metric/metric.ts';
import { type BundleEvaluator, prepareAll } from '../metric/metric-bundle.ts';
import { findMetric } from '../metric/metric-table.ts';
import type { Sample } from '../metric/sample.ts';
import { type ComparedPart, takePart } from './compared-part.ts';
import { type ComparedModels, type PartPlan, widthOf } from './comparison-input.ts';
import { prepareDraws } from './draws.ts';

/**
 * Values of all planned metrics in some of the resamples. Both models and all metrics share one resample's rows. Parts
 * of the range that are made apart and laid end to end are the whole, to the bit.
 * @param from, to first resample and the one after the last
 * @returns for each resample the values of part after part: those of the challenger, then those of the champion
 */
export function resampleRange(
  models: ComparedModels,
  plans: readonly PartPlan[],
  from: number,
  to: number,
): Float64Array {
  const width = plans.reduce((sum, plan) => sum + widthOf(plan), 0);
  const values = new Float64Array((to - from) * width);
  let start = 0;
  for (const plan of plans) {
    // Part after part: only one has its sorted rows in memory.
    if (widthOf(plan) > 0) fillPart(models, plan, { values, from, to, width, start });
    start += widthOf(plan);
  }
  return values;
}

interface Place {
  readonly values: Float64Array;
  readonly from: number;
  readonly to: number;
  readonly width: number;
  readonly start: number;
}

function fillPart(models: ComparedModels, plan: PartPlan, place: Place): void {
  const part = takePart(models, plan.slice);
  const evaluate = prepareBoth(part, plan);
  const draw = prepareDraws(part, models.seed);
  for (let resample = place.from; resample < place.to; resample++) {
    const at = (resample - place.from) * place.width + place.start;
    evaluate(draw(resample), place.values.subarray(at, at + widthOf(plan)));
  }
}

function prepareBoth(part: ComparedPart, plan: PartPlan): BundleEvaluator {
  const prepare = (sample: Sample, names: readonly string[]): BundleEvaluator =>
    prepareAll(
      names.map((name) => demand(name, part)),
      sample,
    );
  const challenger = prepare(part.challenger, plan.challenger);
  const champion = part.champion && prepare(part.champion, plan.champion);
  return joinModels(challenger, champion, plan.challenger.length);
}

/**
 * Values of both models under the same weights: those of the challenger, then those of the champion.
 * @param split how many the challenger has
 */
export function joinModels(
  challenger: BundleEvaluator,
  champion: BundleEvaluator | null,
  split: number,
): BundleEvaluator {
  return (weights, out) => {
    challenger(weights, out.subarray(0, split));
    champion?.(weights, out.subarray(split));
  };
}

function demand(name: string, { context }: ComparedPart): Metric {
  const metric = findMetric(name, context);
  if (metric === null) throw new TypeError(`a plan with the unknown metric ${name}`);
  return metric;
}

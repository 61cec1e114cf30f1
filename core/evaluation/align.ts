import { orderByKey } from './align-predicted.ts';
import type { Labels } from './labels.ts';
import type { Predictions } from './predictions.ts';

/**
 * Puts scores into the order of the labels: `alignPredicted` for two classes.
 * @returns one score a label, in label order
 * @throws InputError PREDICTIONS_INVALID with findings `evaluation/key-missing`, `evaluation/key-unknown`
 */
export function alignByKey(labels: Labels, { source, scores, rowOf }: Predictions): Float64Array {
  const order = orderByKey(labels.keys, { source, keys: [...rowOf.keys()] });
  return order === null ? scores : Float64Array.from(order, (at) => scores[at] as number);
}

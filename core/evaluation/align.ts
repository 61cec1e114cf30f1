import type { FaultKind } from './fault.ts';
import { FaultTally } from './fault.ts';
import type { Labels } from './labels.ts';
import type { Predictions } from './predictions.ts';
import { refuseInput } from './refusal.ts';

const missing: FaultKind = {
  code: 'evaluation/key-missing',
  message: 'of the held-out set have no prediction',
  fix: 'Let the predict command write one line for every row that it reads.',
};
const unknown: FaultKind = {
  code: 'evaluation/key-unknown',
  message: 'have a key that the held-out set does not have',
  fix: 'Let the predict command copy the key of each row and write no other rows.',
};

/**
 * Puts scores into the order of the labels. Every held-out row has exactly one prediction, or there is no comparison:
 * a model that leaves out the hard rows would win.
 * @returns one score a label, in label order
 * @throws InputError PREDICTIONS_INVALID with findings `evaluation/key-missing`, `evaluation/key-unknown`
 */
export function alignByKey(labels: Labels, predictions: Predictions): Float64Array {
  const faults = new FaultTally(predictions.source);
  const aligned = new Float64Array(labels.keys.length);
  let found = 0;
  for (let row = 0; row < aligned.length; row++) {
    const key = labels.keys[row] as string;
    const at = predictions.rowOf.get(key);
    if (at === undefined) faults.add(missing, 0, key);
    else {
      aligned[row] = predictions.scores[at] as number;
      found++;
    }
  }
  if (found < predictions.rowOf.size) addUnknown(labels, predictions, faults);
  const [first, ...rest] = faults.toFindings(labels.keys.length);
  if (first) throw refuseInput('PREDICTIONS_INVALID', [first, ...rest]);
  return aligned;
}

function addUnknown(labels: Labels, predictions: Predictions, faults: FaultTally): void {
  const known = new Set(labels.keys);
  for (const [key, at] of predictions.rowOf) if (!known.has(key)) faults.add(unknown, at + 1, key);
}

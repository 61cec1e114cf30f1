import type { Predicted } from '../metric/sample.ts';
import { type FaultKind, FaultTally } from './fault.ts';
import { pickPredicted } from './pick-rows.ts';
import type { PredictionFile } from './predicted-shape.ts';
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
 * Puts predictions into the order of the held-out keys. Every held-out row has exactly one prediction, or there is no
 * comparison: a model that leaves out the hard rows would win.
 * @param keys of the held-out rows, none twice
 * @throws InputError PREDICTIONS_INVALID with findings `evaluation/key-missing`, `evaluation/key-unknown`
 */
export function alignPredicted(keys: readonly string[], file: PredictionFile): Predicted {
  const order = orderByKey(keys, file);
  return order === null ? file.predicted : pickPredicted(file.predicted, order);
}

/**
 * For each key the place of its row in a file.
 * @returns null where the file has the same keys in the same order already, as most have
 * @throws InputError PREDICTIONS_INVALID
 */
export function orderByKey(
  keys: readonly string[],
  file: Pick<PredictionFile, 'source' | 'keys'>,
): Uint32Array | null {
  if (keys.length === file.keys.length && keys.every((key, at) => key === file.keys[at])) return null;
  const rowOf = new Map<string, number>();
  for (let at = 0; at < file.keys.length; at++) rowOf.set(file.keys[at] as string, at);
  const faults = new FaultTally(file.source);
  const order = new Uint32Array(keys.length);
  let found = 0;
  for (const [row, key] of keys.entries()) {
    const at = rowOf.get(key);
    if (at === undefined) faults.add(missing, 0, key);
    else {
      order[row] = at;
      found++;
    }
  }
  if (found < rowOf.size) addUnknown(keys, rowOf, faults);
  const [first, ...rest] = faults.toFindings(keys.length);
  if (first) throw refuseInput('PREDICTIONS_INVALID', [first, ...rest]);
  return order;
}

function addUnknown(keys: readonly string[], rowOf: ReadonlyMap<string, number>, faults: FaultTally): void {
  const known = new Set(keys);
  for (const [key, at] of rowOf) if (!known.has(key)) faults.add(unknown, at + 1, key);
}

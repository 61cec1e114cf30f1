import { readTruth } from './read-truth.ts';

/** The truth about held-out rows of two classes. Lives in the judge only: nothing of it is printed. */
export interface Labels {
  readonly keys: readonly string[];
  /** 1 for the positive class, 0 for the other; same order as `keys`. */
  readonly values: Uint8Array;
}

export interface LabelColumns {
  /** Name of the held-out key column; `key` is accepted as well. */
  readonly key: string;
  readonly label: string;
}

/**
 * Reads held-out labels of two classes: `readTruth` for one task.
 * @throws InputError LABELS_INVALID
 */
export function parseLabels(content: Uint8Array | string, columns: LabelColumns): Labels {
  const rest = { weight: null, group: null, query: null, classes: [] };
  const { keys, truth } = readTruth(content, { ...columns, ...rest }, 'binary-classification');
  return { keys, values: truth.kind === 'binary' ? truth.values : new Uint8Array(0) };
}

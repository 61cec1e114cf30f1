import type { Scorer } from '../config/custom-metric.ts';
import type { Predicted } from '../metric/sample.ts';
import { readPredicted } from './read-predicted.ts';

/** Numbers that the team's own scorers gave each example, in the order of the file. */
export interface ScorerColumns {
  readonly source: string;
  readonly keys: readonly string[];
  /** By name of the scorer; never empty, all of one length. */
  readonly columns: ReadonlyMap<string, Float64Array>;
}

/**
 * Reads the scorers' columns of a generative model or an agent, CSV or JSON Lines: `key` and any number of columns of
 * finite numbers. The file is pull-request controlled.
 * @param scorers those that are read, each within its range; none: every column
 * @throws InputError PREDICTIONS_INVALID with counts of what is no finite number
 */
export function parseScorerColumns(
  content: Uint8Array | string,
  source: string,
  scorers: readonly Scorer[] = [],
): ScorerColumns {
  const { keys, predicted } = readPredicted(content, source, {
    task: 'scored-examples',
    classes: [],
    contract: null,
    scorers,
  });
  const { columns } = predicted as Extract<Predicted, { readonly kind: 'columns' }>;
  return { source, keys, columns };
}

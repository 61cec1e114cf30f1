import type { PredictionContract } from './predicted-shape.ts';
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
 * @param contract range of the numbers, scorers that must be there
 * @throws InputError PREDICTIONS_INVALID with counts of what is no finite number
 */
export function parseScorerColumns(
  content: Uint8Array | string,
  source: string,
  contract: PredictionContract = {},
): ScorerColumns {
  const { keys, predicted } = readPredicted(content, source, {
    task: 'scored-examples',
    classes: [],
    contract,
  });
  return { source, keys, columns: predicted.kind === 'columns' ? predicted.columns : new Map() };
}

import { readPredicted } from './read-predicted.ts';

/** What one model of two classes says about every held-out row. */
export interface Predictions {
  /** Path, as shown in findings. */
  readonly source: string;
  /** Probability of class 1, in [0, 1], in file order. */
  readonly scores: Float64Array;
  /** key -> index in `scores` */
  readonly rowOf: ReadonlyMap<string, number>;
}

/**
 * Reads the predictions of a model of two classes, `key,score`: `readPredicted` for one task.
 * @param source path, as shown in findings
 * @throws InputError PREDICTIONS_INVALID with one finding a kind of fault, each with count and first examples
 */
export function parsePredictions(content: Uint8Array | string, source: string): Predictions {
  const shape = { task: 'binary-classification', classes: [], contract: null, scorers: [] } as const;
  const { keys, predicted } = readPredicted(content, source, shape);
  const scores = predicted.kind === 'score' ? predicted.values : new Float64Array(0);
  return { source, scores, rowOf: new Map(keys.map((key, at) => [key, at])) };
}

import type { Scorer } from '../config/custom-metric.ts';
import type { ModelConfig, Task } from '../config/model.ts';
import type { PredictionContract } from '../config/prediction.ts';
import type { Predicted } from '../metric/sample.ts';

/** How the predictions of a model must look: held against every file before anything is computed of it. */
export interface PredictedShape {
  readonly task: Task;
  /** Multiclass: all classes, in the order of `Truth.classes`. Empty for other tasks. */
  readonly classes: readonly string[];
  /** Null: the model promises no more than its task does. */
  readonly contract: Omit<PredictionContract, 'classes' | 'consumers'> | null;
  /** Scored examples: those that are read; none: every column. */
  readonly scorers: readonly Scorer[];
}

/** The shape that a model's configuration asks for. */
export function shapeOf({
  task,
  prediction,
  scorers,
}: Pick<ModelConfig, 'task' | 'prediction' | 'scorers'>): PredictedShape {
  return { task, classes: prediction?.classes ?? [], contract: prediction ?? null, scorers: scorers ?? [] };
}

/**
 * How far the probabilities of a row may be from a sum of 1 when the contract does not say: files carry few digits. There
 * is always a limit: log-loss would be best for a model that gives every class a probability of 1.
 */
export const defaultSumTolerance = 0.001;

/** What one model says about rows, in the order of its file. */
export interface PredictionFile {
  /** Path, as shown in findings. */
  readonly source: string;
  /** None twice, none empty. */
  readonly keys: readonly string[];
  readonly predicted: Predicted;
}

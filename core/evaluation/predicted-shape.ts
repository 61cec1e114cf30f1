import type { Task } from '../config/model.ts';
import type { Predicted } from '../metric/sample.ts';

/** How the predictions of a model must look: held against every file before anything is computed of it. */
export interface PredictedShape {
  readonly task: Task;
  /** Multiclass: all classes, in the order of `Truth.classes`. Empty for other tasks. */
  readonly classes: readonly string[];
  readonly contract: PredictionContract;
}

/** What a model promises of its outputs besides their columns. */
export interface PredictionContract {
  /** Values that a prediction, a score of a ranking, or a scorer can take, ends included. Probabilities are 0 to 1 anyhow. */
  readonly min?: number;
  readonly max?: number;
  /** How far the probabilities of a row may be from a sum of 1: files carry few digits. */
  readonly sumTolerance?: number;
  /** Regression: `low` and `high` must be there. */
  readonly interval?: true;
  /** Scored examples: scorers that must be there. */
  readonly columns?: readonly string[];
}

/** A tenth of a percent: a hundred classes with five decimals each stay below it. */
export const defaultSumTolerance = 0.001;

/** What one model says about rows, in the order of its file. */
export interface PredictionFile {
  /** Path, as shown in findings. */
  readonly source: string;
  /** None twice, none empty. */
  readonly keys: readonly string[];
  readonly predicted: Predicted;
}

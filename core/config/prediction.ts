import type { Task } from './model.ts';
import type { Role } from './policy.ts';

/** What a model promises to those who read its predictions. */
export interface PredictionContract {
  /** Classes in the order of the columns; more than two classes only. */
  readonly classes?: readonly string[];
  /** Every number predicted lies within, ends included. */
  readonly range?: { readonly min?: number; readonly max?: number };
  /** Probabilities of a row sum to one within this; absent: within 0.001. */
  readonly sumToOne?: number;
  /** Columns that bound the value. */
  readonly interval?: { readonly low: string; readonly high: string };
  /** Column of each quantile, quantiles ascending. */
  readonly quantiles?: readonly { readonly quantile: number; readonly column: string }[];
  /** Who reads the predictions, and acknowledges what breaks them. */
  readonly consumers: readonly Consumer[];
}

export interface Consumer extends Role {
  readonly name: string;
}

/** What consumers see of a model: its contract, and its task. */
export interface PredictionPromise {
  readonly task: Task;
  /** Null: the model says nothing of its predictions. */
  readonly contract: PredictionContract | null;
}

import type { MetricContext } from '../metric/metric-table.ts';
import type { Predicted, Truth } from '../metric/sample.ts';

/** A part of the held-out rows that is judged by itself. */
export interface Slice {
  /** `carrier=AA`, `carrier=AA & distance>=1000`; from data, so escape before it is shown. */
  readonly name: string;
  /** Row numbers in the order of the truth, ascending. */
  readonly rows: Uint32Array;
}

/** Two models on the same rows. Plain data: it can be sent to a thread. */
export interface ComparedModels {
  readonly truth: Truth;
  /** In the order of the truth (`alignPredicted`). */
  readonly challenger: Predicted;
  /** Aligned likewise; null when there is no champion. */
  readonly champion: Predicted | null;
  /** A score of at least this says class 1; each model has its own, 0.5 when absent. Never chosen on these rows. */
  readonly thresholds?: { readonly challenger: number; readonly champion: number };
  /** Weight of each row, finite and at least 0; absent: all count the same. */
  readonly weights?: Float64Array | null;
  /** Rows with one number belong together and are resampled together; absent: every row stands for itself. */
  readonly groups?: Uint32Array | null;
  /** What the names of metrics depend on; groups of fairness are one a held-out row. */
  readonly context: MetricContext;
  readonly slices?: readonly Slice[];
  readonly seed: number;
  /** 2,000 when absent. */
  readonly resamples?: number;
  /** Resamples also what has a closed form (means of many rows, AUC). */
  readonly resampleAll?: boolean;
}

/** What the resamples of one part are asked for. Plain data: it can be sent to a thread. */
export interface PartPlan {
  /** Place in `slices`; null: all rows. */
  readonly slice: number | null;
  /** Names of metrics whose values are resampled, of each model. */
  readonly challenger: readonly string[];
  readonly champion: readonly string[];
}

/** Numbers that one resample has of one part. */
export const widthOf = (plan: PartPlan): number => plan.challenger.length + plan.champion.length;

export const defaultResamples = 2000;
export const defaultThreshold = 0.5;

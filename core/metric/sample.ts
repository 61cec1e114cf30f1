/** What is true of the held-out rows, in the order of their keys. Lives in the judge only: nothing of a row leaves it. */
export type Truth =
  /** 1 for the positive class, 0 for the other. */
  | { readonly kind: 'binary'; readonly values: Uint8Array }
  /** Index into `classes`. */
  | { readonly kind: 'class'; readonly classes: readonly string[]; readonly values: Uint16Array }
  | { readonly kind: 'number'; readonly values: Float64Array }
  /** Graded relevance, 0 and up; `queries` numbers the query of each row from 0. */
  | { readonly kind: 'relevance'; readonly values: Float64Array; readonly queries: Uint32Array }
  /** Per-example scores carry their own judgement. */
  | { readonly kind: 'none' };

/** What one model says about the same rows, in the same order. */
export type Predicted =
  /** Probability of class 1 in [0, 1] (binary), or any finite score, higher first (ranking). */
  | { readonly kind: 'score'; readonly values: Float64Array }
  /** One column a class, in the order of `Truth.classes`. */
  | { readonly kind: 'probabilities'; readonly columns: readonly Float64Array[] }
  /** Index into `Truth.classes`, where the model gives no probabilities. */
  | { readonly kind: 'class'; readonly values: Uint16Array }
  /** `low` and `high` bound the value, where the model gives an interval. */
  | {
      readonly kind: 'number';
      readonly values: Float64Array;
      readonly low: Float64Array | null;
      readonly high: Float64Array | null;
    }
  /** Columns of the team's own scorers, by name: one number an example. */
  | { readonly kind: 'columns'; readonly columns: ReadonlyMap<string, Float64Array> };

/** One model's predictions beside the truth: everything that a metric may look at. */
export interface Sample {
  readonly truth: Truth;
  readonly predicted: Predicted;
  readonly rows: number;
  /** A score of at least this says class 1. Chosen on validation data, never on these rows. */
  readonly threshold: number;
}

/**
 * How often a row counts: times drawn by a resample, times its own weight. Null: once each.
 * Longer than the rows is a fault of the caller.
 */
export type RowWeights = Uint16Array | Float64Array | null;

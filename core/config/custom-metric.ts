import type { Expression } from './expression.ts';

/** A metric of the team's own: arithmetic over aggregates, never over rows. */
export interface CustomMetric {
  readonly name: string;
  /** Its columns are aggregates (`aggregateNames`) and other metrics: `` tp / (tp + `log-loss`) ``. */
  readonly expression: Expression;
  readonly higherIsBetter: boolean;
}

/** Sums over the rows that an expression may name besides metrics; the four of two classes need a threshold. */
export const aggregateNames = ['rows', 'tp', 'fp', 'tn', 'fn'] as const;

/** A column in which the team's own scorer gives each example a number; its mean is the metric `score:COLUMN`. */
export interface Scorer {
  readonly name: string;
  readonly higherIsBetter: boolean;
  /** Values that it can take, ends included. */
  readonly range: { readonly min: number; readonly max: number };
}

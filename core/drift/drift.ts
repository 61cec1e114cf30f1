import type { ColumnType } from '../config/contract.ts';
import type { DriftTest } from '../config/drift-rules.ts';

/** One column of the data held against the same column of the reference. */
export interface ColumnDriftResult {
  readonly column: string;
  readonly type: ColumnType;
  readonly test: DriftTest;
  /**
   * `drift`: the effect is above the limit AND, where the test has one, the corrected p-value is below alpha.
   * `not compared`: private, too many values, other type on either side; `because` says which.
   */
  readonly result: 'no drift' | 'drift' | 'not enough rows' | 'not compared';
  readonly severity: 'fail' | 'warn';
  /** Whose limit it is; absent: the contract's. A column has one result for each. */
  readonly by?: 'model';
  /** Size of the effect in the unit of the test (PSI after bias correction, D, distance, standard deviations); null: not compared. */
  readonly effect: number | null;
  readonly limit: number;
  readonly pValue: number | null;
  /** After Benjamini-Hochberg over the columns of the table. */
  readonly adjustedP: number | null;
  readonly rows: number;
  readonly referenceRows: number;
  /** Binning, floor, base of the logarithm, correction: whoever reads it can compute it again. */
  readonly method: string;
  readonly because: string;
}

/** One difference of shape between the data and its reference. */
export interface SchemaChange {
  readonly kind:
    | 'added'
    | 'dropped'
    | 'renamed'
    | 'retyped'
    | 'reordered'
    | 'new nulls'
    | 'vanished nulls'
    | 'new category'
    | 'vanished category';
  readonly column: string;
  /** Of a rename: what the reference calls it. */
  readonly before?: string;
  /** Display text. */
  readonly found: string;
  readonly allowed: string;
}

export interface DriftReport {
  /** Display text of what it was compared with: `data of flight-delay v7`, `profiles/flights.json`. */
  readonly reference: string;
  readonly referenceRows: number;
  readonly rows: number;
  readonly columns: readonly ColumnDriftResult[];
  readonly schema: readonly SchemaChange[];
}

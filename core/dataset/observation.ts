/** What one rule or comparison found, told also when it was kept. */
export interface Observation {
  /** Code as a finding would have it, for example `data/range`. */
  readonly code: string;
  readonly rule?: string;
  readonly column?: string;
  readonly result: 'kept' | 'broken' | 'not enough rows' | 'not measured';
  readonly severity: 'fail' | 'warn' | 'note';
  /** Display text. */
  readonly found: string;
  readonly allowed: string;
  /** Rows that the number rests on. */
  readonly rows: number;
  /** How it was computed, for example `PSI, 10 quantile bins of the reference, floor 0.0001, natural log`. */
  readonly method?: string;
}

export const driftTests = [
  'psi',
  'ks',
  'jensen-shannon',
  'kl',
  'chi-square',
  'wasserstein',
  'mean-shift',
] as const;
export type DriftTest = (typeof driftTests)[number];

/** The block `drift` of a contract. Absent in the file: these are the defaults, and findings warn. */
export interface DriftRules {
  /**
   * With what the data is compared: the data of the model's champion (else of the version accepted last), a profile
   * that lies in the repository, or a reference file of the repository.
   */
  readonly reference:
    | { readonly kind: 'champion' }
    | { readonly kind: 'profile' | 'file'; readonly path: string };
  readonly severity: 'fail' | 'warn';
  /** Severity of a changed schema: added, dropped, renamed, retyped, new null pattern, new or vanished category. */
  readonly schema: 'fail' | 'warn' | 'note';
  /** On either side fewer rows than this: "not enough rows". */
  readonly minRows: number;
  /** False discovery rate over the columns (Benjamini-Hochberg). */
  readonly alpha: number;
  /** Columns that are not compared: row numbers, keys. */
  readonly ignore: readonly string[];
  /** By column; what is not set is chosen by type and size. */
  readonly columns: Readonly<Record<string, ColumnDrift>>;
}

export interface ColumnDrift {
  readonly test?: DriftTest;
  /** Drift is told above it, in the unit of the test. */
  readonly limit?: number;
  readonly bins?: number;
  readonly severity?: 'fail' | 'warn';
}

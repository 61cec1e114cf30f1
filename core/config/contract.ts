import type { Role } from './policy.ts';

export type ColumnType = 'integer' | 'number' | 'text' | 'timestamp' | 'boolean';

export interface ColumnRule {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  readonly min?: number | string;
  readonly max?: number | string;
  readonly allowed?: readonly string[];
  readonly pattern?: string;
  readonly severity: 'fail' | 'warn';
  readonly reason?: string;
  /** Example values of this column are never shown. */
  readonly privacy: 'none' | 'personal' | 'secret';
}

/** `datasets/<dataset>.yml`. `locate` gives the line of a value: `/columns/<name>/max`, `/rows/min`. */
export interface Contract {
  readonly version: 1;
  readonly dataset: string;
  readonly description: string;
  readonly owner: Role;
  /** Paths or globs of `.dvc` pointers or plain CSV/Parquet files, in the order in which they are read as one table. */
  readonly files: readonly string[];
  readonly columns: readonly ColumnRule[];
  readonly rows: { readonly min: number; readonly max?: number };
  /** Models that may train on it: `*` is all. */
  readonly access: readonly string[];
  /** ISO date after which nothing may train on it. */
  readonly expires: string;
  readonly source: string;
  readonly legalBasis: string;
  readonly approvedBy: string;
}

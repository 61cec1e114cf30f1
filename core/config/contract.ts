import type { DriftRules } from './drift-rules.ts';
import type { Expression } from './expression.ts';
import type { Role } from './policy.ts';

export type ColumnType = 'integer' | 'number' | 'text' | 'timestamp' | 'boolean';

/** Rows that may break a rule before it counts as broken. */
export type Tolerance =
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'share'; readonly share: number };

/** Both ends inclusive; at least one is given. */
export interface Limits<T = number> {
  readonly min?: T;
  readonly max?: T;
}

export interface ColumnRule {
  readonly name: string;
  readonly type: ColumnType;
  /** False: the column may be missing from the files. */
  readonly required: boolean;
  readonly nullable: boolean;
  readonly unique: boolean;
  readonly min?: number | string;
  readonly max?: number | string;
  /** Characters (Unicode code points) of a text. */
  readonly length?: Limits;
  readonly allowed?: readonly string[];
  readonly pattern?: string;
  readonly severity: 'fail' | 'warn';
  /** For every rule of this column that counts cells; nulls included. */
  readonly tolerance?: Tolerance;
  readonly reason?: string;
  /** Example values of this column are never shown. */
  readonly privacy: 'none' | 'personal' | 'secret';
}

/** A named rule besides those of the columns. `name` is unique in the contract. */
export type TableRule = RuleFrame & RuleBody;

export interface RuleFrame {
  readonly name: string;
  readonly severity: 'fail' | 'warn';
  /** Only for rules that count rows. */
  readonly tolerance?: Tolerance;
  readonly reason?: string;
}

export type RuleBody =
  /** Share of empty cells, 0 to 1. */
  | { readonly rule: 'missing'; readonly column: string; readonly max: number }
  /** Rules on cells, as those of a column, with a severity and a tolerance of their own. */
  | { readonly rule: 'range'; readonly column: string; readonly limits: Limits<number | string> }
  | { readonly rule: 'length'; readonly column: string; readonly limits: Limits }
  | { readonly rule: 'allowed'; readonly column: string; readonly values: readonly string[] }
  | { readonly rule: 'pattern'; readonly column: string; readonly pattern: string }
  /** Rows whose key stood in an earlier row; a key with an empty cell is not compared. */
  | { readonly rule: 'unique'; readonly columns: readonly string[] }
  /** Share of rows that repeat an earlier row in these columns; null: in all columns. Empty cells are equal. */
  | { readonly rule: 'duplicates'; readonly columns: readonly string[] | null; readonly max: number }
  | {
      readonly rule: 'mean' | 'standard-deviation' | 'distinct';
      readonly column: string;
      readonly limits: Limits;
    }
  /** `at` from 0 to 1, type 7. */
  | { readonly rule: 'quantile'; readonly column: string; readonly at: number; readonly limits: Limits }
  /** Share of a value among the cells that are not empty. */
  | { readonly rule: 'class-ratio'; readonly column: string; readonly value: string; readonly limits: Limits }
  /** Rows for which the expression is false; a row where it is unknown (an empty cell) is kept. */
  | { readonly rule: 'expression'; readonly keep: string; readonly expression: Expression }
  /** Age of the newest value of a timestamp column. */
  | { readonly rule: 'freshness'; readonly column: string; readonly maxAgeHours: number }
  /** No single feature may tell more of the label than this: 0 nothing, 1 everything. `features` null: all other columns. */
  | {
      readonly rule: 'leakage';
      readonly label: string;
      readonly features: readonly string[] | null;
      readonly max: number;
    }
  /** Rows whose features stand elsewhere with another label. `features` null: all other columns. */
  | { readonly rule: 'label-conflicts'; readonly label: string; readonly features: readonly string[] | null }
  /** Rows that are also in another file of the repository (held-out rows), compared by these columns. */
  | { readonly rule: 'overlap'; readonly with: string; readonly columns: readonly string[] };

/** How a new batch comes in: the team's own command, which writes `to`. */
export interface IngestRule {
  readonly command: string;
  /** Folder or file of the repository that the command writes. */
  readonly to: string;
  readonly timeoutMinutes: number;
}

/** `datasets/<dataset>.yml`. `locate` gives the line of a value: `/columns/<name>/max`, `/rules/<name>/max`, `/rows/min`. */
export interface Contract {
  readonly version: 1;
  readonly dataset: string;
  readonly description: string;
  readonly owner: Role;
  /** Paths or globs of `.dvc` pointers or plain tables, in the order in which they are read as one table. */
  readonly files: readonly string[];
  readonly columns: readonly ColumnRule[];
  readonly rules: readonly TableRule[];
  readonly rows: { readonly min: number; readonly max?: number };
  /** How many example rows a finding shows: 0 to 20. */
  readonly examples: number;
  readonly drift: DriftRules;
  /** Datasets that this one was made from: their constraints are inherited. */
  readonly derivedFrom: readonly string[];
  readonly ingest?: IngestRule;
  /** Models that may train on it: `*` is all. */
  readonly access: readonly string[];
  /** Digests of data that may not be used any more; absent: none. */
  readonly revoked?: readonly string[];
  /** ISO date after which nothing may train on it. */
  readonly expires: string;
  readonly source: string;
  readonly legalBasis: string;
  readonly approvedBy: string;
}

import type { Expression } from './expression.ts';

/** Parts of the held-out rows that are judged by themselves, cut by FEATURES: no slice knows a label. */
export interface SliceConfig {
  readonly declared: readonly SliceRule[];
  /** Pairs of declared slices as well: `carrier=AA & distance>=1000`. */
  readonly pairs: boolean;
  /** Looks through columns for the segment where the challenger is weakest; null: not asked for. */
  readonly search: SliceSearch | null;
  /** A slice with fewer rows is not evaluated, and shown so. */
  readonly minimumRows: number;
  /** Metrics of slices, as a gate names them; null: the metrics of the gates. */
  readonly metrics: readonly string[] | null;
}

export type SliceRule =
  /** One slice a value; without `values`, each of the 50 commonest. */
  | { readonly kind: 'values'; readonly column: string; readonly values: readonly string[] | null }
  /** One slice between neighbouring edges, `[low, high)`, and one beyond each end. Ascending. */
  | { readonly kind: 'edges'; readonly column: string; readonly edges: readonly number[] }
  /** The rows of which the expression is true. */
  | { readonly kind: 'where'; readonly name: string; readonly where: Expression };

export interface SliceSearch {
  /** Feature columns to look through; the key is never one. */
  readonly columns: readonly string[] | 'all';
  readonly minimumRows: number;
}

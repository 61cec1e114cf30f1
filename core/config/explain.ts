/** How it is told what a model looks at. */
export type ExplainConfig =
  /** Each column is shuffled and scored again through the predict command. */
  | { readonly permutation: PermutationConfig }
  /** CSV of the repository with the team's own attributions: claimed. */
  | { readonly attributions: string };

export interface PermutationConfig {
  /** Absent: every feature column. */
  readonly columns?: readonly string[];
  /** Shuffles of each column. */
  readonly repeats: number;
  /** Held-out rows that are scored for it. */
  readonly rows: number;
  readonly seed: number;
}

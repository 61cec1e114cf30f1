/** Cells of one column that break one rule. */
export interface Tally {
  readonly count: number;
  /** 1-based row of the whole table (header not counted), null when none is at fault. */
  readonly firstRow: number | null;
  /** Up to three cells at fault in row order; always empty for personal and secret columns. */
  readonly examples: readonly string[];
}

/** Rules that an engine counts, in the order in which they are applied to a cell. */
export const valueRules = ['nulls', 'type', 'range', 'allowed', 'pattern'] as const;
export type ValueRule = (typeof valueRules)[number];

export interface MeasuredColumn {
  readonly column: string;
  readonly tallies: Readonly<Record<ValueRule, Tally>>;
  /** Smallest and largest readable value as text; null for an empty, personal or secret column. */
  readonly smallest: string | null;
  readonly largest: string | null;
}

export interface MeasuredFile {
  /** Path in the repository. */
  readonly path: string;
  /** Header in file order, doubled names included. */
  readonly columns: readonly string[];
  /** null when the rows could not be counted. */
  readonly rows: number | null;
}

/** Why a file is no table. `line` counts from 1, header included. */
export interface FileProblem {
  readonly path: string;
  readonly line: number | null;
  /** One clause without any value of the data. */
  readonly because: string;
}

/** What an engine found in the files of one dataset, read as one table in their order. */
export interface Measured {
  readonly files: readonly MeasuredFile[];
  /** Not empty: nothing below was measured. */
  readonly problems: readonly FileProblem[];
  /** null when it could not be measured. */
  readonly rows: number | null;
  /** Columns of the plan that every file has. */
  readonly columns: readonly MeasuredColumn[];
}

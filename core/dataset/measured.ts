import type { Profile } from '../profile/profile.ts';

/** One whole row at fault, for people to look at. */
export interface ExampleRow {
  /** 1-based row of the whole table, header not counted. */
  readonly row: number;
  /** Column and cell as text, columns of the rule first, at most eight; null is an empty cell. Private cells are not read. */
  readonly cells: readonly (readonly [string, string | null])[];
}

/** Cells or rows that break one rule. */
export interface Tally {
  readonly count: number;
  /** 1-based row of the whole table (header not counted), null when none is at fault. */
  readonly firstRow: number | null;
  /** Up to three cells at fault in row order; always empty for personal and secret columns. */
  readonly examples: readonly string[];
  /** Up to `examples` of the plan; never holds a cell of a personal or secret column. */
  readonly rows: readonly ExampleRow[];
}

/** Rules that an engine counts, in the order in which they are applied to a cell. */
export const valueRules = ['nulls', 'type', 'range', 'length', 'allowed', 'pattern'] as const;
export type ValueRule = (typeof valueRules)[number];

export interface MeasuredColumn {
  readonly column: string;
  readonly tallies: Readonly<Record<ValueRule, Tally>>;
  /** Smallest and largest readable value as text; null for an empty, personal or secret column. */
  readonly smallest: string | null;
  readonly largest: string | null;
}

/** What a rule of the table came to, by its name in the plan. */
export type MeasuredRule =
  | { readonly kind: 'tally'; readonly name: string; readonly tally: Tally }
  /** For each feature how often each of its values (or buckets) stands with each label. */
  | { readonly kind: 'association'; readonly name: string; readonly features: readonly Association[] }
  /** It could not be measured: an optional column is missing, a label has too many values. One clause. */
  | { readonly kind: 'unmeasured'; readonly name: string; readonly because: string };

export interface Association {
  readonly feature: string;
  /** Number of values or buckets of the feature; `cells` holds (value index, label index, rows). Rows without label are left out. */
  readonly values: number;
  readonly labels: number;
  readonly cells: readonly (readonly [number, number, number])[];
  /** True: value indices are in order of size. */
  readonly ordered: boolean;
  /** What stands at each index, so that tables of parts can be added up; null when a personal or secret column is in it. */
  readonly keys: AssociationKeys | null;
}

/** A bucket or a day, a text, or null for empty cells. */
export type Place = number | string | null;

export interface AssociationKeys {
  /** Of buckets and days: each level has half as many. */
  readonly level: number;
  /** Ascending: empty cells, numbers, texts. */
  readonly values: readonly Place[];
  readonly labels: readonly string[];
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
  /** One for each rule of the plan, in its order. */
  readonly rules: readonly MeasuredRule[];
  /** Whole, private columns included: `toPublicProfile` before it leaves the machine. null when nothing was measured. */
  readonly profile: Profile | null;
}

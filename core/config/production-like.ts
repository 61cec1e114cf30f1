/** Ways of writing a value that are right for a person and another value for a program. */
export const dateFormats = ['day-first', 'month-first', 'compact', 'unix-seconds'] as const;
export const numberFormats = ['decimal-comma', 'thousands'] as const;
export const textFormats = ['upper', 'lower', 'spaces'] as const;
export type CellFormat =
  | (typeof dateFormats)[number]
  | (typeof numberFormats)[number]
  | (typeof textFormats)[number];

/** What happens to rows on their way to a model in production, declared in `model.yml`. */
export interface CorruptionSuite {
  /** With the key of a row it decides whether that row is hit: the same rows every time. */
  readonly seed: number;
  /** Applied in this order; which rows one hits does not depend on the others. */
  readonly corruptions: readonly Corruption[];
}

export type Corruption = {
  readonly name: string;
  readonly columns: readonly string[];
  /** Share of rows that are hit, above 0. */
  readonly share: number;
} & (
  | { readonly kind: 'missing' }
  | { readonly kind: 'format'; readonly as: CellFormat }
  /** A value in another unit: times the factor. */
  | { readonly kind: 'units'; readonly factor: number }
  | { readonly kind: 'truncate'; readonly characters: number }
  /** A category that training never saw. */
  | { readonly kind: 'categories'; readonly value: string }
  /** Two columns change places. */
  | { readonly kind: 'swap' }
  /** Cells of one row that production really sent: a table of the repository with these columns. */
  | { readonly kind: 'recorded'; readonly file: string }
);

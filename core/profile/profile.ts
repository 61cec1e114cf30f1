import type { ColumnType } from '../config/contract.ts';

/**
 * The statistics of one version of a table: small, mergeable, and the same for every split of the same rows into files
 * or shards. Stored as canonical JSON beside the version, so that drift needs no old data.
 */
export interface Profile {
  readonly v: 1;
  readonly rows: number;
  /** In contract order, else in file order. */
  readonly columns: readonly ColumnProfile[];
}

export interface ColumnProfile {
  readonly name: string;
  readonly type: ColumnType;
  /** Cells that are empty. */
  readonly nulls: number;
  /** Cells that are there and are no value of the type: in no other number below. */
  readonly unreadable: number;
  /** Exact number of different values; null: not counted (more than `maxValues`, and nobody asked). */
  readonly distinct: number | null;
  /**
   * Smallest and largest value as canonical text (`toValueText`), texts by code point and cut after
   * `maxExtremeCharacters`; null when there is none, or when the column is private.
   */
  readonly min: string | null;
  readonly max: string | null;
  /** Numbers only; null for other types, private columns and no values. */
  readonly moments: Moments | null;
  /** Characters (Unicode code points) of texts; null for other types and no values. */
  readonly lengths: { readonly min: number; readonly max: number } | null;
  readonly distribution: Distribution;
}

/**
 * Exact sums, so that any order of adding gives the same bits: `sum` and `squares` are the exact rational
 * `numerator / 2^scale`, numerator as decimal text. Mean and standard deviation are derived from them (`meanOf`, `sdOf`).
 */
export interface Moments {
  readonly count: number;
  readonly scale: number;
  readonly sum: string;
  readonly squares: string;
}

/**
 * How the values lie.
 * - `values`: every different value with its count: exact. Numbers and times ascending, texts by code point; at most
 *   `maxValues`, and texts of at most `maxValueCharacters` together. Every type starts with it.
 * - `buckets`: numbers with more values than that, by the leading bits of the nearest double: bucket key (`bucketKey`) and count,
 *   ascending. Every value of a bucket lies within `2^-(7-level)` of its neighbour's edge, relative.
 * - `days`: timestamps with more values than that, by UTC day number since 1970-01-01, or by month number since 1970-01
 *   when there are more than `maxValues` days.
 * - `hidden`: the column is personal or secret: nothing of its values leaves the machine.
 * - `many`: texts with more different values than that, or times in more than `maxValues` months: not comparable.
 * - `none`: no value at all.
 */
export type Distribution =
  | { readonly kind: 'values'; readonly values: readonly (readonly [string, number])[] }
  | {
      readonly kind: 'buckets';
      readonly level: number;
      readonly buckets: readonly (readonly [number, number])[];
    }
  | {
      readonly kind: 'days';
      readonly unit: 'day' | 'month';
      readonly days: readonly (readonly [number, number])[];
    }
  | { readonly kind: 'hidden' | 'many' | 'none' };

/** Up to so many different values of a column are kept one by one. */
export const maxValues = 10_000;
/** Up to so many buckets; beyond it the level rises, which halves the resolution. */
export const maxBuckets = 4_096;
/** Up to so many characters (Unicode code points) of all different texts of a column together are kept one by one. */
export const maxValueCharacters = 1_000_000;
/** `min` and `max` of texts are cut after so many characters (Unicode code points). */
export const maxExtremeCharacters = 200;
